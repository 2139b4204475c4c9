"""robots.txt: what it allows, and what becomes of the ways it fails."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import FetchError
from scraper.fetch import robots

from .server import Answer, Seen, Server
from .tools import Time, fetcher, local

STAR = "User-agent: *\n"
OURS = "User-agent: trilateral\n"

TABLE = (
    # robots.txt, path, allowed
    ("", "/a", True),
    ("\n\n# nothing but a comment\n", "/a", True),
    (STAR + "Disallow: /", "/a", False),
    (STAR + "Disallow: /", "/robots.txt", True),
    (STAR + "Disallow:", "/a", True),
    (STAR + "Disallow: /a", "/abc", False),
    (STAR + "Disallow: /a/", "/a", True),
    (STAR + "Disallow: /A", "/a", True),
    (STAR + "Disallow: /a\nAllow: /a/b", "/a/b/c", True),
    (STAR + "Allow: /a\nDisallow: /a/b", "/a/b/c", False),
    (STAR + "Allow: /a\nDisallow: /a", "/a", True),
    (STAR + "Disallow: /*.pdf$", "/x/y.pdf", False),
    (STAR + "Disallow: /*.pdf$", "/x/y.pdf?z", True),
    (STAR + "Disallow: /*?print=", "/view?print=1", False),
    (STAR + "Disallow: /a*b", "/axxb", False),
    (STAR + "Disallow: /%EB%89%B4", "/뉴스", False),
    (STAR + "Disallow: /뉴스", "/%eb%89%b4%ec%8a%a4/1", False),
    (STAR + "Disallow: /~x", "/%7ex", False),
    (STAR + "disallow : /a", "/a", False),
    ("USER-AGENT:*\nDISALLOW:/a", "/a", False),
    (STAR.replace("\n", "\r\n") + "Disallow: /a\r\n", "/a", False),
    (STAR.replace("\n", "\r") + "Disallow: /a\r", "/a", False),
    (STAR + "Disallow: /a # why", "/a", False),
    # groups
    (OURS + "Disallow: /a\n\n" + STAR + "Disallow: /b", "/a", False),
    (OURS + "Disallow: /a\n\n" + STAR + "Disallow: /b", "/b", True),
    (STAR + "Disallow: /\n\n" + OURS + "Disallow:", "/a", True),
    ("User-agent: TriLateral/2.0\nDisallow: /a", "/a", False),
    ("User-agent: trilateral # the monitor\nDisallow: /a", "/a", False),
    ("User-agent: tri\nDisallow: /a", "/a", True),
    ("User-agent: trilateralist\nDisallow: /a", "/a", True),
    ("User-agent: news-trilateral\nDisallow: /a", "/a", True),
    ("User-agent: other\nUser-agent: trilateral\nDisallow: /a", "/a", False),
    ("User-agent: other\nDisallow: /\n", "/a", True),
    (STAR + "Disallow: /a\nUser-agent: other\nDisallow: /b", "/b", True),
    (OURS + "Disallow: /a\n" + STAR + "Disallow: /\n" + OURS + "Disallow: /b", "/b", False),
    (OURS + "Disallow: /a\n" + STAR + "Disallow: /\n" + OURS + "Disallow: /b", "/c", True),
    ("Disallow: /a\n" + STAR + "Disallow: /b", "/a", True),
    (STAR + "Sitemap: https://example.org/s.xml\nDisallow: /a", "/a", False),
    (STAR + "Crawl-delay: 3\nDisallow: /a", "/a", False),
    ("\ufeff" + STAR + "Disallow: /a", "/a", False),
    ("\ufeff" + OURS + "Disallow: /a\n" + STAR + "Disallow: /", "/b", True),
    ("<!doctype html><html><body>Not found. User-agent: x</body></html>", "/a", True),
    # the longest match, in octets of the rule, whatever the order (RFC 9309 2.2.2)
    (STAR + "Allow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/disallowed.gif", False),
    (STAR + "Disallow: /\nAllow: /p", "/page", True),
    (STAR + "Allow: /\nDisallow: /", "/page", True),
    (STAR + "Disallow: /*.htm\nAllow: /page", "/page.htm", False),
    (STAR + "Allow: /$\nDisallow: /", "/", True),
    (STAR + "Allow: /$\nDisallow: /", "/page", False),
    (STAR + "Allow: /a/*/c\nDisallow: /a/", "/a/b/c/d", True),
    (STAR + "Disallow: /a\nAllow: /a\nDisallow: /a", "/a", True),
    # wildcards and the end of the line of the address (2.2.3)
    (STAR + "Disallow: /*/b/*/d", "/a/b/c/d/e", False),
    (STAR + "Disallow: /*/b/*/d", "/a/b/d", True),
    (STAR + "Disallow: /a*", "/a", False),
    (STAR + "Disallow: /a**b", "/axb", False),
    (STAR + "Disallow: /a$", "/a", False),
    (STAR + "Disallow: /a$", "/ab", True),
    (STAR + "Disallow: /a$", "/a?b", True),
    (STAR + "Disallow: /a$b", "/a$b", False),
    (STAR + "Disallow: /a$b", "/a", True),
    (STAR + "Disallow: /a.c", "/abc", True),
    (STAR + "Disallow: /a(b|c)+", "/ab", True),
    (STAR + "Disallow: /with-%2A.html", "/with-*.html", False),
    (STAR + "Disallow: /with-%2A.html", "/with-x.html", True),
    (STAR + "Disallow: /with-%24", "/with-$/x", False),
    (STAR + "Disallow: /with-%24", "/with-", True),
    # percent-encoding (2.2.2)
    (STAR + "Disallow: /foo/%62%61%7A", "/foo/baz", False),
    (STAR + "Disallow: /foo/baz", "/foo/%62%61%7a", False),
    (STAR + "Disallow: /a%2Fb", "/a/b", True),
    (STAR + "Disallow: /a%2Fb", "/a%2fb", False),
    (STAR + "Disallow: /search?q=1", "/search?q=12", False),
    (STAR + "Disallow: /search?q=1", "/search", True),
    (STAR + "Disallow: /a;b", "/a;b=c", False),
    (STAR + "Disallow: /a%", "/a%zz", False),
    # lines: white space, comments, what is not known, what is no path
    ("\tUser-agent\t:\t*\t\n \tDisallow \t: \t/a \t# no\n", "/a", False),
    (STAR + "Disallow: /a#b", "/a", False),
    (STAR + "# Disallow: /a", "/a", True),
    (STAR + "#\n#\n\nDisallow: /a", "/a", False),
    (STAR + "Noindex: /a\nRequest-rate: 1/5\nHost: x\n: /a\n???\n", "/a", True),
    (STAR + "Disallow: https://example.org/a", "/a", True),
    (STAR + "Disallow: /a\n\x00\x00\nDisallow: /b", "/b", False),
    (STAR + "Disallow: /a\r\nDisallow: /b\rDisallow: /c\n\rDisallow: /d", "/d", False),
    (STAR + "Disallow: /" + "a" * 5_000, "/" + "a" * 5_001, False),
    # more of groups (2.2.1)
    ("User-agent: trilateral\n\n\nUser-agent: other\nDisallow: /a", "/a", False),
    ("User-agent: trilateral\n# both\nUser-agent: other\nDisallow: /a", "/a", False),
    ("User-agent: trilateral\nSitemap: https://example.org/s.xml\nUser-agent: other\nDisallow: /a", "/a", False),
    ("User-agent: trilateral\nDisallow: /b\nUser-agent: other\nDisallow: /a", "/a", True),
    ("User-agent: other\nUser-agent: *\nDisallow: /a", "/a", False),
    (STAR + "Disallow: /\n" + OURS, "/a", True),
    (STAR + "Disallow: /a\nUser-agent: other\nDisallow: /\n" + STAR + "Disallow: /b", "/b", False),
    (STAR + "Allow: /\n" + OURS + "Disallow: /a", "/a", False),
    ("uSeR-aGeNt: TRILATERAL\ndIsAlLoW: /a", "/a", False),
    ("User-agent: trilateral crawler\nDisallow: /a", "/a", False),
    ("User-agent: trilateral-news\nDisallow: /a", "/a", True),
    ("User-agent:\nDisallow: /a", "/a", True),
    ("Allow: /\nDisallow: /", "/a", True),
    # the address: without a path, with a fragment, with another port's or user's look
    (STAR + "Disallow: /$", "", False),
    (STAR + "Disallow: /a$", "/a#part", False),
    (STAR + "Disallow: //a", "//a", False),
    (STAR + "Disallow: /a/../b", "/b", True),
)


def test_the_table_is_long_enough() -> None:
    assert len(set(TABLE)) == len(TABLE) >= 60


@pytest.mark.parametrize(("text", "path", "allowed"), TABLE)
def test_the_rules(text: str, path: str, allowed: bool) -> None:
    assert robots.parse(text.encode(), "trilateral").allows(f"https://example.org{path}") is allowed


@pytest.mark.parametrize(("text", "path", "allowed"), TABLE)
def test_the_rule_that_forbids_is_named(text: str, path: str, allowed: bool) -> None:
    rules = robots.parse(text.encode(), "trilateral")
    told = rules.forbidding(f"https://example.org{path}")
    assert bool(told) != allowed
    if told:
        line = told.split('"')[1]
        assert line in text
        assert line.lower().startswith("dis")
        assert not robots.parse((OURS + line).encode(), "trilateral").allows(f"https://example.org{path}"), "it forbids by itself"


def test_rules_are_named_only_as_far_as_the_file_is_kept() -> None:
    far = robots.parse((STAR + "# nothing\n" * 5_000 + "Disallow: /a").encode(), "trilateral")
    assert (far.allows("https://example.org/a"), far.forbidding("https://example.org/a")) == (False, "")
    assert robots.Rules("trilateral", verdict=False).forbidding("https://example.org/a") == ""


def test_rules_can_be_read_without_fetching() -> None:
    answer = Answer(body=(STAR + "Disallow: /a\nCrawl-delay: 3").encode())
    with Server({"/robots.txt": answer}) as server, fetcher() as client:
        rules = client.rules(server.url("/a"), source=local())
        assert (rules.allows(server.url("/a")), rules.delay, server.paths()) == (False, 3.0, ["/robots.txt"])
        with pytest.raises(FetchError):
            client.rules(server.url("/a"))


@pytest.mark.parametrize(
    ("text", "delay"),
    [(STAR + "Crawl-delay: 7", 7.0), ("\ufeff" + STAR + "crawl-DELAY : 7 # s", 7.0), (OURS + "Crawl-delay: 4\n" + STAR + "Crawl-delay: 9", 4.0),
     (STAR + "Crawl-delay: 1e999", 0.0), ("User-agent: tri\nCrawl-delay: 9", 0.0), (STAR + "Crawl-delay: 0.5", 0.5), (STAR + "Crawl-delay: -3", 0.0), (STAR + "Crawl-delay: nan", 0.0),
     (STAR + "Crawl-delay: soon", 0.0), (STAR + "Crawl-delay: 9\n" + OURS + "Disallow:", 0.0), ("", 0.0)],
)  # fmt: skip
def test_the_delay(text: str, delay: float) -> None:
    assert robots.parse(text.encode(), "trilateral").delay == delay


def test_bytes_that_are_no_utf_8_do_no_harm() -> None:
    text = STAR.encode() + b"Disallow: /\xb4\xba\nDisallow: /a\n"
    assert not robots.parse(text, "trilateral").allows("https://example.org/a")


def test_only_the_beginning_of_a_huge_file_counts() -> None:
    text = STAR + "Disallow: /a\n" + "# filler\n" * 60_000 + "Disallow: /b\n"
    rules = robots.parse(text.encode(), "trilateral")
    assert (rules.allows("https://example.org/a"), rules.allows("https://example.org/b")) == (False, True)


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    assert robots.parse(text.encode("utf-8", "surrogatepass"), "trilateral").delay >= 0


@pytest.mark.parametrize(("agent", "token"), [("trilateral/0.1 (+https://example.org)", "trilateral"), ("watch-er", "watch-er"), ("", "*")])
def test_the_product_token(agent: str, token: str) -> None:
    assert robots.product_token(agent) == token


def served(robots_txt: Answer, **more: Answer) -> Server:
    return Server({"/robots.txt": robots_txt, "/page": Answer(body=b"page")} | {f"/{name}": answer for name, answer in more.items()})


ALLOWING = (
    Answer(200), Answer(404), Answer(401), Answer(403), Answer(410), Answer(451), Answer(302, (("Location", "/robots.txt"),)),
    Answer(200, body=b"<html>welcome</html>"), Answer(302, (("Location", "/elsewhere"),)),
)  # fmt: skip
FORBIDDING = (
    Answer(500), Answer(503), Answer(599), Answer(body=b"User-agent: *\nDisallow: /"),
    Answer(302, (("Location", "http://169.254.169.254/"),)), Answer(302, (("Location", "http://gone.nowhere.example/robots.txt"),)),
    Answer(200, (("Content-Encoding", "br"),), body=b"?"),
)  # fmt: skip
BROKEN = (Answer(reset=True), Answer(body=b"x" * 9, cut=3), Answer(raw=b"nonsense\r\n\r\n"))


@pytest.mark.parametrize("answer", ALLOWING, ids=str)
def test_a_missing_robots_txt_allows(answer: Answer) -> None:
    with served(answer) as server, fetcher(robots=True) as client:
        assert client.get(server.url("/page"), source=local()).body == b"page"


@pytest.mark.parametrize("answer", BROKEN, ids=str)
def test_a_connection_that_breaks_forbids_as_what_it_is(answer: Answer) -> None:
    with served(answer) as server, fetcher(robots=True) as client:
        with pytest.raises(FetchError, match=r"robots\.txt") as caught:
            client.get(server.url("/page"), source=local())
        assert caught.value.code == "connect"
        assert "/page" not in server.paths()


@pytest.mark.parametrize("answer", FORBIDDING, ids=str)
def test_an_unreachable_or_forbidding_robots_txt_forbids(answer: Answer) -> None:
    with served(answer) as server, fetcher(robots=True) as client:
        for _ in range(2):
            with pytest.raises(FetchError) as caught:
                client.get(server.url("/page"), source=local())
            assert caught.value.code == "robots"
            # A refusal in words is for good; one because of a failure says when to come again.
            assert caught.value.retry_after == (None if b"Disallow" in answer.body else 600.0)
        assert server.paths().count("/robots.txt") == 1
        assert "/page" not in server.paths()


OF_THE_HOST = {
    "timeout": Answer(hang=True),
    "blocked": Answer(503, (("Cf-Mitigated", "challenge"),)),
    "too_large": Answer(headers=(("X-Long", "y" * 70_000),)),
}


@pytest.mark.parametrize("code", OF_THE_HOST)
def test_where_not_even_robots_txt_can_be_asked_for_the_failure_is_told_as_what_it_is(code: str) -> None:
    with served(OF_THE_HOST[code]) as server, fetcher(robots=True, timeout=0.2) as client:
        for _ in range(2):
            with pytest.raises(FetchError) as caught:
                client.get(server.url("/page"), source=local())
            assert caught.value.code == code
            assert "robots.txt" in str(caught.value)
        assert server.paths() == ["/robots.txt"]


@pytest.mark.parametrize(("scheme", "code"), [("http", "unreachable"), ("https", "tls")])
def test_a_host_without_a_connection_is_no_matter_of_robots_txt(scheme: str, code: str) -> None:
    with Server() as server:
        url = server.url("/page").replace("http", scheme)
        if scheme == "http":
            server.__exit__(None, None, None)
        with fetcher(robots=True) as client, pytest.raises(FetchError) as caught:
            client.get(url, source=local())
    assert caught.value.code == code


def test_a_host_that_was_down_is_asked_again_after_a_minute() -> None:
    answers = [Answer(503, (("Cf-Mitigated", "challenge"),)), Answer(404)]
    time = Time()
    with (
        Server({"/robots.txt": lambda seen: answers.pop(0), "/page": Answer(body=b"page")}) as server,
        fetcher(time, robots=True) as client,
    ):
        for later in (0, 59):
            time.now = 1_000.0 + later
            with pytest.raises(FetchError):
                client.get(server.url("/page"), source=local())
        time.now = 1_061.0
        assert client.get(server.url("/page"), source=local()).body == b"page"


def test_a_delay_that_is_asked_for_holds_on_the_local_network_too() -> None:
    time = Time()
    with served(Answer(body=b"User-agent: *\nCrawl-delay: 7")) as server, fetcher(time, robots=True) as client:
        for _ in range(3):
            client.get(server.url("/page"), source=local())
    assert time.slept == [7.0, 7.0]


def test_a_429_for_robots_txt_is_a_wait_and_not_a_verdict() -> None:
    answers = [Answer(429, (("Retry-After", "30"),)), Answer(200)]
    time = Time()
    with (
        Server({"/robots.txt": lambda seen: answers.pop(0), "/page": Answer(body=b"page")}) as server,
        fetcher(time, robots=True) as client,
    ):
        with pytest.raises(FetchError) as caught:
            client.get(server.url("/page"), source=local())
        assert (caught.value.code, caught.value.status, caught.value.retry_after) == ("http", 429, 30.0)
        time.now += 31
        assert client.get(server.url("/page"), source=local()).body == b"page"


@pytest.mark.parametrize(("hops", "allowed"), [(1, False), (5, False), (6, True)])
def test_redirects_of_robots_txt_are_followed_up_to_five(hops: int, allowed: bool) -> None:
    table = {f"/r{n}": Answer(302, (("Location", f"/r{n + 1}"),)) for n in range(hops)}
    table |= {"/robots.txt": table["/r0"], f"/r{hops}": Answer(body=b"User-agent: *\nDisallow: /page"), "/page": Answer(body=b"page")}
    with Server(dict(table)) as server, fetcher(robots=True) as client:
        if allowed:
            assert client.get(server.url("/page"), source=local()).body == b"page"
        else:
            with pytest.raises(FetchError) as caught:
                client.get(server.url("/page"), source=local())
            assert caught.value.code == "robots"


def test_the_answer_is_kept_for_a_day() -> None:
    time = Time()
    with served(Answer(body=b"User-agent: *\nDisallow: /x")) as server, fetcher(time, robots=True) as client:
        for passed in (0, 86_000, 86_399):
            time.now = 1_000 + passed
            client.get(server.url("/page"), source=local())
        assert server.paths().count("/robots.txt") == 1
        time.now = 1_000 + 86_401
        client.get(server.url("/page"), source=local())
        assert server.paths().count("/robots.txt") == 2


def test_a_stumble_is_asked_again_soon_and_does_not_undo_what_is_known() -> None:
    answers = [Answer(500), Answer(body=b"User-agent: *\nDisallow: /x"), Answer(500)]
    time = Time()
    with (
        Server({"/robots.txt": lambda seen: answers.pop(0), "/page": Answer(body=b"page")}) as server,
        fetcher(time, robots=True) as client,
    ):
        with pytest.raises(FetchError):
            client.get(server.url("/page"), source=local())
        for later in (601, 601 + 86_401):
            time.now = 1_000 + later
            assert client.get(server.url("/page"), source=local()).body == b"page"
        with pytest.raises(FetchError) as caught:
            client.get(server.url("/x"), source=local())
        assert caught.value.code == "robots"
        assert answers == []


def test_a_redirect_is_checked_against_the_rules_of_where_it_leads() -> None:
    with served(Answer(body=b"User-agent: *\nDisallow: /hidden"), go=Answer(301, (("Location", "/hidden"),))) as server:
        with fetcher(robots=True) as client, pytest.raises(FetchError) as caught:
            client.get(server.url("/go"), source=local())
        assert caught.value.code == "robots"
        assert "/hidden" not in server.paths()


def test_each_origin_has_its_own() -> None:
    def by_name(seen: Seen) -> Answer:
        return Answer(body=b"User-agent: *\nDisallow: /" if seen.headers["host"].startswith("shut") else b"")

    with Server({"/robots.txt": by_name, "/page": Answer(body=b"page")}) as server, fetcher(robots=True) as client:
        assert client.get(server.url("/page", host="open.example.org"), source=local()).body == b"page"
        with pytest.raises(FetchError):
            client.get(server.url("/page", host="shut.example.org"), source=local())


def test_the_setting_turns_it_off() -> None:
    with served(Answer(body=b"User-agent: *\nDisallow: /")) as server, fetcher(robots=False) as client:
        assert client.get(server.url("/page"), source=local()).body == b"page"
        assert server.paths() == ["/page"]
