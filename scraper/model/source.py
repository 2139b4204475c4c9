"""What is polled, and what a poll brings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scraper.model.moment import Moment

KINDS = ("feed", "listing", "sitemap", "wordpress", "json", "xml", "gdelt", "google-news")
"""What an address holds: RSS, RDF, Atom or JSON Feed; HTML; a sitemap or an index of them; WordPress's REST array; JSON and XML
lists read by paths; GDELT's article list; a search of Google News."""

PATH = r"[^.\[\]|]*(?:\[\d{0,4}\])*(?:\.[^.\[\]|]+(?:\[\d{0,4}\])*)*"
"""The grammar of one path into JSON or XML: names parted by dots, each with any number of ``[]`` (all) or ``[0]`` (that one)."""

OUTCOMES = (
    "ok", "not_modified", "empty", "stale", "gap", "blocked", "robots", "moved", "http", "dns", "tls", "timeout",
    "too_large", "not_a_feed", "wrong_channel", "parse",
)  # fmt: skip

VOUCHING = frozenset({"ok", "not_modified"})
"""Outcomes that vouch for a source; every other one counts as a failure of it, also an answer that yields nothing."""


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS selectors of a listing (``item``, and inside it ``link``, ``title``, ``date``, ``summary``) and of an article
    page (``body``, ``article_title``, ``article_date``; ``drop`` is removed first). Empty: the general rule decides.

    ``link_template`` builds the address from what ``onclick`` or ``href`` holds: ``{0}``, ``{1}`` are the groups of
    ``link_pattern``.

    For the kinds json and xml ``item``, ``link``, ``title``, ``date``, ``summary``, ``id`` (what tells items apart), ``html``
    (the full text) and ``channel`` (the list's own title, from the root) are paths (:data:`PATH`): ``data[]`` is every element of
    the list, ``a.b[0].c`` goes down, ``@name`` is an attribute and ``a|b`` is the first of the two that holds anything.
    ``base`` is the address that relative links are resolved against where it is not the page's own.
    """

    item: str = ""
    link: str = ""
    title: str = ""
    date: str = ""
    summary: str = ""
    link_pattern: str = ""
    link_template: str = ""
    body: str = ""
    article_title: str = ""
    article_date: str = ""
    drop: str = ""
    id: str = ""
    html: str = ""
    channel: str = ""
    base: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One address that is polled.

    ``party`` is the id of the watched party whose government publishes it, else ``""``. ``interval`` is minutes between polls.
    ``rank`` orders the sources of one publisher (0 first). ``follow`` is article or never (always never for google-news, whose
    addresses are opaque); ``store`` full, excerpt or link. ``timezone`` is the zone of dates that name none. ``channel`` is what
    the source's own title must contain, if set (where it has none: the host that its items are on).
    ``stale_after`` is days without a new entry after which the source counts as stale (0: never).
    ``encoding`` is used where the page itself declares none. ``display_url`` is the address with its secrets unexpanded, for
    storing and showing; empty where it is ``url`` itself. ``note`` is what is to be known of it in a sentence, ``seen`` the day it was
    last known to answer (YYYY, YYYY-MM or YYYY-MM-DD). ``lacks`` names the key (an environment variable) without which it is off.
    ``paging`` is how the address of an older page is made where no page names the next: an address, or what is added to ``url``, with
    ``{page}`` (2, 3, ...), ``{offset}`` (entries seen so far) or ``{month}`` (YYYYMM, going back from that of the fetch) in it.
    """

    id: str
    name: str
    kind: str
    url: str
    publisher: str = ""
    country: str = ""
    party: str = ""
    language: str = "en"
    official: bool = False
    enabled: bool = True
    interval: float = 30.0
    rank: int = 0
    follow: str = "article"
    store: str = "full"
    timezone: str = "UTC"
    encoding: str = ""
    channel: str = ""
    stale_after: float = 0.0
    spacing: float = 5.0
    max_entries: int = 200
    allow_private: bool = False
    full_text: bool = False
    selectors: Selectors = field(default_factory=Selectors)
    display_url: str = ""
    note: str = ""
    seen: str = ""
    lacks: str = ""
    paging: str = ""

    def __post_init__(self) -> None:
        if self.kind == "google-news":
            object.__setattr__(self, "follow", "never")


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is known of a source from its polls; times are UTC strings, ``""`` where never."""

    source_id: str
    etag: str = ""
    last_modified: str = ""
    next_poll_at: str = ""
    last_poll_at: str = ""
    last_good_at: str = ""
    last_outcome: str = ""
    failures: int = 0
    polls: int = 0
    newest_entry: str = ""
    failing_since: str = ""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a conditional request sends back (RFC 9110 13): ``etag`` and ``last_modified`` as received, or empty."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What a server sent: ``body`` after content decoding, header names lower-case, ``url`` after redirects.

    ``requested`` is the address asked for; ``status`` the last HTTP status; ``not_modified`` that the server answered 304.
    ``fetched_at`` is UTC. ``hops`` are the addresses of the redirects in order, ``permanent`` that all of them were 301 or 308.
    ``via`` is the address that the bytes came from where that is not the page's own: a copy in a public archive.
    """

    url: str
    requested: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: str
    not_modified: bool = False
    hops: tuple[str, ...] = ()
    permanent: bool = False
    via: str = ""

    @property
    def content_type(self) -> str:
        """The media type, lower-case, without parameters."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a source's page. ``html`` is the full text where the source itself brings it, else empty.

    ``publisher`` and ``publisher_url`` (its home or host) are set where the source only gathers what others publish.
    """

    source_id: str
    url: str
    title: str
    guid: str = ""
    summary: str = ""
    published: Moment | None = None
    html: str = ""
    language: str = ""
    publisher: str = ""
    publisher_url: str = ""


@dataclass(frozen=True, slots=True)
class Discovery:
    """What a source's page held: entries in page order, the channel's own title, minutes the publisher asks to wait (ttl),
    and ``notes`` on what was odd but harmless.

    ``more`` are addresses of further pages of the same source, those to be asked first in front: with entries, the page before
    (older entries, wanted while the oldest of these is unknown); without entries, the parts that this page lists. ``searched``
    tells that the page answers a search, where no entries mean that there is nothing.
    """

    entries: tuple[Entry, ...]
    channel: str = ""
    ttl: float | None = None
    notes: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    searched: bool = False


@dataclass(frozen=True, slots=True)
class Poll:
    """One attempt at one source: ``outcome`` is out of OUTCOMES; times UTC; ``error`` a sentence or empty."""

    source_id: str
    started_at: str
    finished_at: str
    outcome: str
    http_status: int | None = None
    entries: int = 0
    new: int = 0
    error: str = ""
    next_poll_at: str = ""
    etag: str = ""
    last_modified: str = ""
    newest_entry: str = ""


@dataclass(frozen=True, slots=True)
class Identities:
    """What the database already knows that an entry of one source could be: canonical URLs (of any source), guids of this
    source, and folded titles of the same publisher with the UTC times they were first seen."""

    urls: frozenset[str] = frozenset()
    guids: frozenset[str] = frozenset()
    titles: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Capture:
    """Where the bytes of a page lie: the WARC file's name in the captures folder, offset and length of the gzip member in
    it, and ``sha256:`` digest of the body; ``kept`` tells a relevant page's file from one deleted after the retention time."""

    file: str
    offset: int
    length: int
    digest: str
    url: str
    fetched_at: str
    status: int
    content_type: str
    kept: bool
