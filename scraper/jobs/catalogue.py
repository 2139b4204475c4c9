"""The catalogue of sources: what a site offers as new ones, the TOML of a source, and the hosts that all of them need."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from scraper.config import Config
from scraper.errors import DiscoverError, FetchError, InputError
from scraper.fetch import Fetcher
from scraper.jobs.home import SOURCES
from scraper.model.moment import utc
from scraper.model.source import Discovery, Page, Source
from scraper.model.watch import Party, Watch
from scraper.notify.mail import port
from scraper.stages import discover
from scraper.stages.discover.autodiscovery import MOST, Front, Lead, front, sitemaps
from scraper.stages.discover.charset import decode
from scraper.text import squeeze
from scraper.urls import belongs, host

_WORD = re.compile(r"[^a-z0-9]+")
_WRITTEN = (
    "id", "name", "kind", "url", "publisher", "country", "party", "language", "official", "interval", "rank", "timezone", "channel",
    "full_text", "allow_private",
)  # fmt: skip
_ALWAYS = frozenset({"id", "name", "kind", "url", "language"})
_PLAIN = Source("", "", "", "")
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A source that could be added, with what a trial of it brought: its entries, or in ``error`` why there are none."""

    source: Source
    entries: int = 0
    error: str = ""


def propose(config: Config, fetcher: Fetcher, url: str, clock: Callable[[], datetime], *, private: bool = False) -> tuple[Proposal, ...]:
    """Return what the site of ``url`` offers, each tried once: the address itself, feeds, WordPress's posts, sitemaps.

    The order is that of ``rank``: each stands in while those before it fail. ``private`` lets the site be on a network of our own.
    Raises FetchError where the page itself cannot be had.
    """
    asked = replace(_PLAIN, id="new", name="new", kind="feed", url=url, allow_private=private, spacing=config.fetch.spacing)
    page = fetcher.get(url, source=asked)
    told = front(page, decode(page, asked))
    leads = _leads(fetcher, page, asked, told)
    taken = {source.id for source in config.sources}
    made: list[Proposal] = []
    for lead in leads:
        source = _source(lead, told, page, config.watch, asked)
        tried = _tried(replace(source, id=free(source.id, taken)), fetcher, clock, page)
        rank = sum(not earlier.error for earlier in made)
        made.append(replace(tried, source=replace(tried.source, rank=rank)))
        taken.add(tried.source.id)
    return tuple(made)


def _leads(fetcher: Fetcher, page: Page, asked: Source, told: Front) -> tuple[Lead, ...]:
    """The address itself where it is a source; else what the page and the site's robots.txt name."""
    for kind in ("feed", "sitemap", "wordpress"):
        try:
            found = discover.discover(page, replace(asked, kind=kind))
        except DiscoverError:
            continue
        if found.entries or found.more:
            return (Lead(kind, asked.url, squeeze(found.channel)),)
    parts = urlsplit(page.url)
    origin = f"{parts.scheme}://{parts.netloc}"
    return (*told.leads[: MOST - 5], *sitemaps(_robots(fetcher, origin, asked), origin))


def _robots(fetcher: Fetcher, origin: str, asked: Source) -> str:
    try:
        return fetcher.get(f"{origin}/robots.txt", source=asked, accept="text/plain, */*;q=0.5").body.decode("utf-8-sig", "replace")
    except FetchError:
        return ""


def _source(lead: Lead, told: Front, page: Page, watch: Watch, asked: Source) -> Source:
    """A source as it would stand in the file; a host of a watched government makes it official."""
    site = host(page.url)
    party = _party(site, watch)
    name = (lead.title or told.title or site) if lead.kind == "feed" else f"{told.title or site} ({lead.kind})"
    return replace(
        asked, id=slug(f"{site.removeprefix('www.')}-{lead.kind}"), name=printable(name)[:120] or site, kind=lead.kind, url=lead.url,
        publisher=site, country=party.id if party else "", party=party.id if party else "", official=party is not None,
        language=told.language if re.fullmatch("[a-z]{2}", told.language) else "en", interval=15.0 if party else 30.0,
        timezone=party.zone if party else "UTC", full_text=lead.kind == "wordpress",
    )  # fmt: skip


