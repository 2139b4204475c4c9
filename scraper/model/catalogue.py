"""What the catalogue says beside its sources: addresses that are not to be polled, and keys that some sources want."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scraper.urls import canonical

STATES = ("gone", "frozen", "refused", "unfit")
"""What is wrong with an address: it answers no more (404, HTML, the domain sold), or nothing new ever, or refuses programs; or it
answers, but is of no kind that is read here."""

ANY = "*"
"""In an address of ``[[dead]]`` stands once at most, for any characters."""


@dataclass(frozen=True, slots=True)
class Dead:
    """An address that was tried and is not to be added again.

    ``url`` may hold one ``*``. ``state`` is out of STATES, ``why`` a clause without a full stop. ``since`` is the day from which it is known to be so, ``seen``
    the day somebody looked last (YYYY, YYYY-MM or YYYY-MM-DD; empty where unknown). ``instead`` are the ids of sources that bring the same.
    """

    id: str
    name: str
    url: str
    why: str
    state: str = "gone"
    since: str = ""
    seen: str = ""
    instead: tuple[str, ...] = ()

    def covers(self, url: str) -> bool:
        """Tell whether ``url`` is this address: scheme, a leading www., a slash at the end and tracking parameters do not count."""
        head, star, tail = _plain(self.url).partition(ANY)
        asked = _plain(url)
        if not star:
            return asked == head
        least = len(head) + len(tail)
        return any(len(form) >= least and form.startswith(head) and form.endswith(tail) for form in (asked, asked + "/"))

    @property
    def sentence(self) -> str:
        """The same in a sentence for a person."""
        seen = f", last looked at {self.seen}" if self.seen else ""
        since = f" since {self.since}" if self.since else ""
        other = f"; instead: {', '.join(self.instead)}" if self.instead else ""
        return f"this address is known to be {_WORDS[self.state]}{since}{seen}: {self.why}{other}"


_WORDS = {"gone": "dead", "frozen": "frozen", "refused": "closed to programs", "unfit": "no source"}


def _plain(url: str) -> str:
    return canonical(url).partition("://")[2].removeprefix("www.").rstrip("/")


def buried(dead: Iterable[Dead], url: str) -> Dead | None:
    """Return the first of ``dead`` that is the address ``url``, or None."""
    return next((one for one in dead if one.covers(url)), None)


@dataclass(frozen=True, slots=True)
class Key:
    """A key of an open interface: ``name`` of the environment variable that holds it, what it opens in ``title``, where it is to be
    had in ``url``, and in ``how`` a clause on getting it. Sources whose address wants it are off until it is set."""

    name: str
    title: str
    url: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a source is known to send, made of its saved page.

    ``entries`` is how many it usually holds (0: unknown), ``fields`` those of its entries that are needed and that most have (title,
    published, summary, html), ``precision`` the finest of its dates (empty: it gives none).
    """

    entries: int = 0
    fields: tuple[str, ...] = ()
    precision: str = ""


Records = Mapping[str, Expected]
"""What is expected of sources, by id."""


@dataclass(frozen=True, slots=True)
class Aside:
    """What stands in the catalogue beside the sources."""

    dead: tuple[Dead, ...] = ()
    keys: tuple[Key, ...] = ()
