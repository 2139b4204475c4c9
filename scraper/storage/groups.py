"""Events and statements: finding what is in reach, and applying what grouping concluded while public ids stay."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scraper.model.grouping import EventGroup, Review, Sighting, StatementGroup
from scraper.storage import history, postings
from scraper.storage.aliases import fresh
from scraper.storage.articles import sighting
from scraper.storage.reviews import in_force, merges
from scraper.storage.searching import index_statement
from scraper.storage.store import Row, Store


def in_reach(store: Store, article_ids: Iterable[int], keys: frozenset[str]) -> tuple[Sighting, ...]:
    """Return the sightings of the articles that could have to do with the given ones, these included; part of the transaction in hand.

    They are those that hold a hash of a given one's sample (:mod:`scraper.storage.postings`) or one of the other blocking ``keys``, since
    two articles without either in common are never linked; the whole components of all of these; and, again and again, what a person
    merged with any of them, with its component. What is left out could not have changed how the given ones are grouped.
    """
    given = frozenset(article_ids)
    sharing = _ids(store, "SELECT article_id AS id FROM article_keys WHERE key IN (SELECT value FROM json_each(?))", sorted(keys))
    found: frozenset[int] = frozenset()
    more = _whole(store, given | sharing | postings.holding(store, given))
    merged = merges(store)
    while more != found:
        found = more
        more = _whole(store, found | _partners(store, found, merged)) if merged else found
    return _sightings(store, found)


def settled(store: Store, sightings: Iterable[Sighting]) -> dict[int, int]:
    """Return the component of each article that was placed, by its id."""
    rows = store.rows(
        "SELECT id, component FROM articles WHERE component IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
        (json.dumps([sighting.article_id for sighting in sightings]),),
    )
    return {row["id"]: row["component"] for row in rows}


def _ids(store: Store, sql: str, values: Sequence[object]) -> frozenset[int]:
    return frozenset(row["id"] for row in store.rows(sql, (json.dumps(values),)))


def _whole(store: Store, numbers: frozenset[int]) -> frozenset[int]:
    """The articles, and all of the components that they are in."""
    return numbers | _ids(store, _COMPONENTS, sorted(numbers))


_COMPONENTS = (
    "SELECT id FROM articles WHERE component IN "
    "(SELECT component FROM articles WHERE id IN (SELECT value FROM json_each(?)) AND component IS NOT NULL)"
)


def _partners(store: Store, numbers: frozenset[int], merged: Sequence[frozenset[str]]) -> frozenset[int]:
    here = store.rows(
        "SELECT canonical_url AS url FROM articles WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(sorted(numbers)),)
    )
    urls = {row["url"] for row in here}
    together = frozenset[str]().union(*(said for said in merged if not urls.isdisjoint(said)))
    return _ids(store, "SELECT id FROM articles WHERE canonical_url IN (SELECT value FROM json_each(?))", sorted(together))


def _sightings(store: Store, numbers: frozenset[int]) -> tuple[Sighting, ...]:
    rows = store.rows(
        "SELECT a.*, (SELECT json_group_array(DISTINCT m.registry_id) FROM mentions m WHERE m.article_id = a.id AND m.revision_id IS NULL AND m.registry_id <> '') AS named "
        "FROM articles a WHERE a.id IN (SELECT value FROM json_each(?)) ORDER BY a.id",
        (json.dumps(sorted(numbers)),),
    )
    return tuple(sighting(row, tuple(sorted(json.loads(row["named"])))) for row in rows)


def keys_of(store: Store, article_ids: Iterable[int]) -> frozenset[str]:
    """Return the blocking keys stored for these articles, those that are no hashes."""
    rows = store.rows(
        "SELECT DISTINCT key FROM article_keys WHERE article_id IN (SELECT value FROM json_each(?))", (json.dumps(sorted(article_ids)),)
    )
    return frozenset(row["key"] for row in rows)


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying a grouping changed: ids of statements that are new, and of all statements in reach."""

    new: tuple[int, ...]
    statements: tuple[int, ...]


def apply(store: Store, events: Sequence[EventGroup], components: Sequence[Sequence[int]]) -> Applied:
    """Write events, statements and placements of the articles in reach; part of the transaction in hand.

    A group keeps the id of the stored statement (event) that it shares most articles with, the oldest where equal; a stored one
    whose articles all went to others leaves an alias row to the one that took most of them.
    """
    members = [placement.article_id for event in events for group in event.statements for placement in group.placements]
    before = _before(store, members)
    at = store.now()
    event_ids = _matched([_event_members(event) for event in events], {key: row["event_id"] for key, row in before.items()})
    groups = [(index, group) for index, event in enumerate(events) for group in event.statements]
    statement_ids = _matched([_members(group) for _, group in groups], {key: row["statement_id"] for key, row in before.items()})
    event_rows = [_write_event(store, event, known, at) for event, known in zip(events, event_ids, strict=True)]
    rows = [
        _write_statement(store, group, event_rows[index], known, at) for (index, group), known in zip(groups, statement_ids, strict=True)
    ]
    for numbers in components:
        store.write(
            "UPDATE articles SET component = ? WHERE id IN (SELECT value FROM json_each(?))", (min(numbers), json.dumps(list(numbers)))
        )
    _retire(store, "statement", {r["statement_id"] for r in before.values()}, rows, dict(_destinations(groups, rows)), before, at)
    _retire(store, "event", {r["event_id"] for r in before.values()}, event_rows, _event_destinations(events, event_rows), before, at)
    history.follow(store, event_rows)
    new = tuple(row for row, known in zip(rows, statement_ids, strict=True) if known is None)
    return Applied(new, tuple(rows))


