"""Requests for a host that go to a server of one's own."""

from __future__ import annotations

import pytest

from scraper.errors import FetchError
from scraper.fetch import Fetcher
from scraper.fetch.mirrors import Mirror, mirror_of
from scraper.model.settings import FetchSettings
from scraper.model.source import Source

from .server import Answer, Server
from .tools import START, loopback

HOSTS = {"www.state.gov": "http://127.0.0.1:81", ".go.kr": "https://127.0.0.2", ".mofa.go.kr": "http://[::1]:8080", "*": "http://127.0.0.9"}


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("www.state.gov", Mirror("http", "127.0.0.1", 81)),
        ("www.mofa.go.kr", Mirror("http", "::1", 8080)),
        ("korea.go.kr", Mirror("https", "127.0.0.2", 443)),
        ("example.org", Mirror("http", "127.0.0.9", 80)),
        ("10.0.0.1", None),
    ],
)
def test_the_nearest_name_decides(host: str, expected: Mirror | None) -> None:
    assert mirror_of(HOSTS, host) == expected


def test_a_host_without_a_mirror_is_asked_itself() -> None:
    assert mirror_of({}, "example.org") is None
    assert mirror_of({"www.example.org": "http://127.0.0.1"}, "example.org") is None


def test_a_mirrored_host_is_asked_under_its_own_name_by_http_without_the_spacing_of_a_source() -> None:
    with Server({"/a": Answer(body=b"<p>here</p>"), "/b": Answer(302, (("Location", "https://other.example/a"),))}) as server:
        settings = FetchSettings("t/1", robots=False, spacing=0, hosts={"*": f"http://127.0.0.1:{server.port}"})
        slow = Source("s", "s", "feed", "https://www.example.org/", spacing=30.0)
        waits: list[float] = []
        with Fetcher(settings, lambda: START, resolver=loopback, sleep=waits.append) as client:
            page = client.get("https://www.example.org/a", source=slow)
            moved = client.get("https://www.example.org/b", source=slow)
        assert (page.url, page.body, moved.url) == ("https://www.example.org/a", b"<p>here</p>", "https://other.example/a")
        assert [seen.headers["host"] for seen in server.seen] == ["www.example.org", "www.example.org", "other.example"]
        assert waits == []


def test_a_host_without_a_mirror_that_resolves_inside_stays_refused() -> None:
    with Server({"/a": Answer()}) as server:
        settings = FetchSettings("t/1", robots=False, spacing=0, hosts={"www.example.org": f"http://127.0.0.1:{server.port}"})
        with Fetcher(settings, lambda: START, resolver=loopback) as client, pytest.raises(FetchError) as caught:
            client.get(f"http://example.org:{server.port}/a")
        assert caught.value.code == "address"
        assert server.seen == []
