from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.model.moment import Moment
from scraper.model.source import Entry, Identities
from scraper.stages.unseen import distinctive, unseen
from scraper.text import fold

NOW = "2026-11-21T12:00:00Z"
TITLE = "Outcome of the Three-Way Harbor Dialogue"


def entry(path: str, title: str = "", guid: str = "", published: Moment | None = None) -> Entry:
    return Entry("s", f"https://www.example.org/{path}" if path else "", title, guid, published=published)


def new(
    entries: list[Entry], *, urls: tuple[str, ...] = (), guids: tuple[str, ...] = (), titles: tuple[tuple[str, str], ...] = ()
) -> list[str]:
    identities = Identities(frozenset(urls), frozenset(guids), titles)
    return [found.url.removeprefix("https://www.example.org/") or found.guid for found in unseen(entries, identities, NOW)]


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.org/view.do?seq=7",
        "http://www.example.org:80/view.do?seq=7#top",
        "http://WWW.example.org:443/view.do?seq=7&utm_source=rss",
        "https://www.example.org/view.do;jsessionid=ABC?seq=7",
    ],
)
def test_known_by_canonical_url(url: str) -> None:
    known = Identities(urls=frozenset({"https://www.example.org/view.do?seq=7"}))
    assert unseen([Entry("s", url, TITLE)], known, NOW) == ()
    assert len(unseen([Entry("s", url.replace("seq=7", "seq=8"), TITLE)], known, NOW)) == 1


def test_known_by_guid_although_the_address_changed() -> None:
    assert new([entry("a", guid="1"), entry("b", guid="2")], guids=("1",)) == ["b"]


def test_each_once_within_a_page_in_order() -> None:
    page = [
        entry("c"),
        entry("a", guid="1"),
        entry("a?utm_source=x"),
        entry("b", guid="1"),
        entry("", guid="9"),
        entry("", guid="9"),
        entry("c#x"),
    ]
    assert new(page) == ["c", "a", "9"]


def test_neither_address_nor_guid_is_never_new() -> None:
    assert new([entry("", "A title of more than four words")]) == []


def test_same_title_within_one_page_is_two_items() -> None:
    assert new([entry("a", TITLE), entry("b", TITLE)]) == ["a", "b"]


@pytest.mark.parametrize(
    ("title", "seen_at", "published", "known"),
    [
        (TITLE, "2026-11-21T10:00:00Z", None, True),
        ("OUTCOME of the Three‐Way  Harbor Dialogue", "2026-11-21T10:00:00Z", None, True),
        (TITLE, "2026-11-19T12:00:00Z", None, True),
        (TITLE, "2026-11-19T11:59:59Z", None, False),
        (TITLE, "2026-11-21T10:00:00Z", Moment("2026-11-20T09:00:00Z", "second"), True),
        (TITLE, "2026-11-21T10:00:00Z", Moment("2025-11-20T09:00:00Z", "second"), False),
        (TITLE, "2026-11-21T10:00:00Z", Moment("2026-11-19", "date"), True),
        (TITLE, "2026-11-21T10:00:00Z", Moment("2026-11-18", "date"), False),
        ("Another outcome of the Harbor Dialogue", "2026-11-21T10:00:00Z", None, False),
    ],
)
def test_title_from_another_source_of_the_publisher(title: str, seen_at: str, published: Moment | None, known: bool) -> None:
    found = new([entry("a", title, published=published)], titles=((fold(TITLE), seen_at),))
    assert found == ([] if known else ["a"])


def test_title_seen_long_ago_and_lately() -> None:
    assert new([entry("a", TITLE)], titles=((fold(TITLE), "2020-01-01T00:00:00Z"), (fold(TITLE), NOW))) == []


@pytest.mark.parametrize(
    ("title", "enough"),
    [
        ("Press conference", False),
        ("Press conference by minister", True),
        ("防衛大臣臨時記者会見", False),
        ("日米韓防衛相会談の結果について", True),
        ("외교부 대변인 브리핑", False),
        ("한·미·일 항만 대화 개최 결과 공동 보도", True),
        ("A B C D 협의", False),
        ("", False),
    ],
)
def test_distinctive(title: str, enough: bool) -> None:
    assert distinctive(fold(title)) is enough
    assert bool(new([entry("a", title)], titles=((fold(title), NOW),))) is not enough


def test_a_date_makes_nothing_new() -> None:
    again = entry("a", "3/14 reprint", published=Moment("2026-11-21", "date"))
    assert new([again], urls=("https://www.example.org/a",)) == []


entries = st.builds(
    entry,
    st.sampled_from(["", "a", "b", "a#1", "b?utm_medium=x", "c"]),
    st.sampled_from(["", TITLE, "Short"]),
    st.sampled_from(["", "1", "2"]),
)


@settings(deadline=None)
@given(st.lists(entries, max_size=12))
def test_what_is_new_once_is_known_the_next_time(page: list[Entry]) -> None:
    first = unseen(page, Identities(), NOW)
    positions = [page.index(found) for found in first]
    assert positions == sorted(positions)
    from_urls = frozenset(found.url.split("#")[0].split("?")[0] for found in first if found.url)
    known = Identities(from_urls, frozenset(found.guid for found in first if found.guid))
    assert unseen(page, known, NOW) == ()
