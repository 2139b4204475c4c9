"""What happened before: the acts of history.toml as observations, each of them an event of ours, with texts or without."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import date as Day  # noqa: N812  acts have a field of its name

from scraper.model.history import LATE, Act, Told, assigned, clusters, shifted
from scraper.storage.aliases import fresh
from scraper.storage.store import Row, Store
from scraper.urls import canonical

_PLAIN = ("id", "date", "until", "name", "level", "place", "document")
_UPSERT = """INSERT INTO history_events (id, date, until, name, level, place, document, names, addresses)
  VALUES (:id, :date, :until, :name, :level, :place, :document, :names, :addresses) ON CONFLICT(id) DO UPDATE SET date = excluded.date,
  until = excluded.until, name = excluded.name, level = excluded.level, place = excluded.place, document = excluded.document,
  names = excluded.names, addresses = excluded.addresses"""


def enlist(store: Store, acts: Sequence[Act]) -> None:
    """Write the acts as the configuration tells them, and make each an event; part of the transaction in hand.

    What left the configuration goes, and its event with it unless a text tells of that.
    """
    listed = json.dumps([act.id for act in acts])
    gone = store.rows("SELECT id, event_id FROM history_events WHERE id NOT IN (SELECT value FROM json_each(?))", (listed,))
    for row in gone:
        store.write("DELETE FROM history_events WHERE id = ?", (row["id"],))
        if _standing(store, row["event_id"]) == "bare":
            _leave(store, row["event_id"], "")
    for act in acts:
        store.write(_UPSERT, _row(act))
        store.write("DELETE FROM history_addresses WHERE history_id = ?", (act.id,))
        urls = sorted({canonical(url) for url in act.addresses})
        store.insert_all("history_addresses", [{"history_id": act.id, "canonical_url": url} for url in urls])
    settle(store)


def _row(act: Act) -> Row:
    told = asdict(act)
    return {name: told[name] for name in _PLAIN} | {name: json.dumps(told[name], ensure_ascii=False) for name in ("names", "addresses")}


def follow(store: Store, event_ids: Iterable[int]) -> None:
    """Find anew which acts these events, just written, are, and which acts have lost theirs; part of the transaction in hand."""
    moved = set(event_ids)
    written = store.rows("SELECT date FROM events WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(sorted(moved)),))
    days = {row["date"] for row in written if row["date"]}
    if _concerned(store, moved, days):
        settle(store, touched=lambda act, event_id: event_id is None or event_id in moved or any(_near(act, day) for day in days))


def _concerned(store: Store, moved: set[int], days: set[str]) -> bool:
    """Tell whether any act could be concerned, without reading them: mostly none is, as most of what comes in is news."""
    exact = sorted(Day.fromisoformat(day) for day in days if len(day) == len("2026-11-21"))
    bounds = {"first": shifted(exact[0], -LATE), "last": shifted(exact[-1], LATE)} if exact else {"first": "", "last": ""}
    row = store.row(
        "SELECT 1 FROM history_events h LEFT JOIN events e ON e.id = h.event_id WHERE e.id IS NULL "
        "OR h.event_id IN (SELECT value FROM json_each(:moved)) OR (h.date <= :last AND max(h.until, h.date || '~') >= :first) LIMIT 1",
        {"moved": json.dumps(sorted(moved)), **bounds},
    )
    return row is not None


def _near(act: Act, day: str) -> bool:
    first, last = act.days
    return shifted(first, -LATE) <= day <= shifted(last, LATE)


def settle(store: Store, *, touched: Callable[[Act, int | None], bool] = lambda *_: True) -> None:
    """Give every act its event (see :func:`scraper.model.history.assigned`), or one without statements; part of the transaction in hand.

    ``touched`` tells for an act and the id of its event whether anything about it may have changed; what can have to do with it is looked
    at too. Where an act's own event and one that texts tell of turn out to be one, the older number stays and the other leads to it.
    """
    acts = _acts(store)
    for part in clusters(act for act, _ in acts.values()):
        if any(touched(act, acts[act.id][1]) for act in part):
            _settle(store, part, {act.id: acts[act.id][1] for act in part})


def _settle(store: Store, acts: Sequence[Act], before: dict[str, int | None]) -> None:
    pages = _pages(store, acts)
    found = assigned([(act, pages[act.id]) for act in acts], _told(store, acts, frozenset().union(*pages.values())))
    store.write(
        "UPDATE history_events SET event_id = NULL WHERE id IN (SELECT value FROM json_each(?))", (json.dumps([act.id for act in acts]),)
    )
    for act in acts:
        number = _united(store, before[act.id], found[act.id]) if act.id in found else _bare(store, act, before[act.id])
        store.write("UPDATE history_events SET event_id = ? WHERE id = ?", (number, act.id))


def _acts(store: Store) -> dict[str, tuple[Act, int | None]]:
    """Every act with the id of its event, by its own id; None where there is no such event."""
    rows = store.rows("SELECT h.*, e.id AS number FROM history_events h LEFT JOIN events e ON e.id = h.event_id ORDER BY h.id")
    return {row["id"]: (_act(row), row["number"]) for row in rows}


def _act(row: Row) -> Act:
    return Act(**{name: row[name] for name in _PLAIN}, names=json.loads(row["names"]), addresses=tuple(json.loads(row["addresses"])))


def _pages(store: Store, acts: Sequence[Act]) -> dict[str, frozenset[str]]:
    rows = store.rows(
        "SELECT history_id, canonical_url AS url FROM history_addresses WHERE history_id IN (SELECT value FROM json_each(?))",
        (json.dumps([act.id for act in acts]),),
    )
    return {act.id: frozenset(row["url"] for row in rows if row["history_id"] == act.id) for act in acts}


def _told(store: Store, acts: Sequence[Act], pages: frozenset[str]) -> list[Told]:
    """The events with texts that could be one of the acts, each with which of the acts' ``pages`` stand in it."""
    days = [day for act in acts for day in act.days]
    rows = store.rows(
        "SELECT e.id, e.date, e.level, e.place, (SELECT json_group_array(a.canonical_url) FROM articles a JOIN statements s "
        "ON s.id = a.statement_id WHERE s.event_id = e.id AND a.canonical_url IN (SELECT value FROM json_each(:pages))) AS urls FROM events e "
        "WHERE e.date BETWEEN :first AND :last AND EXISTS (SELECT 1 FROM statements s WHERE s.event_id = e.id)",
        {
            "pages": json.dumps(sorted(pages)),
            "first": shifted(min(days), -LATE),
            "last": shifted(max(days), LATE),
        },
    )
    return [Told(r["id"], r["date"] or "", r["level"] or "", r["place"] or "", frozenset(json.loads(r["urls"]))) for r in rows]


