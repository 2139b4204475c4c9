"""What was found and decided, written as entries of a registry that the program reads back as initiatives.toml."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from scraper.config import Config
from scraper.jobs.lives import dismissed, held_of, listed
from scraper.model.grouping import name_forms
from scraper.model.initiative import Initiative
from scraper.stages.initiatives import FLAG_AT, slug_of
from scraper.storage import naming, reviews
from scraper.storage.store import Row, Store

DISMISSED = "dismissed"
"""The scope of an entry that is there only so that its names are taken for nothing."""

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}", re.ASCII)
_BARE = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_ABBREVIATION = re.compile(r"[A-Z][A-Za-z0-9-]{1,9}", re.ASCII)


def entries(config: Config, store: Store, *, whole: bool = False) -> tuple[Initiative, ...]:
    """Return entries for what of the registry was decided on, for what was found in the data (topics left out), and for what was dismissed.

    With ``whole`` all of the registry is there, in its order, so that the answer can be put in the place of initiatives.toml.
    A merged name, or entry, stands in the entry that it was merged into; a dismissed one has scope ``dismissed`` and ``trilateral`` false.
    """
    rows = {row["id"]: row for row in listed(config, store)}
    gone = dismissed(config, store)
    away = _away(config, store)
    given = {row["id"] for row in rows.values() if row["decision"]}
    kept = [one for one in config.registry.initiatives if one.id in rows and (whole or one.id in given)]
    known = [
        _known(one, rows[one.id], store, [other for other in config.registry.initiatives if away.get(other.id) == one.id]) for one in kept
    ]
    found = [_found(row, store) for row in rows.values() if not row["known"] and row["mentions"] and row["confidence"] >= FLAG_AT]
    return tuple(_apart([*known, *found, *(_stopped(row, store) for row in gone)]))


def _away(config: Config, store: Store) -> dict[str, str]:
    """The entries of the registry that a person merged into others, with those."""
    held = held_of(config, store)
    rulings = {one.id: held.at(one.id) for one in config.registry.initiatives}
    return {slug: ruling.slug for slug, ruling in rulings.items() if ruling is not None and not ruling.dismissed and ruling.slug != slug}


def as_toml(registry: Iterable[Initiative]) -> str:
    """Return entries as TOML, each key that says more than its default."""
    return "\n".join(f"[[initiative]]\n{''.join(_lines(one))}" for one in registry)


def as_json(registry: Iterable[Initiative]) -> list[Row]:
    """Return entries as JSON has them."""
    return [asdict(one) for one in registry]


def _known(one: Initiative, row: Row, store: Store, merged: Sequence[Initiative]) -> Initiative:
    """An entry as people decided: with the names that others brought to it."""
    if not row["decision"]:
        return one
    names = dict(one.names)
    for more in (_names(store, row["id"]), *(other.names for other in merged)):
        for language, forms in more.items():
            names[language] = _more(names.get(language, ()), forms)
    abbreviations = _more(one.abbreviations, [short for other in merged for short in other.abbreviations])
    return _with(one, names=dict(sorted(names.items())), name=row["name"], abbreviations=abbreviations)


def _with(one: Initiative, **changed: object) -> Initiative:
    return Initiative(**{**{name: getattr(one, name) for name in Initiative.__slots__}, **changed})


def _found(row: Row, store: Store) -> Initiative:
    first = naming.earliest(store, row["id"])
    return Initiative(
        _identifier(row["id"], row["name"]), row["name"], row["kind"], row["scope"], trilateral=row["section"] == "ours",
        casing="generic" if _described(store, row["id"]) else "proper", names=_names(store, row["id"]), abbreviations=_abbreviations(store, row["id"]),
        first_mentioned=(first["date"] or "") if first else "", series=bool(naming.instances(store, row["id"])),
    )  # fmt: skip


def _stopped(row: Row, store: Store) -> Initiative:
    decided = next(one for one in reviews.rows(store) if one["id"] == row["review"])
    names: dict[str, tuple[str, ...]] = {}
    for form in name_forms(decided["subject_names"]):
        names[form.language] = _more(names.get(form.language, ()), (form.name,))
    name = next((forms[0] for _, forms in sorted(names.items(), key=lambda item: item[0] != "en")), row["id"])
    return Initiative(_identifier(row["id"], name), name, scope=DISMISSED, trilateral=False, casing="mixed", names=names)


def _names(store: Store, slug: str) -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    for form in sorted(naming.forms(store, slug)):
        names[form.language] = _more(names.get(form.language, ()), (" ".join(form.name.split()),))
    return dict(sorted(names.items()))


def _abbreviations(store: Store, slug: str) -> tuple[str, ...]:
    return tuple(sorted({form.abbreviation for form in naming.forms(store, slug) if _ABBREVIATION.fullmatch(form.abbreviation)}))


def _described(store: Store, slug: str) -> bool:
    return any(one.described for one in naming.courses(store, [slug]))


def _more(some: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*some, *others)))


def _identifier(slug: str, name: str) -> str:
    """An id that a registry may have: the slug where it is of Latin letters, else one made of the name, the same every time."""
    for text in (slug, slug_of(name)):
        if _ID.fullmatch(text):
            return text
    return "name-" + hashlib.sha256(slug.encode()).hexdigest()[:12]


def _apart(registry: Iterable[Initiative]) -> Iterator[Initiative]:
    """Entries of which none has the id of one before it."""
    taken: set[str] = set()
    for one in registry:
        slug, number = one.id, 2
        while slug in taken:
            slug, number = f"{one.id}-{number}", number + 1
        taken.add(slug)
        yield one if slug == one.id else _with(one, id=slug)


def _lines(one: Initiative) -> Iterator[str]:
    usual = Initiative("", "")
    for name in Initiative.__slots__:
        value = getattr(one, name)
        if isinstance(value, Mapping):
            for language, forms in value.items():
                yield f"{name}.{language if _BARE.fullmatch(language) else _text(language)} = [{', '.join(map(_text, forms))}]\n"
        elif value != getattr(usual, name):
            yield f"{name} = {_value(value)}\n"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return _text(value) if isinstance(value, str) else f"[{', '.join(map(_text, value if isinstance(value, tuple) else ()))}]"


def _text(value: str) -> str:
    """A basic string of TOML: as JSON has it, but for DEL, which TOML wants escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
