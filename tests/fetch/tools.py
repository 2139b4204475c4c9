"""What the tests of this room share: settings, sources, a clock and a sleep that are moved by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from scraper.fetch import Fetcher
from scraper.model.settings import FetchSettings
from scraper.model.source import Source

AGENT = "trilateral/0.1 (+https://example.org/about; news monitor)"
START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def settings(**changed: float | bool) -> FetchSettings:
    """Settings without robots.txt and spacing unless a test asks for them."""
    values: dict[str, float | bool] = {"robots": False, "spacing": 0.0, "timeout": 5.0, "deadline": 10.0} | changed
    return FetchSettings(user_agent=AGENT, **values)  # type: ignore[arg-type]


def local(spacing: float = 0.0) -> Source:
    """A source on the local network."""
    return Source(id="here", name="Here", kind="feed", url="http://127.0.0.1/", spacing=spacing, allow_private=True)


@dataclass
class Time:
    """A monotonic clock and a UTC clock that only move when somebody sleeps."""

    now: float = 1_000.0
    slept: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds

    def clock(self) -> datetime:
        return START + timedelta(seconds=self.now - 1_000.0)


def fetcher(time: Time | None = None, /, **changed: float | bool) -> Fetcher:
    """A fetcher whose names all resolve to the loopback server; with ``time`` it never really sleeps."""
    if time is None:
        return Fetcher(settings(**changed), lambda: START, resolver=loopback)
    return Fetcher(settings(**changed), time.clock, resolver=loopback, monotonic=time.monotonic, sleep=time.sleep)


def loopback(host: str, port: int) -> tuple[str, ...]:
    """Resolve every name to the loopback address, but ``*.nowhere.example`` to nothing."""
    if host.endswith("nowhere.example"):
        raise OSError("Name or service not known")
    return ("127.0.0.1",)
