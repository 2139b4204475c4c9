"""An initiative's life: what it is called, who named it first, what was observed of it when, and what was flagged and decided."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any

from scraper.errors import NotFound
from scraper.jobs import awaiting, lives
from scraper.jobs.kin import standing
from scraper.model.flag import JOINT
from scraper.pages.asking import Answer, Ask, moved
from scraper.pages.charts import naming
from scraper.pages.frame import page
from scraper.pages.proofs import proven
from scraper.storage import charting, living
from scraper.storage.store import Row

MOST_MENTIONS = 200
"""Mentions that the page quotes, the newest; Datasette has all."""
MOST_OBSERVED = 200
"""Observations on the time line: the first half and the last half of so many."""
MOST_FLAGS = 60


def initiative(ask: Ask) -> Answer:
    """Answer ``/initiative/SLUG``; a slug that was merged away leads to the one that stands. Raises NotFound."""
    key, held = ask.keys["slug"], awaiting.held(ask.site.desk, ask.store)
    slug = standing(ask.store, held, key, strict=False)
    if slug != key:
        return moved(ask, "initiative", slug)
    counted = living.counted(ask.store, slug)
    if counted is None:
        raise NotFound("there is no such initiative; the search finds names in three languages")
    one = lives.life(ask.site.config, ask.store, slug, held, mentioned=False)
    early, late = _ends(proven(one["timeline"]))
    flags = proven(living.flags(ask.store, slug, MOST_FLAGS))
    return page(
        ask,
        "initiative.html",
        one=one,
        counted=counted,
        names=_by_language(living.names(ask.store, slug)),
        firsts=_firsts(ask, proven(living.firsts(ask.store, slug))),
        early=_by_year(early),
        late=_by_year(late),
        chart=naming(ask, charting.figures(ask.store, "chart_mentions", initiative=slug)),
        left_out=len(one["timeline"]) - len(early) - len(late),
        mentions=_by_statement(proven(living.mentions(ask.store, slug, MOST_MENTIONS))),
        flags=flags,
        commands=commands(one) if _waits(one, flags) else (),
        most=MOST_MENTIONS,
    )


def _ends(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """All observations, or of very many the first and the last."""
    half = MOST_OBSERVED // 2
    return (rows, []) if len(rows) <= MOST_OBSERVED else (rows[:half], rows[-half:])


def _by_year(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    return [(year, list(some)) for year, some in groupby(rows, key=lambda row: (row["date"] or "")[:4])]


def _by_language(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    return [(language, list(some)) for language, some in groupby(rows, key=itemgetter("language"))]


def _by_statement(rows: Iterable[Row]) -> list[tuple[Row, list[Row]]]:
    """Mentions under their statements; each says in its first part which statement that is."""
    found = [list(some) for _, some in groupby(rows, key=itemgetter("statement_id"))]
    return [(some[0], some) for some in found]


def _firsts(ask: Ask, rows: list[Row]) -> list[tuple[str, Row | None]]:
    """The first mention by each party and jointly, the earliest first, then those that have none; what is nobody's own text comes last."""
    found = {row["side"]: row for row in rows}
    sides = [JOINT, *(party.id for party in ask.site.config.watch.parties)]
    own: list[tuple[str, Row | None]] = [(side, found.get(side)) for side in dict.fromkeys([*found, *sides]) if side]
    ordered = sorted(own, key=lambda pair: pair[1] is None)
    return [*ordered, ("", found[""])] if "" in found else ordered


def _waits(one: Row, flags: Iterable[Row]) -> bool:
    """Whether a person's decision is asked for: nobody decided yet, and it is flagged as new and not in the registry, or may be the same as
    another."""
    new = not one["known"] and any(flag["kind"] == "new_initiative" and not flag["superseded_at"] for flag in flags)
    return not one["decision"] and (new or bool(one["proposals"]))


def commands(one: Row) -> tuple[tuple[str, str], ...]:
    """Return what decides on an initiative: what it says, and the command, quoted for a shell."""
    near = [(other["id"], other["name"]) for other in one["proposals"]]
    near += [(other["id"], other["name"]) for other in one["nearest"] if other["id"]]
    merges = {other: name for other, name in reversed(near) if other != one["id"]}
    said: list[tuple[str, tuple[Any, ...]]] = [("It is one", ("confirm", one["id"]))]
    said += [(f"It is {name}", ("merge", one["id"], other)) for other, name in reversed(merges.items())]
    said += [("It is none, or not new", ("dismiss", one["id"]))]
    return tuple((what, shlex.join(("trilateral", "initiatives", *map(str, words)))) for what, words in said)
