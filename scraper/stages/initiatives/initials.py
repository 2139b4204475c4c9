"""A run of words and its initials inside a name: "Dialogue on Artificial Intelligence" is "Dialogue on AI"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

_WELL_KNOWN = {
    "ai": "artificial intelligence", "ict": "information communication technology", "hadr": "humanitarian assistance disaster relief",
    "smr": "small modular reactor", "lng": "liquefied natural gas", "cbrn": "chemical biological radiological nuclear", "ev": "electric vehicle",
    "wps": "women peace security", "cet": "critical emerging technology", "isr": "intelligence surveillance reconnaissance",
    "iuu": "illegal unreported unregulated", "mda": "maritime domain awareness", "asw": "anti submarine warfare", "wmd": "weapon mass destruction",
    "stem": "science technology engineering mathematics", "uav": "unmanned aerial vehicle", "sme": "small medium enterprise", "eez": "exclusive economic zone",
}  # fmt: skip
"""Abbreviations that need no explanation, with the words that they stand for (singular, without "and" and "of")."""
_FIRST: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
for _short, _words in _WELL_KNOWN.items():
    _FIRST.setdefault(_words.split()[0], []).append((_short, tuple(_words.split())))

EASTERN_WELL_KNOWN = (
    ("인공지능", "ai"), ("人工知能", "ai"), ("소형모듈원자로", "smr"), ("소형모듈원전", "smr"), ("小型モジュール炉", "smr"), ("액화천연가스", "lng"), ("液化天然ガス", "lng"),
    ("정보통신기술", "ict"), ("情報通信技術", "ict"), ("대량살상무기", "wmd"), ("大量破壊兵器", "wmd"), ("무인기", "uav"), ("無人機", "uav"),
)  # fmt: skip
"""The same in Korean and Japanese."""

LEAST = 3
"""Letters that initials must have to be taken for a run of words that nobody explains."""
_TOKEN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{3,6}(?![A-Za-z0-9])")
_WORD = re.compile(r"[A-Za-z][A-Za-z'\u2019]*")
_BETWEEN = frozenset({"and", "of", "the", "for", "on", "in", "to"})


def fold(words: Sequence[str], singular: Sequence[str]) -> list[str]:
    """Return the words of a name, in lower case, with the runs that have a well-known abbreviation replaced by it; ``singular`` are the same
    words in the singular."""
    folded, at = [], 0
    while at < len(words):
        short, width = next(
            ((short, len(run)) for short, run in _FIRST.get(singular[at], ()) if tuple(singular[at : at + len(run)]) == run), ("", 1)
        )
        folded.append(short or words[at])
        at += width
    return folded


def tokens(name: str) -> frozenset[str]:
    """Return the words of capitals, of three to six letters, in a name."""
    return frozenset(_TOKEN.findall(name))


def contracted(name: str, shorts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield ``(short, form)``: ``name`` with a run of its words, which begin with the letters of one of ``shorts``, replaced by that."""
    told = [word for word in _WORD.finditer(name) if word.group().lower() not in _BETWEEN]
    letters = "".join(word.group()[0] for word in told)
    for short in shorts:
        at = letters.find(short)
        if at >= 0:
            yield short, name[: told[at].start()] + short + name[told[at + len(short) - 1].end() :]
