"""The wording of statements compared: two that a person names, and the watched formulae of all of them as they come."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scraper.errors import InputError
from scraper.jobs.rooms import Rooms
from scraper.model.wording import ABSENT, COMPARED_KINDS, FULL_GRADES, Comparison, Shift, Stand, Standing, Watched, Worded
from scraper.stages import wording
from scraper.stages.wording import Formulary
from scraper.storage import formulae, sources
from scraper.storage.store import Store

WATCHED = "formulae_watched"
"""The mark under which the ids of the formulae are kept that were watched the last time."""
RULES = "1"
"""The version of the rules that find formulae; where it changes they are read again."""


def compare(store: Store, formulary: Formulary, one: str, other: str, *, anyway: bool = False) -> Comparison:
    """Return two statements of these ids side by side, or why they are not comparable (``anyway``: and side by side all the same, where
    both are of one language); raises NotFound, and InputError for one twice."""
    before, after = formulae.one(store, one), formulae.one(store, other)
    if before.id == after.id:
        raise InputError(f"{one} and {other} are one statement by now" if one != other else "give two statements, not one twice")
    return wording.compare(before, after, formulary, anyway=anyway)


def with_last(store: Store, formulary: Formulary, key: str) -> Comparison:
    """Return a statement beside the last one before it of the same level, kind, side and language whose text is whole; raises NotFound."""
    after = formulae.one(store, key)
    passed: list[str] = []
    for before in () if wording.unfit(after) else formulae.before(store, after):
        why = wording.unfit(before)
        if not why:
            return wording.compare(before, after, formulary, tuple(passed))
        passed.append(f"statement {before.id} of {before.date}, {why[0]}.")
    return wording.compare(None, after, formulary, tuple(passed))


def told(made: Comparison, watched: Watched, *, form: str, kept: bool = False) -> str:
    """Return a comparison in a form: text, html or json; with ``kept`` the text shows the sentences that stayed too."""
    if form == "html":
        return wording.render_html(made, watched)
    if form == "json":
        return json.dumps(wording.as_json(made, watched), ensure_ascii=False, indent=1) + "\n"
    return wording.render_text(made, watched, kept=kept)


def unwatch(store: Store, watched: Watched) -> None:
    """Take out what is known of formulae that are watched no longer, and supersede their flags; part of the transaction in hand.

    Nothing is done where the same are watched as the last time.
    """
    names = " ".join(sorted(formula.id for formula in watched.formulas)) or "none"
    before = sources.marked(store, WATCHED)
    if before != names:
        if not set(before.split()) <= set(names.split()) or not before:
            formulae.keep(store, [formula.id for formula in watched.formulas])
        sources.mark(store, WATCHED, names)


@dataclass(frozen=True, slots=True)
class Followed:
    """What following the wording gave: ids of the ``flags`` that are new, and what the statements whose words changed are, or were,
    comparable with (``chains``)."""

    flags: tuple[int, ...] = ()
    chains: frozenset[str] = frozenset()


def follow(rooms: Rooms, statement_ids: Sequence[int]) -> Followed:
    """Read the formulae of these statements where their words changed, and raise the flags of what changed; part of the transaction in hand.

    What one of them is comparable with, and was before, is looked at as a whole, so that the order of arrival does not matter. With no
    formula watched it is but written what each is comparable with.
    """
    store = rooms.store
    unwatch(store, rooms.config.wording)
    formulary = rooms.desk.formulary if rooms.config.wording.formulas else None
    left = formulae.forget(store)
    chains = {chain for chain in left if chain} | _read(store, formulary, statement_ids, anew=bool(left))
    if not chains:
        return Followed()
    chains |= {chain for name in sorted(chains) for chain in _read(store, formulary, _outdated(store, formulary, name), anew=False)}
    told = [pair for chain in sorted(chains) for pair in _shifts(formulae.standings(store, chain), rooms.config.wording)]
    return Followed(formulae.apply(store, told, chains, statement_ids), frozenset(chains))


def _shifts(standings: Sequence[Standing], watched: Watched) -> list[tuple[Shift, str]]:
    """The changes among comparable statements, by date, each with its reason."""
    dates = {standing.statement_id: standing.date for standing in standings}
    return [(shift, _reason(watched, shift, dates[shift.before_id])) for shift in wording.shifts(standings)]


def _read(store: Store, formulary: Formulary | None, statement_ids: Iterable[int], *, anew: bool) -> set[str]:
    """Read the formulae of those of the statements whose words, or the rules, are others than before; return what these are, and were,
    comparable with."""
    ids = tuple(statement_ids)
    known = formulae.read(store, ids)
    touched: set[str] = set()
    for one in formulae.worded(store, ids):
        fit = not wording.unfit(one)
        digest = _digest(one, formulary)
        old, before = known.get(one.id, ("", ""))
        if before == digest and not anew:
            continue
        chain = "|".join(one.chain) if fit else ""
        formulae.write(store, one.id, _stands(one, formulary, whole=fit), chain, digest)
        touched |= {name for name in (old, chain) if name}
    return touched


def _outdated(store: Store, formulary: Formulary | None, chain: str) -> list[int]:
    """The statements of a chain whose formulae were read by other rules than today's, or never."""
    ids = formulae.like(store, chain.split("|"))
    known = formulae.read(store, ids)
    return [number for number in ids if not known.get(number, ("", ""))[1].startswith(_rules(formulary))]


def _rules(formulary: Formulary | None) -> str:
    return f"{RULES}-{formulary.stamp[:16] if formulary is not None else ''}-"


def _digest(one: Worded, formulary: Formulary | None) -> str:
    said = (one.chain, one.date, one.grade, one.placeholder, one.cut, one.text, one.rest)
    return _rules(formulary) + hashlib.sha256(repr(said).encode("utf-8", "replace")).hexdigest()


def _stands(one: Worded, formulary: Formulary | None, *, whole: bool) -> tuple[Stand, ...]:
    """The formulae of the words of a government; of a text that is cut only what stands there."""
    own = one.kind in COMPARED_KINDS and one.grade in FULL_GRADES and not one.placeholder
    return formulary.stands(one.text, one.language, whole=whole) if own and formulary is not None else ()


def _reason(watched: Watched, shift: Shift, date: str) -> str:
    told = f"{_said(watched, shift.before)} in statement {shift.before_id} of {date}"
    return f"{watched.title(shift.formula, 'en')}: {_said(watched, shift.after)}; {told}"


def _said(watched: Watched, stands: Sequence[Stand]) -> str:
    return " and ".join(ABSENT if s.variant == ABSENT else watched.named(s.formula, s.variant, "en") for s in stands)
