"""Import: JSON Lines, HTML and WARC files through the same stages as a poll; idempotent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scraper import archive
from scraper.errors import ExtractError, InputError
from scraper.jobs.rooms import Desk, Rooms
from scraper.jobs.take import Concluded, conclude, read, standing, store
from scraper.model.article import Article
from scraper.model.moment import utc
from scraper.stages import extract
from scraper.urls import host, registrable

BATCH = 200
"""Articles stored and concluded from in one transaction."""


@dataclass(frozen=True, slots=True)
class Refused:
    """What could not be taken in: where (file and line or address) and why."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: articles read, of these relevant, of these new; what was refused; what came of it."""

    read: int
    relevant: int
    new: int
    refused: tuple[Refused, ...]
    concluded: Concluded


def run(rooms: Rooms, paths: Iterable[Path], *, alert: bool = False) -> Imported:
    """Import files; a line or page that cannot be read is refused by name and the rest goes in."""
    refused: list[Refused] = []
    total = relevant = new = 0
    concluded = Concluded()
    batch: list[Article] = []
    for article in _articles(rooms, paths, refused):
        batch.append(article)
        if len(batch) >= BATCH:
            more = _store(rooms, batch, alert=alert)
            total, relevant, new, concluded = total + len(batch), relevant + more[0], new + more[1], concluded + more[2]
            batch = []
    more = _store(rooms, batch, alert=alert)
    return Imported(total + len(batch), relevant + more[0], new + more[1], tuple(refused), standing(rooms, concluded + more[2]))


def _store(rooms: Rooms, batch: list[Article], *, alert: bool) -> tuple[int, int, Concluded]:
    now = utc(rooms.clock())
    readings = [read(rooms.desk, article, fetched_at=now, first_seen_at=now) for article in batch]
    with rooms.store.transaction():
        numbers = [number for reading in readings if (number := store(rooms, reading)) is not None]
        concluded = conclude(rooms, numbers, alert=alert)
    return sum(reading.relevance.relevant for reading in readings), len(numbers), concluded


def _articles(rooms: Rooms, paths: Iterable[Path], refused: list[Refused]) -> Iterator[Article]:
    for path in paths:
        try:
            yield from _of_file(rooms, path, refused)
        except (InputError, ExtractError) as error:
            refused.append(Refused(path.name, str(error)))
        except OSError as error:
            refused.append(Refused(path.name, error.strerror or "cannot be read"))


def _of_file(rooms: Rooms, path: Path, refused: list[Refused]) -> Iterator[Article]:
    name = path.name.lower()
    if name.endswith((".warc", ".warc.gz")):
        yield from _of_warc(rooms, path, refused)
    elif name.endswith((".html", ".htm", ".xhtml", ".pdf", ".hwpx", ".docx", ".hwp")):
        yield owned(rooms.desk, extract.from_html(url=path.resolve().as_uri(), html=path.read_bytes()))
    else:
        yield from _of_lines(rooms, path, refused)


def _of_warc(rooms: Rooms, path: Path, refused: list[Refused]) -> Iterator[Article]:
    for page in archive.pages(path):
        try:
            yield owned(rooms.desk, extract.extract(page))
        except ExtractError as error:
            refused.append(Refused(page.url, str(error)))


def _of_lines(rooms: Rooms, path: Path, refused: list[Refused]) -> Iterator[Article]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield owned(rooms.desk, _of_record(_record(line)))
            except (InputError, ExtractError) as error:
                refused.append(Refused(f"{path.name}, line {number}", str(error)))


def _record(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError("this is no JSON") from error
    if not isinstance(record, dict):
        raise InputError("this is no JSON object")
    wrong = [key for key in ("url", "title", "date", "language", "text", "html") if not isinstance(record.get(key), str | None)]
    if wrong:
        raise InputError(f"{wrong[0]} is no string")
    if not record.get("url") or not (record.get("text") or record.get("html")):
        raise InputError("url and one of text and html are needed")
    return record


def _of_record(record: dict[str, Any]) -> Article:
    given = {key: record.get(key) or "" for key in ("title", "date", "language")}
    if record.get("text"):
        return extract.from_text(url=record["url"], text=record["text"], **given)
    return extract.from_html(url=record["url"], html=record["html"], **given)


def owned(desk: Desk, article: Article) -> Article:
    """Return an article that came without a source with the publisher and party that its host tells."""
    name = host(article.url)
    party = article.party or desk.parties.party_of(name)
    return replace(
        article, party=party, official=article.official or bool(party), publisher=article.publisher or registrable(article.url) or "local"
    )
