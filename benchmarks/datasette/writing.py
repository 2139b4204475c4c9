"""Writes to a database as the daemon does, through the product's own storage: a process that goes on until its input ends.

``python -m benchmarks.datasette.writing HOME TRANSACTIONS_A_SECOND``; each line on standard input is answered with the figures since the last.
"""

from __future__ import annotations

import itertools
import json
import select
import statistics
import sys
import time
from collections.abc import Sequence
from typing import Any

from benchmarks.datasette.texts import introduced, written
from benchmarks.datasette.watch import headline
from benchmarks.datasette.words import LANGUAGES, drawn, tongue
from scraper import app
from scraper.config import Config
from scraper.jobs.signs import HEARTBEAT, LAST_TICK
from scraper.model.article import Article, Relevance
from scraper.model.grouping import EventGroup, Placement, StatementGroup
from scraper.model.initiative import Mention
from scraper.model.moment import Moment
from scraper.model.source import Capture, Entry, Poll, Source
from scraper.storage import articles, entries, groups, sources
from scraper.storage.entries import Fate
from scraper.storage.store import Store

NEW = 10
"""Entries that a poll finds."""
_RATE = 2
"""One transaction in so many stores an article."""


def main(arguments: Sequence[str]) -> int:
    """Write until standard input ends."""
    place = app.home(arguments[0], None, None, {})
    config, pause = app.configuration(place, {}), 1 / float(arguments[1])
    with Store(place.database, app.now) as store:
        print(json.dumps({"ready": True}), flush=True)
        took: dict[str, list[float]] = {"poll": [], "article": []}
        due = time.monotonic()
        for number in itertools.count():
            if _asked(due - time.monotonic()) and not _answered(took):
                return 0
            due = max(due + pause, time.monotonic() - 1)
            kind = "article" if number % _RATE else "poll"
            began = time.perf_counter()
            _written(store, config, number, kind)
            took[kind].append((time.perf_counter() - began) * 1000)
    return 0


def _asked(patience: float) -> bool:
    """Wait so many seconds, at most until somebody asks."""
    return bool(select.select([sys.stdin], [], [], max(0.0, patience))[0])


def _answered(took: dict[str, list[float]]) -> bool:
    """Answer a line; False where the input has ended."""
    if not sys.stdin.readline():
        return False
    told: dict[str, Any] = {"transactions": sum(map(len, took.values()))}
    told |= {f"{kind}_ms": round(statistics.median(some), 2) if some else None for kind, some in took.items()}
    print(json.dumps(told), flush=True)
    for some in took.values():
        some.clear()
    return True


def _written(store: Store, config: Config, number: int, kind: str) -> None:
    """One transaction: a poll with its entries, or an article with everything that is concluded from it."""
    chance, at = drawn(f"writing {time.time_ns()} {number}"), store.now()
    source = config.sources[number % len(config.sources)]
    with store.transaction():
        sources.mark(store, HEARTBEAT, at)
        sources.mark(store, LAST_TICK, at)
        if kind == "article":
            _article(store, source, number, f"{chance.getrandbits(48):x}")
        else:
            sources.record(store, Poll(source.id, at, at, "ok", 200, NEW, NEW, next_poll_at=at))
            found = [_entry(source, headline(chance, place), f"{chance.getrandbits(48):x}", at) for place in range(NEW)]
            entries.append(store, found, Fate("not_read", "neither title nor summary names what is watched"), not_seen_before_at=at)


def _entry(source: Source, title: str, key: str, at: str) -> Entry:
    return Entry(source.id, f"https://news.example.org/{key}", title, f"new-{key}", published=Moment(at, "second", at, at[:10]))


def _article(store: Store, source: Source, number: int, key: str) -> None:
    chance, at, code = drawn(f"article {key}"), store.now(), LANGUAGES[number % 3]
    text = introduced(tongue(code), number, written(chance, code, [("", "Trilateral Dialogue")]))
    place = text.places[0]
    url = f"https://news.example.org/{key}"
    moment = Moment(at, "second", at, at[:10])
    mention = Mention(place.name, place.start, place.end, "text", place.sentence, code, rule="known/1", cue="", status="reaffirmed")
    made = Article(
        url,
        headline(chance, number),
        text.text,
        code,
        moment,
        (0, len(text.text)),
        canonical_url=url,
        source_id=source.id,
        publisher=source.publisher,
    )
    judged = Relevance(True, 1.0, ("the title names the parties together",), date=at[:10], level="officials")
    hashes = tuple(sorted(chance.getrandbits(64) for _ in range(200)))
    page = Capture(
        url=url, fetched_at=at, status=200, content_type="text/html", file="kept-1.warc.gz", offset=0, length=8000, digest=key, kept=True
    )
    capture = entries.capture(store, page)
    article = articles.add(store, articles.Reading(made, judged, (mention,), hashes, (), (), at, at), capture_id=capture)
    keys = frozenset({f"d:{at[:10]}"})
    articles.add_keys(store, article, keys)
    entries.record(store, _entry(source, made.title, key, at), Fate("relevant", "", article, capture), not_seen_before_at=at)
    groups.in_reach(store, [article], frozenset({f"new:{key}"}))
    placed = Placement(article, "report", "report", 1.0, "primary text not yet seen")
    statement = StatementGroup(made.title, "report", "", at[:10], "officials", "", article, True, (placed,))
    groups.apply(store, [EventGroup(made.title, at[:10], "", "officials", (statement,))], [[article]])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
