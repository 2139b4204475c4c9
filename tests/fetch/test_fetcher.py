"""One page: what is sent, what comes back, and the code of every way it can fail."""

from __future__ import annotations

import gzip
import threading
import time as real_time
import tracemalloc
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from scraper.errors import ConfigError, FetchError
from scraper.fetch import Fetcher
from scraper.fetch.answers import challenged, retry_after
from scraper.model.source import Page, Validators

from .server import Answer, Seen, Server, Table
from .tools import AGENT, START, fetcher, local, loopback, settings

HTML = b"<!doctype html><title>t</title>" + "공동성명".encode()
CHALLENGE = b"<title>Just a moment...</title><script>window._cf_chl_opt={}</script>"


def failed(server: Server, path: str, *, host: str = "", **changed: float | bool) -> FetchError:
    with fetcher(**changed) as client, pytest.raises(FetchError) as caught:
        client.get(server.url(path, host=host), source=local())
    return caught.value


def got(server: Server, path: str, **changed: float | bool) -> Page:
    with fetcher(**changed) as client:
        return client.get(server.url(path), source=local())


def test_a_page() -> None:
    head = (("Content-Type", "text/html; charset=UTF-8"), ("ETag", '"x"'), ("X-Many", "1"), ("X-Many", "2"), ("Set-Cookie", "secret=1"))
    with Server({"/a?b=c": Answer(headers=head, body=HTML)}) as server:
        page = got(server, "/a?b=c#part")
        assert page == Page(
            url=server.url("/a?b=c"), requested=server.url("/a?b=c#part"), status=200, body=HTML, fetched_at="2026-11-20T09:00:00Z",
            headers={"content-type": "text/html; charset=UTF-8", "etag": '"x"', "x-many": "1, 2"},
        )  # fmt: skip
        assert page.content_type == "text/html"


def test_what_is_sent_is_honest() -> None:
    with Server({"/a": Answer()}) as server, fetcher() as client:
        client.get(server.url("/a", host="news.example.org"), source=local(), accept="application/rss+xml")
        headers = server.seen[0].headers
        assert headers["user-agent"] == AGENT
        assert headers["host"] == f"news.example.org:{server.port}"
        assert headers["accept-encoding"] == "gzip, deflate"
        assert headers["accept"] == "application/rss+xml"
        assert not {"cookie", "referer", "if-none-match", "if-modified-since", "authorization"} & set(headers)


@pytest.mark.parametrize(
    "answer",
    [Answer(body=HTML, chunked=True), Answer(body=HTML, length=-1), Answer(headers=(("Content-Encoding", "gzip"),), body=gzip.compress(HTML, mtime=0)),
     Answer(headers=(("Content-Encoding", "deflate"),), body=zlib.compress(HTML), chunked=True), Answer(203, body=HTML), Answer(body=HTML, drip=0.001)],
    ids=str,
)  # fmt: skip
def test_every_way_to_send_a_body(answer: Answer) -> None:
    with Server({"/a": answer if answer.length is None else Answer(raw=b"HTTP/1.1 200 OK\r\n\r\n" + HTML)}) as server:
        page = got(server, "/a")
        assert page.body == HTML
        assert not {"content-encoding", "transfer-encoding", "content-length"} & set(page.headers)


