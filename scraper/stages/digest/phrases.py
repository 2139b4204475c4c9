"""The sentences of a digest by their keys, in the language of its reader."""

from __future__ import annotations

from scraper.catalogues.phrases import Phrases
from scraper.catalogues.phrases import phrases as messages

__all__ = ["DIGEST", "Phrases", "counted", "phrases"]

DIGEST = "digest"


def phrases(language: str, context: str = DIGEST) -> Phrases:
    """Return the messages of a context in ``language``, English ones where it has no catalogue."""
    return messages(language, context)


def counted(language: str, noun: str, n: int) -> str:
    """Return how many: ``noun`` is statement, initiative, flag, wording, edit or trouble (1 new statement, 2 new statements)."""
    return messages(language, "count").counted(noun, n)
