"""Conclusions drawn once more: a copy that leaves no trace, dropping what was concluded there, and writing what is judged otherwise now."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Final

from scraper.errors import DatabaseFull, NotFound
from scraper.model.article import Article
from scraper.model.revision import RULES
from scraper.storage import articles, history, postings, revisions, sources
from scraper.storage.articles import Reading
from scraper.storage.store import Row, Store, copy_to, translated

SUFFIX: Final = ".replay"
"""Ends the name of a copy, which must not end as a database does: what serves a folder of databases would serve it too."""

_SPARE: Final = 32_000_000
"""Bytes that must be free beside the copy itself."""

_DROPPED: Final = (
    "flags", "observations", "formulae", "wordings", "participants", "statements_fts", "statements", "events", "article_keys", "postings", "silences",
    "initiative_links",
)  # fmt: skip
_FORMER: Final = """(SELECT coalesce(x.new_id, m.initiative_id) FROM mentions m LEFT JOIN aliases x ON x.kind = 'initiative' AND x.old_id = m.initiative_id
  WHERE m.revision_id IS NOT NULL AND m.initiative_id IS NOT NULL)"""
"""What was named where an edit took it out: what that was called is all that is left of it."""
_UNTOLD: Final = (
    "DELETE FROM aliases WHERE kind <> 'initiative'",
    f"DELETE FROM initiatives WHERE known = 0 AND id NOT IN {_FORMER}",
    "UPDATE initiatives SET gone_at = coalesce(gone_at, '-') WHERE known = 0",
    "DELETE FROM initiative_names WHERE initiative_id NOT IN (SELECT id FROM initiatives)",
    "DELETE FROM initiatives_fts WHERE rowid NOT IN (SELECT rowid FROM initiatives WHERE gone_at IS NULL)",
    "UPDATE initiatives SET first_statement_id = NULL, first_seen_at = NULL",
    "UPDATE initiatives SET status = 'known', reason = '', confidence = 1, nearest = '[]' WHERE known = 1",
    "UPDATE articles SET component = NULL, statement_id = NULL, relation = NULL, grade = NULL, similarity = NULL, reason = NULL",
    "UPDATE mentions SET initiative_id = NULL WHERE revision_id IS NULL",
    "UPDATE history_events SET event_id = NULL",
)
_UNPLACED: Final = """UPDATE articles SET component = NULL, statement_id = NULL, relation = NULL, grade = NULL, similarity = NULL, reason = NULL
  WHERE id = ?"""


def free(folder: Path) -> int:
    """Return the bytes that are free where a folder lies."""
    return shutil.disk_usage(folder).free


@contextmanager
def copied(store: Store, *, spare: Callable[[Path], int] = free) -> Iterator[Store]:
    """Open a copy of a database that is gone when the block is left, and when the process dies, however it dies.

    The copy is written beside the database and unlinked as soon as it is open, so the system frees it; what a process left that was
    killed while it wrote the copy is removed here (the caller holds the lock). ``spare`` says how many bytes a folder has left.
    Raises DatabaseFull where they are too few. References are not enforced in it, and a crash would spoil it: nobody would see that.
    """
    path = store.path.with_name(store.path.name + SUFFIX)
    _sweep(path)
    needed = _occupied(store) * 5 // 4 + _SPARE
    if (left := spare(path.parent)) < needed:
        raise DatabaseFull(f"a copy of {store.path.name} needs {needed // 1_000_000} MB beside it, and {left // 1_000_000} MB are free")
    try:
        with translated(path):
            copy_to(store.db, path)
        copy = Store(path, store.clock)
        with translated(path):
            for setting in ("journal_mode = MEMORY", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -65536"):
                copy.db.conn.execute(f"PRAGMA {setting}")
    finally:
        _sweep(path)
    with copy:
        yield copy


def _occupied(store: Store) -> int:
    row = store.row("SELECT (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size) AS n")
    return int(row["n"]) if row else 0


def _sweep(path: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def drop(copy: Store) -> None:
    """Take every conclusion out of a copy: groups, placements, initiatives that were found, statuses, flags, formulae; keys and postings too."""
    with copy.transaction():
        for table in _DROPPED:
            copy.write(f"DELETE FROM {table}")
        for statement in _UNTOLD:
            copy.write(statement)
        sources.mark(copy, postings.MARK, "")


def forget_registry(copy: Store) -> None:
    """Let no mention in a copy point to a registry: with an empty one every name is a new one, also where the text is not kept."""
    with copy.transaction():
        copy.write("UPDATE mentions SET registry_id = '' WHERE registry_id <> ''")


def rows(store: Store, after: int, limit: int) -> list[Row]:
    """Return the next articles above the id ``after``, in the order in which they arrived."""
    return store.rows("SELECT * FROM articles WHERE id > ? ORDER BY id LIMIT ?", (after, limit))


def row(store: Store, article_id: int) -> Row:
    """Return one article; raises NotFound."""
    found = store.row("SELECT * FROM articles WHERE id = ?", (article_id,))
    if found is None:
        raise NotFound(f"there is no article {article_id}")
    return found


def articles_in(store: Store) -> int:
    """Return how many articles there are."""
    found = store.row("SELECT count(*) AS n FROM articles")
    return int(found["n"]) if found else 0


def batches(store: Store, article_ids: Iterable[int], least: int) -> list[list[int]]:
    """Return articles in batches of ``least`` or more, none of which parts what is in reach of one another by now: so that each group is
    made once."""
    found = store.rows(
        "SELECT id, coalesce(component, id) AS component FROM articles WHERE id IN (SELECT value FROM json_each(?)) ORDER BY 2, 1",
        (json.dumps(list(article_ids)),),
    )
    made: list[list[int]] = []
    for _, members in groupby(found, lambda one: one["component"]):
        if not made or len(made[-1]) >= least:
            made.append([])
        made[-1] += [one["id"] for one in members]
    return made


def article(row: Row) -> Article | None:
    """Return a stored article as it was extracted, or None where its text is not kept whole, so that it cannot be read again."""
    if row["statement_text"] is None:
        return None
    return Article(
        url=row["url"], title=row["title"], text=row["text"] or "", language=row["language"], published=revisions.published(row),
        statement=(row["statement_start"] or 0, row["statement_end"] or 0), marked=bool(row["marked"]), canonical_url=row["canonical_url"],
        source_id=row["source_id"] or "", publisher=row["publisher"], party=row["party"], official=bool(row["official"]),
        extractor=row["extractor"], authors=tuple(json.loads(row["authors"])),
    )  # fmt: skip


def differs(store: Store, row: Row, reading: Reading) -> bool:
    """Tell whether an article is judged otherwise than it is stored, or other names are read in it."""
    if any(row[name] != value for name, value in _judged(reading).items()):
        return True
    standing = store.rows("SELECT * FROM mentions WHERE article_id = ? AND revision_id IS NULL", (row["id"],))
    found = [articles.mention_row(reading, row["id"], mention) for mention in reading.mentions]
    kept = [{name: old[name] for name in old if name not in {"id", "initiative_id", "revision_id"}} for old in standing]
    return sorted(map(_ordered, kept)) != sorted(_ordered({n: v for n, v in new.items() if n != "initiative_id"}) for new in found)


def pointers(store: Store, article_id: int) -> list[Row]:
    """Return where an article speaks of initiatives that it does not name, as it is stored."""
    return store.rows("SELECT sentence, phrase, confidence FROM pointers WHERE article_id = ? ORDER BY sentence, phrase", (article_id,))


def _ordered(mention: Row) -> list[str]:
    return [repr((name, mention[name])) for name in sorted(mention)]


_UNOBSERVED: Final = """DELETE FROM observations WHERE mention_id IN
  (SELECT m.id FROM mentions m JOIN revisions r ON r.id = m.revision_id WHERE m.article_id = ? AND r.kind = ?)"""


def judge(store: Store, row: Row, reading: Reading) -> frozenset[str]:
    """Write what is judged and read in an article by other rules than before; part of the transaction in hand.

    Its text, and which rules took that from the page, stay. Mentions that are still found keep their id, those that went stay with a
    revision of the kind RULES; what was observed by them was not so. Return the ids of the registry whose mentions went.
    """
    values = _judged(reading)
    postings.follow(store, row["id"], row["sketch"], values["sketch"])
    store.write(f"UPDATE articles SET {', '.join(f'{name} = ?' for name in values)} WHERE id = ?", (*values.values(), row["id"]))
    lost = revisions.follow_mentions(store, row["id"], reading, lambda: revisions.add(store, {**row, "text": None}, RULES))
    store.write(_UNOBSERVED, (row["id"], RULES))
    return lost


def _judged(reading: Reading) -> Row:
    """The columns that rules decide; not ``rules``, which also says by which the text was taken from its page."""
    said = articles.judged(reading)
    del said["rules"]
    return said | {"party": reading.article.party, "official": int(reading.article.official)}


def withdraw(store: Store, article_id: int) -> None:
    """Take an article that is no statement of the parties any longer out of its group; part of the transaction in hand."""
    store.write(_UNPLACED, (article_id,))
    store.write("DELETE FROM article_keys WHERE article_id = ?", (article_id,))


_EMPTY: Final = "SELECT id FROM statements WHERE id NOT IN (SELECT statement_id FROM articles WHERE statement_id IS NOT NULL)"
_UNSTATED: Final = (
    "UPDATE flags SET superseded_at = coalesce(superseded_at, :at) WHERE statement_id = :id OR comparator_id = :id",
    "UPDATE flags SET statement_id = NULL WHERE statement_id = :id",
    "DELETE FROM alerts WHERE statement_id = :id AND kind = 'new_statement' AND id NOT IN (SELECT alert_id FROM deliveries WHERE alert_id IS NOT NULL)",
    "UPDATE alerts SET statement_id = NULL WHERE statement_id = :id",
    "UPDATE initiatives SET first_statement_id = NULL WHERE first_statement_id = :id",
    "DELETE FROM observations WHERE statement_id = :id",
    "DELETE FROM formulae WHERE statement_id = :id",
    "DELETE FROM wordings WHERE statement_id = :id",
    "DELETE FROM silences WHERE statement_id = :id OR before_id = :id",
    "DELETE FROM statements_fts WHERE rowid = :id",
    "DELETE FROM statements WHERE id = :id",
)


_UNTOLD_EVENTS: Final = """SELECT id FROM events WHERE id NOT IN (SELECT event_id FROM statements)
  AND id NOT IN (SELECT event_id FROM history_events WHERE event_id IS NOT NULL)"""


def abandon(store: Store) -> None:
    """Take out statements and events in which no article stands any longer, unless history tells of these; part of the transaction in hand.

    Their ids are never given again: an alias row to nothing stays of each. What was sent stays, and points to nothing.
    """
    at = store.now()
    for row in store.rows(_EMPTY):
        for sql in _UNSTATED:
            store.write(sql, {"at": at, "id": row["id"]})
        _bury(store, "statement", row["id"], at)
    for row in store.rows(_UNTOLD_EVENTS):
        store.write("DELETE FROM events WHERE id = ?", (row["id"],))
        _bury(store, "event", row["id"], at)


def _bury(store: Store, kind: str, number: int, at: str) -> None:
    store.write("UPDATE aliases SET new_id = '' WHERE kind = ? AND new_id = ?", (kind, str(number)))
    store.insert("aliases", {"kind": kind, "old_id": str(number), "new_id": "", "at": at}, or_="OR REPLACE")


_UNNAMED: Final = "NOT EXISTS (SELECT 1 FROM mentions m WHERE m.initiative_id = initiatives.id AND m.revision_id IS NULL)"
_LEFT: Final = (
    f"DELETE FROM initiatives_fts WHERE rowid IN (SELECT rowid FROM initiatives WHERE known = 0 AND gone_at IS NULL AND {_UNNAMED})",
    f"UPDATE initiatives SET gone_at = :at WHERE known = 0 AND gone_at IS NULL AND {_UNNAMED}",
    f"UPDATE initiatives SET status = 'known', first_statement_id = NULL, first_seen_at = NULL WHERE known = 1 AND {_UNNAMED}",
    """UPDATE flags SET superseded_at = :at WHERE superseded_at IS NULL AND mention_id IN
    (SELECT m.id FROM mentions m JOIN revisions r ON r.id = m.revision_id WHERE r.kind = :rules)""",
)


def settle(store: Store) -> None:
    """Let initiatives that nothing names any longer go, and flags that rest on what is no longer read; part of the transaction in hand."""
    for sql in _LEFT:
        store.write(sql, {"at": store.now(), "rules": RULES})
    history.settle(store)
