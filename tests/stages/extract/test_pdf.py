from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.errors import ExtractError
from scraper.model.moment import Moment
from scraper.stages.extract import pdf
from tests.documents.papers import LEFT, TOP, File, Shown, finished, font, helvetica, lines, shown, wrapped
from tests.documents.papers import pdf as written
from tests.effort import effort

ENGLISH = [
    "The officers of the three ministries met on the first floor of the harbour office and agreed to set up a rescue staff.",
    "They spoke of the flow of spare parts, on which all of them depend more than they like, and of how to keep the lamps lit.",
    "The next meeting will be held in winter. Until then, the long-standing exchange of weather records goes on as before.",
]
KOREAN = [
    "세 나라 외교장관은 오늘 하버시티에서 만나 협력 방안을 논의하였으며 매년 봄에 공동 훈련을 실시하기로 하였다.",
    "장관들은 부품 공급망을 함께 점검하고 정보를 신속하게 공유하는 체계를 만들기로 합의하였다.",
]
JAPANESE = [
    "三か国の外相は本日ハーバーシティで会談し、毎年春に共同訓練を行うことで一致した。",
    "また、部品の供給網を共に点検し、近隣の国々とも情報を速やかに共有する仕組みを設けることで合意した。",
]


def failure(body: bytes) -> tuple[str, str]:
    with effort(300), pytest.raises(ExtractError) as caught:
        pdf.read(body)
    return caught.value.code, str(caught.value)


def article(paragraphs: list[str], width: int, *, cut: bool = False, x: float = LEFT, top: float = TOP, gap: bool = True) -> list[Shown]:
    """Paragraphs wrapped to lines, an empty line between two."""
    rows = [row for paragraph in paragraphs for row in (*wrapped(paragraph, width, cut=cut), *([""] if gap else []))]
    return lines(rows, x=x, top=top)


def test_paragraphs_come_back_whole() -> None:
    found = pdf.read(written([article(ENGLISH, 60)]))
    assert found.text.split("\n\n") == ENGLISH
    assert (found.extractor, found.title, found.heading, found.made) == ("pdf", "", "", None)


def test_a_first_line_set_in_begins_a_paragraph() -> None:
    rows = []
    for number, paragraph in enumerate(ENGLISH):
        for place, row in enumerate(wrapped(paragraph, 60)):
            rows.append(Shown(row, LEFT + (20 if place == 0 else 0), TOP - 14.0 * (number * 3 + place)))
    assert len({shown.y for shown in rows}) == len(rows)
    assert pdf.read(written([rows])).text.split("\n\n") == ENGLISH


@pytest.mark.parametrize("paragraphs", [KOREAN, JAPANESE])
def test_words_cut_by_the_width_of_the_page(paragraphs: list[str]) -> None:
    text = [paragraph * 4 if paragraphs is JAPANESE else " ".join([paragraph] * 4) for paragraph in paragraphs]
    assert pdf.read(written([article(text, 31, cut=True)])).text.split("\n\n") == text


def test_a_printer_that_keeps_spaces_tells_where_words_end() -> None:
    text = " ".join(KOREAN)
    rows = lines(wrapped(text, 17, cut=True))
    assert any(row.text.endswith(" ") for row in rows)
    assert pdf.read(written([rows])).text.replace("\n\n", " ") == text


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["They will strengthen their cooper-", "ation in the years that lie ahead of them all."], "their cooperation in"),
        (["They speak of a long-", "term plan, and of the spring that comes after this one."], "a long-term plan"),
        (["A well-being fund, they said, and then the ministers' well-", "being came up once more in the talks."], "ministers' well-being came"),
        (["The ministers praised the Northern-", "Southern ferry that carries apples to all of them."], "Northern-Southern ferry"),
        (["An un\u00ad", "usual gathering of all the keepers of the lamps of the coast."], "An unusual gathering"),
        (["The oﬃcers of the ﬁrst ﬂoor and their staﬀ gave the eﬃcient stewards a prize."], "officers of the first floor and their staff gave the efficient stewards"),
        (["三か国の外相は本\u2f47会談し、協力を\u2f8fうことで一致した。これは三回目の会談である。"], "本日会談し、協力を行うことで"),
        (["三 か 国 の 外 相 は 本 日 会 談 し 、 協 力 を 行 う こ と で 一 致 し た 。"], "三か国の外相は本日会談し、協力を行うことで一致した。"),
        (["これは三か国外相によるASEAN", "との協力を述べた文書であり、各国が合意した。"], "三か国外相によるASEANとの協力"),
    ],
)  # fmt: skip
def test_words_cut_at_the_line_and_letters_as_printers_have_them(rows: list[str], expected: str) -> None:
    assert expected in pdf.read(written([lines(rows)])).text


