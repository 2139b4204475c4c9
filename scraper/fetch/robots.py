"""robots.txt (RFC 9309): may this program fetch a URL, and how slowly."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego

from scraper.errors import FetchError

MAX_BYTES = 500 * 1024
"""What is read of a robots.txt; the rest is ignored (RFC 9309 2.5)."""

MAX_REDIRECTS = 5
LIFETIME = timedelta(hours=24)

# An answer that forbids everything only because a server stumbled is asked for again soon.
RETRY = timedelta(minutes=10)

# A host that gave no whole answer at all, or a bot check, is no matter of robots.txt: it is told as what it is, and tried again sooner.
RETRY_HOST = timedelta(minutes=1)
_OF_THE_HOST = frozenset({"blocked", "connect", "timeout", "tls", "too_large", "unreachable"})

_MANY = 1_000
_KEPT = 16_384
_MOST_NAMED = 20
_MARK = "\ufeff"
_AGENT_LINE = re.compile(r"(?i)^[ \t]*user[- ]?agent[ \t]*:?[ \t]*([^\r\n]*)", re.MULTILINE)
_TOKEN = re.compile(r"[A-Za-z_-]+")


def product_token(user_agent: str) -> str:
    """Return the product token of a User-Agent: its first word before ``/``."""
    words = user_agent.split()
    return words[0].partition("/")[0] if words else "*"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a robots.txt says to one product token. ``parsed`` is None where there is none; then ``verdict`` holds for all.

    ``reason``, ``code`` (of the FetchError) and ``retry_after`` (seconds) say why everything is forbidden for now, where no
    robots.txt says so. ``text`` is the beginning of the file, to name a rule by.
    """

    token: str
    parsed: Protego | None = None
    verdict: bool = True
    reason: str = ""
    retry_after: float | None = None
    code: str = "robots"
    text: str = ""

    def allows(self, url: str) -> bool:
        """Tell whether the URL may be fetched."""
        return self.verdict if self.parsed is None else self.parsed.can_fetch(url, self.token)

    def forbidding(self, url: str) -> str:
        """Return `` by "Disallow: /x", written for ...`` where a rule forbids the URL and stands near the file's beginning, else
        an empty string."""
        lines = self.text.splitlines()
        touching = [number for number, line in enumerate(lines) if not Protego.parse(f"User-agent: *\n{line}").can_fetch(url, self.token)]
        for number in sorted(touching, key=lambda number: -len(lines[number]))[:_MOST_NAMED]:
            others = set(touching) - {number}
            alone = Protego.parse("\n".join("" if place in others else line for place, line in enumerate(lines)))
            if not alone.can_fetch(url, self.token):
                ours = f"User-agent: {self.token}" in lines
                return f' by "{lines[number].strip()[:200]}", written for {self.token if ours else "all programs"}'
        return ""

    @property
    def delay(self) -> float:
        """Seconds that Crawl-delay asks for between two requests, 0 where it does not."""
        asked = None if self.parsed is None else self.parsed.crawl_delay(self.token)
        return asked or 0.0


def parse(body: bytes, token: str) -> Rules:
    """Return the rules of a robots.txt for a product token; bytes that are no UTF-8 are replaced, a byte-order mark dropped."""
    text = body[:MAX_BYTES].decode("utf-8", errors="replace").lstrip(_MARK)
    addressed = _AGENT_LINE.sub(lambda line: _addressed(line[1], token), text)
    return Rules(token, Protego.parse(addressed), text=addressed[:_KEPT])


def _addressed(value: str, token: str) -> str:
    # Groups are for a whole product token, whatever its case or version (RFC 9309 2.2.1); the parser would also take
    # any beginning of it. What is meant for others keeps its place, because it ends the group before.
    name = value.partition("#")[0].strip()
    if name.startswith("*"):
        return "User-agent: *"
    found = _TOKEN.match(name)
    ours = found is not None and found[0].lower() == _letters(token)
    return f"User-agent: {token}" if ours else "User-agent: (another)"


def _letters(token: str) -> str:
    found = _TOKEN.match(token)
    return found[0].lower() if found else token.lower()


@dataclass(slots=True)
class _Entry:
    lock: threading.Lock
    rules: Rules | None = None
    until: datetime | None = None


class Robots:
    """The rules of every origin asked so far, each kept for a day by ``clock`` (aware UTC), for one product token.

    Thread-safe; two threads that need the same robots.txt fetch it once.
    """

    def __init__(self, token: str, clock: Callable[[], datetime]) -> None:
        self._token = token
        self._clock = clock
        self._entries: dict[str, _Entry] = {}
        self._lock = threading.Lock()

    def rules(self, origin: str, read: Callable[[str], bytes]) -> Rules:
        """Return the rules of an origin (``https://host:port``); ``read`` fetches a URL or raises FetchError.

        A client error allows everything, a server error or no answer forbids everything (RFC 9309 2.3.1) unless older rules are
        known; a 429 is passed on as it is. Where the host as a whole cannot be reached the rules' ``code`` says how.
        """
        with self._lock:
            if len(self._entries) > _MANY:
                self._entries.clear()
            entry = self._entries.setdefault(origin, _Entry(threading.Lock()))
        with entry.lock:
            now = self._clock()
            if entry.rules is None or entry.until is None or now >= entry.until:
                entry.rules, lifetime = self._asked(f"{origin}/robots.txt", read, entry.rules)
                entry.until = now + lifetime
            return entry.rules

    def _asked(self, url: str, read: Callable[[str], bytes], known: Rules | None) -> tuple[Rules, timedelta]:
        try:
            return parse(read(url), self._token), LIFETIME
        except FetchError as error:
            if error.status == 429:
                raise
            missing = error.code == "redirect" or (error.status is not None and 400 <= error.status < 500)
            if missing:
                return Rules(self._token), LIFETIME
            return self._stumbled(url, error, known)

    def _stumbled(self, url: str, error: FetchError, known: Rules | None) -> tuple[Rules, timedelta]:
        if known is not None and known.verdict:
            return known, RETRY
        detail = str(error).removeprefix(f"{url}: ")
        if error.code in _OF_THE_HOST:
            return Rules(self._token, verdict=False, reason=f"{url}: {detail}", code=error.code), RETRY_HOST
        reason = f"{url} could not be read ({error.code}: {detail})"
        return Rules(self._token, verdict=False, reason=reason, retry_after=RETRY.total_seconds()), RETRY
