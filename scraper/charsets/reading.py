"""One page's bytes read: by mark, escapes, labels, UTF-8, and else by the likeliest text; what cannot be read is counted."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from scraper.charsets.labels import declared, spoken
from scraper.charsets.likelihood import LANGUAGES, cost, per_letter
from scraper.charsets.strictness import read

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_ESCAPES = re.compile(rb"\x1b(?:\$[@B]|\$\([DOPQ]|\([JI]|\$\)C)")
_ISO_2022 = ("iso2022_jp_ext", "iso2022_jp_2", "iso2022_jp_3", "iso2022_kr")
_WIDE = ("utf-16-le", "utf-16-be")
# What a page can be in where no label helps, and the language that its bytes are then in; UTF-8 holds every one.
_HOLDS = {"cp949": "ko", "cp932": "ja", "euc_jp": "ja", "gb18030": "zh", "cp950": "zh", "cp1252": "en"}
_OTHERS = ["cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp874", "koi8_r"]
_RUN = re.compile(rb"[\x20-\x7e]?[\x80-\xff]++(?:[\x30-\x7e][\x80-\xff]++)*+[\x20-\x7e]{0,2}")
_THREE_BYTES = bytes(range(0xE0, 0xF5))
_NO_ACCIDENT = 3
_SAMPLE = 12_000
_LABEL_BITS, _SERVERS_DEFAULT_BITS, _LANGUAGE_BITS, _UNICODE_BITS, _UNASKED_BITS = 11.0, 4.0, 10.0, 6.0, 10.0
_LOST_BITS, _TORN_BITS = 25.0, 14.0
# Beyond these bits a letter it is a text in none of the languages above; a few letters tell nothing.
_NO_TEXT_BITS, _FEW = 14.0, 12


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page as text, the name of the Python codec that read it, and how many characters had to be replaced (0 nearly always).

    ``replaced`` counts what stands as U+FFFD because its bytes mean nothing; one that the page itself brings is not among them.
    """

    text: str
    encoding: str
    replaced: int = 0


def decode(body: bytes, content_type: str = "", fallback: str = "", language: str = "") -> Decoded:
    """Return the text of ``body``; no bytes raise.

    In this order: a byte-order mark; the escapes of ISO-2022; UTF-16 told by its zero bytes; UTF-8 that is labelled so or beyond
    accident; then the encoding in which the text is the likeliest, in which a label (HTTP header ``content_type``, XML declaration,
    ``meta``, the source's own ``fallback``) counts for much and the page's or the source's ``language`` (ISO 639-1) for some.
    A last character torn by a cut transfer is dropped; what else cannot be read is replaced and counted.
    """
    labels = tuple(dict.fromkeys(declared(body, content_type, fallback)))
    sure = _marked(body) or _escaped(body) or _zero_bytes(body, labels)
    return sure or _unicode(body, labels) or _likeliest(body, labels, language)


def _marked(body: bytes) -> Decoded | None:
    for mark, name in _MARKS:
        if body.startswith(mark):
            return _decoded(body[len(mark) :], name)
    return None


def _escaped(body: bytes) -> Decoded | None:
    """ISO-2022, where every byte is of seven bits and the escapes make sense."""
    if b"\x1b" not in body or not body.isascii() or not _ESCAPES.search(body):
        return None
    best: Decoded | None = None
    for name in _ISO_2022:
        found = _decoded(body, name)
        best = found if best is None or found.replaced < best.replaced else best
        if not best.replaced:
            break
    return best


def _zero_bytes(body: bytes, labels: tuple[str, ...]) -> Decoded | None:
    """UTF-16 without a mark: markup is ASCII, so every second byte of it is zero; under its label one space is enough."""
    head = body[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if min(even, odd) * 4 >= max(even, odd):
        return None
    name = _WIDE[even > odd]
    if labels[:1] != (name,) and even + odd < max(8, len(head) // 64):
        return None
    found = _decoded(body, name)
    return None if found.replaced else found


def _unicode(body: bytes, labels: tuple[str, ...]) -> Decoded | None:
    """UTF-8 where every byte is it, and the label says so or the letters of three bytes are too many for an accident."""
    text, replaced = read(body, "utf-8")
    if replaced:
        return None
    told = labels[:1] == ("utf-8",) or body.isascii()
    if told or len(body) - len(body.translate(None, _THREE_BYTES)) >= _NO_ACCIDENT:
        return Decoded(text, "utf-8")
    return None


def _likeliest(body: bytes, labels: tuple[str, ...], language: str) -> Decoded:
    sample = _foreign(body)
    spoke = (spoken(body), language)
    tried = sorted((_weight(sample, name, labels, spoke), rank, name) for rank, name in enumerate(_candidates(labels)))
    best = tried[0][2]
    whole = _decoded(body, best)
    if (labels and best == labels[0]) or not _implausible(sample, best):
        return whole
    return _of_another_alphabet(body, sample) or whole


def _candidates(labels: tuple[str, ...]) -> tuple[str, ...]:
    usable = (name for name in labels if name not in _WIDE and not name.startswith("iso2022"))
    return tuple(dict.fromkeys((*usable, "utf-8", *_HOLDS)))


def _foreign(body: bytes) -> bytes:
    """What is not ASCII with the letters beside it, from the whole body, as lines; the last one open where it was cut off."""
    kept, size = [], 0
    for found in _RUN.finditer(body):
        kept.append(found.group()[: _SAMPLE - size])
        size += len(kept[-1]) + 1
        if size >= _SAMPLE or found.end() == len(body):
            return b"\n".join(kept)
    return b"\n".join((*kept, b""))


def _weight(sample: bytes, name: str, labels: tuple[str, ...], spoke: tuple[str, ...]) -> float:
    """The cost of the sample in an encoding, less what the labels and the languages named speak for it."""
    text, replaced = read(sample, name)
    costs = (cost(text, language) - _LANGUAGE_BITS * bool(language and language in spoke) for language in _languages(name))
    torn = _TORN_BITS * (read(sample + b"\n", name)[1] > replaced)
    # A label that some bytes belie speaks for nothing; the text still may.
    named = 0.0 if name not in labels or replaced else _SERVERS_DEFAULT_BITS if name == "cp1252" else _LABEL_BITS - labels.index(name)
    unasked = _UNASKED_BITS if _HOLDS.get(name) == "zh" else -_UNICODE_BITS if name == "utf-8" and not torn else 0.0
    return min(costs) + replaced * _LOST_BITS + torn - named + unasked


def _languages(name: str) -> tuple[str, ...]:
    if name == "utf-8":
        return (*LANGUAGES, "")
    return (_HOLDS.get(name, ""),)


def _implausible(sample: bytes, name: str) -> bool:
    text = read(sample, name)[0]
    return len(sample) > _FEW and min(per_letter(text, cost(text, language)) for language in _languages(name)) > _NO_TEXT_BITS


def _of_another_alphabet(body: bytes, sample: bytes) -> Decoded | None:
    """Pages of other alphabets without a label that holds: a general detector's answer, if it reads every byte."""
    found = from_bytes(sample, cp_isolation=_OTHERS).best()
    whole = _decoded(body, found.encoding) if found else None
    return whole if whole and not whole.replaced else None


def _decoded(body: bytes, name: str) -> Decoded:
    text, replaced = read(body, name)
    return Decoded(text, name, replaced)
