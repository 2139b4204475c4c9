"""The report of one month: what was said, what was new, what was worded otherwise, and how well it was watched."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of the month; ``level``, ``side``, ``kind`` and ``place`` as the reader knows them, ``reported`` where only reports of it are known."""

    id: int
    date: str
    title: str
    level: str = ""
    side: str = ""
    kind: str = ""
    place: str = ""
    reported: bool = False


@dataclass(frozen=True, slots=True)
class Initiated:
    """An initiative that was named for the first time, with the sentence that proves it and the statement that holds it."""

    name: str
    sentence: str
    statement: int
    date: str = ""
    side: str = ""


@dataclass(frozen=True, slots=True)
class Reworded:
    """A watched formula that stands otherwise than in the last comparable statement: its variants ``now`` and ``then``, each with its sentence."""

    formula: str
    statement: int
    comparator: int
    now: str
    then: str
    sentence: str = ""
    sentence_then: str = ""
    date: str = ""
    side: str = ""
    date_then: str = ""


@dataclass(frozen=True, slots=True)
class Watched:
    """How a government was watched on the days of the month that are known of: how many, how many of them whole, minutes of blindness, and the
    longest spot of it."""

    party: str
    days: int
    whole: int
    blind_minutes: int
    longest_minutes: int


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote as plain text, and the addresses in it that may be links."""

    text: str
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Month:
    """A month ``YYYY-MM``. ``until`` is the time (UTC) up to which it is told where it is not over; ``events`` how many acts the statements are of.
    ``notes`` are by statement."""

    month: str
    said: tuple[Said, ...] = ()
    initiated: tuple[Initiated, ...] = ()
    reworded: tuple[Reworded, ...] = ()
    watched: tuple[Watched, ...] = ()
    events: int = 0
    until: str = ""
    notes: tuple[tuple[int, Note], ...] = ()