CODES: dict[str, tuple[Answer, str, int | None]] = {
    "not found": (Answer(404), "http", 404),
    "gone": (Answer(410), "http", 410),
    "bad request": (Answer(400, body=b'{"code":"rest_post_invalid_page_number"}'), "http", 400),
    "unauthorised": (Answer(401), "http", 401),
    "server error": (Answer(500), "http", 500),
    "too many": (Answer(429), "http", 429),
    "unknown status": (Answer(999), "http", 999),
    "304 that nobody asked for": (Answer(304), "http", 304),
    "forbidden": (Answer(403), "blocked", 403),
    "legal reasons": (Answer(451), "blocked", 451),
    "challenge header": (Answer(503, (("CF-Mitigated", "challenge"),)), "blocked", 503),
    "challenge header with 200": (Answer(200, (("cf-mitigated", "challenge"),), body=b"x"), "blocked", 200),
    "challenge body": (Answer(503, body=CHALLENGE), "blocked", 503),
    "challenge body, compressed": (Answer(429, (("Content-Encoding", "gzip"),), body=gzip.compress(CHALLENGE, mtime=0)), "blocked", 429),
    "challenge with 200": (Answer(200, body=CHALLENGE), "blocked", 200),
    "waf": (Answer(202, (("x-amzn-waf-action", "challenge"),)), "blocked", 202),
    "error with a broken body": (Answer(500, (("Content-Encoding", "br"),), body=b"x"), "http", 500),
    "redirect to nowhere": (Answer(302), "redirect", 302),
    "redirect to no URL": (Answer(302, (("Location", "http://example.org:x/"),)), "redirect", None),
    "redirect to no host": (Answer(302, (("Location", "http://[oops/"),)), "address", None),
    "redirect to another scheme": (Answer(302, (("Location", "ftp://example.org/"),)), "address", None),
    "redirect to itself": (Answer(302, (("Location", "/page"),)), "redirect", None),
    "body too large": (Answer(body=bytes(10_001)), "too_large", None),
    "announced too large": (Answer(length=10**17, cut=0), "too_large", 200),
    "chunked too large": (Answer(body=bytes(10_001), chunked=True), "too_large", None),
    "endless": (Answer(body=bytes(9_000), chunked=True, endless=True), "too_large", None),
    "too many headers": (Answer(headers=tuple((f"X-{n}", "1") for n in range(300))), "too_large", None),
    "headers too large": (Answer(headers=(("X-Long", "y" * 70_000),)), "too_large", None),
    "headers far too large": (Answer(headers=(("X-Long", "y" * 400_000),)), "too_large", None),
    "reset": (Answer(reset=True), "connect", None),
    "no HTTP": (Answer(raw=b"SSH-2.0-OpenSSH_9.2\r\n"), "connect", None),
    "closed at once": (Answer(raw=b"\r\n"), "connect", None),
    "body cut short": (Answer(body=b"1234567890", cut=4), "connect", None),
    "chunks cut short": (Answer(body=b"a\r\n12345", chunked=True, cut=6), "connect", None),
    "gzip cut short": (Answer(headers=(("Content-Encoding", "gzip"),), body=gzip.compress(HTML, mtime=0)[:-3]), "connect", None),
    "coding not asked for": (Answer(headers=(("Content-Encoding", "br"),), body=b"x"), "decode", None),
    "broken gzip": (Answer(headers=(("Content-Encoding", "gzip"),), body=b"\x1f\x8b\x08\0" + b"\xff" * 50), "decode", None),
    "two lengths": (Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"), "connect", None),
}  # fmt: skip


@pytest.mark.parametrize("name", CODES)
def test_the_code_of_a_failure(name: str) -> None:
    answer, code, status = CODES[name]
    with Server({"/page": answer}) as server:
        error = failed(server, "/page", max_bytes=10_000)
    assert error.code == code, str(error)
    if status is not None:
        assert error.status == status


def test_no_answer_in_time() -> None:
    with Server({"/a": Answer(hang=True)}) as server:
        assert failed(server, "/a", timeout=0.2).code == "timeout"


@pytest.mark.parametrize("answer", [Answer(body=b"x" * 500, drip=0.05), Answer(body=b"x", drip=0.05, drip_head=True)], ids=["body", "head"])
def test_a_drip_ends_with_the_deadline(answer: Answer) -> None:
    with Server({"/a": answer}) as server:
        began = real_time.monotonic()
        error = failed(server, "/a", deadline=0.3)
        assert error.code == "timeout"
        assert real_time.monotonic() - began < 2.0


def test_the_deadline_spans_the_redirects() -> None:
    table: Table = {f"/{n}": Answer(302, (("Location", f"/{n + 1}"),), body=b"x", drip=0.03, drip_head=True) for n in range(8)}
    with Server(table) as server:
        assert failed(server, "/0", deadline=0.5).code == "timeout"


def test_a_name_that_does_not_resolve() -> None:
    with Server() as server:
        assert failed(server, "/", host="gone.nowhere.example").code == "dns"


def test_nobody_listens() -> None:
    with Server() as server:
        url = server.url("/")
    with fetcher() as client, pytest.raises(FetchError) as caught:
        client.get(url, source=local())
    assert caught.value.code == "unreachable"


def test_the_second_address_is_tried() -> None:
    with (
        Server({"/": Answer(body=b"here")}) as server,
        Fetcher(settings(), lambda: START, resolver=lambda host, port: ("::1", "127.0.0.1")) as client,
    ):
        assert client.get(server.url("/", host="two.example.org"), source=local()).body == b"here"


def test_tls_fails_but_bears_the_name_of_the_url() -> None:
    """The connection goes to the checked address, while the server is told the name (SNI, RFC 6066)."""
    with Server() as server, fetcher() as client:
        with pytest.raises(FetchError) as caught:
            client.get(f"https://press.example.org:{server.port}/", source=local())
        assert caught.value.code == "tls"
        assert b"press.example.org" in server.greetings[0]


def test_the_name_is_looked_up_once() -> None:
    asked: list[str] = []

    def counting(host: str, port: int) -> tuple[str, ...]:
        asked.append(host)
        return ("127.0.0.1",) if len(asked) == 1 else ("127.0.0.9",)

    with Server({"/": Answer(body=b"here")}) as server, Fetcher(settings(), lambda: START, resolver=counting) as client:
        assert client.get(server.url("/", host="rebinding.example.org"), source=local()).body == b"here"
    assert asked == ["rebinding.example.org"]


def test_a_connection_into_the_local_network_is_not_shared() -> None:
    """A name that turns public is not answered over the connection that a private source left open."""
    answers = [("127.0.0.1",), ("127.0.0.1",)]
    with Server({"/": Answer(body=b"inside")}) as server:
        with Fetcher(settings(), lambda: START, resolver=lambda host, port: answers.pop(0)) as client:
            url = server.url("/", host="turning.example.org")
            assert client.get(url, source=local()).body == b"inside"
            with pytest.raises(FetchError) as caught:
                client.get(url)
            assert caught.value.code == "address"
        assert len(server.seen) == 1


def test_redirects_are_followed_and_told() -> None:
    table: Table = {
        "/1": Answer(301, (("Location", "/2"),)), "/2": Answer(308, (("Location", "3?x=뉴스#part"),)), "/3?x=%EB%89%B4%EC%8A%A4": Answer(body=b"3"),
        "/4": Answer(301, (("Location", "/5"),)), "/5": Answer(307, (("Location", "/3?x=%EB%89%B4%EC%8A%A4"),)),
    }  # fmt: skip
    with Server(table) as server:
        end = server.url("/3?x=%EB%89%B4%EC%8A%A4")
        page = got(server, "/1")
        assert (page.url, page.requested, page.hops, page.permanent) == (end, server.url("/1"), (server.url("/2"), end), True)
        page = got(server, "/4")
        assert (page.url, page.hops, page.permanent) == (end, (server.url("/5"), end), False)
        assert not got(server, "/3?x=%EB%89%B4%EC%8A%A4").permanent


def test_too_many_redirects() -> None:
    table: Table = {f"/{n}": Answer(302, (("Location", f"/{n + 1}"),)) for n in range(20)} | {"/20": Answer(body=b"end")}
    with Server(table) as server:
        assert failed(server, "/0").code == "redirect"
        assert len(server.seen) == 9
        assert got(server, "/12").body == b"end"


def test_a_circle_is_noticed_when_it_closes() -> None:
    with Server({"/a": Answer(302, (("Location", "/b"),)), "/b": Answer(302, (("Location", "/a"),))}) as server:
        assert failed(server, "/a").code == "redirect"
        assert server.paths() == ["/a", "/b"]


def gate(seen: Seen) -> Answer:
    """Answers like a site that sends everybody once to the same address, with a cookie."""
    if "pass=1" in seen.headers.get("cookie", ""):
        return Answer(body=b"inside")
    return Answer(307, (("Location", seen.path), ("Set-Cookie", "pass=1; Path=/; HttpOnly")))


def test_a_redirect_to_itself_that_sets_a_cookie() -> None:
    with Server({"/a": gate}) as server, fetcher() as client:
        page = client.get(server.url("/a"), source=local())
        assert (page.body, page.hops, page.permanent) == (b"inside", (server.url("/a"),), False)
        assert client.get(server.url("/a"), source=local()).hops == ()


def test_a_new_cookie_each_time_does_not_go_on_for_ever() -> None:
    count = iter(range(100))
    with Server({"/a": lambda seen: Answer(302, (("Location", "/a"), ("Set-Cookie", f"n={next(count)}")))}) as server:
        assert failed(server, "/a").code == "redirect"
        assert len(server.seen) == 9


def test_cookies_stay_with_the_host_that_set_them() -> None:
    cookie = Answer(headers=(("Set-Cookie", "id=7; Domain=example.org; Path=/"), ("Set-Cookie", "only=here")))
    with Server({"/set": cookie, "/see": Answer()}) as server, fetcher() as client:
        for path, host in (("/set", "www.example.org"), ("/see", "www.example.org"), ("/see", "example.org"), ("/see", "news.example.org")):
            client.get(server.url(path, host=host), source=local())
        assert [seen.headers.get("cookie", "") for seen in server.seen] == ["", "id=7; only=here", "", ""]


def test_a_host_that_sets_very_many_cookies_loses_them() -> None:
    many = tuple(("Set-Cookie", f"c{n}={n}") for n in range(100))
    with Server({"/set": Answer(headers=many), "/see": Answer()}) as server, fetcher() as client:
        client.get(server.url("/set"), source=local())
        client.get(server.url("/see"), source=local())
        assert "cookie" not in server.seen[1].headers


def test_a_conditional_request() -> None:
    def current(seen: Seen) -> Answer:
        same = seen.headers.get("if-none-match") == '"v1"' and seen.headers.get("if-modified-since", "").startswith("Fri")
        return Answer(304, (("ETag", '"v1"'),)) if same else Answer(headers=(("ETag", '"v1"'),), body=b"new")

    with Server({"/feed": current}) as server, fetcher() as client:
        known = Validators('"v1"', "Fri, 20 Nov 2026 08:00:00 GMT")
        page = client.get(server.url("/feed"), source=local(), validators=known)
        assert (page.status, page.not_modified, page.body, page.headers["etag"]) == (304, True, b"", '"v1"')
        page = client.get(server.url("/feed"), source=local(), validators=Validators('"v0"'))
        assert (page.status, page.not_modified, page.body) == (200, False, b"new")


def test_validators_that_cannot_be_sent_are_left_out() -> None:
    with Server({"/feed": Answer(body=b"new")}) as server, fetcher() as client:
        client.get(server.url("/feed"), source=local(), validators=Validators('"a\r\nX-Injected: 1"', "y" * 5_000))
        assert not {"if-none-match", "if-modified-since", "x-injected"} & set(server.seen[0].headers)
        client.get(server.url("/feed"), source=local(), validators=Validators('"값"'))
        assert server.seen[1].headers["if-none-match"].encode("latin-1").decode() == '"값"'


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120.0), ("0", 0.0), (" 7 ", 7.0), ("Fri, 20 Nov 2026 09:01:30 GMT", 90.0), ("Friday, 20-Nov-26 09:01:30 GMT", 90.0),
     ("Fri Nov 20 09:01:30 2026", 90.0), ("Fri, 20 Nov 2026 08:00:00 GMT", 0.0), ("", None), ("soon", None), ("-5", None), ("1.5", None),
     ("٣", None), ("Fri, 99 Nov 2026 09:00:00 GMT", None), ("x" * 10_000, None)],
)  # fmt: skip
def test_retry_after_in_both_forms(value: str, seconds: float | None) -> None:
    assert retry_after(value, START) == seconds