def _party(site: str, watch: Watch) -> Party | None:
    return next((party for party in watch.parties for domain in party.domains if belongs(site, domain)), None)


def _tried(source: Source, fetcher: Fetcher, clock: Callable[[], datetime], page: Page) -> Proposal:
    """One trial; of an index of sitemaps its first part is read, too."""
    try:
        found = _discovered(source, discover.address(source, utc(clock())), fetcher, page)
        if not found.entries and found.more:
            found = replace(_discovered(source, found.more[0], fetcher, page), channel=found.channel)
    except (FetchError, DiscoverError) as error:
        return Proposal(source, error=str(error))
    if not found.entries:
        return Proposal(source, error="it holds no entries")
    channel = printable(found.channel) if source.kind == "feed" and len(found.channel) <= 100 else ""
    return Proposal(replace(source, channel=channel), len(found.entries))


def _discovered(source: Source, url: str, fetcher: Fetcher, page: Page) -> Discovery:
    held = page if url == page.requested else fetcher.get(url, source=source, accept=discover.accept(source.kind))
    return discover.discover(held, source)


def slug(text: str) -> str:
    """Return an id made of a text: Latin letters, digits and dashes, at most 80."""
    return _WORD.sub("-", text.lower()).strip("-")[:80] or "source"


def free(wanted: str, taken: set[str]) -> str:
    """Return ``wanted``, with a number behind it where that id is taken."""
    return next(name for number in range(1, len(taken) + 2) if (name := wanted if number == 1 else f"{wanted}-{number}") not in taken)


def printable(text: str) -> str:
    """Return ``text`` on one line, without characters that no TOML string can hold."""
    return "".join(sign for sign in squeeze(text) if sign.isprintable() and not "\ud800" <= sign <= "\udfff")


def toml(source: Source) -> str:
    """Return a source as a ``[[source]]`` table; keys that say what is the default anyway are left out."""
    lines = ["[[source]]"]
    for key in _WRITTEN:
        value = getattr(source, key)
        if key in _ALWAYS or value != getattr(_PLAIN, key):
            # A JSON string of these characters is a basic string of TOML.
            lines.append(f"{key} = {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def append(folder: Path, sources: Iterable[Source], check: Callable[[], object]) -> Path:
    """Append sources to the sources.toml of a configuration folder, and return the file.

    ``check`` reads the configuration again; where it raises, the file is as it was before. Raises InputError where the file
    cannot be written.
    """
    path = folder / "sources.toml"
    try:
        before = path.read_bytes() if path.exists() else None
        old = SOURCES.encode() if before is None else before
        _replace(path, old.rstrip() + b"\n\n" + "\n".join(map(toml, sources)).encode())
        try:
            check()
        except BaseException:
            _restore(path, before)
            raise
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}") from error
    return path


def _replace(path: Path, data: bytes) -> None:
    """Whole or not at all: a daemon may read it at any time."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(data)
    if path.exists():
        fresh.chmod(path.stat().st_mode & 0o777)
    fresh.replace(path)


def _restore(path: Path, before: bytes | None) -> None:
    if before is None:
        path.unlink()
    else:
        _replace(path, before)


def hosts(config: Config, *, everything: bool = False) -> tuple[tuple[str, int], ...]:
    """Return the hosts and ports, sorted, that the sources (with ``everything`` those that are off, too), the e-mail channels and
    the heartbeat need. Articles of a source and the targets of redirects may be on others."""
    addresses = [source.url for source in config.sources if source.enabled or everything]
    addresses += [source.selectors.base for source in config.sources if source.enabled or everything]
    found = {place for address in (*addresses, config.alerts.heartbeat_url) for place in _place(address)}
    mail = {
        (channel.host, port(channel)) for channel in config.alerts.channels if channel.kind == "email" and (channel.enabled or everything)
    }
    return tuple(sorted(found | mail))


def _place(address: str) -> Iterator[tuple[str, int]]:
    """None for an address that is still a ``${NAME}``."""
    try:
        parts = urlsplit(address)
        if parts.hostname and parts.scheme in _PORTS:
            yield parts.hostname, parts.port or _PORTS[parts.scheme]
    except ValueError:
        return
