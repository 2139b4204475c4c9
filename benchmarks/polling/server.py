"""The server of the feeds, a process of its own so that its work is not counted: HTTP/1.1 on loopback, with validators.

Commands come as lines on standard input, each answered by one line of JSON: ``report`` tells how many answers of each status
were given since the last report, ``turn`` makes every feed all new. It ends with its input, or when its time is over.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from benchmarks.polling.feeds import body

LIFE = 3_600.0
"""Seconds after which the server ends whatever happens."""

_LONGEST_HEAD = 16_384


@dataclass(slots=True)
class Site:
    """The feeds of one base address; ``generation`` counts how often everything has changed."""

    base: str
    feeds: int
    items: int
    start: datetime
    generation: int = 0
    given: Counter[str] = field(default_factory=Counter)

    def answer(self, path: str, headers: dict[str, str]) -> bytes:
        """Return the whole response to a GET: 304 where a validator holds, 404 for what is no feed."""
        number = path.removeprefix("/feed/")
        if not number.isdecimal() or int(number) >= self.feeds:
            return self._response("404 Not Found", b"", ())
        tag = f'"{number}-{self.generation}"'
        changed = format_datetime(self.start + timedelta(seconds=self.generation), usegmt=True)
        validators = (("ETag", tag), ("Last-Modified", changed))
        if _holds(headers, tag, changed):
            return self._response("304 Not Modified", b"", validators)
        content = (("Content-Type", "application/xml; charset=utf-8"), *validators)
        return self._response("200 OK", body(self.base, int(number), self.generation, self.items, self.start), content)

    def _response(self, status: str, content: bytes, headers: tuple[tuple[str, str], ...]) -> bytes:
        self.given[status[:3]] += 1
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers)]
        if not status.startswith("304"):
            lines.append(f"Content-Length: {len(content)}")
        return "\r\n".join((*lines, "", "")).encode() + content


def _holds(headers: dict[str, str], tag: str, changed: str) -> bool:
    """Whether the client has what would be sent; an If-None-Match overrules an If-Modified-Since (RFC 9110 13.1.3)."""
    if "if-none-match" in headers:
        return headers["if-none-match"] == tag
    return headers.get("if-modified-since") == changed


class Connection(asyncio.Protocol):
    """One connection that is kept open; requests without a body, one after the other."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._head = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember whom to answer."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that has come whole."""
        self._head += data
        while b"\r\n\r\n" in self._head:
            head, _, self._head = self._head.partition(b"\r\n\r\n")
            first, *lines = head.decode("latin-1").split("\r\n")
            headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            self._transport.write(self._site.answer(first.split(" ")[1], headers))
        if len(self._head) > _LONGEST_HEAD:
            self._transport.close()


async def _listen(say: Callable[[object], None], feeds: int, items: int) -> None:
    loop = asyncio.get_running_loop()
    site = Site("", feeds, items, datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1))  # noqa: TID251  a program of its own
    server = await loop.create_server(lambda: Connection(site), "127.0.0.1", 0)
    site.base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    say(site.base)
    try:
        async with asyncio.timeout(LIFE):
            while line := await loop.run_in_executor(None, sys.stdin.readline):
                site.generation += line.strip() == "turn"
                say(dict(site.given))
                site.given.clear()
    finally:
        server.close()


def _say(message: object) -> None:
    print(json.dumps(message), flush=True)


if __name__ == "__main__":
    asyncio.run(_listen(_say, int(sys.argv[1]), int(sys.argv[2])))
