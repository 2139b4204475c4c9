"""One request at a time per host, a least time between two, and the waits that servers ask for."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from scraper.errors import FetchError
from scraper.fetch.hosts import LONGEST_WINDOW, Hosts

from .server import Answer, Seen, Server
from .tools import Time, fetcher, local


def hosts(time: Time) -> Hosts:
    return Hosts(time.monotonic, time.sleep)


def test_two_starts_are_apart() -> None:
    time = Time()
    gate = hosts(time)
    for _ in range(3):
        with gate.turn("a", 5.0):
            time.now += 2.0
    assert time.slept == [3.0, 3.0]


def test_hosts_do_not_wait_for_each_other() -> None:
    time = Time()
    gate = hosts(time)
    with gate.turn("a", 5.0), gate.turn("b", 5.0):
        pass
    assert time.slept == []


def test_the_longer_delay_of_the_two_counts() -> None:
    time = Time()
    gate = hosts(time)
    for delay in (2.0, 10.0, 2.0):
        with gate.turn("a", delay):
            pass
    assert time.slept == [10.0, 10.0]


def test_a_request_that_does_not_count_is_spaced_but_measured_from_itself() -> None:
    time = Time()
    gate = hosts(time)
    with gate.turn("a", 5.0, counts=False):
        pass
    with gate.turn("a", 60.0):
        pass
    assert time.slept == [5.0]


def test_a_very_long_delay_is_refused_instead_of_slept() -> None:
    time = Time()
    gate = hosts(time)
    with gate.turn("a", 3_600.0):
        pass
    with pytest.raises(FetchError) as caught, gate.turn("a", 3_600.0):
        pass
    assert (caught.value.code, caught.value.retry_after, time.slept) == ("robots", 3_600.0, [])


def test_a_window_ends() -> None:
    time = Time()
    gate = hosts(time)
    gate.asked_to_wait("example.org", 10)
    gate.asked_to_wait("example.org", 4)
    time.now += 6
    with pytest.raises(FetchError) as caught:
        gate.check_window("example.org")
    assert (caught.value.status, caught.value.retry_after) == (429, 4.0)
    gate.check_window("example.com")
    time.now += 4
    gate.check_window("example.org")


def test_a_senseless_window_is_cut_to_a_day() -> None:
    time = Time()
    gate = hosts(time)
    gate.asked_to_wait("example.org", 1e9)
    time.now += LONGEST_WINDOW
    gate.check_window("example.org")


def test_memory_is_bounded() -> None:
    time = Time()
    gate = hosts(time)
    for number in range(5_000):
        time.now += 10
        gate.asked_to_wait(f"site{number}", 1)
        with gate.turn(f"host{number}", 1.0):
            pass
    assert len(gate._slots) <= 2_001
    assert len(gate._windows) <= 2_001


def test_closing_refuses_those_who_wait() -> None:
    time = Time()
    gate = Hosts(time.monotonic, lambda seconds: gate.close())
    with gate.turn("a", 5.0):
        pass
    with pytest.raises(FetchError) as caught, gate.turn("a", 5.0):
        pass
    assert caught.value.code == "connect"


@pytest.mark.parametrize(
    ("general", "own", "robots_txt", "expected"),
    [(5.0, 0.5, b"", 5.0), (1.0, 7.0, b"", 7.0), (1.0, 2.0, b"User-agent: *\nCrawl-delay: 11", 11.0), (0.0, 0.5, b"", 0.5)],
)
def test_the_longest_of_the_three_spacings_counts(general: float, own: float, robots_txt: bytes, expected: float) -> None:
    time = Time()
    with (
        Server({"/robots.txt": Answer(body=robots_txt), "/a": Answer(body=b"a")}) as server,
        fetcher(time, robots=True, spacing=general) as client,
    ):
        for _ in range(3):
            client.get(server.url("/a"), source=local(own))
    assert time.slept[-2:] == [expected, expected]


def test_a_redirect_on_the_same_host_waits_as_well() -> None:
    time = Time()
    with Server({"/a": Answer(302, (("Location", "/b"),)), "/b": Answer(body=b"b")}) as server, fetcher(time, spacing=5.0) as client:
        client.get(server.url("/a"), source=local(5.0))
    assert time.slept == [5.0]


def test_a_local_source_without_spacing_waits_for_nobody() -> None:
    time = Time()
    with Server({"/a": Answer(body=b"a")}) as server, fetcher(time, spacing=5.0) as client:
        for _ in range(5):
            client.get(server.url("/a"), source=local(0.0))
    assert time.slept == []


def test_many_threads_are_one_at_a_time_per_host() -> None:
    with Server({"/a": Answer(body=b"abc", drip=0.005)}) as server, fetcher(spacing=0.001) as client, ThreadPoolExecutor(8) as pool:
        bodies = list(pool.map(lambda _: client.get(server.url("/a"), source=local(0.001)).body, range(16)))
        assert bodies == [b"abc"] * 16
        assert server.together == 1


def test_many_threads_go_to_many_hosts_at_once() -> None:
    meeting = threading.Barrier(4, timeout=10)

    def met(seen: Seen) -> Answer:
        meeting.wait()
        return Answer(body=b"met")

    with Server({"/a": met}) as server, fetcher(spacing=60.0) as client, ThreadPoolExecutor(4) as pool:
        names = [server.url("/a", host=f"n{number}.example.org") for number in range(4)]
        assert [page.body for page in pool.map(lambda url: client.get(url, source=local(60.0)), names)] == [b"met"] * 4


def test_retry_after_is_kept_for_the_whole_site() -> None:
    time = Time()
    table = {"/busy": Answer(503, (("Retry-After", "60"),)), "/a": Answer(body=b"a")}
    with Server(dict(table)) as server, fetcher(time) as client:
        with pytest.raises(FetchError):
            client.get(server.url("/busy", host="www.example.org"), source=local())
        with pytest.raises(FetchError) as caught:
            client.get(server.url("/a", host="news.example.org"), source=local())
        assert (caught.value.code, caught.value.status, caught.value.retry_after) == ("http", 429, 60.0)
        assert server.paths() == ["/busy"]
        assert client.get(server.url("/a", host="www.example.com"), source=local()).body == b"a"
        time.now += 60
        assert client.get(server.url("/a", host="news.example.org"), source=local()).body == b"a"
    assert time.slept == []