def _before(store: Store, members: Sequence[int]) -> dict[int, Row]:
    rows = store.rows(
        "SELECT a.id, a.statement_id, s.event_id FROM articles a JOIN statements s ON s.id = a.statement_id "
        "WHERE a.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(members)),),
    )
    return {row["id"]: row for row in rows}


def _members(group: StatementGroup) -> list[int]:
    return [placement.article_id for placement in group.placements]


def _event_members(event: EventGroup) -> list[int]:
    return [number for group in event.statements for number in _members(group)]


def _matched(groups: Sequence[Sequence[int]], old: Mapping[int, int]) -> list[int | None]:
    """For each group the stored id it keeps, most shared articles first, then the oldest id; None for a new one."""
    shares = [
        (-count, known, index) for index, group in enumerate(groups) for known, count in Counter(old[a] for a in group if a in old).items()
    ]
    kept: list[int | None] = [None] * len(groups)
    taken: set[int] = set()
    for _, known, index in sorted(shares):
        if kept[index] is None and known not in taken:
            kept[index] = known
            taken.add(known)
    return kept


def _write_event(store: Store, event: EventGroup, known: int | None, at: str) -> int:
    values = (event.name, event.date or None, event.place or None, event.level or None)
    if known is None:
        number = fresh(store, "event")
        store.write("INSERT INTO events (id, name, date, place, level, first_seen_at) VALUES (?, ?, ?, ?, ?, ?)", (number, *values, at))
    else:
        number = known
        store.write("UPDATE events SET name = ?, date = ?, place = ?, level = ? WHERE id = ?", (*values, number))
    return number


def _write_statement(store: Store, group: StatementGroup, event_id: int, known: int | None, at: str) -> int:
    row = {
        "event_id": event_id, "title": group.title, "kind": group.kind, "side": group.side or None, "date": group.date or None,
        "level": group.level or None, "place": group.place or None, "lead_article_id": group.lead_article_id, "placeholder": int(group.placeholder),
    }  # fmt: skip
    if known is None:
        number = store.insert("statements", {"id": fresh(store, "statement"), **row, "first_seen_at": at})
    else:
        number = known
        store.write(f"UPDATE statements SET {', '.join(f'{c} = ?' for c in row)} WHERE id = ?", (*row.values(), number))
    for placed in group.placements:
        store.write(
            "UPDATE articles SET statement_id = ?, relation = ?, grade = ?, similarity = ?, reason = ? WHERE id = ?",
            (number, placed.relation, placed.grade, placed.similarity, placed.reason, placed.article_id),
        )
    index_statement(store, number)
    return number


def _destinations(groups: Sequence[tuple[int, StatementGroup]], rows: Sequence[int]) -> Iterable[tuple[int, int]]:
    for (_, group), row in zip(groups, rows, strict=True):
        for number in _members(group):
            yield number, row


def _event_destinations(events: Sequence[EventGroup], rows: Sequence[int]) -> dict[int, int]:
    return {number: row for event, row in zip(events, rows, strict=True) for number in _event_members(event)}


_POINTERS = {
    "statement": (("alerts", "statement_id"), ("flags", "statement_id"), ("observations", "statement_id"), ("formulae", "statement_id"),
                  ("initiatives", "first_statement_id")),
    "event": (("statements", "event_id"),),
}  # fmt: skip


def _retire(
    store: Store, kind: str, old: set[int], kept: Sequence[int], destination: Mapping[int, int], before: Mapping[int, Row], at: str
) -> None:
    """Leave an alias for each stored row whose articles all went elsewhere, and let what pointed to it follow."""
    for number in sorted(old - set(kept)):
        if kind == "statement" and store.row("SELECT 1 FROM articles WHERE statement_id = ?", (number,)):
            continue  # an article out of reach, put here by a person, still stands in it
        heirs = Counter(destination[a] for a, row in before.items() if row[f"{kind}_id"] == number)
        heir = min(heirs, key=lambda row: (-heirs[row], row))
        for table, column in _POINTERS[kind]:
            store.write(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (heir, number))
        store.write("UPDATE aliases SET new_id = ? WHERE kind = ? AND new_id = ?", (str(heir), kind, str(number)))
        store.insert("aliases", {"kind": kind, "old_id": str(number), "new_id": str(heir), "at": at}, or_="OR REPLACE")
        if kind == "statement":
            store.write("DELETE FROM statements_fts WHERE rowid = ?", (number,))
        store.write(f"DELETE FROM {kind}s WHERE id = ?", (number,))


def standing(store: Store, statement_ids: Sequence[int]) -> tuple[int, ...]:
    """Return those of the statements that have not become one with others."""
    rows = store.rows(
        "SELECT id FROM statements WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", (json.dumps(list(statement_ids)),)
    )
    return tuple(row["id"] for row in rows)


def take_part(store: Store, statement_ids: Sequence[int]) -> None:
    """Write the participants of the events of these statements, as the best article of each event names them."""
    events = store.rows(
        "SELECT DISTINCT event_id AS id FROM statements WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(statement_ids)),)
    )
    for event in events:
        best = store.row(
            "SELECT a.participants FROM articles a JOIN statements s ON s.id = a.statement_id WHERE s.event_id = ? "
            "ORDER BY json_array_length(a.participants) = 0, a.official DESC, a.language <> 'en', a.published_at IS NULL, a.published_at, a.canonical_url "
            "LIMIT 1",
            (event["id"],),
        )
        store.write("DELETE FROM participants WHERE event_id = ?", (event["id"],))
        for person in json.loads(best["participants"]) if best else ():
            store.insert("participants", {"event_id": event["id"], **person})


def reviews(store: Store) -> tuple[Review, ...]:
    """Return every decision that is in force, oldest first."""
    return in_force(store)
