"""What the first message of a home tells: what is known, who answers, and when to expect more."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.model.digest import NewStatement


@dataclass(frozen=True, slots=True)
class Answer:
    """An official source and whether it answered from this address; ``error`` says what came instead."""

    id: str
    name: str
    answered: bool
    error: str = ""


@dataclass(frozen=True, slots=True)
class Welcome:
    """The state of a home after its first round. Times are UTC as in :mod:`scraper.model.digest`, ``zone`` that of the times shown.

    ``statements`` are the latest of the last ``days`` days, ``recent`` how many there are, ``stored`` how many of all time since ``earliest``
    (a date). ``registry`` counts the initiatives known beforehand, ``named`` those that our data names. Of ``history`` so many
    addresses were (read, known). ``press`` counts the other sources that (answered, were asked). ``next_digest`` is when the next one is due.
    """

    made_at: str
    zone: str = "UTC"
    language: str = "en"
    sides: tuple[tuple[str, str], ...] = ()
    days: int = 90
    statements: tuple[NewStatement, ...] = ()
    recent: int = 0
    stored: int = 0
    earliest: str = ""
    registry: int = 0
    named: int = 0
    official: tuple[Answer, ...] = ()
    press: tuple[int, int] = (0, 0)
    history: tuple[int, int] = (0, 0)
    next_digest: str = ""