def _standing(store: Store, number: int | None) -> str:
    """What an event is: ``told`` of by statements, ``bare``, or empty where there is none."""
    row = store.row("SELECT EXISTS (SELECT 1 FROM statements s WHERE s.event_id = e.id) AS told FROM events e WHERE e.id = ?", (number,))
    return "" if row is None else "told" if row["told"] else "bare"


def _united(store: Store, own: int | None, told: int) -> int:
    """Make an act's own event and the one that texts tell of one; return the number that stays, the older."""
    if own is None or own == told or _standing(store, own) != "bare":
        return told
    if own > told:
        _leave(store, own, str(told))
        return told
    row = store.row("SELECT name, date, place, level FROM events WHERE id = ?", (told,)) or {}
    store.write("UPDATE events SET name = :name, date = :date, place = :place, level = :level WHERE id = :id", {**row, "id": own})
    for table in ("statements", "participants"):
        store.write(f"UPDATE {table} SET event_id = ? WHERE event_id = ?", (own, told))
    _leave(store, told, str(own))
    return own


def _bare(store: Store, act: Act, own: int | None) -> int:
    """Return an event without statements that says what the act is: its own, or a new one."""
    values = (act.name, act.date, act.place or None, act.level or None)
    if own is not None and _standing(store, own) == "bare":
        store.write("UPDATE events SET name = ?, date = ?, place = ?, level = ? WHERE id = ?", (*values, own))
        store.write("DELETE FROM participants WHERE event_id = ?", (own,))
        return own
    number = fresh(store, "event")
    store.write(
        "INSERT INTO events (id, name, date, place, level, first_seen_at) VALUES (?, ?, ?, ?, ?, ?)", (number, *values, store.now())
    )
    return number


def _leave(store: Store, number: int, heir: str) -> None:
    """Delete an event and leave an alias row to the one that took its place, or to nothing."""
    store.write("UPDATE aliases SET new_id = ? WHERE kind = 'event' AND new_id = ?", (heir, str(number)))
    store.insert("aliases", {"kind": "event", "old_id": str(number), "new_id": heir, "at": store.now()}, or_="OR REPLACE")
    store.write("DELETE FROM events WHERE id = ?", (number,))


def of_event(store: Store, number: int) -> Row | None:
    """Return what history says of an event: the act with its addresses and what became of each; None where it says nothing."""
    row = store.row("SELECT * FROM history_events WHERE event_id = ?", (number,))
    if row is None:
        return None
    pages = store.rows(
        "SELECT a.canonical_url AS url, b.outcome, b.reason, b.via FROM history_addresses a LEFT JOIN backfills b ON b.canonical_url = a.canonical_url "
        "WHERE a.history_id = ? ORDER BY a.canonical_url",
        (row["id"],),
    )
    act = _act(row)
    return {**asdict(act), "addresses": pages}
