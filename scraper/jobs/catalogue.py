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
from scraper.model.catalogue import buried
from scraper.model.moment import utc
from scraper.model.source import Discovery, Page, Source
from scraper.model.watch import Party, Watch
from scraper.notify.mail import port
from scraper.parties import Parties
from scraper.stages import discover
from scraper.stages.discover.autodiscovery import MOST, Front, Lead, front, sitemaps
from scraper.stages.discover.charset import decode
from scraper.stages.relevance.interest import of_interest
from scraper.text import squeeze
from scraper.urls import belongs, canonical, host

SAME = 0.5
"""The share of the shorter list of items from which on two sources are two formats of one and not two sections."""

_SHORT = 60
_FORMATS = frozenset(
    {"rss", "rss2", "rdf", "atom", "feed", "feeds", "xml", "json", "index", "php", "do", "jsp", "aspx", "html", "htm", "www", "www3"}
)
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
    """A source that could be added, with what a trial of it brought: its entries, how many of them could be of interest and when the
    newest was published (``""``: not dated); or in ``error`` why it is not proposed, with ``known`` where nothing else is wrong than that its items are polled or proposed
    already. ``behind`` is the id of the one it stands in for."""

    source: Source
    entries: int = 0
    error: str = ""
    interesting: int = 0
    newest: str = ""
    known: bool = False
    behind: str = ""
    urls: frozenset[str] = frozenset()


def propose(config: Config, fetcher: Fetcher, url: str, clock: Callable[[], datetime], *, private: bool = False) -> tuple[Proposal, ...]:
    """Return what the site of ``url`` offers, each tried once: the address itself, feeds, WordPress's posts, a sitemap.

    Sources that bring different items, as the sections of a newspaper do, have the same ``rank`` and are asked side by side. One
    that brings the items of another stands behind it by its rank, and a sitemap behind all: it stands in while those before it
    fail. A second feed of the same items, a second sitemap, what is polled already and addresses that are known to be dead are not
    proposed; a dead ``url`` is not even asked. ``private`` lets the site be on a network of our own. Raises FetchError where the page
    itself cannot be had.
    """
    asked = replace(_PLAIN, id="new", name="new", kind="feed", url=url, allow_private=private, spacing=config.fetch.spacing)
    dead = buried(config.aside.dead, url)
    if dead:
        return (Proposal(asked, error=dead.sentence),)
    page = fetcher.get(url, source=asked)
    told = front(page, decode(page, asked))
    publisher, parties = _publisher(page, config.sources), Parties(config.watch)
    taken, polled = {source.id for source in config.sources}, {source.url: source for source in config.sources}
    made: list[Proposal] = []
    for lead in _leads(fetcher, page, asked, told):
        if lead.kind == "sitemap" and any(one.source.kind == "sitemap" and not one.error for one in made):
            continue  # robots.txt names those of pages, tags and pictures, too
        if lead.url in polled:
            held = _tried(polled[lead.url], fetcher, clock, page, parties)
            made.append(replace(held, known=True, error=f"it is polled already, as {held.source.id}"))
            continue
        source = replace(_source(lead, told, page, config.watch, asked), publisher=publisher)
        dead = buried(config.aside.dead, lead.url)
        if dead:
            made.append(Proposal(source, error=dead.sentence))
            continue
        made.append(_placed(_tried(replace(source, id=free(source.id, taken)), fetcher, clock, page, parties), made))
        taken.add(made[-1].source.id)
    return tuple(made)


def _publisher(page: Page, known: Iterable[Source]) -> str:
    """The publisher that sources of this host have already, so that they stand in for each other; else the host."""
    place = urlsplit(page.url).netloc
    named = {source.publisher for source in known if source.publisher and urlsplit(source.url).netloc == place}
    return named.pop() if len(named) == 1 else host(page.url)


def _placed(tried: Proposal, made: Iterable[Proposal]) -> Proposal:
    """Give a proposal its rank among those before it that answer."""
    good = [one for one in made if one.known or not one.error]
    before = good if tried.source.kind == "sitemap" else [one for one in good if _alike(one, tried)]
    if tried.error or not before:
        return tried
    last = max(before, key=lambda one: one.source.rank)
    twin = next((one for one in before if one.source.kind == tried.source.kind and tried.urls <= one.urls), None)
    if twin:
        return replace(tried, known=True, error=f"it brings the same items as {twin.source.url}")
    return replace(tried, source=replace(tried.source, rank=last.source.rank + 1), behind=last.source.id)


def _alike(one: Proposal, other: Proposal) -> bool:
    """Tell whether two bring the same stream: sections of a site share few items, its formats nearly all that both still show."""
    return len(one.urls & other.urls) >= SAME * min(len(one.urls), len(other.urls))


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
    name = _name(lead, told.title or site)
    return replace(
        asked, id=slug(f"{site.removeprefix('www.')}-{_section(lead)}"), name=printable(name)[:120] or site, kind=lead.kind, url=lead.url,
        publisher=site, country=party.id if party else "", party=party.id if party else "", official=party is not None,
        language=told.language if re.fullmatch("[a-z]{2}", told.language) else "en", interval=15.0 if party else 30.0,
        timezone=party.zone if party else "UTC", full_text=lead.kind == "wordpress",
    )  # fmt: skip


def _name(lead: Lead, site: str) -> str:
    """A feed's own title, behind that of its site where it says no more than the section."""
    if lead.kind != "feed":
        return f"{site} ({lead.kind})"
    whole = not lead.title or len(site) > _SHORT or site.casefold() in lead.title.casefold() or "." in site
    return (lead.title or site) if whole else f"{site}: {lead.title}"


def _section(lead: Lead) -> str:
    """What tells a feed from others of its site: the last word of its path that is no format; else the kind."""
    words = [word for word in _WORD.split(urlsplit(lead.url).path.lower()) if word and word not in _FORMATS]
    return words[-1][:30] if words and lead.kind == "feed" else lead.kind


def _party(site: str, watch: Watch) -> Party | None:
    return next((party for party in watch.parties for domain in party.domains if belongs(site, domain)), None)


def _tried(source: Source, fetcher: Fetcher, clock: Callable[[], datetime], page: Page, parties: Parties) -> Proposal:
    """One trial; of an index of sitemaps its first part is read, too."""
    try:
        found = _discovered(source, discover.address(source, utc(clock())), fetcher, page)
        if not found.entries and found.more:
            found = replace(_discovered(source, found.more[0], fetcher, page), channel=found.channel)
    except (FetchError, DiscoverError) as error:
        return Proposal(source, error=str(error))
    if not found.entries:
        return Proposal(source, error="; ".join(("it holds no entries", *found.notes)))
    channel = printable(found.channel) if source.kind == "feed" and len(found.channel) <= 100 else ""
    return Proposal(
        replace(source, channel=channel), len(found.entries),
        interesting=sum(of_interest(entry.title, entry.summary, parties) for entry in found.entries),
        newest=max((entry.published.at for entry in found.entries if entry.published), default=""),
        urls=frozenset(canonical(entry.url) for entry in found.entries),
    )  # fmt: skip


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
