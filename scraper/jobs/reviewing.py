"""A person decides: statements and events put together or taken apart, decisions taken back, written out and read in.

A decision and what follows from it are one transaction, which waits for a writer at work no longer than the busy timeout; no lock is
taken, so it works beside a running daemon. Nothing here raises an alert.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace

from scraper.errors import InputError, NotFound
from scraper.jobs import naming, take
from scraper.jobs.kin import current
from scraper.jobs.naming import Author
from scraper.jobs.rooms import Rooms
from scraper.model.grouping import Review
from scraper.storage import reading, reviews
from scraper.storage.reviews import UNDO, on_events
from scraper.storage.store import Row, Store
from scraper.urls import canonical

__all__ = [
    "ACTIONS", "Author", "Decided", "exported", "import_", "merge_events", "merge_statements", "split_event", "split_statement", "undo",
]  # fmt: skip

ACTIONS = ("confirm", "rename", "merge", "split", "dismiss")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_WRITTEN = ("at", "who", "action", "subject", "value", "note", "subject_names", "value_names")
LONGEST = 1_000_000
"""Characters of a line that is read in."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision by its id in this database, and the statements and events in which the articles it is about stand now; of one on
    initiatives the ``initiative`` as which its subject stands now."""

    review: int
    statements: tuple[int, ...]
    events: tuple[int, ...]
    initiative: str = ""


def merge_statements(rooms: Rooms, one: str, other: str, author: Author) -> Decided:
    """Put two statements together; raises NotFound for an unknown id, InputError where they are one already."""
    with rooms.store.transaction():
        first, second = _two(rooms.store, "statement", (one, other))
        subject, value = (_urls(reviews.statement_urls(rooms.store, number)) for number in (first, second))
        return _decide(rooms, Review("merge", subject, value, who=author.who, note=author.note))


def merge_events(rooms: Rooms, one: str, other: str, author: Author) -> Decided:
    """Put two events together; raises as :func:`merge_statements`."""
    with rooms.store.transaction():
        first, second = _two(rooms.store, "event", (one, other))
        subject, value = (_urls(reviews.event_urls(rooms.store, number)) for number in (first, second))
        if not (subject and value):
            raise InputError(f"no text of event {second if subject else first} is known; one that comes joins it by date, level and place")
        return _decide(rooms, Review("merge", on_events((subject,)), value, who=author.who, note=author.note))


def split_statement(rooms: Rooms, key: str, named: Sequence[str], author: Author) -> Decided:
    """Take articles, by id or URL, out of a statement; raises NotFound for what does not stand in it, InputError where nothing would
    remain."""
    with rooms.store.transaction():
        number = _id(rooms.store, "statement", key)
        rows = reviews.statement_urls(rooms.store, number)
        out = {_article(rows, one, number)["url"] for one in named}
        subject, value = _parted(rows, lambda row: row["url"] in out, f"statement {number}")
        return _decide(rooms, Review("split", subject, value, who=author.who, note=author.note))


def split_event(rooms: Rooms, key: str, named: Sequence[str], author: Author) -> Decided:
    """Take statements out of an event; raises as :func:`split_statement`."""
    with rooms.store.transaction():
        number = _id(rooms.store, "event", key)
        rows = reviews.event_urls(rooms.store, number)
        out = {_id(rooms.store, "statement", one) for one in named}
        strange = out - {row["statement_id"] for row in rows}
        if strange:
            raise NotFound(f"statement {min(strange)} is none of event {number}")
        subject, value = _parted(rows, lambda row: row["statement_id"] in out, f"event {number}")
        return _decide(rooms, Review("split", on_events((subject,)), value, who=author.who, note=author.note))


def undo(rooms: Rooms, number: int, author: Author) -> Decided:
    """Take a decision back by a further one; of one that takes back, the first is in force again. Raises NotFound, and InputError where
    it is undone already."""
    with rooms.store.transaction():
        review, holds = reviews.get(rooms.store, number)
        if not holds:
            raise InputError(f"review {number} is undone already")
        action = review.action.removeprefix(UNDO) if review.action.startswith(UNDO) else UNDO + review.action
        return _decide(rooms, replace(review, action=action, at="", who=author.who, note=author.note))


def exported(store: Store) -> Iterator[str]:
    """Give every decision as a line of JSON, oldest first, without ids."""
    for row in reviews.rows(store):
        yield json.dumps({name: row[name] for name in _WRITTEN if row[name] or not name.endswith("_names")}, ensure_ascii=False)


def import_(rooms: Rooms, lines: Iterable[str]) -> tuple[int, int]:
    """Read decisions that :func:`exported` wrote, all or none; return how many there are and how many are new. Raises InputError with
    the number of a line that cannot be read."""
    made = [_read(line, at) for at, line in enumerate(lines, 1) if line.strip()]
    with rooms.store.transaction():
        fresh = [review for review in dict.fromkeys(made) if not reviews.known(rooms.store, review)]
        for review in fresh:
            reviews.add(rooms.store, review)
        for review in fresh:
            if not review.of_initiatives:
                take.conclude(rooms, reviews.named(rooms.store, review), alert=False)
        ours = [review for review in fresh if review.of_initiatives]
        if ours:
            naming.settle(rooms, ours)
    return len(made), len(fresh)


def _decide(rooms: Rooms, review: Review) -> Decided:
    """Append a decision and group, or name, again what it is about, with all that is in reach."""
    if review.of_initiatives:
        return Decided(naming.decide(rooms, review), (), (), current(rooms, review.subject, strict=False))
    number = reviews.add(rooms.store, review)
    about = reviews.named(rooms.store, review)
    take.conclude(rooms, about, alert=False)
    found = reading.standing(rooms.store, about)
    statements, events = (tuple(sorted({row[kind] for row in found})) for kind in ("statement_id", "event_id"))
    return Decided(number, statements, events)


def _two(store: Store, kind: str, keys: tuple[str, str]) -> tuple[int, int]:
    one, other = (_id(store, kind, key) for key in keys)
    if one == other:
        raise InputError(f"{keys[0]} and {keys[1]} are one {kind} already" if keys[0] != keys[1] else f"give two {kind}s, not one twice")
    return one, other


def _id(store: Store, kind: str, key: str) -> int:
    """The id of a statement or event as it is now, whatever has become of it."""
    number = reading.surviving(store, kind, key)
    if not number.isascii() or not number.isdigit() or not reading.exists(store, kind, int(number)):
        raise NotFound(f"there is no {kind} {key}")
    return int(number)


def _article(rows: Sequence[Row], named: str, number: int) -> Row:
    found = next((row for row in rows if named in (str(row["id"]), row["url"]) or canonical(named) == row["url"]), None)
    if found is None:
        raise NotFound(f"article {named} does not stand in statement {number}; trilateral statements show {number} lists those that do")
    return found


def _parted(rows: Sequence[Row], out: Callable[[Row], bool], whole: str) -> tuple[str, str]:
    """The URLs that are taken out, and those that remain."""
    taken, kept = [row for row in rows if out(row)], [row for row in rows if not out(row)]
    if not kept:
        raise InputError(f"nothing would remain in {whole}; name only a part of it")
    return _urls(taken), _urls(kept)


def _urls(rows: Iterable[Row]) -> str:
    return "\n".join(row["url"] for row in rows)


def _read(line: str, at: int) -> Review:
    try:
        said = json.loads(line) if len(line) <= LONGEST else None
    except (ValueError, RecursionError) as error:
        raise InputError(f"line {at}: this is no JSON") from error
    names = tuple(asdict(Review("", "")))
    if not isinstance(said, dict) or not all(isinstance(said.get(name, ""), str) for name in names):
        raise InputError(f"line {at}: this is no decision")
    review = Review(**{name: said.get(name, "") for name in names})
    if review.action.removeprefix(UNDO) not in ACTIONS or not review.subjects or not _TIME.fullmatch(review.at):
        raise InputError(f"line {at}: a decision has at, subject and an action out of {', '.join(ACTIONS)}, also after {UNDO.strip()!r}")
    return review
