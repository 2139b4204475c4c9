"""Steps 5 to 9 of the walk, the one path for poll, import, replay and backfill: read an article, store it, conclude from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scraper.jobs.rooms import Desk, Rooms
from scraper.model.article import Article
from scraper.model.initiative import Mention
from scraper.stages import grouping
from scraper.stages.initiatives import firsts, resolve
from scraper.storage import alerts, articles, entries, groups, initiatives
from scraper.storage.alerts import Alert
from scraper.storage.articles import Reading

RULES = "1"
"""The version of the rules that judge an article, stored with it."""


def read(desk: Desk, article: Article, *, fetched_at: str, first_seen_at: str, not_seen_before_at: str = "") -> Reading:
    """Return everything the pure stages say of one article; mentions are looked for only where it is relevant."""
    relevance = desk.judge.judge(article)
    mentions: tuple[Mention, ...] = ()
    sketch: tuple[int, ...] = ()
    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    if relevance.relevant:
        mentions = desk.finder.mentions(article.title, article.text, article.language, span=article.statement)
        sketch = grouping.fingerprint(article.statement_text, article.language)
        numbers, names = grouping.evidence(article.statement_text, article.language)
    return Reading(article, relevance, mentions, sketch, numbers, names, fetched_at, first_seen_at, not_seen_before_at, RULES)


def store(rooms: Rooms, reading: Reading, *, capture_id: int | None = None) -> int | None:
    """Store a relevant article unless its address is known; part of the transaction in hand. Return its id, or None."""
    if not reading.relevance.relevant or articles.find(rooms.store, reading.article.canonical_url or reading.article.url):
        return None
    number = articles.add(rooms.store, reading, capture_id=capture_id)
    row = articles.find(rooms.store, reading.article.canonical_url or reading.article.url)
    if row is not None:
        articles.add_keys(rooms.store, number, grouping.keys(articles.sighting(row, ())))
    return number


@dataclass(frozen=True, slots=True)
class Concluded:
    """What came of new articles: statements and flags that are new, alerts raised, and findings held back as too old to alert."""

    statements: tuple[int, ...] = ()
    flags: tuple[int, ...] = ()
    alerts: int = 0
    held_back: int = 0

    def __add__(self, other: Concluded) -> Concluded:
        return Concluded(
            self.statements + other.statements, self.flags + other.flags, self.alerts + other.alerts, self.held_back + other.held_back
        )


def conclude(rooms: Rooms, article_ids: Sequence[int], *, alert: bool) -> Concluded:
    """Group the articles with all that is in reach, name their initiatives, raise flags and alerts; part of the transaction in hand."""
    if not article_ids:
        return Concluded()
    reviews = groups.reviews(rooms.store)
    near = groups.in_reach(rooms.store, article_ids, groups.keys_of(rooms.store, article_ids))
    applied = groups.apply(rooms.store, grouping.regroup(near, reviews), grouping.components(near))
    groups.take_part(rooms.store, applied.statements)
    registry = rooms.config.registry
    seen = initiatives.seen(rooms.store, applied.statements)
    found = resolve(seen, registry, reviews, rooms.config.watch)
    flags = initiatives.apply(rooms.store, found, firsts(found, seen, registry), seen)
    told = _raise_alerts(rooms, applied.new, flags) if alert else Concluded()
    return replace(told, statements=applied.new, flags=flags)


def _raise_alerts(rooms: Rooms, statements: Sequence[int], flags: Sequence[int]) -> Concluded:
    raised = held = 0
    for alert, date in (*_of_statements(rooms, statements), *_of_flags(rooms, flags)):
        if date and entries.older_than(date, rooms.config.alerts.max_age_hours, rooms.store.now()):
            held += 1
        else:
            raised += alerts.raise_once(rooms.store, alert)
    return Concluded(alerts=raised, held_back=held)


def _of_statements(rooms: Rooms, statements: Sequence[int]) -> list[tuple[Alert, str]]:
    rows = (rooms.store.row("SELECT id, date FROM statements WHERE id = ?", (number,)) for number in statements)
    return [(Alert(f"statement:{row['id']}", "new_statement", statement_id=row["id"]), row["date"] or "") for row in rows if row]


def _of_flags(rooms: Rooms, flags: Sequence[int]) -> list[tuple[Alert, str]]:
    found = []
    for number in flags:
        row = rooms.store.row("SELECT f.*, s.date FROM flags f LEFT JOIN statements s ON s.id = f.statement_id WHERE f.id = ?", (number,))
        if row:
            alert = Alert(
                f"{row['kind']}:{row['initiative_id']}", row["kind"], statement_id=row["statement_id"], initiative_id=row["initiative_id"], flag_id=number
            )
            found.append((alert, row["date"] or ""))
    return found
