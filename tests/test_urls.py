"""One form for every address, the short way and the long way."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scraper import urls
from scraper.urls import canonical, web

FORMS = {
    "https://a.example": "https://a.example/",
    "http://A.Example/B": "https://a.example/B",
    "http://a.example:80/": "https://a.example/",
    "https://a.example:443/x": "https://a.example/x",
    "http://a.example:8080/x": "http://a.example:8080/x",
    "https://a.example:65535/": "https://a.example:65535/",
    "https://a.example:65536/": "https://a.example:65536/",
    "https://a.example./x": "https://a.example/x",
    "https://user:secret@a.example/": "https://a.example/",
    "https://a.example/x#part": "https://a.example/x",
    "https://a.example/x?": "https://a.example/x",
    "https://a.example/x?b=2&a=1": "https://a.example/x?b=2&a=1",
    "https://a.example/?utm_source=x&a=1&UTM_Medium=y": "https://a.example/?a=1",
    "https://a.example/?a=1&fbclid=abc": "https://a.example/?a=1",
    "https://a.example/?shared=1&cmpids=2": "https://a.example/?shared=1&cmpids=2",
    "https://a.example/x;jsessionid=1A?a=1": "https://a.example/x?a=1",
    "https://a.example/a&utm_source=x": "https://a.example/a&utm_source=x",
    "https://a.example/?q=세 나라": "https://a.example/?q=%EC%84%B8+%EB%82%98%EB%9D%BC",
    " https://a.example/x\n": "https://a.example/x",
    "ftp://a.example/x": "ftp://a.example/x",
    "urn:guid:a:1": "urn:guid:a:1",
    "https://[::1]:8443/": "https://[::1]:8443/",
}


@pytest.mark.parametrize(("url", "form"), FORMS.items())
def test_the_one_form(url: str, form: str) -> None:
    assert canonical(url) == form
    assert canonical(form) == form


def test_a_relative_address_is_resolved() -> None:
    assert canonical("../b?x=1#y", "http://a.example/c/d") == "https://a.example/b?x=1"


PORTS = st.sampled_from(["", "", ":80", ":443", ":8080", ":0", ":080", ":65535", ":65536", ":59999", ":64999", ":99999", ":"])
HOSTS = st.sampled_from(
    ["a.example", "A.EXAMPLE", "www-1.a_b.example", "a.example.", "..", ".a", "127.0.0.1", "xn--bcher-kva.example", "user@a", ""]
)
PATHS = st.text("ab/.;%=&~-_@:!$'()*+,[]\\\"<>^`{|} é#?", max_size=12).map(lambda path: f"/{path}") | st.just("")
NAMES = st.sampled_from(
    ["a", "b.c", "utm_source", "UTM_X", "utm_", "gclid", "mc_cid", "mc_xid", "share", "shares", "sid", "ref", "_ga", ""]
)
PAIRS = st.tuples(NAMES, st.text("abc019._~-%+ é=&", max_size=5)).map("=".join)
QUERIES = st.lists(PAIRS | NAMES, max_size=4).map("&".join).map(lambda query: f"?{query}") | st.just("")


@given(st.sampled_from(["http", "https", "HTTP", "ftp"]), HOSTS, PORTS, PATHS, QUERIES)
@example("http", "a.example", "", "/a", "?a=1&utm_source=")
def test_the_short_way_leads_where_the_long_one_does(scheme: str, host: str, port: str, path: str, query: str) -> None:
    url = f"{scheme}://{host}{port}{path}{query}"
    assert canonical(url) == urls._of_any(url.strip())


def test_a_usual_address_goes_the_short_way() -> None:
    usual = ("https://a.example", "http://A.example:8080/x/1-2.html?section=city&page=2", "https://a.example/%EA%B0%80?a=&b=1")
    assert all(urls._USUAL.fullmatch(url) for url in usual)


@pytest.mark.parametrize(
    "url",
    ["https://a.example/", "http://a.example", "HTTPS://A.example/x?y=1&z=%20#p", "https://[::1]:8001/x", "https://한국.example/외교부"],
)
def test_what_a_page_may_link_to(url: str) -> None:
    assert web(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "", "a.example", "//a.example/", "javascript:alert(1)", "data:text/html,x", "ftp://a.example/", "https://", "https:///x", "https://[::1",
        "https://good.example@evil.example/", "https://a.example/a b", "https://a.example/\n", "https://a.example/\u2028", "https://a.example/<x>",
        'https://a.example/"', "https://a.example/\\", " https://a.example/", "https://a.example/\x00", "https://a.example/\u061c",
    ],
)  # fmt: skip
def test_what_a_page_must_not_link_to(url: str) -> None:
    assert web(url) == ""
