"""wording.toml: the formulae that analysts watch, and ways of saying one thing."""

from __future__ import annotations

from collections.abc import Mapping

from scraper.config import rules
from scraper.config.notes import Notes, Table, join, repeated
from scraper.config.shape import build, members, warn_unknown
from scraper.model.watch import Words
from scraper.model.wording import ABSENT, Formula, Variant, Watched

MOST_GAPS = 4
"""A phrase with more of them says nothing in particular."""


def read_wording(table: Table, notes: Notes) -> Watched:
    """Return what wording.toml watches; an empty file watches nothing.

    Ids are unique and none is "absent", every variant has a phrase, and no phrase begins or ends with a gap.
    """
    keys = members(Watched)
    warn_unknown(table, set(keys), "", notes)
    watched = build(Watched, {key: table.get(key, []) for key in keys}, "", notes) or Watched()
    for kind, ids in (("formula", [one.id for one in watched.formulas]), ("equal", [one.id for one in watched.equals])):
        for name in repeated(ids):
            notes.problem(join(kind, name), "this id is used more than once")
    for formula in watched.formulas:
        _check_formula(join("formula", formula.id), formula, notes)
    for term in watched.equals:
        key = join("equal", term.id)
        _say(notes, join(key, "id"), rules.identifier(term.id))
        _check_words(join(key, "words"), term.words, notes, gaps=False)
    return watched


def _check_formula(key: str, formula: Formula, notes: Notes) -> None:
    _say(notes, join(key, "id"), rules.identifier(formula.id))
    _check_names(join(key, "names"), formula.names, notes)
    _check_words(join(key, "topic"), formula.topic, notes)
    notes.require(bool(formula.variants), key, "at least one [[formula.variant]] is needed")
    for name in repeated(variant.id for variant in formula.variants):
        notes.problem(join(key, "variant", name), "this id is used more than once")
    for variant in formula.variants:
        _check_variant(join(key, "variant", variant.id), variant, notes)


def _check_variant(key: str, variant: Variant, notes: Notes) -> None:
    _say(notes, join(key, "id"), rules.identifier(variant.id))
    notes.require(variant.id != ABSENT, join(key, "id"), f"{ABSENT} is what a formula is called that does not stand")
    notes.require(any(variant.words.values()), join(key, "words"), "at least one phrase in one language is needed")
    _check_names(join(key, "names"), variant.names, notes)
    _check_words(join(key, "words"), variant.words, notes)


def _check_names(key: str, names: Mapping[str, str], notes: Notes) -> None:
    for language, name in names.items():
        _say(notes, join(key, language), rules.language(language) or rules.filled(name))


def _check_words(key: str, words: Words, notes: Notes, *, gaps: bool = True) -> None:
    for language, phrases in words.items():
        _say(notes, join(key, language), rules.language(language))
        for phrase in phrases:
            _say(notes, join(key, language), _phrase_fault(phrase, gaps=gaps))


def _phrase_fault(phrase: str, *, gaps: bool) -> str:
    """What is wrong with a phrase: nothing in it, or gaps where there is nothing beside them."""
    parts = phrase.replace("...", "…").split("…")
    if not all(any(letter.isalnum() for letter in part) for part in parts):
        return "must be words, with … only between them"
    if len(parts) > 1 and not gaps:
        return "must not have a gap (…)"
    return "" if len(parts) <= MOST_GAPS + 1 else f"must have at most {MOST_GAPS} gaps (…)"


def _say(notes: Notes, key: str, fault: str) -> None:
    notes.require(not fault, key, fault)
