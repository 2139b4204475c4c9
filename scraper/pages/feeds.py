"""Atom feeds (RFC 4287) of new statements and new initiatives."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from scraper import __version__, atom
from scraper.errors import ConfigError
from scraper.model.settings import AlertSettings
from scraper.pages.asking import Answer, Ask
from scraper.storage import feeding
from scraper.urls import host, web

KEPT: Final = 50
"""How many entries a feed has, the newest first."""

ATOM: Final = "application/atom+xml; charset=utf-8"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}")
_NEVER = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: ``key`` makes its id and ``parts`` the address of its page here; ``url`` is the page elsewhere, ``at`` when it was first seen."""

    key: str
    parts: tuple[str, ...]
    title: str
    at: str
    content: str
    url: str = ""
    author: str = ""
    language: str = ""


def statements(ask: Ask) -> Answer:
    """The newest statements; the content is what they are, and the sentences that name something new."""
    rows = feeding.statements(ask.store, max_age_hours=_settings(ask).max_age_hours, limit=KEPT)
    found = [
        Entry(
            key=f"statement/{row['id']}",
            parts=("statement", str(row["id"])),
            title=row["title"],
            at=row["at"],
            content="\n".join([_facts(row["date"], row["event"], row["place"]), *row["sentences"]]),
            url=row["url"] or "",
            author=row["publisher"] or "",
            language=row["language"] or "",
        )
        for row in rows
    ]
    return _answer(ask, "statements", "New statements", found)


def initiatives(ask: Ask) -> Answer:
    """The newest initiatives; the content is the sentence that proves each."""
    rows = feeding.initiatives(ask.store, max_age_hours=_settings(ask).max_age_hours, limit=KEPT)
    found = [
        Entry(
            key=f"initiative/{row['id']}",
            parts=("initiative", row["id"]),
            title=row["name"],
            at=row["at"],
            content=row["sentence"],
            url=row["url"],
            author=row["publisher"],
            language=row["language"],
        )
        for row in rows
    ]
    return _answer(ask, "initiatives", "New initiatives", found)


def _settings(ask: Ask) -> AlertSettings:
    try:
        return ask.site.config.alerts
    except ConfigError:
        return AlertSettings()


def _facts(*facts: str | None) -> str:
    return " · ".join(fact for fact in facts if fact)


def _answer(ask: Ask, name: str, title: str, entries: Iterable[Entry]) -> Answer:
    body = feed(ask, name, title, entries)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return Answer(body, content_type=ATOM, headers={"ETag": tag})


def feed(ask: Ask, name: str, title: str, entries: Iterable[Entry]) -> bytes:
    """Return a feed as UTF-8; the same entries give the same bytes, so that its ETag changes only with them."""
    base = _settings(ask).pages_url
    made = [_entry(ask, base, one) for one in entries]
    latest = max((atom.said(one, "updated") for one in made), default=_NEVER)
    root = atom.feed(_tag(base, f"feed/{name}"), f"trilateral: {title}", latest, version=__version__)
    atom.add(root, "link", rel="self", type="application/atom+xml", href=_own(ask, base, "feeds", f"{name}.atom"))
    atom.add(root, "link", rel="alternate", type="text/html", href=_own(ask, base, ""))
    root.extend(made)
    return atom.written(root).encode()


def _entry(ask: Ask, base: str, one: Entry) -> ET.Element:
    entry = atom.entry(_tag(base, one.key), one.title, one.at, one.language if _LANGUAGE.fullmatch(one.language) else "")
    if one.author:
        atom.add(atom.add(entry, "author"), "name", one.author)
    atom.add(entry, "link", rel="alternate", type="text/html", href=_own(ask, base, *one.parts))
    if web(one.url):
        atom.add(entry, "link", rel="via", href=web(one.url))
    atom.add(entry, "content", one.content, type="text")
    return entry


def _tag(base: str, name: str) -> str:
    """A ``tag:`` address (RFC 4151) under the host that serves our pages."""
    return f"tag:{host(base) or 'localhost'},{atom.YEAR}:{re.sub(r'[^A-Za-z0-9._~/-]', lambda found: _hex(found[0]), name)}"


def _hex(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())


def _own(ask: Ask, base: str, *parts: str) -> str:
    """The address of a page of ours: whole where the public one is known, else from the root of this server."""
    own = ask.to(*parts)
    return base.rstrip("/") + "/" + own[len(ask.base) :] if base else own
