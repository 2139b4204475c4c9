"""Messages by their keys, out of the catalogue of a language. ``{n}`` and the like are filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from babel.numbers import format_decimal

from scraper.catalogues import Catalogue, catalogue


class Phrases(Mapping[str, str]):
    """The messages of one context in one language; a mapping of those without plural forms as they stand in the catalogue.

    Asking for one that is not there, or for plural forms of one that has none and the other way about, raises KeyError."""

    def __init__(self, catalogue: Catalogue, context: str) -> None:
        self._catalogue = catalogue
        self._context = context

    def __getitem__(self, key: str) -> str:
        """Return a message that has no plural forms, its places not filled."""
        return self._catalogue.message(self._context, key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._catalogue.singles.get(self._context, ()))

    def __len__(self) -> int:
        return len(self._catalogue.singles.get(self._context, ()))

    def filled(self, key: str, **values: str | int) -> str:
        """Return a message with its places filled; numbers as the language writes them (12,345)."""
        return self._fill(self[key], values)

    def counted(self, key: str, n: int, **values: str | int) -> str:
        """Return the form of a message that ``n`` asks for, with ``{n}`` and its other places filled."""
        return self._fill(self._catalogue.plural(self._context, key, n), {"n": n} | values)

    def _fill(self, said: str, values: Mapping[str, str | int]) -> str:
        locale = self._catalogue.locale
        written = {key: format_decimal(value, locale=locale) if isinstance(value, int) else value for key, value in values.items()}
        return said.format(**written)


def phrases(language: str, context: str) -> Phrases:
    """Return the messages of a context in ``language``, English ones where it has no catalogue."""
    return Phrases(catalogue(language), context)
