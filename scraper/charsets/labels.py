"""Charset labels: what the web calls an encoding, what its bytes really hold, and where a page says it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache

# The labels of the Encoding Standard (4.2) and those that East Asian servers add, by the codec that reads them best; without
# the marks between letters and digits, which are written in every way. Those that Python knows by the same name are not repeated.
_HELD: dict[str, str] = {
    **dict.fromkeys(("utf8", "unicode11utf8", "unicode20utf8", "xunicode20utf8", "utf8mb4"), "utf-8"),
    **dict.fromkeys(("utf16", "utf16le", "unicode", "ucs2", "iso10646ucs2", "csunicode", "unicodefeff"), "utf-16-le"),
    **dict.fromkeys(("utf16be", "unicodefffe"), "utf-16-be"),
    **dict.fromkeys(
        ("euckr", "cseuckr", "ksc56011987", "ksc56011989", "ksc5601", "csksc56011987", "isoir149", "korean", "ksx1001",
         "windows949", "xwindows949", "cp949", "ms949", "xms949", "uhc", "xuhc", "cp51949"), "cp949"),
    **dict.fromkeys(
        ("shiftjis", "sjis", "xsjis", "csshiftjis", "mskanji", "windows31j", "cswindows31j", "cp932", "ms932", "windows932",
         "xshiftjis", "sjiswin"), "cp932"),
    **dict.fromkeys(("eucjp", "xeucjp", "cseucpkdfmtjapanese", "ujis", "eucjpms", "eucjpwin", "cp51932", "cp20932"), "euc_jp"),
    **dict.fromkeys(("iso2022jp", "csiso2022jp", "cp50220", "cp50221", "jis"), "iso2022_jp_ext"),
    **dict.fromkeys(("iso2022kr", "csiso2022kr"), "iso2022_kr"),
    **dict.fromkeys(
        ("gb2312", "gb231280", "csgb2312", "csiso58gb231280", "isoir58", "chinese", "gbk", "xgbk", "gb18030", "cp936", "ms936",
         "windows936", "euccn", "xeuccn"), "gb18030"),
    **dict.fromkeys(("big5", "big5hkscs", "cnbig5", "csbig5", "xxbig5", "cp950", "windows950", "big5eten"), "cp950"),
    **dict.fromkeys(
        ("iso88591", "iso885911987", "csisolatin1", "isoir100", "latin1", "l1", "ibm819", "cp819", "usascii", "ascii", "ansix341968",
         "windows1252", "xcp1252", "cp1252", "iso885915", "ansi"), "cp1252"),
    **dict.fromkeys(("iso88599", "iso885991989", "csisolatin5", "isoir148", "latin5", "l5", "xcp1254"), "cp1254"),
    **dict.fromkeys(("iso885911", "tis620", "dos874", "windows874"), "cp874"),
    **dict.fromkeys(("koi8", "koi", "cskoi8r"), "koi8_r"),
    **dict.fromkeys(("koi8ru",), "koi8_u"),
    **dict.fromkeys(("xmaccyrillic", "xmacukrainian"), "mac_cyrillic"),
    **dict.fromkeys(("xmacroman", "macintosh"), "mac_roman"),
}  # fmt: skip
_X_CODE_PAGE = re.compile(r"x-?(?=cp|windows)")
_ASCII = bytes(range(0x20, 0x5C)) + bytes(range(0x5D, 0x7F)) + rb"\x41\u0041"
_META = re.compile(rb"<meta[^>]{0,500}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.\-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"<\?xml\s[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9_:.\-]{2,40})", re.IGNORECASE)
_HEADER = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_:.\-]{2,40})", re.IGNORECASE)
_SPOKEN = re.compile(rb"<(?:html|rss|feed|body)\s[^>]{0,500}?lang\s{0,9}=\s{0,9}[\"']?([A-Za-z]{2})(?![A-Za-z])", re.IGNORECASE)
_HEAD = 32_768
_DECLARATION = 1024


@lru_cache(maxsize=512)
def codecs_of(label: str) -> tuple[str, ...]:
    """Return the Python codec for an encoding's label as pages write it (``KS_C_5601-1987``: cp949) as the only element; none if unknown.

    Source: Encoding Standard of the WHATWG, 4.2; single-byte ones it leaves out, by Python's own table. Codecs that read no page
    (those to which ASCII is not ASCII, such as EBCDIC and UTF-7, and Python's codecs of other things) are not known.
    """
    key = re.sub(r"[^a-z0-9]", "", label.lower())
    if key in _HELD:
        return (_HELD[key],)
    plain = _X_CODE_PAGE.sub("", label.strip().lower())
    try:
        info = codecs.lookup(plain) if plain else None
    except (LookupError, ValueError):
        return ()
    return (info.name,) if info is not None and _reads_ascii(info.name) else ()


def _reads_ascii(name: str) -> bool:
    """Whether a codec makes text of bytes, leaves ASCII alone and is a single-byte one: those of more bytes are named above."""
    try:
        return _ASCII.decode(name) == _ASCII.decode() and len(b"a\xe1b".decode(name, "replace")) == 3
    except (ValueError, LookupError):
        return False


def declared(body: bytes, content_type: str = "", fallback: str = "") -> Iterator[str]:
    """Yield the codecs that the labels name, the most trusted first: XML declaration, HTTP header, ``meta``, the reader's own ``fallback``.

    An XML declaration is the author's own, a header often the server's default.
    """
    for pattern, stretch in ((_XML, body[:_DECLARATION]), (_HEADER, content_type[:500]), (_META, body[:_HEAD])):
        found = pattern.search(stretch)  # type: ignore[arg-type]
        if found:
            label = found.group(1)
            yield from codecs_of(label.decode("ascii") if isinstance(label, bytes) else label)
    yield from codecs_of(fallback)


def spoken(body: bytes) -> str:
    """Return the language that the root element names (``lang="ko"``), two letters, lower-case, or ``""``."""
    found = _SPOKEN.search(body[:_HEAD])
    return found.group(1).decode("ascii").lower() if found else ""
