"""Postings: which articles hold a hash; the index by which copies are found, derived from the articles' sketches.

The sketch in an article's row is the truth. Postings are made from it in the order of their hashes, for as many articles at a time as
wait, and the mark :data:`MARK` says up to which article that was done; both are written in one transaction. So a crash loses none: the
articles above the mark wait still, and the next look-up makes theirs. Ids of articles rise, and no article is ever deleted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final

from scraper.model.grouping import SAMPLE, SAMPLED_BELOW, sample
from scraper.storage import sources
from scraper.storage.articles import unpack
from scraper.storage.store import Store, translated

MARK: Final = "postings:1"
"""The name of the mark; its value is an article's id. The number rises when :func:`sample` changes, so that all are made again."""

ROUND: Final = 50_000
"""Articles whose postings are sorted together, in a temporary file: the more, the fewer pages of the index are written twice."""

_SIGN: Final = 1 << 63
_HEAD: Final = 8 * 3 * SAMPLE
"""Bytes at the beginning of a sketch that mostly hold its sample."""

_WAITING: Final = "SELECT id, coalesce(substr(sketch, 1, ?), x''), length(sketch) FROM articles WHERE id > ? ORDER BY id LIMIT ?"
_FRESH: Final = "CREATE TEMP TABLE IF NOT EXISTS fresh_postings (hash INTEGER, article_id INTEGER)"
_GIVEN: Final = "INSERT INTO fresh_postings SELECT value, ? FROM json_each(?)"
_SORTED: Final = "INSERT OR IGNORE INTO postings SELECT hash, article_id FROM fresh_postings ORDER BY hash, article_id"
_NEAR: Final = """SELECT p.article_id AS id, count(*) AS hits FROM json_each(?) h CROSS JOIN postings p ON p.hash = h.value
  GROUP BY p.article_id ORDER BY hits DESC, p.article_id LIMIT ?"""


def catch_up(store: Store, *, most: int = ROUND) -> int:
    """Make the postings of all articles that wait for them, ``most`` at a time; part of the transaction in hand, else each round is one.

    Return how many articles that were.
    """
    made = 0
    while waiting(store):
        with store.transaction():
            made += _round(store, most)
    return made


def waiting(store: Store) -> bool:
    """Tell whether any article waits for its postings."""
    row = store.row("SELECT coalesce(max(id), 0) AS last FROM articles")
    return row is not None and row["last"] > _mark(store)


def near(store: Store, sketch: Sequence[int], *, limit: int = -1) -> tuple[tuple[int, int], ...]:
    """Return the articles that hold a hash of the sample of a sorted ``sketch``, each with how many, most first, at most ``limit``.

    Articles that wait for their postings are not among them: see :func:`catch_up`.
    """
    return tuple((row["id"], row["hits"]) for row in store.rows(_NEAR, (_given(sample(sketch)), limit)))


def holding(store: Store, article_ids: Iterable[int]) -> frozenset[int]:
    """Return the articles that hold a hash of the samples of the given ones, themselves among them; postings are caught up first."""
    catch_up(store)
    rows = store.rows("SELECT sketch FROM articles WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(sorted(article_ids)),))
    values = {value for row in rows for value in sample(unpack(row["sketch"]))}
    found = store.rows(
        "SELECT DISTINCT p.article_id AS id FROM json_each(?) h CROSS JOIN postings p ON p.hash = h.value", (_given(sorted(values)),)
    )
    return frozenset(row["id"] for row in found)


def follow(store: Store, article_id: int, before: bytes, after: bytes) -> None:
    """Let the postings of an article follow its sketch, which was ``before`` and is ``after``; part of the transaction in hand."""
    if before == after or article_id > _mark(store):
        return
    gone, new = (_given(sample(unpack(blob))) for blob in (before, after))
    store.write("DELETE FROM postings WHERE article_id = ? AND hash IN (SELECT value FROM json_each(?))", (article_id, gone))
    store.write("INSERT OR IGNORE INTO postings SELECT value, ? FROM json_each(?)", (article_id, new))


def rebuild(store: Store) -> int:
    """Make all postings again from the sketches, a round at a time; return of how many articles. A crash leaves the rest waiting."""
    with store.transaction():
        store.write("DELETE FROM postings")
        sources.mark(store, MARK, "0")
    return catch_up(store)


def _mark(store: Store) -> int:
    return int(sources.marked(store, MARK) or 0)


def _round(store: Store, most: int) -> int:
    """Make the postings of the articles next above the mark, and move it."""
    mark, done, last = _mark(store), 0, 0
    with translated(store.path):
        store.db.conn.execute(_FRESH)
        rows = store.db.conn.execute(_WAITING, (_HEAD, mark, most))
        for done, (last, head, length) in enumerate(rows, 1):  # noqa: B007  counted for the answer
            store.db.conn.execute(_GIVEN, (last, _given(_sampled(store, last, head, length))))
        store.db.conn.execute(_SORTED)
        store.db.conn.execute("DELETE FROM fresh_postings")
    if last:
        sources.mark(store, MARK, str(last))
    return done


def _sampled(store: Store, article_id: int, head: bytes, length: int) -> tuple[int, ...]:
    """The sample of a sketch of ``length`` bytes that begins with ``head``; a sketch is sorted, so the rest is rarely read."""
    seen = unpack(head)
    values = sample(seen)
    if len(head) == length or (len(values) >= SAMPLE and seen[-1] >= SAMPLED_BELOW and not any(value & 1 for value in values)):
        return values
    (whole,) = store.db.conn.execute("SELECT sketch FROM articles WHERE id = ?", (article_id,)).fetchone()
    return sample(unpack(whole))


def _given(values: Sequence[int]) -> str:
    """Hashes as JSON; SQLite's integers have a sign."""
    return str([value if value < _SIGN else value - 2 * _SIGN for value in values])
