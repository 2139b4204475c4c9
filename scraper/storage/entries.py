"""Entries: every item a source ever showed, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

from scraper.model.moment import Moment, parse_utc, utc
from scraper.model.source import Capture, Entry, Identities, Source
from scraper.storage.store import Store
from scraper.text import fold
from scraper.urls import canonical

RETRY_MINUTES = (30, 120, 360, 720, *[1440] * 7)
"""How long a page that gave no article waits before each further attempt; after the last it is given up."""

_TITLE_HOURS = 48

# In one poll the same titles are looked up among the publisher's, then among the source's own, and stored.
_folded = lru_cache(maxsize=1024)(fold)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of an entry: ``decision`` is relevant, irrelevant, known, failed or gave_up; ``reason`` a sentence."""

    decision: str
    reason: str
    article_id: int | None = None
    capture_id: int | None = None


def identities(store: Store, source: Source, entries: Sequence[Entry]) -> Identities:
    """Return what the database knows that these entries could be (see Identities)."""
    urls = json.dumps([canonical(entry.url) for entry in entries])
    known = store.rows("SELECT DISTINCT canonical_url AS u FROM entries WHERE canonical_url IN (SELECT value FROM json_each(?))", (urls,))
    read = store.rows("SELECT DISTINCT canonical_url AS u FROM articles WHERE canonical_url IN (SELECT value FROM json_each(?))", (urls,))
    guids = json.dumps([entry.guid for entry in entries if entry.guid])
    seen = store.rows("SELECT guid FROM entries WHERE source_id = ? AND guid IN (SELECT value FROM json_each(?))", (source.id, guids))
    return Identities(
        urls=frozenset(row["u"] for row in (*known, *read)),
        guids=frozenset(row["guid"] for row in seen),
        titles=_titles(store, source, entries),
    )


def _titles(store: Store, source: Source, entries: Sequence[Entry]) -> tuple[tuple[str, str], ...]:
    if not source.publisher:
        return ()
    folded = json.dumps([_folded(entry.title) for entry in entries])
    rows = store.rows(
        "SELECT e.folded_title AS title, max(e.first_seen_at) AS seen FROM entries e JOIN sources s ON s.id = e.source_id "
        "WHERE s.publisher = ? AND e.source_id <> ? AND e.first_seen_at > ? AND e.folded_title IN (SELECT value FROM json_each(?)) "
        "GROUP BY e.folded_title",
        (source.publisher, source.id, utc(store.clock() - timedelta(hours=_TITLE_HOURS)), folded),
    )
    return tuple((row["title"], row["seen"]) for row in rows)


def record(store: Store, entry: Entry, fate: Fate, *, not_seen_before_at: str) -> int:
    """Append an entry with its fate, or bring that of a retried one up to date; part of the transaction in hand. Return its id."""
    found = _found(store, entry)
    settled = _settled(store, fate, found["attempts"] + 1 if found else 1)
    settled["kept"] = _kept(entry) if settled["retry_at"] else None
    if found:
        sets = ", ".join(f"{name} = ?" for name in settled)
        store.write(f"UPDATE entries SET {sets} WHERE id = ?", (*settled.values(), found["id"]))
        return int(found["id"])
    return store.insert("entries", {**_columns(entry), **_seen(store, not_seen_before_at), **settled})


def append(store: Store, entries: Sequence[Entry], fate: Fate, *, not_seen_before_at: str) -> None:
    """Append entries that are surely new (what ``unseen`` let through), all with one fate; part of the transaction in hand."""
    same = {**_seen(store, not_seen_before_at), **_settled(store, fate, 1)}
    waiting = same["retry_at"] is not None
    store.insert_all("entries", [{**_columns(entry), **same, "kept": _kept(entry) if waiting else None} for entry in entries])


def _found(store: Store, entry: Entry) -> dict[str, Any] | None:
    """The row of an entry by its address, or by its guid where it has no address."""
    key, value = ("canonical_url", canonical(entry.url)) if entry.url else ("url = '' AND guid", entry.guid)
    return store.row(f"SELECT id, attempts FROM entries WHERE source_id = ? AND {key} = ?", (entry.source_id, value))


