"""Our index of copies as a class that takes texts and gives keys back: the product's sketches, its database and its decision."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import scraper
from benchmarks.copies.measuring import serve
from scraper import app
from scraper.model.grouping import Sighting
from scraper.stages.grouping import fingerprint
from scraper.stages.grouping.link import same_text
from scraper.stages.grouping.occasion import occasion_of
from scraper.stages.grouping.overlap import overlap
from scraper.storage import articles, postings
from scraper.storage.store import Store

BATCH: Final = 500
"""Documents in one transaction."""
CHECKED: Final = 10
"""Candidates whose whole sketch is compared, those that share most hashes first."""
FEWEST: Final = 2
"""Hashes that a candidate shares: a single one is chance."""

_ROW: Final = """INSERT INTO articles (id, url, canonical_url, publisher, party, official, title, language, fetched_at, first_seen_at, marked,
  extractor, score, reasons, kind, side, level, date, date_stated, place, participants, rules, length, sketch, numbers, names)
  VALUES (?1, ?1, ?1, '', '', 0, '', 'en', '', '', 0, 'text', 1, '[]', '', '', '', '', 0, '', '[]', '', ?2, ?3, '[]', '[]')"""


class Index:
    """A database of its own in a temporary folder: ``add`` stores, the first ``query`` closes and opens it, with all postings made.

    A document is an article's row that says nothing but its sketch. Two are copies where grouping says so of texts without dates.
    """

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="copies-")
        config = app.configuration(app.home(None, None, None, {}), {})
        desk = app.desk(config)
        self._stock, self._parties = desk.stock, desk.parties
        self._batch: list[tuple[int, int, bytes]] = []
        self._added = 0
        self._closed = False
        self._store = self._open()

    def _open(self) -> Store:
        return Store(Path(self._folder.name) / "copies.db", lambda: datetime(2030, 1, 1, tzinfo=UTC))

    def add(self, key: int, text: str) -> None:
        """Store a document under a key."""
        self._batch.append((key + 1, len(text), articles.pack(self._sketch(text))))
        if len(self._batch) >= BATCH:
            self._write()

    def query(self, text: str) -> list[int]:
        """Return the keys of the documents that ``text`` is a copy of, or the other way round."""
        if not self._closed:
            self.finish()
        sketch = self._sketch(text)
        asked = _sighting(0, sketch)
        near = [number for number, hits in postings.near(self._store, sketch, limit=CHECKED) if hits >= FEWEST]
        return [number - 1 for number in near if _same(asked, _sighting(number, self._kept(number)))]

    def finish(self) -> None:
        """Write what is left, make the postings that wait, close the database and open it again."""
        self._write()
        postings.catch_up(self._store)
        self._store.close()
        self._store = self._open()
        self._closed = True

    def _sketch(self, text: str) -> tuple[int, ...]:
        return fingerprint(text, "en", self._stock, self._parties)

    def _write(self) -> None:
        with self._store.transaction():
            self._store.db.conn.executemany(_ROW, self._batch)
        self._added += len(self._batch)
        self._batch = []
        if self._added >= postings.ROUND:
            postings.catch_up(self._store)
            self._added = 0

    def _kept(self, number: int) -> tuple[int, ...]:
        (sketch,) = self._store.db.conn.execute("SELECT sketch FROM articles WHERE id = ?", (number,)).fetchone()
        return articles.unpack(sketch)


def _sighting(number: int, sketch: tuple[int, ...]) -> Sighting:
    return Sighting(number, "", "", "en", "", False, "", "", "", "", "", False, "", "", "", 0, False, sketch)


_UNKNOWN: Final = occasion_of(_sighting(0, ()))


def _same(one: Sighting, other: Sighting) -> bool:
    return same_text(overlap(one, other), (one, other), (_UNKNOWN, _UNKNOWN))


if __name__ == "__main__":
    serve(Index, scraper.__version__)
