"""A copy out of a public archive is kept under the address it came from."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from scraper import archive
from scraper.archive import Archive
from scraper.model.source import Page

COPY = "https://archive.example/20230504id_/https://www.gov.example/1"


def test_a_capture_says_where_the_bytes_came_from(tmp_path: Path) -> None:
    page = Page(
        "https://www.gov.example/1",
        "https://www.gov.example/1",
        200,
        {"content-type": "text/html"},
        b"<p>x",
        "2026-01-01T00:00:00Z",
        via=COPY,
    )
    with Archive(tmp_path, lambda: datetime(2026, 1, 1, tzinfo=UTC), run_id="1") as kept:
        capture = kept.keep(page, kept=True)
    assert capture.url == COPY
    read = archive.read(tmp_path, capture)
    assert (read.url, read.requested, read.body) == (COPY, page.url, page.body)
