"""What people decided: rows that are appended and never changed, and what they tie together."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, fields

from scraper.errors import NotFound
from scraper.model.grouping import EVENT, Review
from scraper.storage.store import Row, Store

UNDO = "undo "
"""Stands before the action in a row that takes back an earlier one with the same subject and value."""

_FIELDS = tuple(item.name for item in fields(Review))
_COLUMNS = "at, who, action, subject, value, note"
_ORDERED = f"SELECT id, {_COLUMNS}, subject_names, value_names FROM reviews ORDER BY at, id"


def add(store: Store, review: Review) -> int:
    """Append a decision, now where it says no time; part of the transaction in hand. Return its id."""
    return store.insert("reviews", {**asdict(review), "at": review.at or store.now()})


def known(store: Store, review: Review) -> bool:
    """Tell whether this very decision is stored: same time, person, action, subject, value and note."""
    clause = " AND ".join(f"{name} = :{name}" for name in _COLUMNS.split(", "))
    return store.row(f"SELECT 1 FROM reviews WHERE {clause} LIMIT 1", asdict(review)) is not None


def rows(store: Store) -> list[Row]:
    """Return every decision, oldest first, with its ``id`` and whether it is ``in_force`` (not undone)."""
    found = store.rows(_ORDERED)
    holding = {row["id"] for row in _in_force(found)}
    return [{**row, "in_force": row["id"] in holding or row["action"].startswith(UNDO)} for row in found]


def get(store: Store, number: int) -> tuple[Review, bool]:
    """Return the decision of this id and whether it is in force; raises NotFound."""
    row = next((row for row in rows(store) if row["id"] == number), None)
    if row is None:
        raise NotFound(f"there is no review {number}")
    return _review(row), row["in_force"]


def in_force(store: Store) -> tuple[Review, ...]:
    """Return the decisions that nobody took back, oldest first."""
    return tuple(_review(row) for row in _in_force(store.rows(_ORDERED)))


def _in_force(ordered: Iterable[Row]) -> list[Row]:
    kept: dict[tuple[str, str, str], list[Row]] = {}
    for row in ordered:
        action, undone = row["action"], row["action"].startswith(UNDO)
        key = (action.removeprefix(UNDO), row["subject"], row["value"])
        kept[key] = [] if undone else [*kept.get(key, []), row]
    return sorted((row for same in kept.values() for row in same), key=lambda row: (row["at"], row["id"]))


def _review(row: Row) -> Review:
    return Review(**{name: row[name] for name in _FIELDS})


def named(store: Store, review: Review) -> tuple[int, ...]:
    """Return the ids of the articles that a decision is about, ascending: those of its URLs, or those that name its initiatives."""
    both = json.dumps([*review.subjects, *review.values])
    found = store.rows(
        "SELECT id FROM articles WHERE canonical_url IN (SELECT value FROM json_each(:both)) UNION "
        "SELECT article_id FROM mentions WHERE initiative_id IN (SELECT value FROM json_each(:both)) ORDER BY 1",
        {"both": both},
    )
    return tuple(row["id"] for row in found)


def touching(store: Store, article_ids: Iterable[int]) -> list[Row]:
    """Return the decisions that are about any of these articles, oldest first, with whether they are in force."""
    urls = store.rows(
        "SELECT canonical_url AS url FROM articles WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(article_ids)),)
    )
    wanted = {row["url"] for row in urls}
    return [row for row in rows(store) if wanted & set(_review(row).subjects + _review(row).values)]


def merges(store: Store) -> list[frozenset[str]]:
    """Return the canonical URLs that merges in force put together, into one statement or one event; sets that share one are one set."""
    found: list[frozenset[str]] = []
    for review in in_force(store):
        if review.action == "merge":
            one = frozenset(review.subjects + review.values)
            shared = [other for other in found if not one.isdisjoint(other)]
            found = [other for other in found if other not in shared] + [one.union(*shared)]
    return found


def statement_urls(store: Store, number: int) -> list[Row]:
    """Return the articles of a statement, lead first: id and ``url`` (canonical)."""
    return store.rows(
        "SELECT a.id, a.canonical_url AS url FROM articles a JOIN statements s ON s.id = a.statement_id WHERE s.id = ? "
        "ORDER BY a.id <> s.lead_article_id, a.canonical_url",
        (number,),
    )


def event_urls(store: Store, number: int) -> list[Row]:
    """Return the articles of an event with their ``statement_id``, leads first: id and ``url`` (canonical)."""
    return store.rows(
        "SELECT a.id, a.canonical_url AS url, s.id AS statement_id FROM articles a JOIN statements s ON s.id = a.statement_id "
        "WHERE s.event_id = ? ORDER BY a.id <> s.lead_article_id, a.canonical_url",
        (number,),
    )


def on_events(urls: Iterable[str]) -> str:
    """Return a subject on events made of URLs."""
    return EVENT + "\n".join(urls)
