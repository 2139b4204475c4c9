"""Settings of the rooms that do input and output, as the configuration fills them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scraper.model.routing import Rule


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How pages are fetched. Times are seconds, sizes bytes (after content decoding).

    ``user_agent`` is sent as it is and names the program and how to reach whoever runs it. ``deadline`` bounds one request
    with its redirects; ``spacing`` is the least time between two requests to one host where robots.txt asks for no more.
    ``hosts`` sends the requests for a host (``www.example.org``, ``.example.org`` for all below it, ``*`` for every one) to a server of
    one's own, ``http://127.0.0.1:8080``, under the host's name and with no spacing but that of these settings.
    """

    user_agent: str = "trilateral/0.1 (+https://example.org/trilateral; news monitor)"
    timeout: float = 20.0
    deadline: float = 60.0
    max_bytes: int = 8_000_000
    max_redirects: int = 8
    spacing: float = 5.0
    workers: int = 4
    robots: bool = True
    hosts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeepingSettings:
    """How long what is not needed for good stays, in days: captures of pages that were not relevant, single rows of polls, rejected
    entries. ``budget_mb`` is the disk (10^6 bytes) for captures and database together, 0 for none: over it the oldest captures of
    irrelevant pages go before their time. ``public_archive`` is the address that a public archive saves a page under when the page's own is put
    behind it (``https://web.archive.org/save/``); empty: no archive is asked."""

    rest_days: int = 90
    budget_mb: int = 2000
    polls_days: int = 180
    entries_days: int = 365
    public_archive: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """Where digests go. ``kind`` is stdout, file, email, apprise, webhook or atom; the rest applies by kind, secrets already resolved.

    ``language`` of the digest, ``zone`` of its times. ``security`` of e-mail is none, starttls or tls. ``url`` is where a webhook is, or
    what Apprise takes (which as a whole is a secret); ``form`` what Apprise is handed, short or full. ``secret`` signs a webhook's bodies.
    ``ca_file`` holds the certificates (PEM) that are trusted in place of the system's; ``allow_private`` lets a webhook be on this machine
    or the local network. ``host`` is the mail server, or the name under which the ids of an Atom file are made.
    ``reviewer`` is who decides by the links of this channel's digests, as ``reviews.who`` says it; :attr:`decides` fills it in where empty.
    """

    name: str
    kind: str
    enabled: bool = True
    language: str = "en"
    zone: str = "UTC"
    path: str = ""
    host: str = ""
    port: int = 0
    security: str = "starttls"
    username: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""
    recipients: tuple[str, ...] = ()
    unsubscribe: str = ""
    url: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    form: str = "short"
    ca_file: str = ""
    allow_private: bool = False
    reviewer: str = ""

    @property
    def decides(self) -> str:
        """Who the rows of ``reviews`` say decided by a link of this channel: the reviewer, else the only recipient, else the channel's name."""
        return self.reviewer or (self.recipients[0] if len(self.recipients) == 1 else self.name)


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """When digests go out. ``digest_times`` are HH:MM in each channel's zone (``zone`` where it has none); ``watch_report`` is a weekday (monday ...) or empty;
    ``max_age_hours`` is how old a statement may be, by its own date, to be alerted. An initiative is omitted where the last
    ``omitted_after`` comparable statements named it, and revived after ``revived_after_months`` in which at least ``revived_statements``
    official statements were made without it.

    ``rules`` say which alerts go where and when, the first that fits; ``quiet`` are hours of the channel's zone (``22:00-06:00``) in which
    nothing is told at once but of meetings of the levels ``break_quiet``. A new initiative of which only reports are known waits
    ``press_wait_hours`` for the primary text.

    ``pages_url`` is the public address of our own pages, http or https and ending in a slash, empty where nobody serves them: then a digest has no links to them.
    ``review_secret`` signs the links by which a person decides from a digest (empty: a key beside the database does), and such a link
    holds ``review_days``."""

    channels: tuple[Channel, ...] = ()
    digest_times: tuple[str, ...] = ("07:30",)
    zone: str = "UTC"
    watch_report: str = "monday"
    max_age_hours: float = 72.0
    omitted_after: int = 3
    revived_after_months: int = 18
    revived_statements: int = 3
    heartbeat_url: str = ""
    rules: tuple[Rule, ...] = ()
    quiet: str = ""
    break_quiet: tuple[str, ...] = ("leaders", "foreign_ministers", "defence_ministers")
    press_wait_hours: float = 24.0
    pages_url: str = ""
    review_secret: str = field(default="", repr=False)
    review_days: int = 7
