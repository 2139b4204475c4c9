"""The bytes of a page as text: which character encoding, decided without ever guessing over a label that holds."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from charset_normalizer import from_bytes

from scraper.errors import ExtractError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What pages call an encoding, and what their bytes really hold (the Encoding Standard of the WHATWG reads labels the same way).
_HELD: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("euckr", "ksc56011987", "ksc5601", "ksc56011989", "windows949", "cp949", "xwindows949", "uhc", "korean", "ms949"), ("cp949",)),
    **dict.fromkeys(("shiftjis", "sjis", "xsjis", "windows31j", "cp932", "mskanji", "xshiftjis", "ms932"), ("cp932", "shift_jis_2004")),
    **dict.fromkeys(("eucjp", "xeucjp", "ujis"), ("euc_jp", "euc_jis_2004")),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "xgbk"), ("gb18030",)),
    **dict.fromkeys(("big5", "big5hkscs", "xxbig5"), ("cp950", "big5hkscs")),
    **dict.fromkeys(("iso88591", "latin1", "l1", "usascii", "ascii", "windows1252", "cp1252", "iso885915"), ("cp1252", "latin-1")),
    **dict.fromkeys(("utf8", "unicode11utf8", "xunicode20utf8", "utf16", "utf16le", "utf16be", "unicode"), ("utf-8",)),
    **dict.fromkeys(("iso2022jp", "csiso2022jp"), ("iso2022_jp_ext", "iso2022_jp_3")),
    **dict.fromkeys(("iso2022kr", "csiso2022kr"), ("iso2022_kr",)),
}  # fmt: skip
_DETECTED = ["utf_8", "cp949", "cp932", "euc_jp", "gb18030", "big5", "cp1252", "cp1250", "cp1251"]
# Codecs of the standard library that turn bytes into bytes or text into text, and those that only mean something elsewhere.
_NO_TEXT = frozenset(
    {
        "base64",
        "bz2",
        "hex",
        "quopri",
        "rot-13",
        "uu",
        "zlib",
        "idna",
        "punycode",
        "undefined",
        "unicode-escape",
        "raw-unicode-escape",
        "mbcs",
        "oem",
    }
)
_ESCAPES = re.compile(rb"\x1b(?:\$[@B]|\$\(D|\([JI]|\$\)C)")
_META = re.compile(rb"<meta[^>]{0,500}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.\-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9_:.\-]{2,40})", re.IGNORECASE)
_HEADER = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_:.\-]{2,40})", re.IGNORECASE)
_FOREIGN = re.compile(rb"[\x80-\xff][\x40-\xff]*")
_HEAD = 16_384
_SAMPLE = 60_000
_TOO_BROKEN = 0.1
_NO_ACCIDENT = 6


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page as text, the name of the codec that read it, and how many characters had to be replaced (0 nearly always)."""

    text: str
    encoding: str
    replaced: int = 0


def decode(body: bytes, content_type: str = "", fallback: str = "") -> Decoded:
    """Return the text of ``body``.

    In this order: a byte-order mark; the escapes of ISO-2022; the labels of the HTTP header (``content_type``), the page
    itself and the source (``fallback``), each strictly and as what it holds in practice; strict UTF-8; a detector on what is
    not ASCII. A last character torn by a cut transfer is dropped. Only where nothing reads it all are characters replaced.
    Raises ExtractError (decode) where more than a tenth of the foreign characters would be lost.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _lossy(body, (f"{name}-sig" if name == "utf-8" else name,))
    labels = tuple(_labels(body, content_type, fallback))
    for name in (*_escaped(body), *_ordered(body, labels), "utf-8"):
        text = _strictly(body, name)
        if text is not None:
            return Decoded(text, name)
    detected = _detect(body)
    for name in detected:
        text = _strictly(body, name)
        if text is not None:
            return Decoded(text, name)
    return _lossy(body, (*labels, *detected, "utf-8"))


def _labels(body: bytes, content_type: str, fallback: str) -> Iterator[str]:
    """The codecs that the labels stand for, in the order of their authority."""
    head = body[:_HEAD]
    found = [match.group(1) for match in (_HEADER.search(content_type[:500]),) if match]
    found += [match.group(1).decode("ascii") for match in (_XML.search(head), _META.search(head)) if match]
    for label in (*found, fallback):
        yield from codecs_of(label)


def codecs_of(label: str) -> tuple[str, ...]:
    """Return the Python codecs to try for an encoding label as pages write it (``ks_c_5601-1987``: cp949), best first; none if unknown."""
    key = re.sub(r"[^a-z0-9]", "", label.lower())
    if key in _HELD:
        return _HELD[key]
    try:
        info = codecs.lookup(label) if label.strip() else None
    except (LookupError, ValueError):
        return ()
    return (info.name,) if info is not None and info.name not in _NO_TEXT else ()


def _ordered(body: bytes, labels: tuple[str, ...]) -> tuple[str, ...]:
    """UTF-8 first where the bytes are it beyond accident: a page converted long ago often kept its old label."""
    text = _strictly(body, "utf-8")
    foreign = sum(1 for c in text[:_SAMPLE] if c > "\u07ff") if text is not None else 0
    return ("utf-8", *labels) if foreign >= _NO_ACCIDENT else tuple(sorted(labels, key=lambda name: name in {"cp1252", "latin-1"}))


def _escaped(body: bytes) -> tuple[str, ...]:
    if not _ESCAPES.search(body[:_SAMPLE]):
        return ()
    return ("iso2022_jp", "iso2022_jp_2", "iso2022_jp_ext", "iso2022_jp_3", "iso2022_kr")


def _strictly(body: bytes, name: str) -> str | None:
    """The text if every byte reads, save for a torn character at the very end."""
    try:
        return codecs.getincrementaldecoder(name)("strict").decode(body, final=False)
    except (UnicodeError, LookupError):
        return None


def _detect(body: bytes) -> tuple[str, ...]:
    runs = b" ".join(match.group() for match in _FOREIGN.finditer(body[: _SAMPLE * 10]))[:_SAMPLE]
    best = from_bytes(runs, cp_isolation=_DETECTED).best()
    return (best.encoding,) if best else ()


def _lossy(body: bytes, names: tuple[str, ...]) -> Decoded:
    tried = (Decoded(text, name, text.count("\ufffd")) for name in dict.fromkeys(names) for text in [body.decode(name, "replace")])
    best = min(tried, key=lambda read: read.replaced)
    foreign = sum(1 for c in best.text if c > "\x7f")
    if best.replaced > max(3, foreign * _TOO_BROKEN):
        raise ExtractError(f"the page is in no encoding that can be read ({best.replaced} characters would be lost)", code="decode")
    return best
