"""watch.toml and initiatives.toml: who is watched, by which words, and what is known already."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields

from scraper.config import rules
from scraper.config.notes import Notes, Table, join, repeated
from scraper.config.shape import build, members, singular, warn_unknown
from scraper.model.article import LEVELS
from scraper.model.initiative import Initiative, Registry
from scraper.model.watch import Party, Term, Watch, Words

_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?|")
_DOMAIN = re.compile(r"(?:[a-z0-9-]{1,63}\.){0,8}[a-z0-9-]{1,63}")
_CASING = ("proper", "mixed", "generic")
MIN_PARTIES = 2


def read_watch(table: Table, notes: Notes) -> Watch | None:
    """Return the Watch of watch.toml, or None where its shape is wrong; every fault is noted."""
    watch = build(Watch, table, "", notes)
    if watch is None:
        return None
    _say(notes, "name", rules.filled(watch.name))
    notes.require(len(watch.parties) >= MIN_PARTIES, "party", f"at least {MIN_PARTIES} parties are needed")
    for key in repeated(party.id for party in (*watch.parties, *watch.others)):
        notes.problem(join("party", key), "this id is used more than once")
    for kind, party in (*(("party", party) for party in watch.parties), *(("other", party) for party in watch.others)):
        _check_party(join(kind, party.id), party, notes)
    _check_terms(watch, notes)
    _check_ids(watch, notes)
    return watch


def _check_party(key: str, party: Party, notes: Notes) -> None:
    _say(notes, join(key, "id"), rules.identifier(party.id))
    _say(notes, join(key, "name"), rules.filled(party.name))
    _say(notes, join(key, "zone"), rules.zone(party.zone))
    notes.require(any(party.names.values()), join(key, "names"), "at least one name in one language is needed")
    for domain in party.domains:
        notes.require(bool(_DOMAIN.fullmatch(domain)), join(key, "domains"), "must be domains in lower case such as go.jp")
    _check_words(key, party, notes)


def _check_terms(watch: Watch, notes: Notes) -> None:
    """Check every Term and every table of words of the Watch, whatever fields it has."""
    _check_words("", watch, notes)
    for item in fields(watch):
        terms = [term for term in _items(getattr(watch, item.name)) if isinstance(term, Term)]
        for key in repeated(term.id for term in terms):
            notes.problem(join(singular(item.name), key), "this id is used more than once")
        for term in terms:
            notes.require(bool(term.id.strip()), join(singular(item.name), "id"), "must not be empty")
            _check_words(join(singular(item.name), term.id), term, notes)


def _items(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _check_words(key: str, record: Party | Term | Watch | Initiative, notes: Notes) -> None:
    for item in fields(record):
        value = getattr(record, item.name)
        if isinstance(value, Mapping):
            for place, fault in _word_faults(value):
                _say(notes, join(key, item.name, place), fault)


def _word_faults(words: Words) -> Iterator[tuple[str, str]]:
    for language, forms in words.items():
        yield language, rules.language(language)
        if isinstance(forms, tuple):
            yield language, "" if all(form.strip() for form in forms) else "must not hold an empty word"
            yield language, next((rules.pattern(form[1:-1]) for form in forms if _is_pattern(form) and rules.pattern(form[1:-1])), "")


def _is_pattern(word: str) -> bool:
    return len(word) > len("//") and word.startswith("/") and word.endswith("/")


def _check_ids(watch: Watch, notes: Notes) -> None:
    """Levels are those of the public tables, and offices belong to a country that is there."""
    for level in watch.levels:
        _say(notes, join("level", level.id, "id"), rules.one_of(level.id, LEVELS))
    known = tuple(party.id for party in (*watch.parties, *watch.others))
    for office in watch.offices:
        _say(notes, join("office", office.id, "id"), rules.one_of(office.id, known))


def read_registry(table: Table, notes: Notes) -> Registry:
    """Return the registry of initiatives.toml; an empty file is an empty registry."""
    (key,) = members(Registry)
    warn_unknown(table, {key}, "", notes)
    registry = build(Registry, {key: table.get(key, [])}, "", notes) or Registry()
    for name in repeated(known.id for known in registry.initiatives):
        notes.problem(join(key, name), "this id is used more than once")
    ids = {known.id for known in registry.initiatives}
    for known in registry.initiatives:
        _check_initiative(join(key, known.id), known, ids, notes)
    return registry


def _check_initiative(key: str, known: Initiative, ids: set[str], notes: Notes) -> None:
    _say(notes, join(key, "id"), rules.identifier(known.id))
    _say(notes, join(key, "name"), rules.filled(known.name))
    _say(notes, join(key, "casing"), rules.one_of(known.casing, _CASING))
    notes.require(bool(_DATE.fullmatch(known.first_mentioned)), join(key, "first_mentioned"), "must be a date: YYYY, YYYY-MM or YYYY-MM-DD")
    notes.require(all(form.strip() for form in known.abbreviations), join(key, "abbreviations"), "must not hold an empty word")
    _check_words(key, known, notes)
    for field, values in (("parent", (known.parent,)), ("related", known.related)):
        for value in values:
            if value and value not in ids:
                notes.warn(join(key, field), f"names an initiative that is not there: {value}")


def _say(notes: Notes, key: str, fault: str) -> None:
    notes.require(not fault, key, fault)
