"""Steps 5 to 9 of the walk, the one path for poll, import, replay and backfill: read an article, store it, conclude from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scraper.jobs import comparing, flagging, kin, waking
from scraper.jobs.flagging import Changed
from scraper.jobs.rooms import Desk, Rooms
from scraper.model.article import Article
from scraper.model.grouping import Review
from scraper.model.initiative import Mention
from scraper.stages import grouping
from scraper.stages.flagging import numbered
from scraper.stages.initiatives import firsts, reach
from scraper.storage import alerts, articles, entries, groups, initiatives, sources
from scraper.storage.alerts import Alert
from scraper.storage.articles import Reading

HELD_STATEMENTS = "held:statements"
HELD_INITIATIVES = "held:initiatives"
"""Marks that count what was stored without alert."""

RULES = "3"
"""The version of the rules that judge an article, stored with it."""


def read(desk: Desk, article: Article, *, fetched_at: str, first_seen_at: str, not_seen_before_at: str = "") -> Reading:
    """Return everything the pure stages say of one article; mentions are looked for only where it is relevant."""
    relevance = desk.judge.judge(article)
    mentions: tuple[Mention, ...] = ()
    sketch: tuple[int, ...] = ()
    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    if relevance.relevant:
        found = desk.finder.mentions(article.title, article.text, article.language, span=article.statement)
        mentions = numbered(found, desk.parties)
        sketch = grouping.fingerprint(article.statement_text, article.language, desk.stock, desk.parties)
        numbers, names = grouping.evidence(article.statement_text, article.language, desk.stock)
    return Reading(article, relevance, mentions, sketch, numbers, names, fetched_at, first_seen_at, not_seen_before_at, RULES)


def store(rooms: Rooms, reading: Reading, *, capture_id: int | None = None) -> int | None:
    """Store a relevant article unless its address is known; part of the transaction in hand. Return its id, or None."""
    if not reading.relevance.relevant or articles.find(rooms.store, reading.article.canonical_url or reading.article.url):
        return None
    number = articles.add(rooms.store, reading, capture_id=capture_id)
    flagging.note(rooms, number, reading)
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


def conclude(rooms: Rooms, article_ids: Sequence[int], *, alert: bool, lost: frozenset[str] | None = None) -> Concluded:
    """Group the articles with all that is in reach, name their initiatives, raise flags and alerts; part of the transaction in hand.

    ``lost`` is given after an edit: the initiatives of the registry of which it took mentions out.
    """
    if not article_ids:
        return Concluded()
    reviews = groups.reviews(rooms.store)
    near = groups.in_reach(rooms.store, article_ids, groups.keys_of(rooms.store, article_ids))
    parts = grouping.affected(near, frozenset(article_ids), groups.settled(rooms.store, near), reviews)
    events = sorted((event for part in parts for event in grouping.regroup(part, reviews)), key=grouping.listed)
    applied = groups.apply(rooms.store, events, [numbers for part in parts for numbers in grouping.components(part)])
    groups.take_part(rooms.store, applied.statements)
    changed = Changed(applied.statements)
    if lost is not None or initiatives.named(rooms.store, applied.statements):
        changed = _named(rooms, applied.statements, reviews, lost or frozenset())
    worded = comparing.follow(rooms, applied.statements)
    others = flagging.follow(rooms, replace(changed, chains=worded.chains), reviews)
    dropped = alerts.follow(rooms.store, rooms.config.alerts.max_age_hours)
    flags = changed.written.flags
    told = _raise_alerts(rooms, applied.new, flags, (*worded.flags, *others)) if alert else Concluded()
    return replace(told, statements=applied.new, flags=flags, alerts=told.alerts - dropped)


def standing(rooms: Rooms, told: Concluded) -> Concluded:
    """Return what of it stands after the last article: statements that became one with others, and flags that moved, are left out."""
    kept = groups.standing(rooms.store, told.statements)
    return replace(told, statements=kept, flags=initiatives.holding(rooms.store, told.flags))


def _named(rooms: Rooms, statements: Sequence[int], reviews: tuple[Review, ...], lost: frozenset[str]) -> Changed:
    """Conclude what initiatives are named, of those of which these statements can change it, each with all its mentions; flag the new ones."""
    store, resolver = rooms.store, rooms.desk.resolver
    touched = initiatives.touched(store, statements, lost)
    seen = initiatives.in_reach(store, reach(resolver, initiatives.loose(store), initiatives.translations(store), touched, reviews))
    found = resolver.found(seen, reviews)
    written = initiatives.apply(store, found, firsts(found, seen, rooms.config.registry), seen, lost=lost)
    kin.follow(rooms, [one.mention_id for one in seen])
    return Changed(statements, found, seen, written)


def _raise_alerts(rooms: Rooms, statements: Sequence[int], flags: Sequence[int], others: Sequence[int]) -> Concluded:
    """Alert what is young enough by its own date; count what is not, so that it can be said (only statements and new initiatives are counted
    as findings). Of the other flags the strongest kind comes first: of an initiative and event one alone is told."""
    counted = [_tell(rooms, alerts.of_statement(rooms.store, number)) for number in statements]
    flagged = [_tell(rooms, alerts.of_flag(rooms.store, number)) for number in flags]
    sources.add_to(rooms.store, HELD_STATEMENTS, counted.count(None))
    sources.add_to(rooms.store, HELD_INITIATIVES, flagged.count(None))
    told = [*counted, *flagged]
    beside = [_tell(rooms, alerts.of_flag(rooms.store, number)) for number in alerts.strongest_first(rooms.store, others)]
    return Concluded(alerts=sum(one is True for one in (*told, *beside)), held_back=told.count(None))


def _tell(rooms: Rooms, made: tuple[Alert, str] | None) -> bool | None:
    """Raise an alert; True where it is new, False where it was raised before, None where its finding is too old."""
    if made is None:
        return False
    alert, date = made
    if alerts.raised(rooms.store, alert.key) or alerts.covered(rooms.store, alert):
        return False
    grace = waking.grace_hours(rooms)
    if date and entries.older_than(date, rooms.config.alerts.max_age_hours + grace, rooms.store.now()):
        return None
    return alerts.raise_once(rooms.store, replace(alert, grace_hours=grace))
