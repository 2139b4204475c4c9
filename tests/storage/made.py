"""Rows made by hand: readings, groups and names as the stages would have made them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from scraper.model.article import Article, Participant, Relevance
from scraper.model.grouping import EventGroup, Placement, StatementGroup
from scraper.model.initiative import Flag, Found, Mention
from scraper.model.moment import Moment
from scraper.model.source import Poll, Source
from scraper.storage import articles, groups
from scraper.storage.articles import Reading
from scraper.storage.store import Store

START = datetime(2026, 7, 9, 12, 0, tzinfo=UTC)
AT = "2026-07-09T12:00:00Z"


@dataclass
class Clock:
    """A clock that only moves when told to."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass(frozen=True)
class Text:
    """An article in short; ``name`` is an initiative that its text names."""

    url: str
    title: str = "Joint Statement"
    text: str = "The ministers met. They announced the Harbour Initiative. They parted."
    name: str = ""
    store: str = "full"
    language: str = "en"
    official: bool = True
    party: str = "US"
    published: Moment | None = field(default_factory=lambda: Moment("2026-07-08T09:00:00Z", "second", "raw", "2026-07-08"))
    people: tuple[Participant, ...] = ()
    source: str = ""
    sketch: tuple[int, ...] = (1, 2, 3)


def reading(made: Text) -> Reading:
    """The reading of a text."""
    article = Article(
        made.url, made.title, made.text, made.language, made.published, (0, len(made.text)), canonical_url=made.url, source_id=made.source,
        publisher="Ministry", party=made.party, official=made.official, extractor="text", store=made.store,
    )  # fmt: skip
    judged = Relevance(True, 0.9, ("because",), "joint_statement", "joint", "foreign_ministers", "2026-07-08", True, "Seoul", made.people)
    return Reading(article, judged, mentions(made), made.sketch, ("3",), ("Kim",), AT, AT)


def mentions(made: Text) -> tuple[Mention, ...]:
    """The mention of the text's initiative, in the title where it stands only there."""
    if not made.name:
        return ()
    where = "text" if made.name in made.text else "title"
    start = (made.text if where == "text" else made.title).index(made.name)
    sentence = "They announced the Harbour Initiative." if where == "text" else made.title
    return (Mention(made.name, start, start + len(made.name), where, sentence, made.language, "", "head", "announced", "announced", 0.9),)


def add(store: Store, *texts: Text) -> list[int]:
    """Store texts; return the ids of the articles."""
    with store.transaction():
        return [articles.add(store, reading(text)) for text in texts]


def statement(*ids: int, title: str = "Joint Statement", placeholder: bool = False, date: str = "2026-07-08") -> StatementGroup:
    """A statement of these articles."""
    placed = tuple(Placement(number, "original" if number == ids[0] else "copy", "official", 1.0, "why") for number in ids)
    return StatementGroup(title, "joint_statement", "joint", date, "foreign_ministers", "Seoul", ids[0], placeholder, placed)


def event(*statements: StatementGroup, name: str = "Foreign ministers, Seoul, 2026-07-08") -> EventGroup:
    """An event of these statements."""
    return EventGroup(name, "2026-07-08", "Seoul", "foreign_ministers", statements)


def apply(store: Store, *events: EventGroup) -> groups.Applied:
    """Apply one grouping, each event a component."""
    parts = [[placed.article_id for one in made.statements for placed in one.placements] for made in events]
    with store.transaction():
        return groups.apply(store, events, parts)


def found(slug: str, mention_ids: Sequence[int], *, name: str = "", known: bool = False) -> Found:
    """An initiative concluded from mentions, the first of them the earliest."""
    called = name or slug.replace("-", " ").title()
    return Found(
        slug, called, "initiative", "trilateral-government", "announced", known, ((called, "en"),), tuple(mention_ids), mention_ids[0]
    )


def flag(slug: str, mention_id: int, statement_id: int) -> Flag:
    """A flag for a new initiative."""
    return Flag("new_initiative", "in_our_data", slug, mention_id, statement_id, "one name, not known", 0.8)


def source(number: str = "one", **changed: object) -> Source:
    """A source."""
    values = {"publisher": "Ministry", "official": True, "party": "US", **changed}
    return Source(id=number, name=f"Source {number}", kind="feed", url=f"https://{number}.example/feed", **values)  # type: ignore[arg-type]


def poll(outcome: str = "ok", *, at: str = AT, number: str = "one", **changed: object) -> Poll:
    """A poll that took no time."""
    return Poll(number, at, at, outcome, **changed)  # type: ignore[arg-type]
