"""How a source's older pages are addressed, and the servers that stand in for hosts."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.config import load
from scraper.errors import ConfigError

SOURCE = '[[source]]\nid = "one"\nname = "One"\nkind = "feed"\nurl = "https://www.example.org/feed"\n'


def problems(folder: Path, text: str) -> list[str]:
    (folder / "sources.toml").write_text(text, "utf-8")
    try:
        load(folder, {})
    except ConfigError as error:
        return [f"{one.key}: {one.message}" for one in error.problems]
    return []


@pytest.mark.parametrize("paging", ["", "?page={page}", "page/{page}/", "https://news.example.org/{month}.html", "&from={offset}"])
def test_a_pattern_of_older_pages(tmp_path: Path, paging: str) -> None:
    assert problems(tmp_path, f'{SOURCE}paging = "{paging}"\n') == []
    assert load(tmp_path, {}).sources[0].paging == paging


@pytest.mark.parametrize(
    ("paging", "told"),
    [
        ("?page=2", "must hold {page}, {offset} or {month}"),
        ("?page={number}", "must hold {page}, {offset} or {month}"),
        ("https://other.example/{page}", "must be on the source's own site"),
        ("https:///{page}", "is not a valid address"),
    ],
)
def test_what_is_no_pattern(tmp_path: Path, paging: str, told: str) -> None:
    assert problems(tmp_path, f'{SOURCE}paging = "{paging}"\n') == [f"source.one.paging: {told}"]


@pytest.mark.parametrize(
    ("name", "server", "good"),
    [
        ("*", "http://127.0.0.1:8080", True),
        (".gov.example", "https://[::1]", True),
        ("www.gov.example", "http://10.0.0.1/", True),
        ("www gov", "http://127.0.0.1", False),
        ("*.gov.example", "http://127.0.0.1", False),
        ("*", "http://localhost:8080", False),
        ("*", "http://127.0.0.1/path", False),
        ("*", "ftp://127.0.0.1", False),
    ],
)
def test_servers_for_hosts(tmp_path: Path, name: str, server: str, good: bool) -> None:
    found = problems(tmp_path, f'{SOURCE}[fetch.hosts]\n"{name}" = "{server}"\n')
    assert [one.startswith("fetch.hosts.") for one in found] == ([] if good else [True])
    assert not good or load(tmp_path, {}).fetch.hosts == {name: server}