@pytest.mark.parametrize("value", ["120", "Fri, 20 Nov 2026 09:02:00 GMT"])
@pytest.mark.parametrize("status", [429, 503, 403])
def test_the_wait_is_told(status: int, value: str) -> None:
    with Server({"/a": Answer(status, (("Retry-After", value),))}) as server:
        error = failed(server, "/a")
        assert (error.status, error.retry_after) == (status, 120.0)


@pytest.mark.parametrize(
    "body", [b"a page with /cdn-cgi/challenge-platform/scripts/jsd/main.js", b"<script src=/_Incapsula_Resource?x>", b""]
)
def test_a_served_page_that_loads_the_scripts_of_a_bot_check_is_a_page(body: bytes) -> None:
    assert not challenged(200, {}, body)
    assert challenged(503, {}, body) is bool(body)


def test_a_bomb_is_cut_off_while_streaming() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(300)) + packer.flush()
    with Server({"/bomb": Answer(headers=(("Content-Encoding", "gzip"),), body=bomb)}) as server:
        tracemalloc.start()
        try:
            error = failed(server, "/bomb", max_bytes=2_000_000)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert error.code == "too_large"
    assert peak < 16_000_000


def test_http_secrets_do_not_reach_the_message() -> None:
    with Server({"/a?serviceKey=hidden": Answer(500)}) as server:
        assert "hidden" not in str(failed(server, "/a?serviceKey=hidden"))


