"""Inspect: the contract's shape, for texts, pages and files; nothing is stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scraper.errors import ExtractError, FetchError, InputError
from scraper.jobs import checking, home, inspection
from scraper.model.source import Page

from .house import START, Clock, Sheet, Site, desk, rooms, statement, unrelated

KEYS: dict[str, type | tuple[type, ...]] = {
    "url": str, "title": str, "published": (str, type(None)), "language": str, "text": str, "statement_text": str, "relevant": bool, "score": float,
    "reasons": list, "kind": str, "relation": str, "side": str, "level": str, "date": str, "place": str, "participants": list, "initiatives": list,
}  # fmt: skip
NAMED = {"name": str, "id": str, "start": int, "end": int, "sentence": str, "status": str, "new": bool}
NAME = "Trilateral Lantern Initiative"


def nothing(url: str) -> Page:
    raise AssertionError(url)


def check(told: dict[str, Any]) -> None:
    """The contract holds, and every offset and sentence is true."""
    assert {key for key, kind in KEYS.items() if not isinstance(told[key], kind)} == set()
    for mention in told["initiatives"]:
        assert {key for key, kind in NAMED.items() if not isinstance(mention[key], kind)} == set()
        field = told["title"] if mention.get("field") == "title" else told["text"]
        assert field[mention["start"] : mention["end"]] == mention["name"]
        assert mention["sentence"] in field
        assert mention["name"] in mention["sentence"]
    assert told["statement_text"] in told["text"]
    json.dumps(told)


def test_a_text_is_answered_in_the_contracts_shape() -> None:
    item = statement(name=NAME)
    told = inspection.of_text(desk(), item.text, title=item.title, language="en")
    check(told)
    assert (told["relevant"], told["language"], told["published"]) == (True, "en", None)
    assert any(mention["new"] and mention["name"].endswith("Lantern Initiative") for mention in told["initiatives"])


def test_the_initiatives_of_a_text_are_given_though_it_is_not_relevant() -> None:
    told = inspection.of_text(
        desk(), f"The museum opened. Japan, South Korea and the United States launched the {NAME} in its garden long ago."
    )
    check(told)
    told = inspection.of_text(desk(), unrelated().text)
    check(told)
    assert (told["relevant"], told["initiatives"]) == (False, [])


def test_a_page_a_file_and_a_saved_text_say_the_same(tmp_path: Path) -> None:
    item = statement(name=NAME)
    page, text = tmp_path / "page.html", tmp_path / "text.txt"
    page.write_bytes(item.page())
    text.write_text(f"{item.title}\n\n{item.text}", "utf-8")
    fetched = Page(
        "https://www.state.gov/x", "https://www.state.gov/x", 200, {"content-type": "text/html"}, item.page(), "2026-07-09T12:00:00Z"
    )
    answers = [
        inspection.of_target(desk(), "https://www.state.gov/x", lambda _: fetched),
        inspection.of_target(desk(), str(page), nothing),
        inspection.of_target(desk(), str(text), nothing),
    ]
    for told in answers:
        check(told)
        assert (told["relevant"], told["title"], told["date"], told["place"]) == (True, item.title, "2026-07-09", "Seoul")
    assert answers[0]["relation"] == "original"


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    for target in (tmp_path, tmp_path / "absent.txt"):
        with pytest.raises(InputError):
            inspection.of_target(desk(), str(target), nothing)
    with pytest.raises(ExtractError):
        inspection.of_text(desk(), " \n ")
    with pytest.raises(AssertionError):
        inspection.of_target(desk(), "https://www.state.gov/x", nothing)


@pytest.mark.parametrize("body", [b"\xfe\xfd" * 40, bytes(range(256)), b"\x00" * 50 + statement().text.encode()])
def test_bytes_of_any_kind_are_read_as_text(tmp_path: Path, body: bytes) -> None:
    file = tmp_path / "x.bin"
    file.write_bytes(body)
    check(inspection.of_target(desk(), str(file), nothing))


def test_a_file_of_byte_order_marks_alone_holds_no_text(tmp_path: Path) -> None:
    file = tmp_path / "x.bin"
    file.write_bytes(b"\xff\xfe" * 40)
    with pytest.raises(ExtractError, match="empty"):
        inspection.of_target(desk(), str(file), nothing)


def test_a_saved_text_in_a_countrys_own_encoding_is_read(tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_bytes("한미일 외교장관은 부산에서 만나 협력을 논의하였다. 세 장관은 다음 회의를 삿포로에서 열기로 하였다.".encode("cp949"))
    assert "삿포로에서" in inspection.of_target(desk(), str(file), nothing)["text"]


def test_a_dry_poll_says_what_a_source_would_bring(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(statement(), unrelated())
    site.publish(statement("Tokyo"), path="/blank")
    site.pages |= {
        statement("Tokyo").path: Sheet(b"<html></html>"),
        "/empty": Sheet(b'<rss version="2.0"><channel/></rss>', "application/rss+xml"),
    }
    polled = [site.source(), site.source("down", "/nothing"), site.source("blank", "/blank"), site.source("empty", "/empty")]
    with rooms(tmp_path, clock, polled) as made:
        well, down, blank, empty = checking.run(made.desk, made.fetcher, polled, clock)
        assert made.store.rows("SELECT * FROM polls") == made.store.rows("SELECT * FROM entries") == []
    assert (well["outcome"], well["entries"], well["first_title"]) == ("ok", 2, statement().title)
    assert well["newest"] == (START.replace(hour=10)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert "characters by" in well["article"]
    assert well["relevant"].startswith("True")
    assert (down["outcome"], bool(down["error"])) == ("http", True)
    assert (blank["outcome"], blank["article"].startswith("cannot be read: no_text")) == ("ok", True)
    assert (empty["outcome"], empty["entries"]) == ("empty", 0)


def test_a_fetch_that_fails_reaches_whoever_asked(tmp_path: Path, clock: Clock, site: Site) -> None:
    with rooms(tmp_path, clock) as made, pytest.raises(FetchError):
        inspection.of_target(made.desk, site.url, made.fetcher.get)


def test_a_home_is_made_once_and_what_is_there_stays(tmp_path: Path) -> None:
    defaults = tmp_path / "defaults"
    for name in ("config/watch.toml", "config/sources.toml", "db/metadata.json", "db/plugins/search.py"):
        path = defaults / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}", "utf-8")
    root = tmp_path / "home"
    written = home.make(root, defaults)
    assert sorted(path.relative_to(root).as_posix() for path in written) == [
        "config/sources.toml",
        "config/watch.toml",
        "db/metadata.json",
        "db/plugins/search.py",
    ]
    assert 'include = "builtin"' in (root / "config" / "sources.toml").read_text("utf-8")
    (root / "config" / "watch.toml").write_text("mine", "utf-8")
    assert home.make(root, defaults) == ()
    assert (root / "config" / "watch.toml").read_text("utf-8") == "mine"
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(InputError, match="file"):
        home.make(tmp_path / "file", defaults)
