"""How to cite a statement, and the feeds, as a browser and a feed reader see them."""

from __future__ import annotations

import html
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest

from scraper.pages.citing import FORMS

from .showroom import HOSTILE, Site, build, hostile

MORE = (
    "INSERT INTO aliases (kind, old_id, new_id, at) VALUES ('statement', '9', '1', '2026-03-02T00:00:00Z')",
    (
        "INSERT INTO public_archive (article_id, url, state, archived_url, archived_at) VALUES "
        "(1, 'https://us.example/1', 'saved', 'https://web.archive.org/web/20260301070000/https://us.example/1', '2026-03-01T07:00:00Z')"
    ),
    "INSERT INTO events (id, name, date, place, level, first_seen_at) VALUES (3, 'Nothing read', '2026-03-01', 'Jeju', 'officials', '2026-03-01T06:00:00Z')",
    (
        "INSERT INTO statements (id, event_id, title, kind, side, date, level, place, first_seen_at) VALUES "
        "(3, 3, 'Of which no page is known', 'report', NULL, '2026-03-01', 'officials', 'Jeju', '2026-03-01T05:00:00Z')"
    ),
    (
        "INSERT INTO statements (id, event_id, title, kind, side, date, level, place, first_seen_at) VALUES "
        "(4, 3, 'Brought by a backfill', 'report', NULL, '2019-03-01', 'officials', 'Jeju', '2026-03-01T08:00:00Z')"
    ),
)
ATOM = "{http://www.w3.org/2005/Atom}"


def script(*statements: str) -> str:
    return "".join(f"{statement};\n" for statement in statements)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = Site(build(tmp_path_factory.mktemp("cited") / "home", script(*MORE)))
    yield made
    made.close()


def public(folder: Path) -> None:
    """The pages are served at a public address."""
    alerts = folder.parent / "config" / "alerts.toml"
    alerts.write_text('pages_url = "https://monitor.example/watch"\n' + alerts.read_text("utf-8"), "utf-8")


# --- citations


def test_every_form_stands_on_the_page(site: Site) -> None:
    answer = site.get("/statement/1/cite")
    assert answer.status_code == 200
    text = html.unescape(answer.text)
    assert (
        "State, “Joint Statement on the Busan meeting,” press release, March 1, 2026, https://us.example/1, archived March 1, 2026, at "
        in text
    )
    assert "@online{trilateral-1," in text
    assert "TY  - ELEC" in text
    assert '"id": "trilateral-1"' in text
    for form in FORMS.values():
        assert f'href="/statement/1/cite.{form.suffix}"' in answer.text


@pytest.mark.parametrize(
    ("name", "begins"), [("bib", "@online{trilateral-1,"), ("ris", "TY  - ELEC\r\n"), ("json", "["), ("txt", "State, “")]
)
def test_each_form_is_a_file(site: Site, name: str, begins: str) -> None:
    answer = site.get(f"/statement/1/cite.{name}")
    assert answer.status_code == 200
    assert answer.content.decode().startswith(begins)
    assert answer.headers["content-disposition"] == f'attachment; filename="trilateral-1.{name}"'
    assert answer.headers["content-type"] == next(form.media for form in FORMS.values() if form.suffix == name)
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/statement/2/cite", 200),
        ("/statement/3/cite", 404),
        ("/statement/77/cite", 404),
        ("/statement/x/cite", 404),
        ("/statement/1/cite.exe", 404),
        ("/statement/0/cite.bib", 404),
    ],
)
def test_what_is_not_there_is_not_found(site: Site, path: str, status: int) -> None:
    assert site.get(path).status_code == status


@pytest.mark.parametrize(("path", "to"), [("/statement/9/cite", "/statement/1/cite"), ("/statement/9/cite.bib", "/statement/1/cite.bib")])
def test_a_statement_that_became_another_leads_there(site: Site, path: str, to: str) -> None:
    answer = site.get(path)
    assert (answer.status_code, answer.headers["location"]) == (301, to)


def test_our_own_capture_is_cited_where_our_pages_are_public(tmp_path: Path) -> None:
    kept = "INSERT INTO captures (id, url, fetched_at, status, content_type, file, offset, length, digest, kept) VALUES (1, 'https://kr.example/2', '2026-03-01T06:10:00Z', 200, 'text/html', 'kept-1.warc.gz', 0, 9, 'sha256:aa', 1)"
    folder = build(
        tmp_path / "home",
        script(kept, "UPDATE articles SET capture_id = 1 WHERE id = 2", "UPDATE statements SET lead_article_id = 2 WHERE id = 1"),
    )
    public(folder)
    with closing(Site(folder)) as made:
        (item,) = json.loads(made.get("/statement/1/cite.json").text)
    assert item["archive_location"] == "https://monitor.example/watch/capture/2"
    assert (item["archive"], item["title"]) == ("trilateral captures", "한미일 외교장관회의 공동성명")
    assert "kept-1.warc.gz, sha256:aa" in item["note"]


