"""What decides when which channel is told of an alert: its facts, the rules, and a channel's times."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.model.flag import STRENGTH

WHEN = ("at_once", "digest", "weekly", "never")
"""When a rule lets an alert be told: after the tick that found it, with the next digest, with the week's last one, not at all."""

ALERT_KINDS = (
    "new_statement", *STRENGTH, "wording", "official_edit", "official_takedown", "official_return", "source_failing", "source_recovered",
    "disk", "channel_failing",
)  # fmt: skip
"""Every kind of an alert."""


@dataclass(frozen=True, slots=True)
class Rule:
    """``when``, out of WHEN, the alerts are told that it fits. Each of the others that is empty fits everything.

    ``kinds`` are out of ALERT_KINDS, ``parties`` and ``levels`` ids of watch.toml, ``languages`` those of the texts, ``channels`` names.
    """

    when: str
    kinds: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AlertFacts:
    """What rules ask of an alert. ``raised_at`` is UTC. ``parties`` are those whose texts it rests on (``joint``: all of them), or the
    source's; ``level`` is the meeting's, empty where there is none. ``press_only``: no official text of its statement is known.
    ``about_channel`` is the channel that a ``channel_failing`` tells of.
    """

    kind: str
    raised_at: str
    parties: frozenset[str] = frozenset()
    level: str = ""
    languages: frozenset[str] = frozenset()
    press_only: bool = False
    about_channel: str = ""


@dataclass(frozen=True, slots=True)
class Timetable:
    """When one channel may be told what, in its ``zone``: ``times`` of digests (HH:MM), the weekday of the ``weekly`` one, ``quiet`` hours
    (``22:00-06:00``, or empty) that alerts of the levels ``breaking`` break, and for how many hours a new initiative of which only
    reports are known waits for the primary text (``press_wait``).
    """

    channel: str
    zone: str
    times: tuple[str, ...]
    weekly: str
    quiet: str = ""
    breaking: frozenset[str] = frozenset()
    press_wait: float = 24.0
