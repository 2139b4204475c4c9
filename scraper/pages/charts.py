"""Charts: six questions that are answered best by a picture, each with its figures as a table and as a query."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache, partial

from scraper.model.flag import JOINT
from scraper.model.moment import utc
from scraper.pages.asking import Answer, Ask
from scraper.pages.frame import page, watched, words
from scraper.pages.strips import Chart, chart, months, years
from scraper.storage import charting
from scraper.storage.sourcing import DAYS
from scraper.storage.store import Row

RECENT_YEARS = 5
"""Years of months that are shown unless all are asked for."""
MOST_CHOICES = 500
MOST_ROWS = 300
"""Rows of figures that the page itself lists."""
_LONGEST = 200
"""Characters of a choice that is looked up, and of a name that is told in a sentence."""
LAGS = {
    "first": "first", "hour": "≤ 1 h", "quarter": "≤ 6 h", "day": "≤ 24 h", "later": "later", "not_known": "?", "not_seen": "unseen",
}  # fmt: skip
"""How long a government took, and what stands under the axis for it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A chart on the page: ``key`` its anchor, ``title`` and ``told`` in words, the drawing, ``query`` with ``parameters`` in Datasette, the
    same figures as a table (``columns`` by their names in ``rows``)."""

    key: str
    title: str
    told: str
    chart: Chart
    query: str
    rows: list[Row]
    columns: dict[str, str]
    parameters: dict[str, str] = field(default_factory=dict)


def charts(ask: Ask) -> Answer:
    """Answer ``/charts``: ``initiative`` and ``formula`` choose what two of them are about, ``since`` (``all`` or nothing) how far back one goes."""
    initiatives, formulae = charting.named(ask.store, MOST_CHOICES), charting.formulae(ask.store)
    one = _chosen(ask, "initiative", [row["id"] for row in initiatives])
    formula = _chosen(ask, "formula", formulae)
    whole = ask.query.get("since") == "all"
    known = {row["id"]: row["name"] for row in initiatives}
    answer = page(
        ask,
        "charts.html",
        shown=(
            _statements(ask, "" if whole else _years_ago(charting.latest_month(ask.store))),
            _firsts(ask),
            _mentions(ask, one, known.get(one, one)),
            _formula(ask, formula),
            _lags(ask),
            _health(ask),
        ),
        whole=whole,
        initiatives=sorted(initiatives, key=lambda row: str(row["name"])),
        formulae=[(key, watched(ask).title(key, "en")) for key in formulae],
        initiative=one,
        formula=formula,
        named=cache(partial(_side, ask)),
        most=MOST_ROWS,
    )
    return replace(answer, headers={"ETag": f'"{hashlib.sha256(str(answer.body).encode()).hexdigest()[:32]}"'})


def _chosen(ask: Ask, name: str, choices: Sequence[str]) -> str:
    """What is asked for, whatever it is; the first of the choices where nothing is."""
    return ask.query.get(name, "")[:_LONGEST] or next(iter(choices), "")


def _years_ago(month: str) -> str:
    """The first month of those that are shown, up to the latest one."""
    return f"{int(month[:4]) - RECENT_YEARS:04d}{month[4:]}" if month[:4].isdigit() and int(month[:4]) > RECENT_YEARS else ""


def _statements(ask: Ask, since: str) -> Shown:
    rows = charting.figures(ask.store, "chart_statements", since=since)
    levels = _by_sum(rows, "level", "statements")
    figures = {(words(row["level"]), row["month"]): row["statements"] for row in rows}
    return Shown(
        "statements", "Statements by month and level",
        "How many statements there are of acts of each month, by the level of those who met. A statement counts once, however many pages carry it.",
        chart(figures, [words(level) for level in levels], months(row["month"] for row in rows)),
        "chart_statements", rows, {"month": "Month", "level": "Level", "statements": "Statements"}, {"since": since},
    )  # fmt: skip


def _firsts(ask: Ask) -> Shown:
    rows = charting.figures(ask.store, "chart_first_named")
    kinds = _by_sum(rows, "kind", "initiatives")
    figures = {(words(row["kind"]), row["year"]): row["initiatives"] for row in rows}
    return Shown(
        "first-named", "Initiatives first named, by year and kind",
        "How many initiatives the texts that are known here name for the first time in each year, by what kind of thing they are.",
        chart(figures, [words(kind) for kind in kinds], years(row["year"] for row in rows)),
        "chart_first_named", rows, {"year": "Year", "kind": "Kind", "initiatives": "Initiatives"},
    )  # fmt: skip


def naming(ask: Ask, rows: Sequence[Row]) -> Chart:
    """Return the drawing of the figures of ``chart_mentions``: a strip for each side, the joint one first, also for one that is silent."""
    names = {side: _side(ask, side) for side in _sides(ask, rows)}
    figures = {(names[row["side"]], row["month"]): row["statements"] for row in rows}
    return chart(figures, tuple(names.values()) if rows else (), months(row["month"] for row in rows))


def _mentions(ask: Ask, slug: str, name: str) -> Shown:
    rows = charting.figures(ask.store, "chart_mentions", initiative=slug)
    return Shown(
        "mentions", "Mentions of one initiative by month and side",
        f"How many statements of each month name {name[:_LONGEST] or 'it'}, by whose text the statement is.",
        naming(ask, rows),
        "chart_mentions", rows, {"month": "Month", "side": "Whose text", "statements": "Statements", "mentions": "Mentions"}, {"initiative": slug},
    )  # fmt: skip


def _formula(ask: Ask, formula: str) -> Shown:
    rows = charting.figures(ask.store, "chart_formula", formula=formula)
    known = watched(ask)
    title = known.title(formula, "en") if formula else "A formula"
    kinds = {(row["variant"], row["side"]) for row in rows}
    lines = {(variant, side): f"{known.named(formula, variant, 'en')} · {_side(ask, side)}" for variant, side in kinds}
    order = sorted(lines, key=lambda line: (line[0], line[1] != JOINT, line[1]))
    figures = {(lines[row["variant"], row["side"]], row["year"]): row["statements"] for row in rows}
    told = [{**row, "variant": known.named(formula, row["variant"], "en")} for row in rows]
    return Shown(
        "formula", "One formula by year and side",
        f"{title}: how many statements of each year hold each way of saying it, by whose text they are.",
        chart(figures, list(dict.fromkeys(lines[line] for line in order)), years(row["year"] for row in rows)),
        "chart_formula", told, {"year": "Year", "side": "Whose text", "variant": "Words", "statements": "Statements"}, {"formula": formula},
    )  # fmt: skip


def _lags(ask: Ask) -> Shown:
    rows = charting.figures(ask.store, "chart_lags")
    names = {party: ask.site.party(party) for party in sorted({row["party"] for row in rows})}
    figures = {(names[row["party"]], row["lag"]): row["statements"] for row in rows}
    return Shown(
        "lags", "How soon each government publishes a joint statement",
        "For each statement of all: whether a government published it first, or within so many hours of the first at most, later, at a time that is "
        "not known (?), or was not seen to publish it (unseen).",
        chart(figures, tuple(names.values()), tuple(LAGS) if rows else (), labels=lambda lag: LAGS[lag], every=True),
        "chart_lags", rows, {"party": "Government", "lag": "Behind the first", "statements": "Statements"},
    )  # fmt: skip


def _health(ask: Ask) -> Shown:
    today = ask.site.clock()
    days = [utc(today - timedelta(days=ago))[:10] for ago in reversed(range(DAYS))]
    rows = charting.figures(ask.store, "chart_health", since=days[0])
    names = {party: _side(ask, party) for party in sorted({row["party"] for row in rows})}
    figures = {(names[row["party"]], row["day"]): 100 * row["good"] / row["polls"] for row in rows if row["polls"]}
    return Shown(
        "health", "Health of the sources: good polls of thirty days",
        "How many of a hundred polls of each day were good ones: of the official sources of each government, and of the press. "
        "A cross: all failed. Neither bar nor cross: none was polled.",
        chart(figures, tuple(names.values()), days, shown=lambda share: f"{share:.0f} %", highest=100, crosses=True),
        "chart_health", rows, {"day": "Day", "party": "Government", "polls": "Polls", "good": "Good"}, {"since": days[0]},
    )  # fmt: skip


def _side(ask: Ask, side: str) -> str:
    fixed = {JOINT: "Joint", "nobody": "Nobody’s own", "press": "Press"}
    return fixed.get(side) or ask.site.party(side)


def _sides(ask: Ask, rows: Iterable[Row]) -> list[str]:
    """Joint, every party, so that a silent one has its empty line, then whatever else there is."""
    return list(dict.fromkeys([JOINT, *(party.id for party in ask.site.config.watch.parties), *(row["side"] for row in rows)]))


def _by_sum(rows: Iterable[Row], key: str, figure: str) -> list[str]:
    """What rows are told apart by, the greatest sum first."""
    sums: dict[str, int] = {}
    for row in rows:
        sums[row[key]] = sums.get(row[key], 0) + row[figure]
    return sorted(sums, key=lambda one: (-sums[one], one))
