"""Citations of statements: what the database knows of the page, in the words of :class:`scraper.model.citation.Citation`."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Final

from scraper.config import Config
from scraper.model.citation import Citation
from scraper.storage import citing
from scraper.storage.store import Row, Store
from scraper.urls import belongs, host

GENRES: Final = {
    "joint_statement": "press release",
    "readout": "press release",
    "press_statement": "press release",
    "remarks": "remarks",
    "memorandum": "memorandum",
    "fact_sheet": "fact sheet",
}
"""What kinds of statements are called in a citation; a report needs no such word."""

OURS: Final = "trilateral captures"
_STAMP = re.compile(r"/web/([0-9]{4})([0-9]{2})([0-9]{2})[0-9]{0,6}(?:[a-z]{2}_)?/")


def citations(config: Config, store: Store, keys: Sequence[str]) -> tuple[Citation, ...]:
    """Return the citations of statements by their ids, each once and in their order; raises NotFound."""
    found = [citation(config, store, key) for key in keys]
    return tuple({one.number: one for one in found}.values())


def citation(config: Config, store: Store, key: str) -> Citation:
    """Return the citation of a statement; an id that another statement has taken leads to that. Raises NotFound."""
    row = citing.cited(store, key)
    where, at = _copy(config, row)
    official = bool(row["official"])
    return Citation(
        number=row["id"],
        title=row["title"],
        author=row["publisher"],
        url=row["url"],
        published=row["published_day"] or (row["published_at"] or "")[:10],
        language=row["language"],
        retrieved=row["fetched_at"],
        archived_url=where,
        archived_at=at,
        archive=_archive(config, where),
        capture=_capture(row),
        genre=GENRES.get(row["kind"], "") if official else "",
        official=official,
        authors=tuple(str(name) for name in json.loads(row["authors"])),
    )


def _copy(config: Config, row: Row) -> tuple[str, str]:
    """Where a copy can be seen and when that was made: in the public archive, where everybody can; else on our own pages, if they are served."""
    if row["archived_url"]:
        return row["archived_url"], row["archived_at"]
    if row["via"]:
        stamp = _STAMP.search(row["via"])
        return row["via"], "-".join(stamp.groups()) if stamp else ""
    ours = config.alerts.pages_url
    if ours and row["kept"]:
        return f"{ours.rstrip('/')}/capture/{row['article_id']}", row["captured_at"]
    return "", ""


def _archive(config: Config, where: str) -> str:
    if not where:
        return ""
    name = host(where)
    if belongs(name, "archive.org"):
        return "Internet Archive"
    return OURS if name == host(config.alerts.pages_url) else name


def _capture(row: Row) -> str:
    """Which of our files holds the page as it came, and the digest of its body; a page that was not kept has none."""
    return f"{row['file']}, {row['digest']}" if row["file"] and row["kept"] else ""
