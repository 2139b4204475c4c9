"""What a text speaks of, in the order it does: the same in every wording and every language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from scraper.stages.grouping.tokens import LONGEST
from scraper.text import CJK, fold

MARK: Final = "~"
"""Stands before a subject's id among the names of a sighting."""

# Words, single Korean, Japanese and Chinese characters, and what parts two of these: 도 발 is no 도발.
_UNIT = re.compile(rf"[{CJK}]|(?<=[{CJK}])[\W_]+(?=[{CJK}])|[^\W_{CJK}]+")

Names = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
"""By the first token of a name: its tokens, and the id of the subject, the longest name first."""


def names_of(subjects: Mapping[str, Iterable[str]]) -> Names:
    """Return the names of ``subjects`` (by id, in any language) in the form :func:`subjects_in` looks them up in."""
    found: dict[str, set[tuple[tuple[str, ...], str]]] = {}
    for subject, names in subjects.items():
        for name in names:
            if said := _units(name):
                found.setdefault(said[0], set()).add((said, subject))
    return {first: tuple(sorted(said, key=lambda item: (-len(item[0]), item))) for first, said in found.items()}


def subjects_in(text: str, names: Names) -> Iterator[str]:
    """Yield the ids of the subjects ``text`` names, in order, as often as it does; of two names at one place the longer one counts."""
    words = _units(text) if names else ()
    clear = 0
    for at, word in enumerate(words):
        if at < clear or word not in names:
            continue
        for said, subject in names[word]:
            if words[at : at + len(said)] == said:
                yield subject
                clear = at + len(said)
                break


def _units(text: str) -> tuple[str, ...]:
    return tuple(map(_unit, _UNIT.findall(fold(text[:LONGEST]))))


def _unit(word: str) -> str:
    """A word without the s of its plural; any break as a space."""
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word if word.isalnum() else " "
