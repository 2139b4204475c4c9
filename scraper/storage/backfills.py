"""What became of the addresses of the past: each is read once, and a stop loses nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from scraper.storage.store import Store
from scraper.urls import canonical

SETTLED = ("relevant", "known", "irrelevant", "gone", "refused")
"""Outcomes after which an address is not asked for again."""

_LEAFING = "leafing:"
"""Begins the mark of how far a source was paged back."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of a look at an address: ``outcome`` is out of SETTLED, or failed or doubted (to be asked again); ``via`` the archive's address where its copy was
    read."""

    outcome: str
    reason: str
    via: str = ""
    article_id: int | None = None


def looks(store: Store, urls: Sequence[str]) -> dict[str, tuple[str, int]]:
    """Return by canonical address the outcome of the last look at it and how many in a row came to that, of those looked at before."""
    listed = json.dumps([canonical(url) for url in urls])
    rows = store.rows(
        "SELECT canonical_url, outcome, looks FROM backfills WHERE canonical_url IN (SELECT value FROM json_each(?))", (listed,)
    )
    return {row["canonical_url"]: (row["outcome"], row["looks"]) for row in rows}


def record(store: Store, url: str, looked: Looked) -> None:
    """Write what came of the latest look at an address; part of the transaction in hand."""
    store.write(
        "INSERT INTO backfills (canonical_url, url, at, outcome, reason, via, looks, article_id) VALUES (?, ?, ?, ?, ?, ?, 1, ?) "
        "ON CONFLICT(canonical_url) DO UPDATE SET at = excluded.at, outcome = excluded.outcome, reason = excluded.reason, via = excluded.via, "
        "looks = CASE WHEN outcome = excluded.outcome THEN looks + 1 ELSE 1 END, article_id = excluded.article_id",
        (canonical(url), url, store.now(), looked.outcome, looked.reason[:1000], looked.via, looked.article_id),
    )


@dataclass(frozen=True, slots=True)
class Leaf:
    """How far a source was paged back: addresses still to be asked in order, pages read, and entries seen on them."""

    waiting: tuple[str, ...]
    pages: int = 0
    entries: int = 0


def leaf(store: Store, source_id: str) -> Leaf | None:
    """Return where paging back through a source was stopped, or None where it was not begun or came to its end."""
    row = store.row("SELECT value FROM marks WHERE name = ?", (_LEAFING + source_id,))
    if row is None or not row["value"]:
        return None
    said = json.loads(row["value"])
    return Leaf(tuple(said["waiting"]), said["pages"], said["entries"])


def turn(store: Store, source_id: str, now: Leaf | None) -> None:
    """Remember how far a source was paged back, None where its end was reached; part of the transaction in hand."""
    said = json.dumps({"waiting": now.waiting, "pages": now.pages, "entries": now.entries}) if now else ""
    store.insert("marks", {"name": _LEAFING + source_id, "value": said}, or_="OR REPLACE")
