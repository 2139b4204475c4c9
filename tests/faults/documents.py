"""Faults of what comes with status 200: challenges, things that are no feed, broken XML, wrong charsets, odd items."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime

from .payloads import HTML, NOW, item, page, reply, rss, two
from .rows import Row, feed, says, status
from .server import Asked, Script

KOREAN = "시계 박물관, 토요일에 새 전시관 열어"
JAPANESE = "時計博物館、土曜日に新館を公開へ"
CHALLENGE = (
    b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Enable JavaScript and cookies to continue</body></html>"
)
APOLOGY = b"<html><head><title>Technical Difficulties</title></head><body><h1>We are sorry</h1></body></html>"
DENIED = b"<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY>Reference #18.2d</BODY></HTML>"


def html(body: bytes) -> Callable[[Asked], Script]:
    """Answer a page of HTML with status 200."""
    return says(reply(body, 200, HTML))


def xml(make: Callable[[str], str]) -> Callable[[Asked], Script]:
    """Answer the usual feed, spoilt."""
    return feed(lambda asked: make(two(asked)))


def dated(*dates: str) -> Callable[[Asked], Script]:
    """Answer a feed of items with these dates."""
    return feed(lambda asked: rss(item(asked, number, date=date) for number, date in enumerate(dates, 1)))


def titled(title: str, encoding: str, *, said: str | None = None, media: str = "text/xml", mark: bytes = b"") -> Callable[[Asked], Script]:
    """Answer a feed of two items in a charset that is declared as ``said`` (None: not at all)."""
    prolog = f'<?xml version="1.0" encoding="{said}"?>' if said else '<?xml version="1.0"?>'
    return feed(lambda asked: rss((item(asked, 1, title=title), item(asked, 2, title=title)), prolog=prolog), encoding, media, mark)


def renamed(asked: Asked) -> Script:
    """The same addresses every time, under new guids."""
    return feed(lambda asked: rss(item(asked, n, guid=f"time-{asked.times}-{n}") for n in (1, 2, 3)))(asked)


def reworded(asked: Asked) -> Script:
    """The same guids and addresses, with other titles and dates every time."""
    stamp = format_datetime(NOW - timedelta(minutes=30 - asked.times))
    return feed(lambda asked: rss(item(asked, n, title=f"Wing {n}, version {asked.times}", date=stamp) for n in (1, 2)))(asked)


def gapped(asked: Asked) -> Script:
    """Two old items, then none but newer ones."""
    first = rss(item(asked, n, date=format_datetime(NOW - timedelta(days=9))) for n in (1, 2))
    later = rss(item(asked, n, date=format_datetime(NOW - timedelta(minutes=5))) for n in (3, 4, 5))
    return feed(lambda asked: later if asked.times else first)(asked)


def emptied(asked: Asked) -> Script:
    """A feed that lost its items."""
    return feed(lambda asked: rss(()) if asked.times else two(asked))(asked)


def nested(depth: int) -> str:
    """Elements in elements in an item."""
    return rss((f"<item><title>x</title>{'<b>' * depth}{'</b>' * depth}</item>",))


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 10))
    + "]>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
REMOTE = '<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://169.254.169.254/x.dtd" [<!ENTITY % y SYSTEM "http://127.0.0.1/y"> %y;]>'

CHALLENGES = (
    Row("challenge-403", "blocked", status(403, ("Cf-Mitigated", "challenge"), body=CHALLENGE), "403"),
    Row("challenge-503", "blocked", status(503, body=b"<script src='/cdn-cgi/challenge-platform/h/b'></script>"), "503"),
    Row("challenge-200-header", "blocked", lambda asked: (reply(two(asked).encode(), 200, HTML, ("cf-mitigated", "challenge")),)),
    Row("challenge-200", "blocked", html(CHALLENGE), "just a moment"),
    Row("technical-difficulties", "blocked", html(APOLOGY), "technical difficulties"),
    Row("access-denied", "blocked", html(DENIED), "access denied"),
    Row("challenge-as-xml", "blocked", says(reply(CHALLENGE))),
    Row("challenge-202", "blocked", says(reply(b"<script>window.awsWafCookieDomainList = [];</script>", 202, HTML))),
)

NO_FEEDS = (
    Row("html-for-xml", "not_a_feed", html(page("Museum of Clocks", ["Welcome."])), "HTML"),
    Row("html-as-xml", "not_a_feed", says(reply(page("Museum of Clocks", ["Welcome."]))), "HTML"),
    Row("body-empty", "empty", says(reply(b"")), "empty"),
    Row("body-blank", "empty", says(reply(b" \r\n\t" * 50)), "empty"),
    Row("body-only-a-mark", "empty", says(reply(b"\xef\xbb\xbf")), "empty"),
    Row("body-nul", "not_a_feed", says(reply(b"\x00" * 5_000))),
    Row("binary", "not_a_feed", says(reply(bytes(range(256)) * 40))),
    Row("picture", "not_a_feed", says(reply(b"\x89PNG\r\n\x1a\n" + bytes(400), 200, "image/png"))),
    Row("plain-text", "not_a_feed", says(reply(b"Too many requests, please wait.", 200, "text/plain"))),
    Row("json-of-no-feed", "not_a_feed", says(reply(b'{"error": "no such key"}', 200, "application/json"))),
    Row("json-broken", "parse", says(reply(b'{"version": "https://jsonfeed.org/version/1.1", "items": [{', 200, "application/feed+json"))),
    Row("json-deep", "parse", says(reply(b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * 50_000, 200, "application/feed+json"))),
    Row("another-xml", "not_a_feed", says(reply(b'<?xml version="1.0"?><soap:Envelope xmlns:soap="urn:x"><soap:Body/></soap:Envelope>'))),
    Row("wrong-channel", "wrong_channel", feed(two), "Museum News", source={"channel": "Ministry"}),
    Row("channel-untitled", "wrong_channel", feed(lambda asked: rss((item(asked),), channel="")), source={"channel": "Ministry"}),
)  # fmt: skip

MALFORMED = (
    Row("item-unclosed", "ok", xml(lambda text: text.replace("</item>", "", 1)), entries=2),
    Row("channel-unclosed", "ok", xml(lambda text: text.replace("</channel></rss>", "")), entries=2),
    Row("truncated", "ok", xml(lambda text: text[:-90]), entries=1),
    Row("truncated-in-first-item", "parse", xml(lambda text: text[: text.index("</link><guid>")])),
    Row("tags-crossed", "ok", xml(lambda text: text.replace("<guid>", "<description><b><i>x</b></i></description><guid>")), entries=2),
    Row("tags-crossed-in-the-channel", "ok", xml(lambda text: text.replace("</title><link>", "</link><link>", 1)), entries=1),
    Row("two-roots", "ok", xml(lambda text: text + text.partition("?>")[2]), entries=4),
    Row("dirt-behind", "ok", xml(lambda text: text + "<!-- cached --><script>x()</script>"), entries=2),
    Row("dirt-before", "ok", xml(lambda text: "<br />\n<b>Warning</b>: include() failed\n" + text), entries=2),
    Row("blank-before", "ok", xml(lambda text: "\n\n  " + text), entries=2),
    Row("control-characters", "ok", xml(lambda text: text.replace("Museum", "Mu\x08se\x0bum")), entries=2, title="Museum"),
    Row("nul-in-feed", "ok", xml(lambda text: text.replace("Museum", "Mu\x00seum")), entries=2, title="Museum"),
    Row("ampersand-bare", "ok", xml(lambda text: text.replace("Museum", "Q&A: Museum")), entries=2, title="Q&A: Museum"),
    Row("entity-of-html", "ok", xml(lambda text: text.replace("Museum", "Mus&eacute;e&nbsp;")), entries=2, title="Musée"),
    Row("entity-undefined", "ok", xml(lambda text: text.replace("Museum", "&museum;")), entries=2, title="&museum;"),
    Row("reference-beyond", "ok", xml(lambda text: text.replace("Museum", "Museum &#x110000; &#0;")), entries=2, title="Museum"),
    Row("attribute-twice", "ok", xml(lambda text: text.replace('<rss version="2.0"', '<rss version="2.0" version="2.0"')), entries=2),
    Row("prefix-undeclared", "ok", xml(lambda text: text.replace("<guid>", "<dc:creator>A</dc:creator><guid>")), entries=2),
    Row("cdata-unclosed", "ok", xml(lambda text: text.replace("</item></channel>", "<description><![CDATA[x</item></channel>")), entries=2),
    Row("only-a-prolog", "not_a_feed", says(reply(b'<?xml version="1.0"?>'))),
    Row("only-a-root", "parse", says(reply(b"<rss version='2.0'><chan"))),
    Row("entity-bomb", "parse", xml(lambda text: LAUGHS + text.replace("Museum", "&a9;")), "entities"),
    Row("entity-outside", "parse", xml(lambda text: OUTSIDE + text.replace("Museum", "&x;")), "entities"),
    Row("entity-by-parameter", "parse", xml(lambda text: REMOTE + text), "entities"),
    Row("deep-nesting", "parse", feed(lambda asked: nested(20_000)), "nested"),
    Row("attributes-many", "ok", xml(lambda text: text.replace("<item>", "<item " + " ".join(f'a{n}="1"' for n in range(9_000)) + ">", 1)), entries=2),
)  # fmt: skip

CHARSETS = (
    Row("charset-lies-in-xml", "ok", titled(KOREAN, "cp949", said="utf-8"), entries=2, title=KOREAN, source={"language": "ko"}),
    Row("charset-lies-in-header", "ok", titled(KOREAN, "utf-8", said="utf-8", media="text/xml; charset=iso-8859-1"), entries=2, title=KOREAN),
    Row("charset-lies-everywhere", "ok", titled(JAPANESE, "utf-8", said="shift_jis", media="text/xml; charset=euc-kr"), entries=2, title=JAPANESE),
    Row("charset-missing", "ok", titled(JAPANESE, "cp932"), entries=2, title=JAPANESE, source={"language": "ja"}),
    Row("charset-unknown", "ok", titled(KOREAN, "utf-8", said="x-none", media="text/xml; charset=nonsense"), entries=2, title=KOREAN),
    Row("charset-in-header-only", "ok", titled(KOREAN, "cp949", media="text/xml; charset=ks_c_5601-1987"), entries=2, title=KOREAN),
    Row("iso-2022-jp", "ok", titled(JAPANESE, "iso2022_jp", said="iso-2022-jp"), entries=2, title=JAPANESE),
    Row("utf-16", "ok", titled(KOREAN, "utf-16", said="utf-16"), entries=2, title=KOREAN),
    Row("utf-16-without-mark", "ok", titled(KOREAN, "utf-16-be", said="utf-16"), entries=2, title=KOREAN),
    Row("utf-8-with-mark", "ok", titled(KOREAN, "utf-8", said="utf-8", mark=b"\xef\xbb\xbf"), entries=2, title=KOREAN),
    Row("bytes-broken", "ok", lambda asked: (reply(two(asked).encode().replace(b"Wing", b"W\xffing")),), entries=2, title="Museum"),
)  # fmt: skip

ITEMS = (
    Row("feed-empty", "empty", feed(lambda asked: rss(())), "no entries"),
    Row("feed-emptied", "ok", emptied, entries=2, again="empty"),
    Row("feed-stale", "stale", dated("Mon, 01 Jun 2026 09:00:00 GMT", "Sun, 31 May 2026 09:00:00 GMT"), "days old", entries=2, source={"stale_after": 10.0}),
    Row("feed-gap", "ok", gapped, entries=2, again="gap", fresh=3),
    Row("guid-on-every-item", "ok", feed(lambda asked: rss(item(asked, n, guid="same") for n in range(1, 5))), entries=4),
    Row("guid-empty", "ok", feed(lambda asked: rss(item(asked, n, guid="") for n in (1, 2))), entries=2),
    Row("guids-change", "ok", renamed, entries=3),
    Row("titles-change", "ok", reworded, entries=2),
    Row("items-twice", "ok", feed(lambda asked: rss([item(asked, 1), item(asked, 2)] * 3)), entries=6),
    Row("items-without-address", "ok", feed(lambda asked: rss((item(asked, 1), "<item><title>Neither</title></item>"))), entries=1),
    Row("items-all-without-address", "empty", feed(lambda asked: rss(("<item><title>Neither</title></item>",) * 3))),
    Row("items-10000", "ok", feed(lambda asked: rss(item(asked, n) for n in range(1, 10_001))), entries=200, source={"official": False, "party": ""}),
    Row("dates-without-zone", "ok", dated("2026-07-09 09:00:00", "Thu, 09 Jul 2026 08:00:00"), entries=2, source={"timezone": "Asia/Seoul"}),
    Row("dates-missing", "ok", dated("", ""), entries=2),
    Row("dates-of-the-future", "ok", dated("Fri, 01 Jan 2099 00:00:00 GMT", "Thu, 09 Jul 2026 08:00:00 GMT"), entries=2),
    Row("dates-of-1970", "ok", dated("Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00Z"), entries=2),
    Row("dates-impossible", "ok", dated("Thu, 31 Feb 2026 25:61:00 GMT", "9" * 4_000, "0000-00-00T00:00:00Z"), entries=3),
    Row("title-of-a-megabyte", "ok", feed(lambda asked: rss((item(asked, 1, title="x " * 500_000), item(asked, 2)))), entries=2),
    Row("title-of-brackets", "ok", feed(lambda asked: rss((item(asked, 1, title="&lt;" * 100_000), item(asked, 2)))), entries=2),
    Row("links-inside", "ok", feed(lambda asked: rss((item(asked, 1, link="http://169.254.169.254/x"), item(asked, 2, link="http://[::1%25lo]/")))), entries=2),
    Row("links-of-scripts", "ok", feed(lambda asked: rss((item(asked, 1, link="javascript:alert(1)", guid="a"), item(asked, 2)))), entries=2),
    Row("links-to-the-feed", "ok", feed(lambda asked: rss((item(asked, 1, link="/feed", guid="a"), item(asked, 2)))), entries=2),
)  # fmt: skip

DOCUMENTS = (*CHALLENGES, *NO_FEEDS, *MALFORMED, *CHARSETS, *ITEMS)
