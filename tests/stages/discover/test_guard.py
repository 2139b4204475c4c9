from __future__ import annotations

import pytest

from scraper.model.source import Page, Source
from scraper.stages.discover import accept, address, is_challenge

SOURCE = Source("s", "S", "feed", "https://a.example/?from={today-2}&to={today}", timezone="Asia/Seoul", language="ko")
TEXT = "<p>" + "The three delegations met in the harbour city and agreed on a table of lights. " * 30 + "</p>"


def asked(body: str, content_type: str = "text/html", encoding: str = "utf-8", **headers: str) -> str:
    names = {name.replace("_", "-"): told for name, told in headers.items()}
    page = Page(SOURCE.url, SOURCE.url, 200, {"content-type": content_type, **names}, body.encode(encoding), "2026-11-21T12:00:00Z")
    return is_challenge(page, SOURCE)


@pytest.mark.parametrize(
    "body",
    [
        "<html><head><title>Just a moment...</title></head><body></body></html>",
        "<!DOCTYPE html><html><head><title>잠시만 기다리십시오…</title></head></html>",
        "<html><title>しばらくお待ちください...</title></html>",
        "<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY>You don't have permission. Reference #18</BODY></HTML>",
        "<html><body><h1>We're sorry, this site is currently experiencing technical difficulties.</h1></body></html>",
        "<html><body><script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1?ray=1'></script></body></html>",
        "<html><body><script src='https://geo.captcha-delivery.com/c.js'></script><p>Please enable JS</p></body></html>",
        "<html><body><noscript>Enable JavaScript and cookies to continue</noscript></body></html>",
        "<html><title>Attention Required! | Cloudflare</title><script>" + "x();" * 30_000 + "</script></html>",
    ],
)
def test_decoys_in_place_of_an_article(body: str) -> None:
    assert asked(body)


@pytest.mark.parametrize(
    "body",
    [
        f"<html><title>Ministers met</title>{TEXT}<script src='/cdn-cgi/challenge-platform/h/g/scripts/jsd/main.js'></script></html>",
        "<html><title>Ministers met</title><p>They met.</p><script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script></html>",
        "<html><title>Ministers met</title><p>They met.</p><script src='/cdn-cgi/challenge-platform/h/g/scripts/jsd/main.js'></script></html>",
        f"<html><title>Launch delayed by technical difficulties</title>{TEXT}</html>",
        f"<html><title>Access denied: inside the base</title>{TEXT}</html>",
        f"<html><title>Ministers met</title><p>The session opened late after technical difficulties.</p>{TEXT}</html>",
        "<html><title>Reporters were told that access denied to them at the gate would be given back</title><p>Short.</p></html>",
        "<rss><channel><title>Just a moment</title></channel></rss>",
        "",
    ],
)
def test_pages_that_are_what_they_seem(body: str) -> None:
    assert asked(body) == ""


def test_challenge_told_by_the_server() -> None:
    assert asked(f"<html>{TEXT}</html>", cf_mitigated="challenge") == "cf-mitigated"


def test_decoy_in_a_charset_of_its_own() -> None:
    assert asked("<html><head><meta charset='euc-kr'><title>접근이 차단되었습니다</title></head></html>", encoding="cp949") == "접근이 차단"


@pytest.mark.parametrize(
    ("now", "url"),
    [
        ("2026-11-21T12:00:00Z", "https://a.example/?from=20261119&to=20261121"),
        ("2026-12-31T15:00:00Z", "https://a.example/?from=20261230&to=20270101"),
    ],
)
def test_address_of_the_day(now: str, url: str) -> None:
    assert address(SOURCE, now) == url


def test_media_types() -> None:
    assert accept("wordpress").startswith("application/json")
    assert accept("listing").startswith("text/html")
    assert accept("sitemap").startswith("application/xml")
    assert accept("google-news") == accept("feed")
