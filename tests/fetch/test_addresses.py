"""What may be asked and what may not."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scraper.addresses import literal, permitted, public
from scraper.errors import FetchError
from scraper.fetch import Fetcher
from scraper.fetch.addresses import admit, local, resolve, system

from .server import Answer, Server
from .tools import START, fetcher, settings
from .tools import local as local_source

HOSTILE = (
    # schemes
    "", "about:blank", "file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "javascript:alert(1)", "data:text/html,x",
    "ws://example.org/", "//example.org/", "example.org", "http:/example.org", "http:///path", "https://", "http://?q", "http://:80/",
    # loopback and its many spellings
    "http://localhost/", "http://LOCALHOST/", "http://localhost./", "http://sub.localhost/", "http://localhost.localdomain/",
    "http://127.0.0.1/", "http://127.0.0.1./", "http://127.1/", "http://127.0.1/", "http://127.255.255.254/", "http://2130706433/",
    "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0X7F.1/", "http://0177.0.0.1/", "http://017700000001/", "http://127.0.0.01/",
    "http://0/", "http://0.0.0.0/", "http://00000000.0.0.0/", "http://[::1]/", "http://[::]/", "http://[0:0:0:0:0:0:0:1]/",
    "http://127。0。0。1/", "http://１２７.０.０.１/", "http://①②⑦.0.0.1/", "http://%31%32%37.0.0.1/", "http://ⓛocalhost/",
    # private, link-local, shared, reserved, multicast, documentation
    "http://10.0.0.1/", "http://172.16.0.1/", "http://172.31.255.255/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/", "http://100.100.100.200/", "http://192.0.0.192/", "http://192.0.2.7/", "http://192.88.99.1/",
    "http://198.18.0.1/", "http://198.51.100.1/", "http://203.0.113.9/", "http://224.0.0.1/", "http://239.255.255.250/",
    "http://240.0.0.1/", "http://255.255.255.255/", "http://3232235777/", "http://0xa9fea9fe/",
    # IPv6: unique local, link-local, site-local, multicast, mapped, compatible, translated, tunnelled, documentation
    "http://[fc00::1]/", "http://[fd00:ec2::254]/", "http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://[fec0::1]/",
    "http://[ff02::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::ffff:8.8.8.8]/", "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/", "http://[64:ff9b::8.8.8.8]/", "http://[64:ff9b:1::1]/", "http://[2002:7f00:1::]/",
    "http://[2002:a00:1::1]/", "http://[2001::1]/", "http://[2001:db8::1]/", "http://[3fff::1]/", "http://[100::1]/", "http://[5f00::1]/",
    # names of local networks
    "http://intranet/", "http://router.local/", "http://metadata.google.internal/", "http://nas.lan/", "http://x.home.arpa/",
    # credentials, parser traps, ports, dirt
    "http://user@example.org/", "http://user:pass@example.org/", "http://@example.org/", "http://example.org@127.0.0.1/",
    "http://127.0.0.1\\@example.org/", "http://example.org\\.evil.example/", "http://example.org:0/", "http://example.org:99999/",
    "http://example.org:x/", "http://exa mple.org/", "http://example.org/\r\nX-Injected: 1", "http://example.org/\x00", "http://example..org/",
    "http://.example.org/", "http://-example.org/", "http://example.org-/", "http://" + "a" * 64 + ".org/", "http://example.org/" + "a" * 9_000,
    "http://[::ffff:a9fe:a9fe]/", "http://[0:0:0:0:0:ffff:127.0.0.1]/", "http://[::ffff:0:127.0.0.1]/", "http://[64:ff9b::a9fe:a9fe]/",
    "http://[fe80::1%lo]/", "http://[::1%25lo]/", "http://[2606:4700::1%25eth0]/", "http://[2002:c0a8:101::1]/", "http://[2001:0:7f00:1::]/",
    "http://[ff0e::1]/", "http://[v1.x]/", "http://0x0/", "http://1/", "http://169.254.169.254.:80/", "http://127.0.0.1%00.example.org/",
    # homographs and other scripts of localhost; names that only the inside knows
    "http://lоcalhost/", "http://ｌｏｃａｌｈｏｓｔ/", "http://localhost。/", "http://x.ｌｏｃａｌｈｏｓｔ/", "http://loca­lhost/", "http://local\u200bhost/",
    "http://kubernetes.default.svc.cluster.local/", "http://instance-data.ec2.internal/", "http://hidden.onion/", "http://localhost6/",
    # ports of other services
    "http://example.org:22/", "https://example.org:25/", "http://example.org:81/", "http://example.org:1023/", "http://example.org:2375/",
    "http://example.org:3306/", "http://example.org:5432/", "http://example.org:6000/", "http://example.org:6379/", "http://example.org:9200/",
    "http://example.org:10080/", "http://example.org:11211/", "http://example.org:27017/", "http://example.org:65536/", "http://example.org:-1/",
    "http://[::1/", "http://example.org:80:80/", "http://exa<mple.org/", "http://example.org%2f@127.0.0.1/", "\thttp://example.org/",
)  # fmt: skip

FINE = (
    ("http://example.org/", "http://example.org/", 80),
    ("HTTPS://Example.ORG/A?b=C#d", "https://example.org/A?b=C", 443),
    ("https://example.org./x", "https://example.org/x", 443),
    ("http://example.org:8080/", "http://example.org:8080/", 8080),
    ("http://example.org:1024/", "http://example.org:1024/", 1024),
    ("https://example.org:65535/", "https://example.org:65535/", 65_535),
    ("http://example.org:080/", "http://example.org/", 80),
    ("http://nobody.invalid/", "http://nobody.invalid/", 80),
    ("http://www.example.go.kr:443/brd/view.do?seq=1", "https://www.example.go.kr/brd/view.do?seq=1", 443),
    ("https://한국.example/뉴스", "https://xn--3e0b707e.example/%EB%89%B4%EC%8A%A4", 443),
    ("http://8.8.8.8/", "http://8.8.8.8/", 80),
    ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/", 80),
    ("https://a_b.example.org/x@y?z=@", "https://a_b.example.org/x@y?z=@", 443),
)


def test_there_are_enough_hostile_addresses() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 60


@pytest.mark.parametrize("url", HOSTILE)
def test_a_hostile_address_is_refused(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        admit(url)
    assert caught.value.code == "address"


@pytest.mark.parametrize("url", HOSTILE)
def test_the_fetcher_refuses_it_before_anything_else(url: str) -> None:
    with fetcher() as client, pytest.raises(FetchError) as caught:
        client.get(url)
    assert caught.value.code == "address"


@pytest.mark.parametrize(("url", "normal", "port"), FINE)
def test_an_ordinary_address_passes(url: str, normal: str, port: int) -> None:
    target = admit(url)
    assert (str(target.url), target.port) == (normal, port)


@pytest.mark.parametrize("host", ["127.0.0.1", "10.1.2.3", "172.20.0.1", "192.168.0.9", "[::1]", "[fd12::1]", "localhost", "nas.local"])
def test_a_private_source_may_ask_the_local_network(host: str) -> None:
    assert admit(f"http://{host}:8000/", private=True).private


@pytest.mark.parametrize(
    "host",
    ["169.254.169.254", "0.0.0.0", "224.0.0.1", "[fe80::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "2130706433",
     "0x7f.1", "100.64.0.1", "[::]", "255.255.255.255"],
)  # fmt: skip
def test_even_a_private_source_may_not_ask_these(host: str) -> None:
    with pytest.raises(FetchError) as caught:
        admit(f"http://{host}/", private=True)
    assert caught.value.code == "address"


@pytest.mark.parametrize("answer", [("127.0.0.1",), ("8.8.8.8", "10.0.0.1"), ("::ffff:8.8.8.8",), ("fe80::1%1",), ("not an address",)])
def test_every_address_of_a_name_is_checked(answer: tuple[str, ...]) -> None:
    with pytest.raises(FetchError) as caught:
        resolve(admit("http://news.example.org/"), lambda host, port: answer, 5)
    assert caught.value.code == "address"


def test_a_public_name_resolves() -> None:
    assert resolve(admit("http://news.example.org/"), lambda host, port: ["8.8.8.8", "2606:4700::1"], 5) == ("8.8.8.8", "2606:4700::1")


def test_a_literal_address_is_not_looked_up() -> None:
    def never(host: str, port: int) -> tuple[str, ...]:
        raise AssertionError(host)

    assert resolve(admit("http://8.8.8.8/"), never, 5) == ("8.8.8.8",)


def test_a_name_without_addresses_or_without_an_answer_is_a_dns_failure() -> None:
    def broken(host: str, port: int) -> tuple[str, ...]:
        raise OSError("no such host")

    for resolver in (broken, lambda host, port: ()):
        with pytest.raises(FetchError) as caught:
            resolve(admit("http://news.example.org/"), resolver, 5)
        assert caught.value.code == "dns"


def test_a_look_up_that_hangs_is_left_behind() -> None:
    from threading import Event

    release = Event()

    def hanging(host: str, port: int) -> tuple[str, ...]:
        release.wait(10)
        return ()

    try:
        with pytest.raises(FetchError) as caught:
            resolve(admit("http://news.example.org/"), hanging, 0.05)
        assert caught.value.code == "timeout"
    finally:
        release.set()


def test_the_system_resolves_loopback() -> None:
    assert system("127.0.0.1", 80) == ("127.0.0.1",)


def test_a_public_name_that_points_inside_is_refused_by_the_fetcher() -> None:
    with Server({"/": Answer(body=b"secret")}) as server, fetcher() as client:
        with pytest.raises(FetchError) as caught:
            client.get(server.url("/", host="public.example.org"))
        assert caught.value.code == "address"
        assert server.seen == []


def test_a_redirect_inside_is_refused() -> None:
    """The first hop is a checked public address in form, the second a name that points inside."""
    inside = "http://inside.example.org/"
    with Server(
        {"/": Answer(302, (("Location", "http://169.254.169.254/latest/"),)), "/n": Answer(302, (("Location", inside),))}
    ) as server:
        with fetcher() as client, pytest.raises(FetchError) as caught:
            client.get(server.url("/"), source=local_source())
        assert caught.value.code == "address"
        assert server.paths() == ["/"]


@pytest.mark.parametrize("place", ["http://127.0.0.1:9/", "file:///etc/passwd", "http://user:secret@example.org/", "http://2852039166/"])
def test_a_redirect_is_checked_as_the_first_address_was(place: str) -> None:
    from scraper.fetch.answers import location

    with pytest.raises(FetchError) as caught:
        admit(location(admit("https://news.example.org/a").url, 302, {"location": place}))
    assert caught.value.code == "address"
    assert "secret" not in str(caught.value)


INSIDE = (
    "127.0.0.1:{port}",
    "localhost:{port}",
    "[::1]:{port}",
    "2130706433:{port}",
    "0x7f.1:{port}",
    "10.0.0.1",
    "169.254.169.254",
    "[::ffff:7f00:1]:{port}",
)


@pytest.mark.parametrize(
    "place", [*(f"http://{host}/secret" for host in INSIDE), "file:///secret", "ftp://127.0.0.1/secret", "//127.0.0.1:{port}/secret"]
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_public_site_cannot_send_us_inside(monkeypatch: pytest.MonkeyPatch, place: str, status: int) -> None:
    """The public site is played by a proxy, the only way to one from here; the last hop would go round it."""
    table: dict[str, Answer] = {"/secret": Answer(body=b"secret")}
    with Server(table) as server:
        first = "http://news.example.org/first"
        table[first] = Answer(status, (("Location", "http://news.example.org/second"),))
        table["http://news.example.org/second"] = Answer(status, (("Location", place.format(port=server.port)),))
        monkeypatch.setenv("http_proxy", server.url(""))
        with fetcher() as client, pytest.raises(FetchError) as caught:
            client.get(first)
        assert caught.value.code == "address"
        assert "redirects to" in str(caught.value)
        assert server.paths() == [first, "http://news.example.org/second"]


def test_a_name_that_points_elsewhere_after_its_check_leads_nowhere_else() -> None:
    """DNS rebinding: one answer is checked and used; the next one is checked anew."""
    answers = [("127.0.0.1",), ("169.254.169.254",)]
    with Server({"/a": Answer(302, (("Location", "/b"),)), "/b": Answer(body=b"b")}) as server:
        with Fetcher(settings(), lambda: START, resolver=lambda host, port: answers.pop(0)) as client, pytest.raises(FetchError) as caught:
            client.get(server.url("/a", host="rebound.example.org"), source=local_source())
        assert caught.value.code == "address"
        assert (server.paths(), answers) == (["/a"], [])


def test_a_name_of_public_and_private_addresses_is_not_asked_at_all() -> None:
    with Server({"/": Answer(body=b"secret")}) as server:
        with (
            Fetcher(settings(), lambda: START, resolver=lambda host, port: ("8.8.8.8", "127.0.0.1")) as client,
            pytest.raises(FetchError) as caught,
        ):
            client.get(server.url("/", host="mixed.example.org"))
        assert (caught.value.code, server.seen) == ("address", [])


@given(st.ip_addresses())
@example(ipaddress.ip_address("192.88.99.1"))
def test_the_standard_library_never_knows_an_address_as_private_that_passes(address: ipaddress.IPv4Address) -> None:
    odd = address.is_private or address.is_loopback or address.is_link_local or address.is_multicast or address.is_reserved
    if odd or address.is_unspecified:
        assert not public(address)
    if permitted(address, private=False):
        assert public(address)
    assert local([str(address)]) is not public(address)


def well_judged(url: str) -> bool:
    """Tell whether an address is refused as such, or leads to the public internet."""
    try:
        target = admit(url)
    except FetchError as error:
        return error.code == "address"
    address = literal(target.host)
    same = target.url.raw_host.decode() in (target.host, f"[{target.host}]")
    return same and target.url.scheme in ("http", "https") and (address is None or public(address))


@given(st.text(max_size=60))
def test_any_text_is_admitted_or_refused(text: str) -> None:
    for url in (text, f"http://{text}/", f"http://example.org/{text}"):
        assert well_judged(url)


def test_the_site_is_the_registrable_domain_or_the_address_with_its_port() -> None:
    assert admit("https://www.mofa.go.kr/x").site == "mofa.go.kr"
    assert admit("http://8.8.8.8:8081/").site == "8.8.8.8:8081"
    assert admit("http://localhost:8081/", private=True).site == "localhost:8081"


def test_the_origin_of_an_address_of_version_6_keeps_its_brackets() -> None:
    assert admit("https://[2606:4700::1111]/feed").origin == "https://[2606:4700::1111]:443"
