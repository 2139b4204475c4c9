"""What a citation of a statement is made of."""

from __future__ import annotations

from scraper.errors import NotFound
from scraper.storage.reading import surviving
from scraper.storage.store import Row, Store


def cited(store: Store, key: str) -> Row:
    """Return what is known of the page that shows a statement best: its words, when it was published and read, and where copies lie.

    ``archived_url`` is the public archive's copy that was saved, ``via`` the one that was read in place of a page that is gone. Raises NotFound for
    a statement that there is not, or that no page stands for.
    """
    row = store.row(
        "SELECT s.id, s.kind, s.placeholder, s.date, a.id AS article_id, coalesce(nullif(a.title, ''), s.title) AS title, a.publisher, a.url, a.language, a.official, a.authors, a.published_day, "
        "a.published_at, a.fetched_at, p.archived_url, p.archived_at, b.via, c.file, c.fetched_at AS captured_at, c.digest, c.kept "
        "FROM statements s JOIN articles a ON a.id = s.lead_article_id LEFT JOIN public_archive p ON p.article_id = a.id AND p.state = 'saved' "
        "LEFT JOIN backfills b ON b.canonical_url = a.canonical_url LEFT JOIN captures c ON c.id = a.capture_id WHERE s.id = ?",
        (surviving(store, "statement", key),),
    )
    if row is None:
        raise NotFound(f"there is no statement {key} that could be cited")
    return row
