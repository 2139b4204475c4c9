"""sources.toml: ``[fetch]``, ``[keeping]``, ``[defaults]``, ``[[source]]``, and ``include = "builtin"``; for the rest see ``aside``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import cast
from urllib.parse import urlsplit

from scraper.config import rules
from scraper.config.aside import day
from scraper.config.notes import Notes, Table, join, repeated
from scraper.config.secrets import Secrets, without_references
from scraper.config.shape import build, members, section, tables, warn_unknown
from scraper.model.catalogue import Aside, buried
from scraper.model.settings import FetchSettings, KeepingSettings
from scraper.model.source import KINDS, PATH, Selectors, Source
from scraper.urls import registrable

BUILTIN = "builtin"
LEAST_POLLS_DAYS = 14
"""Days of polls that reports of the last week and the coverage of unfinished days need."""

_SECRET_KEYS = frozenset({"url"})
_PATH = re.compile(PATH)
_BY_PATH = ("json", "xml")
_FOLLOW = ("article", "never")
_STORE = ("full", "excerpt", "link")

Named = dict[str, Table]
"""Tables of sources by their dotted key (``source.us-state``)."""


def merged(own: Table, builtin: Table | None, notes: Notes) -> tuple[Table, Table, Named]:
    """Return the ``[fetch]`` and ``[keeping]`` tables and the source tables, with defaults applied and ``include`` followed.

    ``builtin`` is the packaged catalogue, or None where ``own`` is that itself. Defaults of a file apply to the sources it
    adds; an override of a built-in source changes the named keys only.
    """
    warn_unknown(own, {"defaults", "source", "fetch", "keeping", "include", "dead", "key"}, "", notes)
    base = _included(own, builtin, notes)
    found = _with_defaults(_defaults(base, notes), _by_key(base, notes))
    added = _by_key(own, notes)
    overrides = {key: table for key, table in added.items() if key in found}
    found |= {key: _overlaid(found[key], table) for key, table in overrides.items()}
    found |= _with_defaults(_defaults(own, notes), {key: table for key, table in added.items() if key not in overrides})
    fetch, keeping = (section(base, name, notes) | section(own, name, notes) for name in ("fetch", "keeping"))
    return fetch, keeping, found


def _included(own: Table, builtin: Table | None, notes: Notes) -> Table:
    if "include" not in own:
        return {}
    if own["include"] != BUILTIN:
        notes.problem("include", f'must be "{BUILTIN}"')
    elif builtin is None:
        notes.problem("include", "the packaged catalogue cannot include itself")
    else:
        return builtin
    return {}


def _by_key(file: Table, notes: Notes) -> Named:
    found = tables(file, "source", notes)
    for key in repeated(key for key, _ in found):
        notes.problem(key, "this id is used more than once")
    return dict(found)


def _defaults(file: Table, notes: Notes) -> Table:
    """Return ``[defaults]`` without unknown keys, which are warned of here once and not again for every source."""
    defaults = section(file, "defaults", notes)
    known = set(members(Source)) - {"id", "url", "display_url", "lacks"}
    warn_unknown(defaults, known, "defaults", notes)
    return {key: value for key, value in defaults.items() if key in known}


def _with_defaults(defaults: Table, found: Named) -> Named:
    return {key: _overlaid(defaults, table) for key, table in found.items()}


def _overlaid(under: Table, over: Table) -> Table:
    """Return ``under`` with the keys of ``over``; tables inside are laid over one another likewise, ``url`` drops ``url_file``."""
    kept = {key: value for key, value in under.items() if not ({key, _other_form(key)} & over.keys())}
    both = (key for key, value in over.items() if isinstance(value, dict) and isinstance(under.get(key), dict))
    inner = {key: _overlaid(cast("Table", under[key]), cast("Table", over[key])) for key in both}
    return kept | over | inner


def _other_form(key: str) -> str:
    return key.removesuffix("_file") if key.endswith("_file") else key + "_file"


def read_fetch(table: Table, secrets: Secrets, notes: Notes) -> FetchSettings:
    """Return the settings of ``[fetch]``; the defaults where it is faulty."""
    resolved = secrets.resolve(table, frozenset({"user_agent"}), "fetch", notes, needed=True)
    fetch = build(FetchSettings, resolved, "fetch", notes)
    if fetch is None:
        return FetchSettings()
    for key in ("timeout", "deadline", "max_bytes", "workers"):
        _say(notes, join("fetch", key), rules.positive(getattr(fetch, key)))
    for key in ("spacing", "max_redirects"):
        _say(notes, join("fetch", key), rules.not_negative(getattr(fetch, key)))
    _say(notes, "fetch.user_agent", rules.filled(fetch.user_agent))
    for name, server in fetch.hosts.items():
        _say(notes, join("fetch.hosts", name), _host_fault(name) or _server_fault(server))
    return fetch


def _host_fault(name: str) -> str:
    return "" if name == "*" else rules.host_name(name.removeprefix("."))


def _server_fault(server: str) -> str:
    """The address of a server: a scheme, an IP address and perhaps a port."""
    fault = rules.address(server)
    parts = urlsplit("" if fault else server)
    bare = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
    return fault or (
        "" if bare and rules.ip_address(parts.hostname or "") == "" else "must be like http://127.0.0.1:8080, with an IP address"
    )


def read_keeping(table: Table, notes: Notes) -> KeepingSettings:
    """Return the settings of ``[keeping]``; the defaults where it is faulty."""
    keeping = build(KeepingSettings, table, "keeping", notes)
    if keeping is None:
        return KeepingSettings()
    for key, least in (("rest_days", 1), ("polls_days", LEAST_POLLS_DAYS), ("entries_days", 1), ("budget_mb", 0)):
        _say(notes, join("keeping", key), "" if getattr(keeping, key) >= least else f"must be at least {least}")
    if keeping.public_archive:
        _say(notes, join("keeping", "public_archive"), rules.address(keeping.public_archive))
    return keeping


def read_sources(found: Named, secrets: Secrets, notes: Notes, aside: Aside | None = None) -> tuple[Source, ...]:
    """Return the sources that can be read, in order; the faults of the others are noted.

    A source that wants a key of ``aside`` which is not set is off, and says so in ``lacks``; one that is on although its address is
    known to be dead is warned of.
    """
    beside = aside or Aside()
    keys = frozenset(key.name for key in beside.keys)
    built = (_read_source(key, table, keys, secrets, notes) for key, table in found.items())
    sources = tuple(source for source in built if source is not None)
    for source in sources:
        grave = buried(beside.dead, source.url) if source.enabled else None
        if grave:
            notes.warn(join("source", source.id, "url"), grave.sentence)
    return sources


def _read_source(key: str, given: Table, keys: frozenset[str], secrets: Secrets, notes: Notes) -> Source | None:
    wanted = given.get("enabled", True) is not False
    lacks = [name for name in secrets.missing(given.get("url")) if name in keys] if wanted else []
    needed = wanted and not lacks
    table = given if needed or not wanted else {**given, "enabled": False}
    resolved = secrets.resolve(table, _SECRET_KEYS, key, notes, needed=needed)
    source = build(Source, resolved, key, notes)
    if source is None:
        return None
    missing = not needed and (source.url == "" or without_references(source.url) != source.url)
    for name, fault in _faults(source, url_known=not missing):
        _say(notes, join(key, name), fault)
    return replace(source, display_url=_display(table), lacks=", ".join(lacks))


def _display(table: Table) -> str:
    url = table.get("url")
    return url if isinstance(url, str) else "(from url_file)"


def _faults(source: Source, *, url_known: bool) -> Iterator[tuple[str, str]]:
    yield "id", rules.identifier(source.id)
    yield "name", rules.filled(source.name)
    yield "kind", rules.one_of(source.kind, KINDS)
    yield "url", rules.address(source.url) if url_known else ""
    yield "language", rules.language(source.language)
    yield "interval", rules.positive(source.interval)
    yield "rank", rules.not_negative(source.rank)
    yield "follow", rules.one_of(source.follow, _FOLLOW)
    yield "store", rules.one_of(source.store, _STORE)
    yield "timezone", rules.zone(source.timezone)
    yield "encoding", rules.encoding(source.encoding)
    yield "stale_after", rules.not_negative(source.stale_after)
    yield "spacing", rules.not_negative(source.spacing)
    yield "max_entries", rules.positive(source.max_entries)
    yield "seen", day(source.seen)
    yield "paging", _paging_fault(source)
    for name, fault in _selector_faults(source.kind, source.selectors):
        yield join("selectors", name), fault


def _paging_fault(source: Source) -> str:
    """A pattern has one of its places; where it is a whole address, that is on the source's own site."""
    if not source.paging:
        return ""
    if not set(re.findall(r"\{[^{}]*\}", source.paging)) & {"{page}", "{offset}", "{month}"}:
        return "must hold {page}, {offset} or {month}"
    whole = source.paging.startswith(("http://", "https://"))
    if whole and rules.address(re.sub(r"[{}]", "", source.paging)):
        return "is not a valid address"
    return "must be on the source's own site" if whole and registrable(source.paging) != registrable(source.url) else ""