def _seen(store: Store, not_seen_before_at: str) -> dict[str, object]:
    return {"first_seen_at": store.now(), "not_seen_before_at": not_seen_before_at or None}


def _settled(store: Store, fate: Fate, attempts: int) -> dict[str, object]:
    waiting = fate.decision == "failed" and attempts <= len(RETRY_MINUTES)
    return {
        "decision": "gave_up" if fate.decision == "failed" and not waiting else fate.decision,
        "reason": fate.reason, "article_id": fate.article_id, "capture_id": fate.capture_id, "attempts": attempts,
        "retry_at": utc(store.clock() + timedelta(minutes=RETRY_MINUTES[attempts - 1])) if waiting else None,
    }  # fmt: skip


def _kept(entry: Entry) -> str:
    """What an entry's columns do not hold and its next attempt needs; kept only until then."""
    day = entry.published.local_day if entry.published else ""
    return json.dumps({"html": entry.html, "summary": entry.summary, "language": entry.language, "local_day": day}, ensure_ascii=False)


def _columns(entry: Entry) -> dict[str, object]:
    moment = entry.published
    return {
        "source_id": entry.source_id, "url": entry.url, "canonical_url": canonical(entry.url), "guid": entry.guid, "title": entry.title,
        "folded_title": _folded(entry.title), "published_at": moment.at if moment else None,
        "published_precision": moment.precision if moment else None, "published_raw": moment.raw if moment else None,
    }  # fmt: skip


def titles_known(store: Store, source_id: str, found: Sequence[Entry]) -> int:
    """Return how many of these entries bear a title that the source showed before."""
    folded = json.dumps([_folded(entry.title) for entry in found])
    row = store.row(
        "SELECT count(DISTINCT folded_title) AS n FROM entries WHERE source_id = ? AND folded_title IN (SELECT value FROM json_each(?))",
        (source_id, folded),
    )
    return int(row["n"]) if row else 0


def sources_to_retry(store: Store) -> frozenset[str]:
    """Return the ids of the sources for which :func:`to_retry` has entries now."""
    rows = store.rows("SELECT DISTINCT source_id FROM entries WHERE retry_at IS NOT NULL AND retry_at <= ?", (store.now(),))
    return frozenset(row["source_id"] for row in rows)


def to_retry(store: Store, source_id: str) -> tuple[Entry, ...]:
    """Return the entries of a source whose page gave no article before and whose waiting time is over."""
    rows = store.rows(
        "SELECT * FROM entries WHERE source_id = ? AND retry_at IS NOT NULL AND retry_at <= ? ORDER BY id", (source_id, store.now())
    )
    return tuple(_entry(row) for row in rows)


def _entry(row: dict[str, Any]) -> Entry:
    kept = json.loads(row["kept"])
    moment = None
    if row["published_at"]:
        moment = Moment(row["published_at"], row["published_precision"], row["published_raw"] or "", kept["local_day"])
    return Entry(
        row["source_id"], row["url"], row["title"], row["guid"], kept["summary"], published=moment, html=kept["html"], language=kept["language"]
    )  # fmt: skip


def first_seen(store: Store, entry: Entry) -> str:
    """Return when an entry of this address was first seen in any source (UTC), or now."""
    row = store.row("SELECT min(first_seen_at) AS seen FROM entries WHERE canonical_url = ?", (canonical(entry.url),))
    return str(row["seen"]) if row and row["seen"] else store.now()


def capture(store: Store, capture: Capture) -> int:
    """Append where a page's bytes lie; part of the transaction in hand. Return its id."""
    return store.insert(
        "captures",
        {
            "url": capture.url, "fetched_at": capture.fetched_at, "status": capture.status, "content_type": capture.content_type,
            "file": capture.file, "offset": capture.offset, "length": capture.length, "digest": capture.digest, "kept": int(capture.kept),
        },
    )  # fmt: skip


def older_than(moment: str, hours: float, now: str) -> bool:
    """Tell whether a date or time is more than ``hours`` before ``now``; a bare date counts from the end of its day."""
    end = parse_utc(moment) + timedelta(days=1 if len(moment) == 10 else 0)
    return parse_utc(now) - end > timedelta(hours=hours)
