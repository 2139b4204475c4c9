"""A dry poll: what a source would bring, and its first article as it would be read; nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from threading import Event
from typing import Any

from scraper.errors import DiscoverError, ExtractError, FetchError
from scraper.fetch import Fetcher
from scraper.jobs import inspection
from scraper.jobs.corridor import PAGE_TYPES
from scraper.jobs.rooms import Desk
from scraper.jobs.survey import outcome_of
from scraper.model.article import Article
from scraper.model.catalogue import Expected, Records
from scraper.model.moment import utc
from scraper.model.source import Discovery, Entry, Page, Source, SourceState
from scraper.stages import discover, drift, extract
from scraper.stages.relevance.interest import of_interest
from scraper.stages.vouch import vouch

ABREAST = 12
"""Sources that are asked at a time; those of one host wait for each other all the same."""

SHOWN = 300
"""Characters of the first article's text that are shown."""

_KEPT = {"full": "its whole text, {0} characters", "excerpt": "{1} characters of its text", "link": "none of its text"}
_EXCERPT = 300
_UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Look:
    """What a source answers now: its outcome out of OUTCOMES, in ``error`` why it is none that vouches, the page, and what it held.

    ``late`` tells that there was no time to wait for the answer.
    """

    source: Source
    outcome: str
    error: str = ""
    page: Page | None = None
    found: Discovery | None = None
    late: bool = False

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries, none where it failed."""
        return self.found.entries if self.found else ()

    @property
    def newest(self) -> str:
        """When the newest entry was published; empty where none is dated."""
        return max((entry.published.at for entry in self.entries if entry.published), default="")


def looks(fetcher: Fetcher, chosen: Sequence[Source], clock: Callable[[], datetime], *, patience: float, ending: Event) -> list[Look]:
    """Return what the sources answer, in their order, many hosts asked at a time.

    After ``patience`` seconds ``ending``, which wakes the client's waiting threads, is set and the client closed: what has not answered by then is ``late``, and nothing can be fetched any more.
    """
    with ThreadPoolExecutor(ABREAST, thread_name_prefix="look") as pool:
        asked = [pool.submit(look, fetcher, source, clock) for source in chosen]
        done, waiting = wait(asked, timeout=patience)
        if waiting:
            ending.set()
            fetcher.close()
        late = f"no answer within {patience:.0f} seconds, in which all sources were asked"
        return [
            future.result() if future in done else Look(source, "timeout", late, late=True)
            for source, future in zip(chosen, asked, strict=True)
        ]


def look(fetcher: Fetcher, source: Source, clock: Callable[[], datetime]) -> Look:
    """Ask one source as its first poll would; of an index the first part is read. A failure is an outcome with a sentence."""
    page = None
    try:
        page = fetcher.get(discover.address(source, utc(clock())), source=source, accept=discover.accept(source.kind))
        found = discover.discover(page, source)
        if not found.entries and found.more:
            part = discover.discover(fetcher.get(found.more[0], source=source, accept=discover.accept(source.kind)), source)
            found = replace(part, notes=(*found.notes, *part.notes))
    except (FetchError, DiscoverError) as error:
        return Look(source, outcome_of(error.code), str(error), page)
    outcome, why = vouch(clock(), source, SourceState(source.id), found.entries, searched=found.searched)
    return Look(source, outcome, why, page, found)


def run(
    desk: Desk, fetcher: Fetcher, chosen: Iterable[Source], clock: Callable[[], datetime], records: Records | None = None
) -> Iterator[dict[str, Any]]:
    """Yield for each source, in their order, its outcome, what robots.txt says of it, its entries and the notes on them, and its first article with
    what would be stored of it; a failure is an outcome with a sentence. Sources of different hosts are asked side by side.

    Where ``records`` holds what is expected of a source, ``recorded`` is true and ``drift`` lists how it differs (see ``stages.drift``):
    part, selector, sentence. What gave no page has no drift: its outcome says why.
    """
    known = records or {}
    with ThreadPoolExecutor(ABREAST, thread_name_prefix="check") as pool:
        yield from pool.map(lambda source: _compared(_check(desk, fetcher, source, clock), source, known.get(source.id)), tuple(chosen))


def _compared(checked: _Checked, source: Source, expected: Expected | None) -> dict[str, Any]:
    """The row of a source with how it differs from its record."""
    found = checked.seen.found
    # A search that finds nothing is an answer.
    rotten = drift.compare(source, found.entries, found.notes, expected) if expected and found and not found.searched else ()
    if expected and checked.extractor:
        rotten += drift.body(source, checked.extractor)
    return checked.row | {"recorded": expected is not None, "drift": [asdict(one) for one in rotten]}


@dataclass(frozen=True, slots=True)
class _Checked:
    """A row, the answer it was made of, and what found the first article's text on its page (empty where no page was read)."""

    row: dict[str, Any]
    seen: Look
    extractor: str = ""


