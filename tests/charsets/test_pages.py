"""Pages of our own in every encoding that Korean, Japanese and English sites use, under labels that are right, missing and wrong."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from itertools import product

import pytest

from scraper.charsets import decode

# Characters that a label's standard lacks and the pages under it hold are what the second of each pair is for.
KOREAN = (
    "세 나라 외교차관은 16일 오후 부산에서 만나 협력 방안을 논의하고, 다음 회의를 봄에 열기로 하였다. 참석자들은 항만 도시의 안전을 위한 "
    "연락 창구를 두는 데 뜻을 모았으며 “말보다 실천이 중요하다”고 밝혔다. 회의 결과는 누리집에 공개된다."
)
WIDE_KOREAN = "똠방각하 펲시장 햏 쀍 뷁 " + KOREAN
JAPANESE = (
    "三か国の外務次官は十六日午後、港町で会談し、協力の進め方について意見を交わした。次回の会合は春に開くことで一致した。出席者は「言葉よりも行動が大切だ」"
    "と述べ、連絡窓口を設けることを決めた。会談の結果はウェブサイトで公表される。"
)
WIDE_JAPANESE = "①髙橋ⅲ㈱﨑町ﾆｭｰｽ～ " + JAPANESE
ROW_13 = "①Ⅳ㈱㎏髙﨑 " + JAPANESE
ENGLISH = "The “three” deputies met at the café — a naïve idea, some said… It’s £20 for a résumé.\xa0© The Harbour Courier"
PLAIN = "The deputies of three countries met on Wednesday and agreed to meet again in spring."

HEADLINES = {
    "ko": ("외교차관 협의 개최", "대변인 논평", "美 대선 뒤 첫 통화", "국회 본회의 통과", "주간 날씨 전망"),
    "ja": ("外務次官会合の開催", "報道発表", "大臣会見の記録", "お知らせ一覧", "①東京の天気"),
}


def vendors_euc(text: str) -> bytes:
    """EUC-JP with NEC's and IBM's characters, as Windows writes it: the rows and cells of CP932 in another dress."""
    return b"".join(map(_euc, text))


def _euc(char: str) -> bytes:
    try:
        return char.encode("euc_jp")
    except UnicodeEncodeError:
        lead, trail = _nec(char)
        row = (lead - (0x81 if lead < 0xA0 else 0xC1)) * 2 + (trail >= 0x9F)
        cell = trail - (0x9F if trail >= 0x9F else 0x40 if trail < 0x7F else 0x41)
        return bytes((row + 0xA1, cell + 0xA1))


def _nec(char: str) -> bytes:
    """The code that NEC gave a character: IBM's own rows are beyond what EUC can hold."""
    codes = (bytes((lead, trail)) for lead in (0x87, 0xED, 0xEE) for trail in range(0x40, 0xFD) if trail != 0x7F)
    return next(code for code in codes if code.decode("cp932", "replace") == char)


ENCODINGS = {
    "euc-kr": ("ko", KOREAN, "cp949", ("euc-kr", "ks_c_5601-1987")),
    "cp949": ("ko", WIDE_KOREAN, "cp949", ("euc-kr", "windows-949")),
    "shift_jis": ("ja", JAPANESE, "cp932", ("shift_jis", "x-sjis")),
    "cp932": ("ja", WIDE_JAPANESE, "cp932", ("shift_jis", "windows-31j")),
    "euc-jp": ("ja", JAPANESE, "euc_jp", ("euc-jp", "x-euc-jp")),
    "euc-jp-ms": ("ja", ROW_13, "", ("euc-jp", "EUC-JP")),
    "iso-2022-jp": ("ja", JAPANESE, "iso2022_jp", ("iso-2022-jp", "ISO-2022-JP")),
    "utf-8-ko": ("ko", WIDE_KOREAN, "utf-8", ("utf-8", "UTF8")),
    "utf-8-ja": ("ja", WIDE_JAPANESE, "utf-8", ("utf-8", "UTF8")),
    "utf-8-en": ("en", ENGLISH, "utf-8", ("utf-8", "UTF8")),
    "utf-8-bom": ("ko", WIDE_KOREAN, "utf-8-sig", ("utf-8", "UTF8")),
    "utf-16": ("ja", WIDE_JAPANESE, "utf-16", ("utf-16", "utf-16le")),
    "utf-16le": ("ko", WIDE_KOREAN, "utf-16-le", ("utf-16", "utf-16le")),
    "utf-16be": ("ja", WIDE_JAPANESE, "utf-16-be", ("utf-16be", "utf-16be")),
    "windows-1252": ("en", ENGLISH, "cp1252", ("windows-1252", "iso-8859-1")),
    "ascii": ("en", PLAIN, "ascii", ("us-ascii", "utf-8")),
}
WRONG = ("utf-8", "euc-kr", "shift_jis", "euc-jp", "iso-8859-1", "gb2312")
LAYOUTS = ("text", "markup", "late", "script")


