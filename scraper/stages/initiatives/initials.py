"""A run of words and its initials inside a name: "Dialogue on Artificial Intelligence" is "Dialogue on AI"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

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

_TOKEN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{3,6}(?![A-Za-z0-9])")
"""Initials that may be taken for a run of words that nobody explains: two letters stand for too much."""
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


def spelled_out(names: Iterable[str], key: Callable[[str], Hashable]) -> Iterator[tuple[str, str]]:
    """Yield pairs of a name and another that has the initials of some of its words in their place, of one ``key`` otherwise."""
    told = sorted(set(names))
    having: dict[str, dict[Hashable, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name in told:
        for short in _TOKEN.findall(name):
            having[short][key(name)].append(name)
    for name in told if having else ():
        for short, form in _contracted(name, having):
            for other in having[short].get(key(form), ()):
                if key(name) != key(other):
                    yield name, other


def one_spelling(names: Iterable[str], key: Callable[[str], Hashable]) -> Iterator[tuple[Hashable, Hashable]]:
    """Yield the keys of what is spelled out, and of what has initials in its place; what could be spelled out in two ways is left alone."""
    found: dict[Hashable, set[Hashable]] = defaultdict(set)
    for spelled, short in spelled_out(names, key):
        found[key(short)].add(key(spelled))
    for brief, spellings in found.items():
        if len(spellings) == 1:
            yield next(iter(spellings)), brief


def _contracted(name: str, shorts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The name with a run of its words, which begin with the letters of one of ``shorts``, replaced by that."""
    told = [word for word in _WORD.finditer(name) if word.group().lower() not in _BETWEEN]
    letters = "".join(word.group()[0] for word in told)
    for short in shorts:
        at = letters.find(short)
        if at >= 0:
            yield short, name[: told[at].start()] + short + name[told[at + len(short) - 1].end() :]