def _selector_faults(kind: str, selectors: Selectors) -> Iterator[tuple[str, str]]:
    if kind == "listing" and not selectors.item:
        yield "item", "is required: a listing needs the CSS selector of its items"
    if kind in _BY_PATH:
        yield from _path_faults(kind, selectors)
    yield "base", rules.address(selectors.base) if selectors.base else ""
    yield "link_pattern", rules.pattern(selectors.link_pattern)
    if bool(selectors.link_pattern) != bool(selectors.link_template):
        yield "link_template", "link_pattern and link_template are only of use together"
    if selectors.link_template and not _is_template(selectors.link_template):
        yield "link_template", "may hold {0}, {1} ... for the groups of link_pattern and no other braces"


def _path_faults(kind: str, selectors: Selectors) -> Iterator[tuple[str, str]]:
    if not selectors.item:
        yield "item", f"is required: a source of kind {kind} needs the path of its items (data[])"
    if not selectors.link and not selectors.id:
        yield "link", "is required: the path of an item's address (or id, where it has none)"
    for name in ("item", "link", "title", "date", "summary", "id", "html", "channel"):
        known = all(_PATH.fullmatch(option) for option in getattr(selectors, name).split("|"))
        yield name, "" if known else "is no path: names parted by dots, [] for all of a list, [0] for its first"


def _is_template(template: str) -> bool:
    try:
        template.format(*[""] * 10)
    except (ValueError, IndexError, KeyError, AttributeError):
        return False
    return True


def _say(notes: Notes, key: str, fault: str) -> None:
    notes.require(not fault, key, fault)


def check_parties(sources: tuple[Source, ...], parties: frozenset[str], notes: Notes) -> None:
    """Note every source that names a party which watch.toml does not have."""
    for source in sources:
        if source.party and source.party not in parties:
            notes.problem(join("source", source.id, "party"), f"is no party of watch.toml ({', '.join(sorted(parties))})")
