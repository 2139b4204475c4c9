"""What an official edit took out."""

from __future__ import annotations

from collections.abc import Iterable

from scraper.model.flag import Finding, Gone


def withdrawn(gone: Iterable[Gone], named: frozenset[tuple[int, str]]) -> tuple[Finding, ...]:
    """Return a finding for each initiative that an official edit took out of a statement, if its official texts no longer name it.

    ``named`` are the statements and initiatives that official texts name now. The latest edit of an event is the one told.
    """
    found: dict[tuple[int, str], Gone] = {}
    for one in sorted(gone, key=lambda one: (-one.revision_id, one.mention_id)):
        if (one.statement_id, one.initiative_id) not in named:
            found.setdefault((one.event_id, one.initiative_id), one)
    return tuple(
        Finding(
            "withdrawn", one.statement_id, one.event_id, one.initiative_id, one.mention_id, revision_id=one.revision_id,
            reason=f"an official edit seen at {one.seen_at} took it out, and no official text of the statement names it any longer",
        )
        for one in found.values()
    )  # fmt: skip
