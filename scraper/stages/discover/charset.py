"""Bytes to text: the charset of a page, as declared and as it really is.

Korean pages labelled ``euc-kr`` hold CP949 and Japanese ones labelled ``shift_jis`` hold CP932 (so WHATWG Encoding 4.2 reads
them); a header's label is often the server's default while the XML declaration is the author's own, hence it is asked first.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from scraper.model.source import Page, Source

_CODECS = {
    "utf8": "utf-8", "unicode11utf8": "utf-8",
    "euckr": "cp949", "ksc56011987": "cp949", "ksc5601": "cp949", "korean": "cp949", "cp949": "cp949", "ms949": "cp949", "uhc": "cp949", "windows949": "cp949",
    "shiftjis": "cp932", "sjis": "cp932", "xsjis": "cp932", "mskanji": "cp932", "windows31j": "cp932", "cp932": "cp932", "ms932": "cp932",
    "eucjp": "euc_jp", "xeucjp": "euc_jp", "iso2022jp": "iso2022_jp",
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5",
    "usascii": "cp1252", "ascii": "cp1252", "iso88591": "cp1252", "latin1": "cp1252", "windows1252": "cp1252", "cp1252": "cp1252",
    "utf16": "utf-16", "utf16le": "utf-16-le", "utf16be": "utf-16-be",
}  # fmt: skip
_BY_LANGUAGE = {"ko": "cp949", "ja": "cp932"}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UNMARKED = ((b"<\x00?\x00", "utf-16-le"), (b"\x00<\x00?", "utf-16-be"))
_ISO_2022_JP = re.compile(rb"\x1b\$[@B]")
_PROLOG = re.compile(rb"""<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_META = re.compile(rb"""(?i)<meta\s[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""")
_HEADER = re.compile(r"""(?i)charset\s*=\s*["']?([\w.:-]{1,40})""")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ENOUGH = 12
_HEAD = 4096


def decode(page: Page, source: Source) -> str:
    """Return the text of ``page``, control characters that XML forbids (XML 1.0 2.2) taken out.

    Order: byte-order mark; the escapes of ISO-2022-JP; UTF-8 where a dozen non-ASCII bytes prove it; what the page declares
    (XML declaration, ``meta``, header); ``source.encoding``; UTF-8; the usual charset of the source's language. The first
    that reads the bytes without an error is taken, else the first with replacement characters.
    """
    body = page.body
    marked = _by_mark(body)
    if marked is not None:
        return _CONTROLS.sub("", marked)
    names = list(dict.fromkeys(_candidates(page, source)))
    for name in names:
        text = _strict(body, name)
        if text is not None:
            return _CONTROLS.sub("", text)
    return _CONTROLS.sub("", body.decode(names[0], "replace"))


def codec(label: str) -> str:
    """Return the Python codec for a charset label as written on the web, or ``""`` for one that is not known."""
    return _CODECS.get(re.sub(r"[^a-z0-9]", "", label.lower()), "")


def _by_mark(body: bytes) -> str | None:
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    for start, name in _UNMARKED:
        if body.startswith(start):
            return body.decode(name, "replace")
    return None


def _candidates(page: Page, source: Source) -> Iterator[str]:
    body = page.body
    if _ISO_2022_JP.search(body[: _HEAD * 4]):
        yield "iso2022_jp"
    if _surely_utf8(body):
        yield "utf-8"
    yield from filter(None, map(codec, _declared(page)))
    if codec(source.encoding):
        yield codec(source.encoding)
    yield "utf-8"
    yield _BY_LANGUAGE.get(source.language, "cp1252")


def _declared(page: Page) -> Iterator[str]:
    head = page.body[:_HEAD]
    for pattern in (_PROLOG, _META):
        found = pattern.search(head)
        if found:
            yield found.group(1).decode("ascii", "replace")
    header = _HEADER.search(page.headers.get("content-type", ""))
    if header:
        yield header.group(1)


def _surely_utf8(body: bytes) -> bool:
    # A dozen bytes of CP949 or CP932 hardly ever happen to form whole UTF-8 sequences; fewer may.
    wide = len(body) - len(body.translate(None, bytes(range(128, 256))))
    return wide >= _ENOUGH and _strict(body, "utf-8") is not None


def _strict(body: bytes, name: str) -> str | None:
    # The incremental decoder forgives a character that a cut-off body ends in.
    try:
        return codecs.getincrementaldecoder(name)("strict").decode(body, final=False)
    except UnicodeError:
        return None