def with_margins(bodies: list[list[str]], head: str, foot: str) -> list[list[Shown]]:
    """Pages with a running head and a numbered foot."""
    return [[Shown(head, 200, 810, 8), *lines(body), Shown(foot.format(number), 290, 30, 8)] for number, body in enumerate(bodies, 1)]


@pytest.mark.parametrize("foot", ["- {} -", "Page {} of 3", "{}", "{} / 3", "{}ページ", "Office of the Lamp Keepers, sheet {}"])
def test_what_runs_along_the_pages_is_left_out(foot: str) -> None:
    bodies = [wrapped(paragraph, 60) for paragraph in ENGLISH]
    found = pdf.read(written(with_margins(bodies, "Ministry of Harbours, press sheet", foot)))
    assert found.text.split("\n\n") == ENGLISH


def test_a_sentence_goes_on_over_the_page() -> None:
    rows = wrapped(" ".join(ENGLISH[:2]), 60)
    found = pdf.read(written(with_margins([rows[:3], rows[3:]], "Ministry of Harbours", "{}")))
    assert found.text == " ".join(ENGLISH[:2])


def test_text_that_pages_begin_with_alike_is_text() -> None:
    rows = wrapped(" ".join(ENGLISH), 60)
    pages = with_margins([rows, rows], "Ministry of Harbours", "{}")
    assert pdf.read(written(pages)).text.split("\n\n") == [" ".join(ENGLISH)] * 2


def test_one_page_keeps_its_head() -> None:
    found = pdf.read(
        written([[Shown("Press sheet of the ministry", 200, 810, 8), *lines(wrapped(ENGLISH[0], 60)), Shown("- 1 -", 290, 30, 8)]])
    )
    assert found.text.split("\n\n") == ["Press sheet of the ministry", ENGLISH[0]]


@pytest.mark.parametrize("order", ["columns", "rows", "right first"])
def test_columns_are_read_one_after_the_other(order: str) -> None:
    left, right = wrapped(" ".join(ENGLISH), 40), wrapped(" ".join(reversed(ENGLISH)), 40)
    one, other = lines(left, x=60, top=700, size=10), lines(right, x=320, top=700, size=10)
    mixed = [piece for pair in itertools.zip_longest(one, other) for piece in pair if piece]
    body = {"columns": one + other, "rows": mixed, "right first": other + one}[order]
    title = Shown("A title that goes over both of the columns of this page", 100, 760, 16)
    found = pdf.read(written([[title, *body]]))
    assert found.text.replace("\n\n", " ") == " ".join([title.text, *ENGLISH, *reversed(ENGLISH)])
    assert found.heading == title.text


def test_columns_in_one_text_object_that_jumps_to_and_fro() -> None:
    left, right = wrapped(" ".join(ENGLISH), 40), wrapped(" ".join(reversed(ENGLISH)), 40)
    made = File()
    rows = b" ".join(b"(%s) Tj 260 0 Td (%s) Tj -260 -14 Td" % (a.encode(), b.encode()) for a, b in zip(left, right, strict=False))
    content = b"BT /F1 10 Tf 60 700 Td " + rows + b" ET"
    found = pdf.read(finished(made, [helvetica(made)], [content])).text
    assert found.index(left[3]) < found.index(right[0])


def test_a_table_is_read_row_by_row() -> None:
    cells = [("Date", "9 July"), ("Place", "Harbour"), ("Ships", "Four"), ("Crew", "Sixty"), ("Rank", "High"), ("Lamps", "Lit")]
    rows = [piece for number, (a, b) in enumerate(cells) for piece in (Shown(a, 72, 700 - number * 20), Shown(b, 300, 700 - number * 20))]
    found = pdf.read(written([[*article([ENGLISH[0]], 60), *rows]]))
    assert "Date 9 July" in found.text
    assert "Ships Four" in found.text


