"""Revisions: articles read again, what changed in them, and when the next look is due."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import astuple

from scraper.model.moment import Moment
from scraper.model.revision import Change
from scraper.model.source import Validators
from scraper.storage import articles, postings
from scraper.storage.articles import Reading
from scraper.storage.store import Row, Store
from scraper.text import spaced

PARTIAL = "partial"
"""The doubt about an article of which a part could not be had when it was first read."""

MOST = 20
"""An article that changed more often changes by itself, and its changes are no edits."""


def schedule(
    store: Store, article_id: int, validators: Validators, at: str | None, *, baseline_due: bool = False, partial: bool = False
) -> None:
    """Have an article read again at ``at`` (UTC); part of the transaction in hand.

    ``partial``: a file that holds its text could not be had, so that the next look completes it. ``baseline_due``: its text did not come from its page, so the first look at that only tells what later ones are compared with.
    """
    store.insert(
        "rereadings",
        {"article_id": article_id, "etag": validators.etag, "last_modified": validators.last_modified, "next_at": at, "baseline_due": int(baseline_due), "doubt": PARTIAL if partial else ""},
        or_="OR IGNORE",
    )  # fmt: skip


def due(store: Store, limit: int) -> list[Row]:
    """Return the articles whose time to be read again has come, official ones first, each with its row of ``rereadings``."""
    return store.rows(
        "SELECT a.*, r.etag, r.last_modified, r.failures, r.doubt, r.baseline_due, r.baseline, r.gone_at FROM rereadings r "
        "JOIN articles a ON a.id = r.article_id WHERE r.next_at <= ? ORDER BY a.official DESC, r.next_at, a.id LIMIT ?",
        (store.now(), limit),
    )


def hasten(store: Store, url: str) -> None:
    """Have the article at an address (canonical) read again with the next beat; part of the transaction in hand."""
    store.write(
        "UPDATE rereadings SET next_at = ? WHERE article_id IN (SELECT id FROM articles WHERE canonical_url = ?)", (store.now(), url)
    )


def looked(store: Store, article_id: int, **columns: object) -> None:
    """Write what a look found into the article's row of ``rereadings``; part of the transaction in hand."""
    values = {"last_at": store.now(), **columns}
    store.write(f"UPDATE rereadings SET {', '.join(f'{name} = ?' for name in values)} WHERE article_id = ?", (*values.values(), article_id))


def add(store: Store, article: Row, kind: str, *, change: Change | None = None, digest: str = "", capture_id: int | None = None) -> int:
    """Append a revision: the article as it was before, what changed, and the page as it was found. Return its id."""
    diff = json.dumps([astuple(piece) for piece in change.pieces], ensure_ascii=False) if change else None
    return store.insert(
        "revisions",
        {"article_id": article["id"], "seen_at": store.now(), "text": article["text"], "kind": kind, "title": article["title"], "diff": diff,
         "kept_share": round(change.kept, 4) if change else None, "digest": digest, "capture_id": capture_id},
    )  # fmt: skip


def unsteady(store: Store, article_id: int, digest: str) -> bool:
    """Tell whether an article goes back and forth between wordings, or changes at every look: that is no edit of anybody's."""
    row = store.row(
        "SELECT count(*) AS n, coalesce(sum(digest = ?), 0) AS same FROM revisions WHERE article_id = ? AND kind = 'substance'",
        (digest, article_id),
    )
    return row is not None and (row["same"] >= 2 or row["n"] >= MOST)


def count(store: Store, article_id: int) -> int:
    """Return how many revisions an article has."""
    row = store.row("SELECT count(*) AS n FROM revisions WHERE article_id = ?", (article_id,))
    return int(row["n"]) if row else 0


def published(article: Row) -> Moment | None:
    """Return when a stored article was published, or None."""
    if not article["published_at"]:
        return None
    return Moment(article["published_at"], article["published_precision"], article["published_raw"] or "", article["published_day"] or "")


def rewrite(store: Store, article_id: int, reading: Reading, revision_id: int) -> frozenset[str]:
    """Let an article say what its page says now; part of the transaction in hand.

    Mentions follow the new text: those that are still there keep their id, those that went stay with the revision, with what was observed
    by them. What was judged of it changes only where it is still judged relevant. Return the ids of the registry whose mentions went.
    """
    values = articles.rewritten(reading)
    before = store.row("SELECT sketch FROM articles WHERE id = ?", (article_id,))
    if before is not None and "sketch" in values:
        postings.follow(store, article_id, before["sketch"], values["sketch"])
    store.write(f"UPDATE articles SET {', '.join(f'{name} = ?' for name in values)} WHERE id = ?", (*values.values(), article_id))
    store.write("DELETE FROM articles_fts WHERE rowid = ?", (article_id,))
    store.write(
        "INSERT INTO articles_fts (rowid, title, text) VALUES (?, ?, ?)",
        (article_id, spaced(reading.article.title), spaced(reading.article.text)),
    )
    return follow_mentions(store, article_id, reading, lambda: revision_id)


def rekey(store: Store, article_id: int, keys: frozenset[str]) -> None:
    """Store the blocking keys of an article's new text in place of the old ones."""
    store.write("DELETE FROM article_keys WHERE article_id = ?", (article_id,))
    articles.add_keys(store, article_id, keys)


def follow_mentions(store: Store, article_id: int, reading: Reading, revision: Callable[[], int]) -> frozenset[str]:
    """Let the mentions of an article be those of a new reading; part of the transaction in hand.

    Those that are still there keep their id, those that went stay with the ``revision``, which is asked for only where there are any.
    Return the ids of the registry whose mentions went.
    """
    standing = store.rows("SELECT * FROM mentions WHERE article_id = ? AND revision_id IS NULL ORDER BY id", (article_id,))
    found = [articles.mention_row(reading, article_id, mention) for mention in reading.mentions]
    for same in (("field", "name", "sentence"), ("field", "name")):
        for row in list(standing):
            twin = next((new for new in found if all(new[column] == row[column] for column in same)), None)
            if twin is not None:
                _renew(store, row["id"], twin)
                standing.remove(row)
                found.remove(twin)
    for new in found:
        store.insert("mentions", new)
    revision_id = revision() if standing else None
    for row in standing:
        store.write('UPDATE mentions SET revision_id = ?, "start" = NULL, "end" = NULL WHERE id = ?', (revision_id, row["id"]))
    return frozenset(row["registry_id"] for row in standing if row["registry_id"])


def _renew(store: Store, number: int, new: Row) -> None:
    values = {name: value for name, value in new.items() if name != "initiative_id"}
    columns = ", ".join(f'"{name}" = ?' for name in values)
    store.write(f"UPDATE mentions SET {columns} WHERE id = ?", (*values.values(), number))


def edit(store: Store, number: int) -> Row | None:
    """Return a revision with the article it is of, as a digest tells it, or None; ``withdrawn`` are the names of what it took out."""
    row = store.row(
        "SELECT r.id, r.kind, r.seen_at, r.diff, r.kept_share, r.title AS old_title, a.title, a.url, a.publisher, a.party, a.language, a.statement_id "
        "FROM revisions r JOIN articles a ON a.id = r.article_id WHERE r.id = ?",
        (number,),
    )
    if row is None:
        return None
    names = store.rows(
        "SELECT DISTINCT i.name FROM flags f JOIN initiatives i ON i.id = f.initiative_id "
        "WHERE f.kind = 'withdrawn' AND f.revision_id = ? AND f.superseded_at IS NULL ORDER BY i.name",
        (number,),
    )
    return {**row, "withdrawn": [found["name"] for found in names]}
