"""A statement with all its evidence: its words with what they name, its copies, what changed against the last one and in its pages."""

from __future__ import annotations

from itertools import groupby

from scraper.errors import ConfigError
from scraper.jobs import comparing
from scraper.model.grouping import GRADES
from scraper.model.wording import Comparison
from scraper.pages.asking import Answer, Ask, moved
from scraper.pages.frame import page, watched
from scraper.pages.marking import Mark, Paragraph, paragraphs
from scraper.storage import reading, showing
from scraper.storage.store import Row

MOST_COPIES = 300
"""Copies that the page lists; Datasette has all."""


def statement(ask: Ask) -> Answer:
    """Answer ``/statement/ID``; an id that was merged away leads to the one that stands."""
    number, other = ask.standing("statement")
    shown = reading.statement(ask.store, str(number))
    if other:
        return moved(ask, "statement", number)
    lead = showing.lead(ask.store, number)
    named = showing.mentions(ask.store, lead["id"]) if lead else []
    return page(
        ask,
        "statement.html",
        one=shown,
        lead=lead,
        paragraphs=_released(ask, lead, named) if lead else (),
        titled=[mention for mention in named if mention["field"] == "title"],
        versions=showing.versions(ask.store, [number]),
        copies=copies(shown["sightings"][:MOST_COPIES]),
        total=len(shown["sightings"]),
        flags=showing.flags(ask.store, [number]),
        made=_against_last(ask, number),
        revisions=showing.revisions(ask.store, [seen["article_id"] for seen in shown["sightings"]]),
        named=showing.named(ask.store, [number]),
        watched=watched(ask),
    )


def _released(ask: Ask, lead: Row, named: list[Row]) -> tuple[Paragraph, ...]:
    """The released words of the lead; where only an excerpt is kept, that."""
    if lead["statement_text"] is None:
        return paragraphs(lead["text"] or "")
    return paragraphs(lead["statement_text"], marks(ask, named, -(lead["statement_start"] or 0)))


def marks(ask: Ask, named: list[Row], shift: int = 0) -> list[Mark]:
    """Return the marks of mentions in a text that begins ``-shift`` characters into the article's."""
    return [
        Mark(
            row["start"] + shift,
            row["end"] + shift,
            f"m{row['id']}",
            ask.to("initiative", row["initiative_id"]) if row["initiative_id"] else "",
            row["known_as"] or row["name"],
        )
        for row in named
        if row["field"] == "text" and row["start"] is not None and row["end"] is not None
    ]


def copies(sightings: list[Row]) -> list[tuple[str, list[Row]]]:
    """Return sightings by grade, the best first."""
    order = {grade: at for at, grade in enumerate(GRADES)}
    ranked = sorted(sightings, key=lambda seen: order.get(seen["grade"], len(order)))
    return [(grade or "", list(rows)) for grade, rows in groupby(ranked, key=lambda seen: seen["grade"])]


def _against_last(ask: Ask, number: int) -> Comparison | None:
    try:
        return comparing.with_last(ask.store, ask.site.desk.formulary, str(number))
    except ConfigError:
        return None