def test_letters_drawn_one_by_one() -> None:
    text = "三か国の外相は本日会談し、協力を行うことで一致した。"
    rows = [Shown(letter, LEFT + 11 * number, TOP - 14 * row) for row in range(6) for number, letter in enumerate(text)]
    assert pdf.read(written([rows])).text.replace("\n\n", "") == text * 6


def test_lists_keep_their_items_apart() -> None:
    rows = [
        "1. The ministers set up a rescue staff that all three",
        "will pay for in equal parts from next spring on.",
        "2. They meet again.",
        "□ 붙임 자료는 별도로 배포한다.",
        "③ 三番目",
    ]
    assert len(pdf.read(written([lines(rows)])).text.split("\n\n")) == 4


def test_a_large_heading_of_two_lines_is_one() -> None:
    head = lines(["Joint statement of the", "three harbour ministers"], top=790, size=20, leading=24)
    found = pdf.read(written([[*head, *article(ENGLISH, 60, top=720)]]))
    assert found.heading == "Joint statement of the three harbour ministers"
    assert found.text.split("\n\n") == [found.heading, *ENGLISH]


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Joint Statement of the Harbours", "Joint Statement of the Harbours"), ("Microsoft Word - draft3.doc", ""), ("무제", "")],
)
def test_a_title_counts_where_the_text_bears_it(title: str, expected: str) -> None:
    page = [Shown("Joint Statement of the Harbours", LEFT, 800, 11), *article(ENGLISH, 60)]
    found = pdf.read(written([page], info={"Title": title, "CreationDate": "D:20260709101500+09'00'"}))
    assert found.title == expected
    assert found.made == Moment("2026-07-09", "inferred", "D:20260709101500+09'00'", "2026-07-09")


@pytest.mark.parametrize("raw", ["", "D:2026", "yesterday", "D:19010101", "D:20261399", "D:２０２６０７０９"])
def test_no_date_is_made_up(raw: str) -> None:
    assert pdf.read(written([article(ENGLISH, 60)], info={"CreationDate": raw, "Producer": "x"})).made is None


def test_text_in_forms_is_where_the_form_is_painted() -> None:
    made = File()
    text = [Shown(row, 0, -14.0 * number) for number, row in enumerate(wrapped(ENGLISH[0], 60))]
    fonts = [font(made, [*text, *lines(ENGLISH)])]
    inner = made.stream(
        b"BT " + b" ".join(map(shown, text)) + b" ET",
        b"/Type /XObject /Subtype /Form /BBox [0 0 500 500] /Resources << /Font << /F1 %d 0 R >> >>" % fonts[0],
    )
    below = b"BT " + b" ".join(map(shown, lines(wrapped(ENGLISH[1], 60), top=600))) + b" ET"
    content = below + b" q 1 0 0 1 72 700 cm /X1 Do Q /X9 Do"
    body = finished(made, fonts, [content], more=b"/XObject << /X1 %d 0 R >>" % inner)
    assert pdf.read(body).text.split("\n\n") == ENGLISH[:2]


def test_the_matrix_of_a_form_counts() -> None:
    made = File()
    upper, lower = lines(wrapped(ENGLISH[0], 60), x=0, top=0), lines(wrapped(ENGLISH[1], 60), x=0, top=0)
    fonts = [font(made, [*upper, *lower])]
    forms = [
        made.stream(
            b"BT " + b" ".join(map(shown, text)) + b" ET",
            b"/Subtype /Form /Matrix [1 0 0 1 72 %d] /Resources << /Font << /F1 %d 0 R >> >>" % (height, fonts[0]),
        )
        for text, height in ((lower, 600), (upper, 700))
    ]
    body = finished(made, fonts, [b"/X1 Do /X2 Do"], more=b"/XObject << /X1 %d 0 R /X2 %d 0 R >>" % (forms[0], forms[1]))
    assert pdf.read(body).text.split("\n\n") == ENGLISH[:2]