def page(layout: str, meta: str, text: str) -> str:
    charset = f'<meta http-equiv="Content-Type" content="text/html; charset={meta}">' if meta else ""
    menu = "".join(f'<li class="menu item-{n}"><a href="/list/{n}?page=1&amp;sort=new"><img src="/i/{n}.gif"></a></li>' for n in range(60))
    script = "<script>" + "window.dataLayer = window.dataLayer || []; function gtag(){ dataLayer.push(arguments); }\n" * 200 + "</script>"
    body = {
        "text": f"<p>{text}</p>" * 12,
        "markup": f"<ul>{menu}</ul><h1>{text}</h1><ul>{menu}</ul>",
        "late": f"<!--{'-' * 5000}--><div>{menu}</div><p>{text}</p>",
        "script": f"{script}<p>{text}</p>{script}",
    }
    return f"<!DOCTYPE html><html><head>{charset}</head><body>{body[layout]}</body></html>"


def labels(right: tuple[str, ...], wrong: str) -> Iterator[tuple[str, str, str]]:
    """What is the matter, the label of the header and that of the page."""
    yield "right header", right[0], ""
    yield "right meta", "", right[1]
    yield "both right", right[1], right[0]
    yield "none", "", ""
    yield "header wrong", wrong, right[0]
    yield "meta wrong", right[0], wrong
    yield "both wrong", wrong, wrong
    yield "unknown", "x-no-such-thing", "none"


def cases() -> Iterator[object]:
    for number, (name, layout) in enumerate(product(ENCODINGS, LAYOUTS)):
        _, text, codec, right = ENCODINGS[name]
        wrong = [label for label in WRONG if label not in right and not (codec == "cp1252" and label == "iso-8859-1")]
        for matter, header, meta in labels(right, wrong[number % len(wrong)]):
            yield pytest.param(layout, text, codec, header, meta, id=f"{name}, {layout}, {matter}")


@pytest.mark.parametrize(("layout", "text", "codec", "header", "meta"), list(cases()))
def test_a_page_is_read_to_the_character(layout: str, text: str, codec: str, header: str, meta: str) -> None:
    whole = page(layout, meta, text)
    read = decode(whole.encode(codec) if codec else vendors_euc(whole), f"text/html; charset={header}" if header else "text/html")
    assert (read.text, read.replaced) == (whole, 0)


def titles() -> Iterator[tuple[str, str, str]]:
    for language, codec in (("ko", "cp949"), ("ko", "utf-8"), ("ja", "cp932"), ("ja", "euc_jp"), ("ja", "utf-8"), ("ja", "iso2022_jp_ext")):
        for title, label in product(HEADLINES[language], ("", *WRONG, "x-unknown")):
            if codec == "cp932" or "①" not in title or codec == "utf-8":
                yield title, codec, label


@pytest.mark.parametrize(("title", "codec", "label"), list(titles()))
def test_a_short_title_among_markup_is_enough(title: str, codec: str, label: str) -> None:
    whole = f'<html><head><meta charset="{label}"><title>{title}</title></head><body><div id="app"></div></body></html>'
    assert decode(whole.encode(codec)).text == whole


@pytest.mark.parametrize(
    ("name", "cut"), list(product(("euc-kr", "shift_jis", "euc-jp", "utf-8-ko", "utf-16", "iso-2022-jp"), range(1, 7)))
)
def test_a_page_cut_off_in_a_character_loses_that_alone(name: str, cut: int) -> None:
    _, text, codec, right = ENCODINGS[name]
    whole = page("text", right[0], text * 3).partition("</p>")[0]
    read = decode(whole.encode(codec)[:-cut], f"text/html; charset={right[0]}")
    assert read.replaced == 0
    assert whole.startswith(read.text)
    assert len(read.text) >= len(whole) - cut


@pytest.mark.parametrize(
    ("name", "label", "stray"),
    list(
        product(
            ("euc-kr", "cp949", "shift_jis", "cp932", "euc-jp", "euc-jp-ms", "utf-8-ko", "utf-8-ja"), (0, 1), (b"\xff", b"\x80", b"\xfe<")
        )
    ),
)
def test_a_bad_byte_costs_one_character_and_is_told(name: str, label: int, stray: bytes) -> None:
    _, text, codec, right = ENCODINGS[name]
    whole = page("markup", right[0] if label else "", text)
    body = (whole.encode(codec) if codec else vendors_euc(whole)).replace(b"</h1>", stray + b"!</h1>", 1)
    read = decode(body)
    kept = stray[1:].decode("ascii")
    assert read.text == whole.replace("</h1>", f"\ufffd{kept}!</h1>", 1)
    assert read.replaced == 1


