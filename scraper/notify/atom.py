"""The latest digests as an Atom feed (RFC 4287) in a file, for a feed reader that can see it.

Each message is an entry: its id a ``tag:`` URI (RFC 4151) made of the message's id, so that what is sent again takes the place of what
stands; its content the text part as plain paragraphs, since readers strip style sheets anyway.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from xml.etree import ElementTree as ET

from scraper import atom
from scraper.errors import DeliveryError
from scraper.model.digest import Message
from scraper.model.moment import parse_utc, utc
from scraper.notify.file import replace_file
from scraper.notify.plain import lines, one_line

KEPT = 50
"""How many messages the feed holds, the newest first."""

MAX_FILE = 50_000_000
"""Bytes; a file that is larger is none of ours."""

_NOT_ID = re.compile(r"[^A-Za-z0-9._-]+")
_ADDRESS = re.compile(r"https?://[^\s<>\"']+")


@dataclass(frozen=True, slots=True)
class AtomNotifier:
    """Keeps the latest KEPT messages in the feed at ``path``, which is replaced as a whole; the folder is made where it is not there.

    ``name`` is the channel's; ``authority`` the host name under which ids are made (RFC 4151 2.1). A file that cannot be read as a feed is
    begun anew.
    """

    path: Path
    name: str
    authority: str = ""

    def send(self, message: Message) -> str:
        """Put the message into the feed and return the path; raises DeliveryError: permanent where the message has no time at which it was
        made, else with the system's reason."""
        try:
            made = utc(parse_utc(message.made_at))
        except ValueError as error:
            raise DeliveryError("the message has no time at which it was made", permanent=True) from error
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            count = self._write(self._entry(message, made))
        except (OSError, ValueError) as error:  # ValueError: a NUL in the path
            reason = getattr(error, "strerror", None) or str(error)
            raise DeliveryError(f"cannot write {self.path}: {reason}") from error
        return f"written to {self.path} ({count} of {KEPT} entries)"

    def _write(self, entry: ET.Element) -> int:
        others = [old for old in _entries(self.path) if atom.said(old, "id") != atom.said(entry, "id")]
        kept = sorted((entry, *others), key=lambda one: atom.said(one, "updated"), reverse=True)[:KEPT]
        feed = atom.feed(self._id(self.name), f"trilateral: {self.name}", atom.said(kept[0], "updated"))
        feed.extend(kept)
        replace_file(self.path, atom.written(feed))
        return len(kept)

    def _entry(self, message: Message, made: str) -> ET.Element:
        entry = atom.entry(self._id(message.message_id), one_line(message.subject), made, _NOT_ID.sub("-", message.language) or "en")
        lead = message.short.partition("\n")[2]
        if lead:
            atom.add(entry, "summary", one_line(lead), type="text")
        atom.add(entry, "content", paragraphs(lines(message.text)), type="html")
        return entry

    def _id(self, name: str) -> str:
        authority = re.sub(r"[^a-z0-9.-]+", "", self.authority.lower()) or "localhost"
        return f"tag:{authority},{atom.YEAR}:{_NOT_ID.sub('-', name)}"


def paragraphs(text: str) -> str:
    """Return plain text as HTML: a paragraph for each block, a break for each line, web addresses as links, everything else escaped."""
    blocks = (block.strip("\n") for block in re.split(r"\n{2,}", text))
    return "".join(f"<p>{'<br/>'.join(_linked(line) for line in block.split(chr(10)))}</p>" for block in blocks if block.strip())


def _linked(line: str) -> str:
    """A line that is nothing but a web address leads there; no other text does, so that none can lead elsewhere than it says."""
    plain = line.strip()
    return f'<a href="{escape(plain)}">{escape(plain)}</a>' if _ADDRESS.fullmatch(plain) else escape(line)


def _entries(path: Path) -> list[ET.Element]:
    """The entries that stand in our file, none where it is not there or is no feed of ours."""
    try:
        if path.stat().st_size > MAX_FILE:
            return []
        root = ET.parse(path).getroot()  # noqa: S314  our own file, and Expat itself bounds what entities can grow to
    except (FileNotFoundError, ET.ParseError, ValueError, LookupError):  # an encoding that Expat does not know
        return []
    return [entry for entry in root.findall(atom.name("entry")) if atom.said(entry, "id") and atom.said(entry, "updated")]
