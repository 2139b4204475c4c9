"""What has become of an article that was read again."""

from __future__ import annotations

from dataclasses import dataclass

RULES = "rules"
"""The kind of a revision in which no word changed: what other rules no longer find in the text stays with it."""

KINDS = ("substance", "completed", "gone", "returned", RULES)
"""Kinds of rows of revisions: words changed, what could not be had at first was read, taken down, there again, read by other rules."""


@dataclass(frozen=True, slots=True)
class Version:
    """An article as it stood at one time: its title, the text that is compared, and the publication date ``YYYY-MM-DD`` or empty."""

    title: str
    text: str
    published: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a word diff: ``op`` is same, gone or new; ``text`` as it stood in the version it is from."""

    op: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """How two versions differ: ``kind`` is none, cosmetic, date or substance.

    ``pieces`` are the word diff of the text (of the title first, where that changed), in order, same stretches shortened to a few words; empty
    unless the kind is substance. ``kept`` is the share, 0 to 1, of the old text's words that are still there.
    """

    kind: str
    pieces: tuple[Piece, ...] = ()
    kept: float = 1.0
