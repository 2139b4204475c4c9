from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.model.source import Page, Source
from scraper.stages.discover import discover
from scraper.stages.discover.charset import decode

KOREAN = "한·미·일 똠방 협의 결과를 알려드립니다"
JAPANESE = "日米韓①髙橋～会合の結果について"


def text(body: bytes, content_type: str = "", language: str = "en", encoding: str = "") -> str:
    source = Source("s", "S", "feed", "https://a.example/", language=language, encoding=encoding)
    return decode(Page(source.url, source.url, 200, {"content-type": content_type}, body, "2026-11-21T12:00:00Z"), source)


@pytest.mark.parametrize(
    ("wanted", "body", "content_type", "language", "encoding"),
    [
        (KOREAN, f'<?xml version="1.0" encoding="euc-kr"?>{KOREAN}'.encode("cp949"), "", "en", ""),
        (KOREAN, f"<?xml version='1.0' encoding='KS_C_5601-1987'?>{KOREAN}".encode("cp949"), "text/xml; charset=iso-8859-1", "en", ""),
        (KOREAN, f"<meta charset=euc-kr>{KOREAN}".encode("cp949"), "text/html", "en", ""),
        (KOREAN, f'<meta http-equiv="Content-Type" content="text/html; charset=EUC-KR">{KOREAN}'.encode("cp949"), "", "en", ""),
        (KOREAN, KOREAN.encode("cp949"), "text/html;charset=euc-kr", "en", ""),
        (KOREAN, KOREAN.encode("cp949"), "text/html", "en", "euc-kr"),
        (KOREAN, KOREAN.encode("cp949"), "text/html", "ko", ""),
        (KOREAN, KOREAN.encode(), "text/html; charset=euc-kr", "ko", "euc-kr"),
        (KOREAN, codecs.BOM_UTF8 + KOREAN.encode(), "text/html; charset=euc-kr", "ko", ""),
        (KOREAN, codecs.BOM_UTF16_LE + KOREAN.encode("utf-16-le"), "", "ko", ""),
        (KOREAN, codecs.BOM_UTF16_BE + KOREAN.encode("utf-16-be"), "", "ko", ""),
        (KOREAN, f"<?xml ?>{KOREAN}".encode("utf-16-le"), "", "ko", ""),
        (KOREAN, f"<?xml ?>{KOREAN}".encode("utf-16-be"), "", "ko", ""),
        (JAPANESE, f'<?xml version="1.0" encoding="Shift_JIS"?>{JAPANESE}'.encode("cp932"), "", "en", ""),
        (JAPANESE, JAPANESE.encode("cp932"), "text/html; charset=x-sjis", "en", ""),
        (JAPANESE, JAPANESE.encode("cp932"), "", "ja", ""),
        ("日本語", "日本語".encode("iso2022_jp"), "text/html; charset=utf-8", "ja", ""),
        ("日本語の会合", "日本語の会合".encode("euc_jp"), "text/html; charset=EUC-JP", "ja", ""),
        ("café", "café".encode("latin-1"), "text/html; charset=iso-8859-1", "en", ""),
        ("“smart”", "“smart”".encode("cp1252"), "", "en", ""),
        (KOREAN, KOREAN.encode(), "text/html; charset=no-such-thing", "en", "punycode"),
        (KOREAN, KOREAN.encode() + "끝".encode()[:2], "text/html; charset=utf-8", "en", ""),
    ],
)
def test_decodes(wanted: str, body: bytes, content_type: str, language: str, encoding: str) -> None:
    assert text(body, content_type, language, encoding).endswith(wanted)


def test_a_few_bad_bytes_are_replaced() -> None:
    assert text(b"good \xff\xfe\x81 bytes" + KOREAN.encode(), "text/html; charset=utf-8", "ko").endswith(KOREAN)


def test_controls_are_taken_out() -> None:
    assert text(b"a\x00b\x0bc\x1bd\te\n") == "abcd\te\n"


def test_entries_that_hold_replaced_characters_are_told_of() -> None:
    item = b"<item><title>%s</title><link>https://a.example/%d</link></item>"
    items = item % ("한·미·일 협의".encode(), 1) + item % ("일본 \N{HORIZONTAL ELLIPSIS}".encode() + b"\xff", 2)
    body = b'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>T</title>' + items + b"</channel></rss>"
    source = Source("s", "S", "feed", "https://a.example/", language="ko")
    found = discover(Page(source.url, source.url, 200, {}, body, "2026-11-21T12:00:00Z"), source)
    assert [entry.title for entry in found.entries] == ["한·미·일 협의", "일본 …\ufffd"]
    assert found.notes == ("entries that hold characters which could not be read: 1",)


@settings(deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(["", "charset=euc-kr", "charset=utf-16", "charset=iso-2022-jp"]),
    st.sampled_from(["en", "ko", "ja"]),
)
def test_any_bytes_give_text_that_utf8_can_hold(body: bytes, content_type: str, language: str) -> None:
    assert isinstance(text(body, content_type, language).encode("utf-8"), bytes)
