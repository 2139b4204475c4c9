"""What a text speaks of, in the order it does: the same in every wording and every language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from scraper.stages.grouping.tokens import tokens

MARK: Final = "~"
"""Stands before a subject's id among the names of a sighting."""

Names = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
"""By the first token of a name: its tokens, and the id of the subject, the longest name first."""


def names_of(subjects: Mapping[str, Iterable[str]]) -> Names:
    """Return the names of ``subjects`` (by id, in any language) in the form :func:`subjects_in` looks them up in."""
    found: dict[str, set[tuple[tuple[str, ...], str]]] = {}
    for subject, names in subjects.items():
        for name in names:
            if said := tuple(map(_singular, tokens(name))):
                found.setdefault(said[0], set()).add((said, subject))
    return {first: tuple(sorted(said, key=lambda item: (-len(item[0]), item))) for first, said in found.items()}


def subjects_in(text: str, names: Names) -> Iterator[str]:
    """Yield the ids of the subjects ``text`` names, in order, as often as it does; of two names at one place the longer one counts."""
    words = list(map(_singular, tokens(text))) if names else []
    at = 0
    while at < len(words):
        said, subject = next((item for item in names.get(words[at], ()) if tuple(words[at : at + len(item[0])]) == item[0]), ((), ""))
        if subject:
            yield subject
        at += len(said) or 1


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