def test_hostile_words_are_shown_and_do_nothing(tmp_path: Path) -> None:
    folder = build(tmp_path / "home", script(*MORE))
    hostile(folder)
    with closing(Site(folder)) as made:
        answer = made.get("/statement/1/cite")
        files = [made.get(f"/statement/1/cite.{form.suffix}") for form in FORMS.values()]
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert "<img" not in answer.text
    assert 'href="javascript' not in answer.text
    assert all(file.status_code == 200 and "\u202e" not in file.text for file in files)


# --- feeds


def test_new_statements_in_a_feed_reader(site: Site) -> None:
    answer = site.get("/feeds/statements.atom")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    read = feedparser.parse(answer.content)
    assert not read.bozo
    assert read.feed.title == "trilateral: New statements"
    assert [entry.title for entry in read.entries] == [
        "Joint Statement on the Busan meeting",
        "Of which no page is known",
        "日米韓次官協議 共同声明",
    ]
    first = read.entries[0]
    assert (first.id, first.updated) == ("tag:localhost,2026:statement/1", "2026-03-01T06:00:00Z")
    assert {(link.rel, link.href) for link in first.links} == {("alternate", "/statement/1"), ("via", "https://us.example/1")}
    assert "The ministers announced the launch of a Trilateral Harbour Partnership." in first.content[0].value
    assert "deplored" not in answer.text


def test_new_initiatives_in_a_feed_reader(site: Site) -> None:
    read = feedparser.parse(site.get("/feeds/initiatives.atom").content)
    (entry,) = read.entries
    assert (entry.id, entry.title) == ("tag:localhost,2026:initiative/trilateral-harbour-partnership", "Trilateral Harbour Partnership")
    assert entry.content[0].value == "The ministers announced the launch of a Trilateral Harbour Partnership."
    assert entry.updated == "2026-03-01T06:30:00Z"


@pytest.mark.parametrize("name", ["statements", "initiatives"])
def test_a_feed_that_is_known_is_not_sent_again(site: Site, name: str) -> None:
    first = site.get(f"/feeds/{name}.atom")
    tag = first.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        again = site.get(f"/feeds/{name}.atom", headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert site.get(f"/feeds/{name}.atom", headers={"If-None-Match": '"other"'}).content == first.content


def test_a_feed_changes_with_what_is_in_it(tmp_path: Path) -> None:
    folder = build(tmp_path / "home", script(*MORE))
    with closing(Site(folder)) as made:
        before = made.get("/feeds/statements.atom")
        with closing(sqlite3.connect(folder / "trilateral.db")) as connection, connection:
            connection.execute("UPDATE statements SET title = 'Corrected' WHERE id = 1")
        after = made.get("/feeds/statements.atom", headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert "Corrected" in after.text


def test_a_public_feed_has_whole_addresses(tmp_path: Path) -> None:
    folder = build(tmp_path / "home")
    public(folder)
    with closing(Site(folder)) as made:
        read = feedparser.parse(made.get("/feeds/initiatives.atom").content)
    assert read.feed.id == "tag:monitor.example,2026:feed/initiatives"
    assert {link.href for link in read.feed.links} == {
        "https://monitor.example/watch/feeds/initiatives.atom",
        "https://monitor.example/watch/",
    }
    assert read.entries[0].link == "https://monitor.example/watch/initiative/trilateral-harbour-partnership"


def test_hostile_words_are_text_in_a_feed(tmp_path: Path) -> None:
    folder = build(tmp_path / "home", script(*MORE))
    hostile(folder)
    with closing(sqlite3.connect(folder / "trilateral.db")) as connection, connection:
        connection.execute("UPDATE flags SET kind = 'new_initiative' WHERE id = 1")
    shown = HOSTILE.replace("\x00", "").replace("\u202e", "")
    with closing(Site(folder)) as made:
        for name in ("statements", "initiatives"):
            root = ET.fromstring(made.get(f"/feeds/{name}.atom").content)  # noqa: S314  our own
            titles = [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]
            assert shown in titles
            assert not [link for link in root.iter(f"{ATOM}link") if "javascript" in link.get("href", "")]
            assert {
                child.get("type")
                for entry in root.iter(f"{ATOM}entry")
                for child in entry
                if child.tag in (f"{ATOM}title", f"{ATOM}content")
            } == {"text"}


def test_an_empty_database_has_feeds_too(tmp_path: Path) -> None:
    folder = build(tmp_path / "home", script("DELETE FROM flags", "UPDATE articles SET statement_id = NULL", "DELETE FROM statements"))
    with closing(Site(folder)) as made:
        for name in ("statements", "initiatives"):
            answer = made.get(f"/feeds/{name}.atom")
            read = feedparser.parse(answer.content)
            assert (answer.status_code, bool(read.bozo), read.entries, read.feed.updated) == (200, False, [], "1970-01-01T00:00:00Z")
