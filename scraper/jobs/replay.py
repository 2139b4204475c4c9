"""Replay: every stored article read again by the rules of today on a copy, all conclusions drawn anew there, and the difference told.

Observations, decisions and what was sent stay as they are. What was judged irrelevant when it came is not stored, so that no replay can find
it; captures that are still there can be imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from scraper.jobs import flagging, naming
from scraper.jobs.corridor import GATHERING
from scraper.jobs.difference import difference
from scraper.jobs.intake import BATCH, owned
from scraper.jobs.rooms import Desk, Rooms
from scraper.jobs.take import conclude, read
from scraper.model.article import Article
from scraper.model.replay import Change
from scraper.stages import grouping
from scraper.storage import articles, initiatives, picture, replaying, revisions
from scraper.storage.articles import Reading
from scraper.storage.store import Row, Store

Tell = Callable[[int, int], object]
"""Called with how much is done of how much."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay found: the ``changes``; how many ``articles`` there are, and how many of these could be ``read`` again, as their text is
    kept; ``applied`` tells that the database says now what was concluded."""

    changes: tuple[Change, ...]
    articles: int
    read: int
    applied: bool = False


@dataclass(slots=True)
class _Judged:
    """What reading everything again found: ids of all articles that count, of those judged otherwise than stored, and how many were read."""

    relevant: list[int] = field(default_factory=list)
    otherwise: list[int] = field(default_factory=list)
    articles: int = 0
    read: int = 0


class _Counted:
    """What is done of two rounds over so many articles, told as it is done."""

    def __init__(self, tell: Tell, articles: int) -> None:
        self._tell, self._total, self._done = tell, 2 * articles, 0

    def __call__(self, more: int) -> None:
        self._done += more
        self._tell(self._done, self._total)


def run(rooms: Rooms, *, desk: Desk | None = None, since: str = "", apply: bool = False, tell: Tell = lambda *_: None) -> Replayed:
    """Tell what would be concluded otherwise than it is, by the rules of the ``desk`` (that of the rooms unless another is given).

    ``since`` (``YYYY-MM-DD``) leaves out what is of earlier statements. With ``apply`` the database then says what was concluded, in one
    transaction: ids stay, flags that no longer hold are superseded, nothing is alerted. The caller holds the lock. Raises DatabaseFull where
    there is no room for the copy.
    """
    with replaying.copied(rooms.store) as copy:
        there = replace(rooms, store=copy, desk=desk or rooms.desk)
        _drop(there)
        there = naming.taught(there)
        counted = _Counted(tell, replaying.articles_in(copy))
        judged = _judge(there, counted)
        _conclude(there, replaying.batches(rooms.store, judged.relevant, BATCH), counted)
        changes = difference(picture.read(rooms.store), picture.read(copy), since=since)
    applied = apply and bool(changes or judged.otherwise)
    if applied:
        _apply(naming.taught(rooms), judged)
    return Replayed(changes, judged.articles, judged.read, applied)


def _drop(rooms: Rooms) -> None:
    """Leave in a copy what was seen and decided alone, and the registry of the desk."""
    initiatives.sync(rooms.store, rooms.config.registry)
    replaying.drop(rooms.store)
    if not rooms.config.registry.initiatives:
        replaying.forget_registry(rooms.store)


def _judge(rooms: Rooms, counted: Callable[[int], object]) -> _Judged:
    """Read every article of a copy again, a batch a transaction."""
    judged = _Judged()
    for batch in _batches(rooms.store):
        with rooms.store.transaction():
            for row in batch:
                _judge_one(rooms, row, judged)
        judged.articles += len(batch)
        counted(len(batch))
    return judged


def _judge_one(rooms: Rooms, row: Row, judged: _Judged) -> None:
    reading = _again(rooms, row)
    if reading is not None:
        judged.read += 1
        before = replaying.pointers(rooms.store, row["id"])
        otherwise = replaying.differs(rooms.store, row, reading)
        if otherwise:
            replaying.judge(rooms.store, row, reading)
        flagging.note(rooms, row["id"], reading)
        if otherwise or replaying.pointers(rooms.store, row["id"]) != before:
            judged.otherwise.append(row["id"])
    if reading is None or reading.relevance.relevant:
        judged.relevant.append(row["id"])


def _batches(store: Store) -> Iterator[list[Row]]:
    last = 0
    while batch := replaying.rows(store, last, BATCH):
        yield batch
        last = batch[-1]["id"]


def _again(rooms: Rooms, row: Row) -> Reading | None:
    """What the stages say today of a stored article, or None where its text is not kept, so that what was said of it stays."""
    article = replaying.article(row)
    if article is None:
        return None
    return read(
        rooms.desk,
        _belonging(rooms, article),
        fetched_at=row["fetched_at"],
        first_seen_at=row["first_seen_at"],
        not_seen_before_at=row["not_seen_before_at"] or "",
    )


def _belonging(rooms: Rooms, article: Article) -> Article:
    """An article that came without a source of its own belongs to whom its host belongs by the configuration of today."""
    kinds = {source.id: source.kind for source in rooms.config.sources}
    if article.source_id and kinds.get(article.source_id) not in GATHERING:
        return article
    return owned(rooms.desk, replace(article, party="", official=False))


def _conclude(rooms: Rooms, batches: Iterable[Sequence[int]], counted: Callable[[int], object], lost: frozenset[str] | None = None) -> None:
    """Draw the conclusions from articles as if they came now, without alerts, a batch a transaction (or all in the one in hand)."""
    for batch in batches:
        with rooms.store.transaction():
            for number in batch:
                revisions.rekey(rooms.store, number, grouping.keys(articles.sighting(replaying.row(rooms.store, number), ())))
            conclude(rooms, batch, alert=False, lost=lost)
        counted(len(batch))


def _apply(rooms: Rooms, judged: _Judged) -> None:
    """Let the database say what was concluded on the copy: all or nothing."""
    counting = frozenset(judged.relevant)
    lost: frozenset[str] = frozenset()
    with rooms.store.transaction():
        for number in judged.otherwise:
            row = replaying.row(rooms.store, number)
            reading = _again(rooms, row)
            if reading is not None:
                lost |= replaying.judge(rooms.store, row, reading)
                flagging.note(rooms, number, reading)
            if number not in counting:
                replaying.withdraw(rooms.store, number)
        replaying.abandon(rooms.store)
        _conclude(rooms, replaying.batches(rooms.store, judged.relevant, BATCH), lambda _: None, lost)
        replaying.settle(rooms.store)
