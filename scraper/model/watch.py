"""What is watched: the parties, how everybody names them, and the words for acts, levels and places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Words = Mapping[str, tuple[str, ...]]
"""Words by language code (en, ko, ja)."""


@dataclass(frozen=True, slots=True)
class Party:
    """A country: ``names`` are its names in full and usual short ones; ``adjectives`` (Japanese, Korean) count as naming it too;
    ``short`` are the one-character forms of Korean and Japanese headlines (한, 日) that compounds are made of;
    ``capitals`` stand for the government in the press. ``domains`` are its government's domains, ``zone`` its time zone.
    Words in ``names`` written with a capital are matched with their case in English."""

    id: str
    name: str
    names: Words
    adjectives: Words = field(default_factory=dict)
    short: Words = field(default_factory=dict)
    capitals: Words = field(default_factory=dict)
    domains: tuple[str, ...] = ()
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Term:
    """An id with the words for it in each language; a word may be a regular expression between slashes: ``/met on .+ in/``."""

    id: str
    words: Words


@dataclass(frozen=True, slots=True)
class Watch:
    """The whole of watch.toml.

    ``parties`` are the three that are watched, ``others`` the countries whose company makes it somebody else's trio.
    ``together`` are weak words for the three (trilateral, 3국), that need all three named nearby. ``levels``, ``kinds`` (of statements),
    ``acts`` (verbs and nouns of a joint act) and ``places`` (cities by English name) are Terms. ``stop`` are names that are never an initiative.
    ``offices`` are words for offices (Secretary of State, 外相) by party id. ``against`` are words that speak against relevance
    (sport, markets) and ``commentary`` prefixes of opinion pieces. ``bodies`` are other groups (Quad, ASEAN, NATO), whose acts are
    not the parties' own. ``masks`` are phrases that hold the name of a country without naming it (Sea of Japan, Latin America).
    ``relations`` are nouns of a standing relation (cooperation, 連携): after the parties' names they tell of no act.
    ``bilateral`` are words for acts of two of the parties only (bilateral, 両国).
    ``bystanders`` are those who act for no government (firms, scholars, lawmakers): what they do or say is no act of the parties.
    ``actors`` are those who act for a government without an office of a level (authorities, navies, 政府).
    ``roundups`` are what lists of many headlines or dates are called (news in brief, 주간 일정).
    ``titles`` are offices that every country has (Foreign Minister, 大統領); a person's name stands beside one.
    """

    name: str
    parties: tuple[Party, ...]
    others: tuple[Party, ...] = ()
    together: Words = field(default_factory=dict)
    levels: tuple[Term, ...] = ()
    kinds: tuple[Term, ...] = ()
    acts: tuple[Term, ...] = ()
    places: tuple[Term, ...] = ()
    offices: tuple[Term, ...] = ()
    stop: Words = field(default_factory=dict)
    against: Words = field(default_factory=dict)
    commentary: Words = field(default_factory=dict)
    bodies: Words = field(default_factory=dict)
    masks: Words = field(default_factory=dict)
    relations: Words = field(default_factory=dict)
    titles: Words = field(default_factory=dict)
    bilateral: Words = field(default_factory=dict)
    bystanders: Words = field(default_factory=dict)
    actors: Words = field(default_factory=dict)
    roundups: Words = field(default_factory=dict)
