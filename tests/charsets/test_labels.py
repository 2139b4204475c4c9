from __future__ import annotations

import pytest

from scraper.charsets import codecs_of
from scraper.charsets.labels import declared, spoken

KNOWN = {
    "cp949": ("euc-kr", "EUC_KR", "ks_c_5601-1987", "KSC5601", "korean", "windows-949", "x-windows-949", "ms949", "UHC", "iso-ir-149"),
    "cp932": ("shift_jis", "Shift-JIS", "SJIS", "x-sjis", "windows-31j", "ms_kanji", "csShiftJIS", "CP932"),
    "euc_jp": ("euc-jp", "x-euc-jp", "csEUCPkdFmtJapanese", "eucJP-ms", "CP51932"),
    "iso2022_jp_ext": ("iso-2022-jp", "csISO2022JP", "CP50221"),
    "utf-8": ("utf-8", "UTF8", "unicode-1-1-utf-8", "utf8mb4"),
    "utf-16-le": ("utf-16", "UTF-16LE", "unicode", "ucs-2"),
    "utf-16-be": ("utf-16be", "unicodeFFFE"),
    "gb18030": ("gb2312", "GBK", "x-gbk", "chinese", "gb_2312-80"),
    "cp950": ("big5", "Big5-HKSCS", "x-x-big5"),
    "cp1252": ("iso-8859-1", "latin1", "us-ascii", "windows-1252", "x-cp1252", "ISO_8859-1:1987"),
    "cp1251": ("windows-1251", "x-cp1251"),
    "koi8-r": ("KOI8-R",),
}
UNKNOWN = (
    "", " ", "no such thing", "base64", "hex", "zlib", "rot13", "idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape",
    "utf-7", "cp037", "cp500", "mbcs", "oem", "x-user-defined", "../etc/passwd", "\x00", "a" * 500,
)  # fmt: skip


@pytest.mark.parametrize(("codec", "label"), [(codec, label) for codec, labels in KNOWN.items() for label in labels])
def test_labels_name_what_their_pages_hold(codec: str, label: str) -> None:
    assert codecs_of(label) == (codec,)


@pytest.mark.parametrize("label", UNKNOWN)
def test_labels_that_name_no_charset_of_a_page(label: str) -> None:
    assert codecs_of(label) == ()


@pytest.mark.parametrize(
    ("head", "content_type", "fallback", "wanted"),
    [
        (b'<?xml version="1.0" encoding="euc-kr"?>', "text/xml; charset=utf-8", "shift_jis", ["cp949", "utf-8", "cp932"]),
        (b"<meta charset=euc-kr>", "text/html;Charset='EUC-JP'", "", ["euc_jp", "cp949"]),
        (b'<META http-equiv=Content-Type content="text/html; charset = shift_jis">', "", "", ["cp932"]),
        (b"<p>charset=euc-kr</p>", "text/html", "", []),
        (b"<meta charset=what>", "charset=ever", "nonsense", []),
        (b" " * 40_000 + b"<meta charset=euc-kr>", "", "", []),
    ],
)
def test_labels_are_found_in_the_order_of_their_trust(head: bytes, content_type: str, fallback: str, wanted: list[str]) -> None:
    assert list(declared(head, content_type, fallback)) == wanted


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (b'<html lang="ko">', "ko"), (b"<HTML xmlns='x' xml:lang=JA-jp>", "ja"), (b"<html>", ""), (b"<p lang=ko>", ""), (b'<rss xml:lang="en-US">', "en"),
        (b"<html lang=kor>", ""),
    ],
)  # fmt: skip
def test_the_language_of_the_root(head: bytes, wanted: str) -> None:
    assert spoken(head) == wanted
