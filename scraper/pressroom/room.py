"""The press room: six sites on one port, and the moment at which the news comes out."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from threading import Lock, Thread
from types import TracebackType
from typing import Self

from scraper.model.source import Source
from scraper.pressroom.printing import Sheet, print_lobby, print_robots, print_site
from scraper.pressroom.serving import LOOPBACK, Server
from scraper.pressroom.sites import SITES, source
from scraper.pressroom.stories import AFTERMATH, BACKLOG, RELEASE, Story, corrected, tell

_POLL_SECONDS = 0.02
"""How often the accepting thread looks whether it is to stop."""


class PressRoom:
    """Six sites on one loopback port, open inside a ``with`` block.

    ``now`` (a time with a zone) is when the story begins: the backlog is dated more than 72 hours before it, so two rooms of one
    ``now`` and ``port`` serve the same bytes. Port 0 takes a free one. Raises ValueError for a time without a zone and OSError
    where the port is taken.
    """

    def __init__(self, now: datetime, port: int = 0) -> None:
        if now.tzinfo is None:
            raise ValueError("now must have a time zone")
        self._now = now.astimezone(UTC).replace(microsecond=0)
        self._sheets: dict[str, Sheet] = {}
        self._visits: list[tuple[str, int]] = []
        self._lock = Lock()
        self._server = Server(port, self._find, self._note)
        self._thread = Thread(target=self._server.serve_forever, args=(_POLL_SECONDS,), name="pressroom")
        self._print(_told(BACKLOG, self._now))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Stop serving, cut open connections, and wait until every thread of the server has ended."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.hang_up()
        self._server.server_close()

    @property
    def url(self) -> str:
        """The address of the room, without a slash at its end."""
        return f"http://{LOOPBACK}:{self._server.server_port}"

    @property
    def visits(self) -> tuple[tuple[str, int], ...]:
        """Every request so far in order: the path with its query, and the HTTP status it was answered with."""
        with self._lock:
            return tuple(self._visits)

    @property
    def requests(self) -> Counter[str]:
        """How often each path (with its query) was asked for so far."""
        return Counter(path for path, _ in self.visits)

    def sources(self) -> tuple[Source, ...]:
        """Return the six sources to poll, with loopback allowed and no spacing between requests."""
        return tuple(source(site, self.url) for site in SITES)

    def release(self, at: datetime | None = None) -> None:
        """Publish the second chapter beside the backlog: the joint statement, its reprint and report, and unrelated items.

        They are dated within the hours before ``at`` (a time with a zone; by default the room's ``now``), the joint statement
        within minutes. Called again with the same time it changes nothing.
        """
        moment = (at or self._now).astimezone(UTC).replace(microsecond=0)
        backlog, fresh = _told(BACKLOG, self._now), _told(RELEASE, moment)
        self._print({site: fresh[site] + backlog[site] for site in backlog})

    def follow_up(self) -> None:
        """Publish the third chapter beside the others: pages that come to light late, and a statement that its ministry corrects."""
        told = [_told(chapter, self._now) for chapter in (AFTERMATH, RELEASE, BACKLOG)]
        stories = {site: corrected(site, [story for chapter in told for story in chapter[site]]) for site in told[0]}
        self._print({site: tuple(sorted(found, key=lambda story: story.published, reverse=True)) for site, found in stories.items()})

    def _print(self, stories: dict[str, tuple[Story, ...]]) -> None:
        opened = self._now - timedelta(days=30)
        sheets = {"/": print_lobby(SITES, self.url, opened), "/robots.txt": print_robots(opened)}
        for site in SITES:
            sheets |= print_site(site, stories[site.prefix], self.url)
        self._sheets = sheets  # in one step: a request sees one chapter or the other

    def _find(self, path: str) -> Sheet | None:
        """A query that no page knows (utm_source and the like) is ignored, as sites do."""
        sheets = self._sheets
        return sheets.get(path) or sheets.get(path.partition("?")[0])

    def _note(self, path: str, status: int) -> None:
        with self._lock:
            self._visits.append((path, status))


def _told(chapter: int, moment: datetime) -> dict[str, tuple[Story, ...]]:
    return {site.prefix: tell(site.prefix, chapter, moment) for site in SITES}