@pytest.mark.parametrize(
    ("encoding", "codec", "text"),
    [
        ("KSCms-UHC-H", "cp949", KOREAN[0] + " 똠방각하는 없었다."),
        ("KSCms-UHC-HW-H", "cp949", KOREAN[1]),
        ("90msp-RKSJ-H", "cp932", JAPANESE[0] + "髙橋外相①。"),
        ("90ms-RKSJ-H", "cp932", JAPANESE[0]),
        ("EUC-H", "euc_jp", JAPANESE[0]),
        ("UniKS-UCS2-H", "utf-16-be", KOREAN[0]),
    ],
)
def test_fonts_of_other_days_whose_codes_are_those_of_an_encoding(encoding: str, codec: str, text: str) -> None:
    made = File()
    below = made.add(
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Gulim /CIDSystemInfo << /Registry (Adobe) /Ordering (X) /Supplement 1 >> /DW 1000 >>"
    )
    face = made.add(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Gulim /Encoding /%s /DescendantFonts [%d 0 R] >>" % (encoding.encode(), below)
    )
    rows = [
        b"1 0 0 1 72 %d Tm [<%s> -20 <>] TJ" % (700 - 14 * number, row.encode(codec).hex().encode())
        for number, row in enumerate(wrapped(text, 40))
    ]
    page = b"q BT /F1 11 Tf " + b" ".join(rows) + b" ET Q"
    found = pdf.read(finished(made, [face], [page, b"1 0 0 1 0 -20 cm " + page])).text
    assert found.count(text) == 2


def test_fonts_that_do_not_tell_their_letters_give_no_text() -> None:
    made = File()
    below = made.add(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    face = made.add(b"<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H /DescendantFonts [%d 0 R] >>" % below)
    code, told = failure(finished(made, [face], [b"BT /F1 11 Tf 72 700 Td <%s> Tj ET" % (b"03a1" * 200)]))
    assert code == "no_text"
    assert "do not tell which letters" in told


def turned(text: list[Shown], matrix: bytes) -> bytes:
    return b"q " + matrix + b" cm BT " + b" ".join(map(shown, text)) + b" ET Q "


@pytest.mark.parametrize("matrix", [b"0 1 -1 0 595 0", b"-1 0 0 -1 595 842", b"0 -1 1 0 0 842"])
def test_a_page_that_lies_on_its_side(matrix: bytes) -> None:
    made = File()
    text = article(ENGLISH, 60)
    assert pdf.read(finished(made, [font(made, text)], [turned(text, matrix)])).text.split("\n\n") == ENGLISH


def test_stamps_over_the_page_and_in_its_margin_do_not_count() -> None:
    made = File()
    text, stamp = article(ENGLISH, 60), [Shown("DRAFT OF THE MINISTRY", 0, 0, 60)]
    content = turned(stamp, b"0.7 0.7 -0.7 0.7 100 100") + turned(stamp, b"0 1 -1 0 30 100") + turned(text, b"1 0 0 1 0 0")
    assert pdf.read(finished(made, [font(made, [*text, *stamp])], [content])).text.split("\n\n") == ENGLISH


def test_text_drawn_twice_to_make_it_bold_is_read_once() -> None:
    rows = article(ENGLISH, 60)
    twice = [one for row in rows for one in (row, Shown(row.text, row.x + 0.3, row.y, row.size))]
    assert pdf.read(written([twice])).text.split("\n\n") == ENGLISH
    letters = [
        Shown(letter, LEFT + 2.4 * number, TOP - 14 * row, 11) for row in range(4) for number, letter in enumerate("Illlillll of the llll")
    ]
    assert "Illlillll" in pdf.read(written([letters])).text


# --- files that cannot be read


def scanned() -> bytes:
    made = File()
    picture = made.stream(b"\0" * 3000, b"/Type /XObject /Subtype /Image /Width 100 /Height 10 /ColorSpace /DeviceRGB /BitsPerComponent 8")
    return finished(made, [], [b"q 500 0 0 700 0 0 cm /Im1 Do Q"], more=b"/XObject << /Im1 %d 0 R >>" % picture)


def encrypted(version: bytes) -> bytes:
    made = File()
    number = made.add(version)
    made.trailer = b"/Encrypt %d 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] " % number
    return finished(made, [helvetica(made)], [b"BT /F1 11 Tf 72 700 Td (secret) Tj ET"])


LOCKED = b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <%s> /U <%s> >>" % (b"11" * 32, b"22" * 32)
SEALED = b"<< /Filter /Standard /V 5 /R 6 /Length 256 /P -44 /O <%s> /U <%s> /OE <%s> /UE <%s> /Perms <%s> /StmF /StdCF /StrF /StdCF /CF << /StdCF << /CFM /AESV3 /Length 32 >> >> >>" % (
    b"11" * 48, b"22" * 48, b"33" * 32, b"44" * 32, b"55" * 16,
)  # fmt: skip


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        (scanned(), "no_text", "pictures"),
        (encrypted(LOCKED), "not_text", "password"),
        (encrypted(SEALED), "not_text", "encrypted|password"),
        (b"%PDF-1.7 ...", "not_text", "broken"),
        (b"%PDF-", "not_text", "broken"),
        (written([article(ENGLISH, 60)])[:400], "not_text|no_text", "broken|no text"),
        (b"%PDF-1.4\n" + b"0" * (pdf.LARGEST + 1), "not_text", "larger"),
        (written([[]]), "no_text", "no text"),
    ],
)
def test_files_without_readable_text_say_why(body: bytes, code: str, words: str) -> None:
    found, told = failure(body)
    assert found in code.split("|")
    assert any(word in told for word in words.split("|")), told


