"""The catalogues: every word that a reader is told in a language of his choice, as gettext ``.po`` files (``locale/ko.po``).

A file is a language. A message is known by its context (``digest``, ``count``, ``kind`` ...) and a key, English like the others; what a catalogue
lacks is said in English. All are read and compiled when this module is imported, with what CLDR knows of the language; after that nothing is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from gettext import GNUTranslations
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from typing import Final

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE: Final = "en"
"""The language that has every message, and in which is said what another lacks."""

SUFFIX: Final = ".po"

Keys = Mapping[str, frozenset[str]]
"""Those of each context."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The messages of one language, and its ``locale`` in CLDR. ``singles`` and ``plurals`` are the keys of each context, those of messages
    without and with plural forms; they are the same in every language."""

    locale: Locale
    messages: GNUTranslations
    singles: Keys
    plurals: Keys

    def message(self, context: str, key: str) -> str:
        """Return a message with its ``{places}``; raises KeyError where no catalogue knows it or it has plural forms."""
        return self.messages.pgettext(context, _known(self.singles, context, key))

    def plural(self, context: str, key: str, n: int) -> str:
        """Return the form of a message that ``n`` asks for by the language's Plural-Forms; raises KeyError where no catalogue knows such a one."""
        return self.messages.npgettext(context, _known(self.plurals, context, key), key, n)


def _known(keys: Keys, context: str, key: str) -> str:
    if key not in keys.get(context, ()):
        raise KeyError(f"{context}: {key}")
    return key


def read(folder: Traversable) -> dict[str, Catalogue]:
    """Return the catalogue of every ``.po`` file in ``folder`` by language (the name of its file, an id of CLDR).

    Raises KeyError where English is not among them, babel's UnknownLocaleError and PoFileError for a file that is no catalogue."""
    found = dict(_files(folder))
    source, singles, plurals = _compiled(found[SOURCE]), _keys(found[SOURCE], plural=False), _keys(found[SOURCE], plural=True)
    return {language: Catalogue(_locale(language), _compiled(one, source), singles, plurals) for language, one in found.items()}


def _files(folder: Traversable) -> Iterator[tuple[str, Catalog]]:
    for one in folder.iterdir():
        if one.name.endswith(SUFFIX):
            language = one.name.removesuffix(SUFFIX)
            with one.open("rb") as stream:
                yield language, read_po(stream, locale=language, charset="utf-8", abort_invalid=True)


def _compiled(catalogue: Catalog, fallback: GNUTranslations | None = None) -> GNUTranslations:
    """A fuzzy or an empty message is left out, so that the fallback says it."""
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    translations = GNUTranslations(compiled)
    if fallback is not None:
        translations.add_fallback(fallback)
    return translations


def _keys(catalogue: Catalog, *, plural: bool) -> Keys:
    known: dict[str, set[str]] = {}
    for message in catalogue:
        if message.id and bool(message.pluralizable) is plural:
            known.setdefault(message.context or "", set()).add(key_of(message))
    return {context: frozenset(keys) for context, keys in known.items()}


def key_of(message: Message) -> str:
    """Return the key of a message; of one with plural forms the first of the two, which are alike."""
    return message.id if isinstance(message.id, str) else message.id[0]


def _locale(language: str) -> Locale:
    """CLDR's data of a language, read now and not when the first date is written."""
    locale = Locale.parse(language)
    _ = locale.months
    return locale


CATALOGUES: Final = read(files(__name__) / "locale")
"""The packaged catalogues by language."""

LANGUAGES: Final = (SOURCE, *sorted(CATALOGUES.keys() - {SOURCE}))
"""What a reader may choose from."""


def catalogue(language: str) -> Catalogue:
    """Return the catalogue of ``language``, the English one where there is none."""
    return CATALOGUES.get(language) or CATALOGUES[SOURCE]
