"""The kinds json and xml, and the paths that both are read by."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from scraper.errors import DiscoverError
from scraper.model.source import Discovery, Page, Selectors, Source
from scraper.stages.discover import discover
from scraper.stages.discover.elements import read_elements
from scraper.stages.discover.jsontext import read_json
from scraper.stages.discover.paths import reach, text_at

URL = "https://api.example.org/v1/list"
CHOSEN = Selectors(item="data[]", title="title", link="page_url", date="public_at", summary="description", id="id")
JSON = Source("example", "Example", "json", URL, timezone="Asia/Seoul", selectors=CHOSEN)
XML = replace(
    JSON, kind="xml",
    selectors=Selectors(item="body.NewsItem[]", title="Title", link="Url.@href|Url", date="ApproveDate", html="DataContents", id="@no"),
)  # fmt: skip
ITEM = "<NewsItem no='{0}'><Title><![CDATA[회의 {0}]]></Title><ApproveDate>11/20/2026 14:30:00</ApproveDate><DataContents><![CDATA[<p>본문</p>]]></DataContents><Url>/n/{0}</Url></NewsItem>"
TREE = {
    "a": {"b": [{"c": 1}, {"c": 2}]},
    "list": [[1, 2], [3]],
    "one": {"x": "y"},
    "none": None,
    "float": 1791400000.0,
    "yes": True,
    "": "empty",
}


def read(value: Any, source: Source = JSON) -> Discovery:
    body = value if isinstance(value, str) else json.dumps(value)
    return discover(Page(URL, URL, 200, {}, body.encode(), "2026-11-21T12:00:00Z"), source)


def refused(value: Any, source: Source = JSON) -> str:
    with pytest.raises(DiscoverError) as caught:
        read(value, source)
    return caught.value.code


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("a.b[].c", [1, 2]), ("a.b[1].c", [2]), ("a.b[9].c", []), ("a.b.c", [1]), ("list[][]", [1, 2, 3]), ("list[1][0]", [3]), ("one[].x", ["y"]),
        ("one[0].x", ["y"]), ("one[1].x", []), ("missing.x", []), ("a.b.c.d", []), ("none", [None]), ("missing|one.x", ["y"]), (" a . b[0] .c ", [1]), ("x[", []),
    ],
)  # fmt: skip
def test_paths(path: str, found: list[object]) -> None:
    assert reach(TREE, path) == found


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.b[].c", "1"),
        ("float", "1791400000"),
        ("yes", ""),
        ("none", ""),
        ("one", ""),
        ("list", ""),
        ("", ""),
        ("none|a.b[1].c", "2"),
        ("a.b", ""),
    ],
)
def test_text_at_a_path(path: str, text: str) -> None:
    assert text_at(TREE, path) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(float("nan"), ""), (float("inf"), ""), (1.5, "1.5"), (10**30, ""), ("\ud800", "?"), (["x"], "x"), ({"": ["t"]}, "t")],
)
def test_scalars(value: object, text: str) -> None:
    assert text_at({"v": value}, "v") == text


def test_root_that_is_a_list() -> None:
    assert reach([{"a": 1}, {"a": 2}], "[].a") == [1, 2]


@pytest.mark.parametrize("stamp", ["1791400000000", 1791400000000, 1791400000000.0, 1791400000])
def test_json_list(stamp: object) -> None:
    found = read({"data": [{"id": "9", "title": "Talks", "description": "They met.", "page_url": "/a/1", "public_at": stamp}]})
    (entry,) = found.entries
    assert (entry.url, entry.title, entry.guid, entry.summary) == ("https://api.example.org/a/1", "Talks", "9", "They met.")
    assert entry.published is not None
    assert entry.published.at == "2026-10-07T19:06:40Z"
    assert (found.channel, found.notes) == ("api.example.org", ())


@pytest.mark.parametrize(
    ("chosen", "url"),
    [
        ({"base": "https://www.example.org/"}, "https://www.example.org/n/5"),
        ({"link_pattern": r"/n/(\d+)", "link_template": "/view?no={0}"}, "https://api.example.org/view?no=5"),
        ({"link_pattern": r"/z/(\d+)", "link_template": "/view?no={0}"}, "https://api.example.org/n/5"),
        ({"link": ""}, "urn:guid:example:5"),
    ],
)
def test_addresses(chosen: dict[str, str], url: str) -> None:
    source = replace(JSON, selectors=replace(CHOSEN, **chosen))
    assert [entry.url for entry in read({"data": [{"page_url": "/n/5", "title": "T", "id": 5}]}, source).entries] == [url]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("<html><title>Just a moment...</title></html>", "blocked"),
        ("<!doctype html><html></html>", "not_a_feed"),
        ("", "not_a_feed"),
        ("Forbidden", "not_a_feed"),
        ({"message": "Limit reached"}, "not_a_feed"),
        ([], "not_a_feed"),
        ('{"data": [', "parse"),
        ('{"data": "\\', "parse"),
    ],
)
def test_what_is_no_list(value: Any, code: str) -> None:
    assert refused(value) == code


def test_pattern_that_cannot_be_used() -> None:
    source = replace(JSON, selectors=replace(CHOSEN, link_pattern="(", link_template="{0}"))
    assert refused({"data": [{"page_url": "/n"}]}, source) == "parse"


def test_empty_and_odd_lists_are_answers_with_notes() -> None:
    assert "nothing stands at 'data[]'" in read({"data": []}).notes
    found = read({"data": [{"page_url": "/n/5", "headline": "T"}, "no record"]})
    assert len(found.entries) == 1
    assert {"no item has a title at 'title'", "no item has a date at 'public_at'"} <= set(found.notes)


@pytest.mark.parametrize(
    ("text", "value"),
    [(r'{"a": "it\'s \d \\ \" \u00e9"}', "it\\'s \\d \\ \" é"), ('{"a": "one\ttwo\nthree"}', "one\ttwo\nthree")],
)
def test_careless_json(text: str, value: str) -> None:
    assert read_json(text, JSON) == {"a": value}


def test_channel_by_path_or_by_host() -> None:
    source = replace(JSON, channel="Harbour", selectors=replace(CHOSEN, channel="meta.name"))
    assert read({"meta": {"name": "Harbour News"}, "data": []}, source).channel == "Harbour News"
    assert refused({"meta": {"name": "Air Force"}, "data": []}, source) == "wrong_channel"
    assert refused({"data": [{"page_url": "https://x.example.com/"}]}, replace(JSON, channel="example.org")) == "wrong_channel"


def xml(inside: str, code: str = "0") -> str:
    return f"<?xml version='1.0' encoding='UTF-8'?><response><header><resultCode>{code}</resultCode><resultMsg>m</resultMsg></header><body>{inside}</body></response>"


@pytest.mark.parametrize("count", [1, 3])
def test_xml_list(count: int) -> None:
    found = read(xml("".join(ITEM.format(number) for number in range(count))), XML)
    assert [(entry.url, entry.title, entry.guid) for entry in found.entries] == [
        (f"https://api.example.org/n/{number}", f"회의 {number}", str(number)) for number in range(count)
    ]
    published = found.entries[0].published
    assert published is not None
    assert (published.at, found.entries[0].html) == ("2026-11-20T05:30:00Z", "<p>본문</p>")


def test_xml_cut_off_gives_what_came_whole() -> None:
    whole = xml(ITEM.format(1) + ITEM.format(2))
    found = read(whole[: whole.rindex("<Url>")], XML)
    assert [entry.title for entry in found.entries] == ["회의 1"]
    assert "cut off" in found.notes[0]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (
            (
                "<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg><returnAuthMsg>SERVICE_KEY_IS_NOT_REGISTERED_ERROR</returnAuthMsg>"
                "<returnReasonCode>30</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>"
            ),
            "blocked",
        ),
        (xml("", "22"), "blocked"),
        (xml("", "98"), "parse"),
        ("<html><body>Pardon our interruption</body></html>", "not_a_feed"),
        ("<html><title>Pardon our interruption</title></html>", "blocked"),
        ("", "not_a_feed"),
        ("{}", "not_a_feed"),
        ("<a", "not_a_feed"),
        ("<a><", "parse"),
    ],
)
def test_errors_of_xml_services(body: str, code: str) -> None:
    assert refused(body, XML) == code


@pytest.mark.parametrize(("code", "note"), [("00", None), ("03", "the service reports 03: m"), ("x", None), ("9" * 9, None)])
def test_answers_without_items(code: str, note: str | None) -> None:
    found = read(xml("", code), XML)
    assert found.entries == ()
    assert (note in found.notes) if note else not any("reports" in told for told in found.notes)


def test_elements_as_values() -> None:
    tree = read_elements("<!-- x --><r xmlns:p='u' p:k='v'>own<p:a/><a>t<b/>u</a><c d='e'>f</c></r>")
    assert (tree.root, tree.notes) == ("r", ())
    assert tree.value == {"@k": ["v"], "a": ["", {"b": [""], "": ["tu"]}], "c": [{"@d": ["e"], "": ["f"]}], "": ["own"]}