def test_many_threads_share_one_fetcher() -> None:
    with (
        Server({f"/{n}": Answer(body=str(n).encode() * 1_000) for n in range(40)}) as server,
        fetcher() as client,
        ThreadPoolExecutor(8) as pool,
    ):
        pages = list(pool.map(lambda n: client.get(server.url(f"/{n}"), source=local()), range(40)))
        assert [page.body for page in pages] == [str(n).encode() * 1_000 for n in range(40)]


def test_closing_ends_what_is_under_way() -> None:
    arrived = threading.Event()

    def late(seen: Seen) -> Answer:
        arrived.set()
        return Answer(hang=True)

    with Server({"/a": late}) as server, ThreadPoolExecutor(1) as pool, closing(fetcher(timeout=30, deadline=30)) as client:
        pending = pool.submit(client.get, server.url("/a"), source=local())
        assert arrived.wait(5)
        client.close()
        error = pending.exception(timeout=5)
        assert isinstance(error, FetchError)
        assert error.code == "connect"
        with pytest.raises(FetchError) as caught:
            client.get(server.url("/a"), source=local())
        assert caught.value.code == "connect"


def test_a_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxy resolves the name; the form of the address is checked here all the same."""
    with Server({"http://news.example.org/a": Answer(body=b"by proxy"), "/a": Answer(body=b"direct")}) as server:
        monkeypatch.setenv("http_proxy", f"127.0.0.1:{server.port}")
        monkeypatch.setenv("no_proxy", "near.example.org")
        with Fetcher(settings(), lambda: START, resolver=loopback) as client:
            assert client.get("http://news.example.org/a").body == b"by proxy"
            assert client.get(server.url("/a", host="near.example.org"), source=local()).body == b"direct"
            for url in ("http://127.0.0.1/a", "http://localhost/a", "http://2130706433/a"):
                with pytest.raises(FetchError) as caught:
                    client.get(url)
                assert caught.value.code == "address"


def test_the_local_network_is_reached_without_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    with Server({"/a": Answer(body=b"direct")}) as server, Server() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url())
        monkeypatch.delenv("no_proxy", raising=False)
        with Fetcher(settings(), lambda: START, resolver=loopback) as client:
            for host in ("127.0.0.1", "localhost", "nas.local"):
                assert client.get(server.url("/a", host=host), source=local()).body == b"direct"
        assert proxy.seen == []


def test_a_kept_connection_that_the_server_drops_is_replaced() -> None:
    known: set[int] = set()

    def once(seen: Seen) -> Answer:
        used = seen.peer in known
        known.add(seen.peer)
        return Answer(raw=b"", reset=used, body=b"fresh")

    with Server({"/a": once}) as server, fetcher() as client:
        for _ in range(3):
            assert client.get(server.url("/a"), source=local()).body == b"fresh"
        assert len(known) == 3
        assert len(server.seen) == 5


def test_a_fresh_connection_that_is_dropped_is_not_tried_again() -> None:
    with Server({"/a": Answer(reset=True)}) as server:
        assert failed(server, "/a").code == "connect"
        assert len(server.seen) == 1


def test_a_proxy_that_refuses_the_tunnel_is_a_connection_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    with Server() as server:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{server.port}")
        with Fetcher(settings(), lambda: START) as client, pytest.raises(FetchError) as caught:
            client.get("https://news.example.org/a")
        assert caught.value.code == "connect"
        assert server.seen[0].method == "CONNECT"


def test_a_proxy_that_cannot_be_used_is_a_fault_of_the_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "socks5://127.0.0.1:1080")
    with pytest.raises(ConfigError) as caught:
        Fetcher(settings(), lambda: START)
    assert caught.value.problems[0].key == "https_proxy"
