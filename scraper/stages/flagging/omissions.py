"""What each of the last comparable statements named, and this one does not."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from scraper.model.flag import Finding, Link


def omitted(chain: Sequence[Link], last: int) -> tuple[Finding, ...]:
    """Return a finding for each statement and initiative that each of the ``last`` comparable statements before it named.

    ``chain`` are all statements that are comparable with each other. Those of one date count as one: what any of them names is named.
    """
    ordered = sorted((link for link in chain if link.date), key=lambda link: (link.date, link.order, link.statement_id))
    days = [tuple(links) for _, links in groupby(ordered, key=lambda link: link.date)]
    return tuple(finding for at in range(last, len(days)) if last > 0 for finding in _left_out(days[at], days[at - last : at]))


def _left_out(today: tuple[Link, ...], before: Sequence[tuple[Link, ...]]) -> list[Finding]:
    always = set.intersection(*(_named(day) for day in before)) - _named(today)
    return [_finding(today[0], slug, before) for slug in sorted(always)]


def _named(day: tuple[Link, ...]) -> set[str]:
    return {slug for link in day for slug in link.named}


def _finding(link: Link, slug: str, before: Sequence[tuple[Link, ...]]) -> Finding:
    comparator = next(one for one in before[-1] if slug in one.named)
    times = f"each of the last {len(before)} comparable statements" if len(before) > 1 else "the last comparable statement"
    return Finding(
        "omitted", link.statement_id, link.event_id, slug, comparator.named[slug], comparator_id=comparator.statement_id,
        reason=f"named in {times}, last on {comparator.date}, and not in this one of {link.date}; not mentioned is not dropped", confidence=0.8,
    )  # fmt: skip
