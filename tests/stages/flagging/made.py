"""Mentions and statements made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scraper.model.flag import Finding, Life, Link
from scraper.model.initiative import SeenName

NAME = "Trilateral Reef Dialogue"
SLUG = "trilateral-reef-dialogue"
PARTIES = ("KR", "US", "JP")


def seen(number: int, date: str, *, side: str = "joint", event: int = 0, **changed: Any) -> SeenName:
    """A mention in the lead of a statement of a date; statement and event have the number of the mention."""
    made = SeenName(
        mention_id=number, article_id=number, statement_id=number, url=f"https://a.example/{number}", name=NAME, language="en", initiative_id="",
        head="dialogue", abbreviation="", rule="r", confidence=0.9, status="", date=date, published=date, official=bool(side),
        grade="official" if side else "report", side=side, event_id=event or number, lead=True, placeholder=not side,
    )  # fmt: skip
    return replace(made, **changed)


def life(*names: SeenName, known: bool = False, first: str = "") -> Life:
    """An initiative with these mentions."""
    return Life(SLUG, names, known, first)


def link(number: int, date: str, *named: str, order: str = "") -> Link:
    """A statement of an event of its own."""
    return Link(number, number, date, order or str(number), {slug: number * 10 + place for place, slug in enumerate(named)})


def brief(findings: tuple[Finding, ...]) -> list[tuple[int, int]]:
    """The statement of each finding, and its comparator."""
    return [(one.statement_id, one.comparator_id) for one in findings]
