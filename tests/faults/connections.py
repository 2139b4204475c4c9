"""Faults of the connection, of HTTP itself and of what stands before the page: names, TLS, robots.txt, redirects, sizes."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from email.utils import format_datetime
from itertools import chain, repeat

from .payloads import NOW, XML, bomb, chunk, packed, reply, two
from .rows import Row, feed, leads, says, status
from .server import Act, Asked, Play, Script

OK = feed(two)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"


def dripped(data: bytes, pause: float = 0.2) -> Iterator[bytes | float]:
    """Bytes one by one."""
    return chain.from_iterable((data[place : place + 1], pause) for place in range(len(data)))


def coded(body: bytes, coding: str = "gzip") -> Play:
    """Answer a body under a content coding."""
    return says(reply(body, 200, XML, ("Content-Encoding", coding)))


def short(asked: Asked) -> Script:
    """A whole feed whose Content-Length ends within its last item."""
    body = two(asked).encode()
    return (reply(body, length=len(body) - 60),)


def kept(asked: Asked) -> Script:
    """A feed with an ETag, and 304 from then on, whatever is asked."""
    return (reply(b"", 304, "") if asked.times else reply(two(asked).encode(), 200, XML, ("ETag", '"one"')),)


def gate(asked: Asked) -> Script:
    """The redirect to itself that sets a cookie, and the feed for who brings it."""
    if "pass=1" in asked.headers.get("cookie", ""):
        return OK(asked)
    return (reply(b"", 307, "", ("Location", "/feed"), ("Set-Cookie", "pass=1; Path=/")),)


def thirty(asked: Asked) -> Script:
    """Thirty redirects, each to another address, and the feed behind them."""
    number = int(asked.path.rpartition("-")[2]) if "-" in asked.path else 0
    return OK(asked) if number >= 30 else (reply(b"", 302, "", ("Location", f"/hop-{number + 1}")),)


def elsewhere(code: int, play: Play) -> Play:
    """Redirect to another page of the same site, which is played."""
    return lambda asked: play(asked) if asked.path == "/new" else (reply(b"", code, "", ("Location", "/new")),)


def to(place: str) -> Play:
    """Redirect to a fixed place."""
    return leads(lambda asked: place)


STATUSES = (
    *(Row(f"status-{code}", "http", status(code), str(code)) for code in (300, 400, 401, 402, 404, 405, 406, 410, 418, 500, 501, 502, 504, 520, 999)),
    *(Row(f"status-{code}", "blocked", status(code), str(code)) for code in (403, 451)),
    Row("status-429", "http", status(429), "429"),
    Row("status-429-seconds", "http", status(429, ("Retry-After", "5000")), "429", again="http"),
    Row("status-429-date", "http", status(429, ("Retry-After", format_datetime(NOW.replace(hour=14), usegmt=True))), "429"),
    Row("status-429-nonsense", "http", status(429, ("Retry-After", "soon, \u00e9")), "429"),
    Row("status-503-waits", "http", status(503, ("Retry-After", "600")), "503"),
    Row("status-204", "empty", says(reply(b"", 204, "")), "empty"),
    Row("status-304-not-asked", "http", says(reply(b"", 304, "")), "304"),
    Row("status-304-for-ever", "ok", kept, entries=2, again="not_modified"),
)  # fmt: skip

BREAKS = (
    Row("port-closed", "http", OK, "refused", url="http://{site}:{closed}/feed"),
    Row("reset-at-once", "http", lambda asked: (Act.RESET,), "reset"),
    Row("reset-in-head", "http", lambda asked: (HEAD, 0.05, Act.RESET)),
    Row("reset-in-body", "http", lambda asked: (HEAD + b"Content-Length: 900\r\n\r\n<rss>", 0.05, Act.RESET)),
    Row("close-at-once", "http", says()),
    Row("close-in-head", "http", says(HEAD)),
    Row("body-cut-short", "http", says(HEAD + b"Content-Length: 9000\r\n\r\n<rss><channel>")),
    Row("length-too-long", "http", lambda asked: (reply(two(asked).encode(), length=len(two(asked)) + 500),)),
    Row("length-too-short", "ok", short, entries=1),
    Row("length-twice", "http", says(HEAD + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc")),
    Row("length-negative", "http", says(HEAD + b"Content-Length: -5\r\n\r\nabc")),
    Row("chunk-size-broken", "http", says(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n<rss>\r\n0\r\n\r\n")),
    Row("chunks-cut-short", "http", says(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunk(b"<rss><channel>"))),
    Row("not-http", "http", says(b"SSH-2.0-OpenSSH_9.7\r\n")),
    Row("http-09", "http", says(b"<rss version='2.0'></rss>")),
    Row("status-line-broken", "http", says(b"HTTP/1.1 abc What\r\n\r\n")),
    Row("nul-in-head", "http", says(HEAD + b"X-Odd: a\x00b\r\n\r\n<rss/>")),
    Row("many-interim", "timeout", lambda asked: chain.from_iterable(repeat((b"HTTP/1.1 103 Early Hints\r\n\r\n", 0.1)))),
)

SLOW = (
    Row("stall", "timeout", lambda asked: (Act.STALL,)),
    Row("stall-in-head", "timeout", lambda asked: (HEAD, Act.STALL)),
    Row("stall-in-body", "timeout", lambda asked: (HEAD + b"Content-Length: 9000\r\n\r\n<rss>", Act.STALL)),
    Row("drip-head", "timeout", lambda asked: dripped(HEAD * 9)),
    Row("drip-body", "timeout", lambda asked: chain((HEAD + b"\r\n",), dripped(two(asked).encode()))),
    Row("drip-chunks", "timeout", lambda asked: chain((HEAD + b"Transfer-Encoding: chunked\r\n\r\n",), chain.from_iterable(repeat((chunk(b" "), 0.1))))),
    Row("tls-stall", "timeout", lambda asked: (Act.STALL,), url="https://{site}:{silent}/feed"),
    Row("name-stall", "timeout", OK, "looking up"),
)  # fmt: skip

SIZES = (
    Row("endless-body", "too_large", lambda asked: chain((HEAD + b"\r\n<rss>",), repeat(b" " * 65_536))),
    Row("endless-chunks", "too_large", lambda asked: chain((HEAD + b"Transfer-Encoding: chunked\r\n\r\n",), repeat(chunk(b"<item/>" * 9_000)))),
    Row("endless-head", "too_large", lambda asked: chain((HEAD,), repeat(b"X-More: and more\r\n" * 500))),
    Row("endless-header", "too_large", lambda asked: chain((HEAD + b"X-Long: ",), repeat(b"y" * 65_536))),
    Row("announced-too-large", "too_large", says(HEAD + b"Content-Length: 10000000000\r\n\r\n<rss>"), "10000000000"),
    Row("gzip-bomb", "too_large", coded(bomb(60_000_000))),
    Row("deflate-bomb", "too_large", coded(bomb(60_000_000, coding="deflate"), "deflate")),
    Row("gzip-members", "too_large", lambda asked: chain((HEAD + b"Content-Encoding: gzip\r\n\r\n",), repeat(packed("") * 3_000))),
    Row("header-1mb", "too_large", says(reply(b"<rss/>", 200, XML, ("X-Long", "y" * 1_000_000)))),
    Row("headers-1000", "too_large", says(reply(b"<rss/>", 200, XML, *((f"X-{n}", "1") for n in range(1_000))))),
    Row("cookies-60", "ok", lambda asked: (reply(two(asked).encode(), 200, XML, *(("Set-Cookie", f"c{n}={'x' * 300}") for n in range(60))),), entries=2),
)  # fmt: skip

CODINGS = (
    Row("gzip-garbage", "parse", coded(b"\x1f\x8b\x08\x00" + b"\xff\x07" * 300)),
    Row("gzip-cut-short", "http", lambda asked: coded(packed(two(asked))[:-40])(asked), "ends early"),
    Row("gzip-only-said", "ok", lambda asked: coded(two(asked).encode())(asked), entries=2),
    Row("gzip-then-dirt", "ok", lambda asked: coded(packed(two(asked)) + b"\x00\x00\x00")(asked), entries=2),
    Row("deflate-raw", "ok", lambda asked: coded(zlib.compress(two(asked).encode())[2:-4], "deflate")(asked), entries=2),
    Row("deflate-garbage", "parse", coded(b"\x78\x9c" + b"\xff\x07" * 300, "deflate")),
    Row("coding-not-asked-for", "parse", coded(b"\x8b\x02\x80", "br"), "br"),
)

NAMES = (
    Row("name-unknown", "dns", OK, "cannot be resolved"),
    Row("name-without-address", "dns", OK, "no address"),
    Row("name-inside-and-link-local", "http", OK, "169.254.169.254"),
    Row("tls-plain-text", "tls", OK, "secure", url="https://{site}:{port}/feed"),
    Row("tls-closed-at-once", "tls", OK, "secure", url="https://{site}:{hasty}/feed"),
    Row("url-link-local", "http", OK, "public internet", url="http://169.254.169.254/latest/meta-data/"),
)

REDIRECTS = (
    Row("loop-to-itself", "http", to("/feed"), "circle"),
    Row("loop-of-two", "http", lambda asked: to("/b" if asked.path == "/feed" else "/feed")(asked), "circle"),
    Row("loop-without-end", "http", lambda asked: to(asked.path + "x")(asked), "more than"),
    Row("redirects-30", "http", thirty, "more than"),
    Row("redirect-without-place", "http", status(302), "without an address"),
    Row("redirect-to-no-url", "http", to("http://[broken/"), "no valid host"),
    Row("cookie-gate", "ok", gate, entries=2),
    Row("cookie-gate-shut", "http", leads(lambda asked: "/feed", 307), "circle"),
    Row("moved-to-the-feed", "ok", elsewhere(301, OK), "moved for good", entries=2),
    Row("moved-to-a-page", "moved", elsewhere(301, status(200)), "permanently"),
    Row("sent-to-a-page", "not_a_feed", elsewhere(302, status(200))),
    Row("moved-to-nothing", "http", elsewhere(301, status(404)), "404"),
    Row("redirect-to-metadata", "http", to("http://169.254.169.254/latest/meta-data/"), "169.254.169.254"),
    Row("redirect-to-mapped", "http", to("http://[::ffff:127.0.0.1]/"), "public internet"),
    Row("redirect-to-decimal", "http", to("http://2852039166/"), "no valid host"),
    Row("redirect-to-unspecified", "http", to("http://0.0.0.0/"), "public internet"),
    Row("redirect-to-file", "http", to("file:///etc/passwd"), "only http"),
    Row("redirect-to-ftp", "http", to("ftp://x.test/feed"), "only http"),
    Row("redirect-to-data", "http", to("data:text/xml,<rss/>"), "only http"),
    Row("redirect-to-script", "http", to("javascript:alert(1)"), "only http"),
    Row("redirect-with-password", "http", to("http://user:secret@x.test/"), "credentials"),
    Row("redirect-to-unknown-name", "dns", to("http://name-unknown.test/"), "name-unknown.test"),
    Row("redirect-to-service", "http", leads(lambda asked: f"http://{asked.site}:22/"), "port"),
    Row("redirect-to-stall", "timeout", lambda asked: (Act.STALL,) if asked.path == "/new" else to("/new")(asked)),
)

ROBOTS = (
    Row("robots-forbids", "robots", OK, "robots.txt", robots=says(reply(b"User-agent: *\nDisallow: /feed", media="text/plain"))),
    Row("robots-forbids-us", "robots", OK, "robots.txt", robots=says(reply(b"User-agent: trilateral-tests\nDisallow: /\n", media="text/plain"))),
    Row("robots-500", "robots", OK, "500", robots=status(500)),
    Row("robots-503", "robots", OK, "503", robots=status(503)),
    Row("robots-reset", "http", OK, "robots.txt", robots=lambda asked: (Act.RESET,)),
    Row("robots-cut-short", "http", OK, "robots.txt", robots=says(HEAD + b"Content-Length: 900\r\n\r\nUser-agent: *")),
    Row("robots-stall", "timeout", OK, "robots.txt", robots=lambda asked: (Act.STALL,)),
    Row("robots-challenge", "blocked", OK, "robots.txt", robots=status(503, ("Cf-Mitigated", "challenge"))),
    Row("robots-429", "http", OK, "429", robots=status(429)),
    Row("robots-401", "ok", OK, entries=2, robots=status(401)),
    Row("robots-loop", "ok", OK, entries=2, robots=to("/robots.txt")),
    Row("robots-html", "ok", OK, entries=2, robots=status(200)),
    Row("robots-endless", "ok", OK, entries=2, robots=lambda asked: chain((b"HTTP/1.1 200 OK\r\n\r\n",), repeat(b"# " + b"x" * 65_000 + b"\n"))),
    Row("everything-resets", "http", lambda asked: (Act.RESET,), "robots.txt", robots=lambda asked: (Act.RESET,)),
    Row("everything-is-no-http", "http", says(b"SSH-2.0-x\r\n"), "robots.txt", robots=says(b"SSH-2.0-x\r\n")),
    Row("everything-stalls", "timeout", lambda asked: (Act.STALL,), robots=lambda asked: (Act.STALL,)),
)  # fmt: skip

CONNECTIONS = (*STATUSES, *BREAKS, *SLOW, *SIZES, *CODINGS, *NAMES, *REDIRECTS, *ROBOTS)
