"""stock_phrases.toml: what everybody in diplomacy says."""

from __future__ import annotations

from scraper.config.notes import Notes, Table
from scraper.config.shape import warn_unknown
from scraper.model.grouping import StockLanguage

_KEYS = ("words", "phrases", "subjects")


def read_stock(table: Table, notes: Notes) -> StockLanguage:
    """Return the stock language of stock_phrases.toml: ``[words]`` and ``[phrases]``, by language a text of words or a list;
    and ``[subjects]``, by id the words of all languages."""
    warn_unknown(table, set(_KEYS), "", notes)
    words = _by_language(table, "words", notes)
    plain = tuple(word for said in words.values() for word in said)
    return StockLanguage(plain, _by_language(table, "phrases", notes), _by_language(table, "subjects", notes))


def _by_language(table: Table, key: str, notes: Notes) -> dict[str, tuple[str, ...]]:
    found = table.get(key, {})
    if not isinstance(found, dict):
        notes.problem(key, "must be a table by language")
        return {}
    return {str(language): _said(f"{key}.{language}", value, notes) for language, value in found.items()}


def _said(key: str, value: object, notes: Notes) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(value.split())
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    notes.problem(key, "must be a text of words or a list of phrases")
    return ()
