"""What a reader sees for the fixed words of the tables: kinds, levels, outcomes, families of initiatives, languages."""

from __future__ import annotations

from typing import Final, NewType

from scraper.catalogues import catalogue

Table = NewType("Table", str)
"""The context of a table's words in the catalogues."""

KINDS: Final = Table("kind")
LEVELS: Final = Table("level")
OUTCOMES: Final = Table("outcome")
NEWS: Final = Table("news")
"""Kinds as the subject says that one is new."""

LEVELS_SHORT: Final = Table("short_level")
"""Levels where room is short."""

INITIATIVES: Final = Table("initiative")
"""Families of initiatives, as the head of a name tells them."""

LANGUAGES: Final = Table("language")
"""Not of the catalogues: CLDR has the names of all languages in every language."""


def term(table: Table, word: str, language: str) -> str:
    """Return how ``word`` reads in ``language``; a word that is not in ``table`` with its underscores as spaces."""
    known = catalogue(language)
    if table == LANGUAGES and word in known.locale.languages:
        return str(known.locale.languages[word])
    return known.message(table, word) if word in known.singles.get(table, ()) else word.replace("_", " ")
