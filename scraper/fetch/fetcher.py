"""The one HTTP client: a URL in, a page out, under every rule of this room."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import TracebackType
from typing import Self

import httpx

from scraper.errors import FetchError
from scraper.fetch import answers, robots
from scraper.fetch.addresses import Resolver, Target, admit, local, resolve, system
from scraper.fetch.body import read_body
from scraper.fetch.cookies import Cookies
from scraper.fetch.hosts import Hosts
from scraper.fetch.mirrors import mirror_of
from scraper.fetch.network import Network
from scraper.fetch.transport import Transport, environment
from scraper.model.moment import utc
from scraper.model.settings import FetchSettings
from scraper.model.source import Page, Source, Validators

_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_ENCODINGS = "gzip, deflate"
_PEEK = 64 * 1024
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class _Ask:
    """What one call wants, the same at every hop."""

    source: Source | None
    headers: tuple[tuple[bytes, bytes], ...]
    redirects: int
    limit: int
    page: bool = True

    @property
    def private(self) -> bool:
        return self.source is not None and self.source.allow_private

    @property
    def at_once(self) -> bool:
        """Whether the source asks for no spacing on the local network."""
        return self.source is not None and self.source.allow_private and self.source.spacing <= 0

    @property
    def conditional(self) -> bool:
        return any(name.startswith(b"If-") for name, _ in self.headers)


@dataclass(slots=True)
class _Trail:
    """Where one call has been: seconds ``left``, the addresses and cookies ``seen``, the redirects so far."""

    requested: str
    url: str
    left: float
    hops: list[str] = field(default_factory=list)
    lasting: bool = True
    seen: set[tuple[str, str]] = field(default_factory=set)

    def follow(self, address: str, status: int, most: int) -> None:
        """Go on to ``address``; raises FetchError ``redirect`` after too many."""
        if len(self.hops) >= most:
            raise FetchError(f"{self.requested}: more than {most} redirects", code="redirect", status=status)
        self.hops.append(address)
        self.lasting = self.lasting and status in answers.PERMANENT
        self.url = address

    def visit(self, url: str, cookies: str) -> None:
        """Note one request; raises FetchError ``redirect`` where the same one was made before."""
        if (url, cookies) in self.seen:
            raise FetchError(f"{self.requested}: redirects in a circle", code="redirect")
        self.seen.add((url, cookies))


class Fetcher:
    """Fetches pages politely and safely. Thread-safe; one for the life of the program; a context manager.

    ``clock`` gives aware UTC. ``resolver``, ``monotonic`` (seconds) and ``sleep`` are ports; an interruptible ``sleep`` (an
    Event's ``wait``) together with ``close`` ends every waiting thread at once. Proxies are read from the environment here.
    """

    def __init__(
        self,
        settings: FetchSettings,
        clock: Callable[[], datetime],
        *,
        resolver: Resolver = system,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._resolver = resolver
        self._monotonic = monotonic
        self._hosts = Hosts(monotonic, sleep)
        self._robots = robots.Robots(robots.product_token(settings.user_agent), clock)
        self._cookies = Cookies()
        self._network = Network(monotonic)
        self._proxies = environment()
        headers = {"User-Agent": settings.user_agent, "Accept-Encoding": _ENCODINGS}
        self._transport = Transport(self._network, self._proxies)
        # The client builds requests only: redirects, cookies and addresses are read here, by stricter rules than its own.
        self._client = httpx.Client(transport=self._transport, headers=headers, trust_env=False)
        self._closing = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End every connection; calls under way in other threads, and later ones, raise FetchError ``connect``."""
        self._hosts.close()
        self._network.abort()
        with self._closing:
            self._client.close()

    def get(self, url: str, *, source: Source | None = None, validators: Validators = Validators(), accept: str = "") -> Page:  # noqa: B008
        """Fetch ``url`` for ``source`` (None: under the general rules) and return its page, or raise FetchError.

        With ``validators`` the request is conditional and a 304 gives ``Page.not_modified`` with an empty body. ``accept`` is
        the Accept header where the default, a browser's, does not fit. Waits for the host's turn, which the deadline leaves out.
        """
        headers = ((b"Accept", (accept or _ACCEPT).encode()), *_conditions(validators))
        return self._walk(url, _Ask(source, headers, self._settings.max_redirects, self._settings.max_bytes))

    def rules(self, url: str, *, source: Source | None = None) -> robots.Rules:
        """Return what the robots.txt of the URL's host says, read now unless it was lately; raises FetchError where the address
        may not be asked or the server wants no request for a while (429)."""
        target = admit(url, private=source is not None and source.allow_private)
        return self._robots.rules(target.origin, lambda asked: self._walk(asked, self._robots_ask(source)).body)

    def ping(self, url: str) -> None:
        """Call an address of our own (a heartbeat), on this machine too, without robots.txt or spacing; raises FetchError."""
        own = Source(id="ping", name="ping", kind="feed", url=url, allow_private=True, spacing=0.0)
        self._walk(url, _Ask(own, ((b"Accept", b"*/*"),), self._settings.max_redirects, _PEEK, page=False))

    def _walk(self, url: str, ask: _Ask) -> Page:
        trail = _Trail(url, url, self._settings.deadline)
        try:
            while True:
                page = self._step(trail, ask)
                if page is not None:
                    return page
        except FetchError as error:
            error.led_to = trail.hops[-1] if trail.hops else ""
            raise

    def _step(self, trail: _Trail, ask: _Ask) -> Page | None:
        """Make the next request of a call under every rule; return its page, or None after a redirect."""
        self._hosts.check_open()
        target = self._admitted(trail, ask)
        self._hosts.check_window(target.site)
        route, addresses = self._route(target, trail)
        rules = self._rules(target, ask)
        with self._turn(target, ask, rules.delay, addresses or ()), self._on_time(trail, addresses):
            return self._exchange(target, route, ask, trail)

    def _admitted(self, trail: _Trail, ask: _Ask) -> Target:
        try:
            target = admit(trail.url, private=ask.private)
            mirror = mirror_of(self._settings.hosts, target.host)
            return replace(target, mirror=mirror) if mirror else target
        except FetchError as error:
            if not trail.hops:
                raise
            raise FetchError(f"{trail.requested} redirects to {error}", code=error.code) from error

    def _route(self, target: Target, trail: _Trail) -> tuple[str, tuple[str, ...] | None]:
        """Return the pool to use and the addresses to connect to (None: the proxy's rules stand)."""
        if target.mirror is not None:
            return "private", (target.mirror.address,)
        proxy = "" if target.inside else self._proxies.of(target.url.scheme, target.host)
        if proxy:
            return proxy, None
        began = self._monotonic()
        addresses = resolve(target, self._resolver, min(trail.left, self._settings.timeout))
        trail.left -= self._monotonic() - began
        return "private" if target.private else "public", addresses

    def _rules(self, target: Target, ask: _Ask) -> robots.Rules:
        """Return what robots.txt says here; raises FetchError ``robots`` where it forbids the URL.

        With ``retry_after`` the refusal is for the time being, because robots.txt could not be read. Where not even the host
        could be reached to ask, the code is that of the failure: timeout, tls, unreachable, too_large or blocked.
        """
        if not ask.page or not self._settings.robots:
            return robots.Rules("*")
        rules = self._robots.rules(target.origin, lambda url: self._walk(url, self._robots_ask(ask.source)).body)
        if not rules.allows(str(target.url)):
            reason = rules.reason or f"{target.url}: robots.txt does not allow it{rules.forbidding(str(target.url))}"
            raise FetchError(reason, code=rules.code, retry_after=rules.retry_after)
        return rules

    def _robots_ask(self, source: Source | None) -> _Ask:
        return _Ask(source, ((b"Accept", b"text/plain,*/*;q=0.5"),), robots.MAX_REDIRECTS, robots.MAX_BYTES, page=False)

    @contextmanager
    def _turn(self, target: Target, ask: _Ask, asked: float, addresses: tuple[str, ...]) -> Iterator[None]:
        own = ask.source.spacing if ask.source is not None and target.mirror is None else 0.0
        delay = max(self._settings.spacing, own, asked)
        at_once = ask.at_once and not asked and local(addresses)
        with nullcontext() if at_once else self._hosts.turn(target.host, delay, counts=ask.page):
            yield

    @contextmanager
    def _on_time(self, trail: _Trail, addresses: tuple[str, ...] | None) -> Iterator[None]:
        """Bound an exchange by what is left of the deadline, and take its time from that."""
        expires = self._monotonic() + trail.left
        with self._network.toward(addresses, expires):
            yield
        trail.left = expires - self._monotonic()

    def _exchange(self, target: Target, route: str, ask: _Ask, trail: _Trail) -> Page | None:
        """Make one request; return its page, or None after a redirect, which ``trail`` then follows."""
        extensions = {"route": route, "mirror": target.mirror}
        request = self._client.build_request(
            "GET", target.url, headers=list(ask.headers), timeout=self._settings.timeout, extensions=extensions
        )
        trail.visit(str(target.url), self._cookies.attach(target.host, request))
        response = self._transport.handle_request(request)
        response.request = request
        try:
            return self._judge(target, response, ask, trail)
        finally:
            response.close()

    def _judge(self, target: Target, response: httpx.Response, ask: _Ask, trail: _Trail) -> Page | None:
        answers.check_head(response.headers)
        self._cookies.keep(target.host, response)
        status = response.status_code
        if status in answers.REDIRECTS:
            trail.follow(answers.location(target.url, status, response.headers), status, ask.redirects)
            return None
        if status == 304 and ask.conditional:
            read_body(response.iter_raw(), "", _PEEK, cut=True)  # there is none, but only a response read to its end frees its connection
            return self._page(target, response, b"", trail)
        if 200 <= status < 300:
            return self._served(target, response, ask, trail)
        raise self._failed(target, response)

    def _served(self, target: Target, response: httpx.Response, ask: _Ask, trail: _Trail) -> Page:
        length = response.headers.get("content-length", "")
        if ask.page and length.isdecimal() and int(length[:18]) > ask.limit:
            raise FetchError(f"{target.url}: {length[:18]} bytes announced", code="too_large", status=response.status_code)
        coding = response.headers.get("content-encoding", "")
        body = read_body(response.iter_raw(), coding, ask.limit, cut=not ask.page)
        if answers.challenged(response.status_code, response.headers, body):
            raise FetchError(f"{target.url}: a bot check", code="blocked", status=response.status_code)
        return self._page(target, response, body, trail)

    def _failed(self, target: Target, response: httpx.Response) -> FetchError:
        try:
            body = read_body(response.iter_raw(), response.headers.get("content-encoding", ""), _PEEK, cut=True)
        except FetchError:
            body = b""  # the status alone is answer enough
        error = answers.failure(str(target.url), response.status_code, response.headers, body, self._clock())
        if error.retry_after:
            self._hosts.asked_to_wait(target.site, error.retry_after)
        return error

    def _page(self, target: Target, response: httpx.Response, body: bytes, trail: _Trail) -> Page:
        return Page(
            url=str(target.url),
            requested=trail.requested,
            status=response.status_code,
            headers=answers.kept_headers(response.headers),
            body=body,
            fetched_at=utc(self._clock()),
            not_modified=response.status_code == 304,
            hops=tuple(trail.hops),
            permanent=bool(trail.hops) and trail.lasting,
        )


def _conditions(validators: Validators) -> Iterator[tuple[bytes, bytes]]:
    """Yield the headers of a conditional request (RFC 9110 13.1); what a server could not have meant is left out."""
    for name, value in ((b"If-None-Match", validators.etag), (b"If-Modified-Since", validators.last_modified)):
        text = value.strip()
        if text and len(text) < 1_000 and not _CONTROL.search(text):
            yield name, text.encode("utf-8")