def test_a_file_whose_table_is_broken_is_read_all_the_same() -> None:
    whole = written([article(ENGLISH, 60)])
    assert pdf.read(whole.replace(b"startxref\n", b"startxref\n9")).text.split("\n\n") == ENGLISH


def test_a_long_file_is_read_from_its_beginning_and_says_so() -> None:
    pages = [
        lines([f"Sheet {number} of the long list of all the lamps of the coast, row {row}." for row in range(40)]) for number in range(80)
    ]
    found = pdf.read(written(pages))
    assert found.text.startswith("Sheet 0")
    assert " of 80 pages)" in found.extractor


def test_a_page_drawn_of_too_many_strokes_is_passed_over() -> None:
    made = File()
    pieces = article(ENGLISH, 60)
    text = b"BT " + b" ".join(map(shown, pieces)) + b" ET"
    found = pdf.read(finished(made, [font(made, pieces)], [text, b"1 1 m 2 2 l S " * 40_000]))
    assert found.text.split("\n\n") == ENGLISH
    assert found.extractor == "pdf (the first 1 of 2 pages)"


WORDS = st.lists(st.text("abcdefghijklmnoprstuvwy", min_size=2, max_size=11), min_size=20, max_size=60)


@pytest.mark.parametrize("damage", [b"/Filter /Fl ", b"/Filter 7 ", b"/Filter /Unheard "])
def test_a_broken_page_does_not_take_the_others_with_it(damage: bytes) -> None:
    pieces = article(ENGLISH, 60)
    made = File()
    text = b"BT " + b" ".join(map(shown, pieces)) + b" ET"
    body = finished(made, [font(made, pieces)], [text, b"(torn) Tj", text.replace(b"<0054", b"<0055")], packed=False)
    broken = body.replace(b"<< /Length 9 ", b"<< /Length 9 " + damage)
    assert broken != body
    found = pdf.read(broken)
    assert found.text.startswith(ENGLISH[0])
    code, told = failure(written([pieces], packed=False).replace(b"/Filter /FlateDecode", b"/Filter /Fl         "))
    assert code in ("not_text", "no_text")
    assert "broken" in told


@settings(max_examples=60, deadline=2_000)
@given(st.lists(WORDS, min_size=1, max_size=5), st.integers(45, 75))
def test_wrapped_paragraphs_come_back_to_the_letter(paragraphs: list[list[str]], width: int) -> None:
    texts = [" ".join(words).capitalize() + "." for words in paragraphs]
    assert pdf.read(written([article(texts, width)])).text.split("\n\n") == texts