@pytest.mark.parametrize("name", ["euc-kr", "euc-jp", "utf-8-ko"])
def test_a_broken_pair_is_one_lost_character(name: str) -> None:
    _, text, codec, right = ENCODINGS[name]
    whole = page("text", right[0], text)
    body = whole.encode(codec).replace("회".encode(codec) if name != "euc-jp" else "会".encode(codec), b"\xc8\xff", 1)
    read = decode(body, f"text/html; charset={right[0]}")
    assert read.replaced in {1, 2}
    assert read.replaced == read.text.count("\ufffd")
    assert len(read.text) - len(whole) in {0, 1}


@pytest.mark.parametrize(
    ("name", "at", "stray"), list(product(("euc-jp", "euc-kr", "euc-jp-ms"), (3, 9, 20, 31), (b"\xfd", b"\xc6", b"\xa4")))
)
def test_a_stray_half_does_not_shift_what_follows(name: str, at: int, stray: bytes) -> None:
    _, text, codec, right = ENCODINGS[name]
    encode = (lambda part: part.encode(codec)) if codec else vendors_euc
    read = decode(encode(f"<p>{text[:at]}") + stray + encode(f"{text[at:]}</p><p>{text}</p>"), f"text/html; charset={right[0]}")
    assert read.encoding == (codec or "euc_jp")
    assert read.text.endswith(f"{text[at + 3 :]}</p><p>{text}</p>")
    assert read.replaced == read.text.count("\ufffd") <= 1


def test_a_replacement_character_of_the_page_itself_is_not_ours() -> None:
    read = decode("<p>half a word: \ufffd</p>".encode())
    assert (read.text, read.replaced) == ("<p>half a word: \ufffd</p>", 0)


@pytest.mark.parametrize(
    ("mark", "codec"), [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF32_LE, "utf-32-le")]
)  # fmt: skip
def test_a_mark_wins_over_every_label(mark: bytes, codec: str) -> None:
    assert decode(mark + KOREAN.encode(codec), "text/html; charset=shift_jis").text == KOREAN


@pytest.mark.parametrize(("label", "codec"), [("utf-16le", "utf-16-le"), ("utf-16be", "utf-16-be")])
def test_utf_16_with_hardly_a_zero_is_told_by_its_label(label: str, codec: str) -> None:
    assert decode(KOREAN.encode(codec), f"text/plain; charset={label}").text == KOREAN


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        ("三国外长在北京举行会晤，就地区安全问题交换意见，并同意继续保持沟通。", "gb18030", "gb2312"),
        ("三國外長在會議後發表聲明，同意繼續就區域安全問題保持聯繫。", "cp950", "big5"),
        ("Министры трёх стран встретились в среду и обсудили безопасность.", "cp1251", "windows-1251"),
        ("Министры трёх стран встретились в среду и обсудили безопасность.", "koi8-r", "koi8-r"),
        ("Ministrowie spotkali się w środę i omówili kwestie bezpieczeństwa.", "iso8859-2", "iso-8859-2"),
        ("Die Außenminister trafen sich am Mittwoch; für März ist ein Gipfel vereinbart.", "cp1252", "utf-8"),
        ("Les ministres se sont réunis à Genève et ont évoqué la sécurité régionale.", "cp1252", "euc-kr"),
    ],
)
def test_pages_of_other_languages_keep_their_own(text: str, codec: str, label: str) -> None:
    assert decode(text.encode(codec), f"text/html; charset={label}").text == text


@pytest.mark.parametrize(
    "text", ["“smart”", "café", "it’s", "£20", "A – B", "naïve", "résumé of Zoë", "“Yes”, he said", "© 2026 The Courier"]
)
def test_a_single_mark_or_accent_is_no_syllable(text: str) -> None:
    assert decode(text.encode("cp1252")).text == text


def test_another_alphabet_without_a_label() -> None:
    text = "Министры иностранных дел трёх стран встретились в среду и обсудили вопросы безопасности. По итогам принято заявление."
    assert decode(f"<p>{text}</p>".encode("cp1251")).text == f"<p>{text}</p>"


@pytest.mark.parametrize(("language", "codec"), [("ko", "cp949"), ("ja", "euc_jp"), ("ja", "cp932")])
def test_the_language_named_helps_where_there_is_little_to_read(language: str, codec: str) -> None:
    word = {"ko": "칡넝쿨", "ja": "鰊"}[language]
    assert decode(f'<html lang="{language}"><b>{word}</b>'.encode(codec)).text.endswith(f"<b>{word}</b>")
    assert decode(f"<b>{word}</b>".encode(codec), language=language).text == f"<b>{word}</b>"