def _check(desk: Desk, fetcher: Fetcher, source: Source, clock: Callable[[], datetime]) -> _Checked:
    seen = look(fetcher, source, clock)
    manners = robots(desk, fetcher, source, discover.address(source, utc(clock())))
    if manners.startswith(_UNREACHABLE) and seen.outcome in ("dns", "tls", "timeout"):
        manners = f"{_UNREACHABLE}, as the source itself"
    row: dict[str, Any] = {
        "source": source.id, "outcome": seen.outcome, "robots": manners, "entries": len(seen.entries), "error": seen.error,
        "notes": list(seen.found.notes) if seen.found else [], "newest": seen.newest, "first_title": "", "first_url": "",
    }  # fmt: skip
    if not seen.entries:
        return _Checked(row, seen)
    to_read = [entry for entry in seen.entries if _promising(desk, entry, source)]
    first = (*to_read, *seen.entries)[0]
    row |= {"to_read": len(to_read), "first_title": first.title, "first_url": first.url}
    told, extractor = _first(desk, fetcher, source, first, clock)
    return _Checked(row | told, seen, extractor)


def robots(desk: Desk, fetcher: Fetcher, source: Source, url: str) -> str:
    """Return in words what the robots.txt of an address says of it: allowed, disallowed and by which rule, how long to wait between
    requests, or that it could not be read."""
    if not desk.config.fetch.robots:
        return "not asked: switched off by robots = false"
    try:
        rules = fetcher.rules(url, source=source)
    except FetchError as error:
        return f"{_UNREACHABLE}: {error.code}: {error}"
    if rules.reason:
        return f"{_UNREACHABLE}, so that nothing may be fetched for now: {rules.reason}"
    if not rules.allows(url):
        return f"disallowed{rules.forbidding(url)}"
    delay = f", crawl-delay {rules.delay:g} seconds" if rules.delay else ""
    return f"allowed{delay}" if rules.parsed else "allowed: there is no robots.txt"


def _promising(desk: Desk, entry: Entry, source: Source) -> bool:
    """Whether a poll would read the entry's page."""
    return source.official or of_interest(entry.title, entry.summary, desk.parties)


def _first(desk: Desk, fetcher: Fetcher, source: Source, entry: Entry, clock: Callable[[], datetime]) -> tuple[dict[str, Any], str]:
    """The first article that a poll would read (where it would pass all over, the first of them), and what found its text."""
    try:
        article = _article(fetcher, source, entry, clock)
    except ExtractError as error:
        return _unread(error, "nothing; it is tried again later"), ""
    except FetchError as error:
        barred = error.code == "robots" and error.retry_after is None
        return _unread(error, "nothing of it: robots.txt stands against it" if barred else "nothing; it is tried again later"), ""
    answers = inspection.answers(desk, article)
    relevant = bool(answers["relevant"])
    told = {
        "article": f"{len(article.text)} characters by {article.extractor}",
        "title": article.title, "published": answers["published"], "language": article.language, "text": article.text[:SHOWN],
        "relevant": f"{relevant} ({answers['score']:.2f})", "reasons": answers["reasons"],
        "stored": _stored(desk, source, entry, article, answers),
    }  # fmt: skip
    return told, "" if _by_itself(source, entry) else article.extractor


def _unread(error: FetchError | ExtractError, stored: str) -> dict[str, Any]:
    return {"article": f"cannot be read: {error.code}: {error}", "stored": stored}


def _stored(desk: Desk, source: Source, entry: Entry, article: Article, answers: dict[str, Any]) -> str:
    """What a poll would keep of an article, in words."""
    if not _promising(desk, entry, source):
        return "the entry alone: title and summary name none of what is watched, so that its page would not be read"
    if not answers["relevant"]:
        return "the entry alone: it is not relevant"
    size = len(article.text)
    kept = _KEPT[article.store].format(size, min(size, _EXCERPT))
    parts = [answers["kind"], answers["relation"], answers["level"], answers["date"], answers["place"]]
    named = ", ".join(dict.fromkeys(found["name"] for found in answers["initiatives"]))
    return f"an article ({', '.join(filter(None, parts))}) with {kept}; initiatives: {named or 'none'}"


def _article(fetcher: Fetcher, source: Source, entry: Entry, clock: Callable[[], datetime]) -> Article:
    if _by_itself(source, entry):
        return extract.from_entry(entry, source, utc(clock()))
    return extract.extract(fetcher.get(entry.url, source=source, accept=PAGE_TYPES), entry, source)


def _by_itself(source: Source, entry: Entry) -> bool:
    """Whether the entry is read from the source's own page."""
    return source.follow == "never" or (source.full_text and bool(entry.html))
