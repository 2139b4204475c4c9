"""The sightings of one reach as texts: each the copies of one wording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from scraper.model.grouping import Sighting
from scraper.stages.grouping.decisions import Decisions
from scraper.stages.grouping.link import is_plain, same_text
from scraper.stages.grouping.occasion import Occasion, occasion_of
from scraper.stages.grouping.overlap import Overlap, Panel, size
from scraper.stages.grouping.subjects import MARK
from scraper.stages.grouping.trails import Alongside, alongside, trail

TEXT_KINDS: Final = frozenset({"joint_statement", "memorandum", "readout", "press_statement", "remarks", "fact_sheet", "preview"})
_FEWEST: Final = 2
"""Own shingles shared without which two sightings are no copies (in a sampled sketch each stands for four)."""
APART: Final = 0.2
"""Share below which two governments' pages are different texts, whatever else holds both."""
QUOTED: Final = 0.5
"""Share of a government's page that another side's text must make up for the page to be an edition of it; else it quotes it."""
COMPARED: Final = 8
"""Members of a text that a newcomer is compared with: the most authoritative ones."""


class Scene:
    """The sightings of one component in a fixed order that is not that of arrival, with what is asked of them again and again."""

    def __init__(self, sightings: Iterable[Sighting], decisions: Decisions) -> None:
        self.sightings: Sequence[Sighting] = tuple(sightings)
        self.decisions = decisions
        self.panel = Panel(self.sightings)
        self.occasions = [occasion_of(sighting) for sighting in self.sightings]
        self.trails = [trail(sighting) for sighting in self.sightings]

    def overlap(self, one: int, other: int) -> Overlap:
        """Return what two sightings share."""
        return self.panel.overlap(one, other)

    def alongside(self, one: int, other: int) -> Alongside:
        """Return how what two sightings speak of runs side by side."""
        return alongside(self.trails[one], self.trails[other])

    def rank(self, at: int) -> tuple[bool, bool, bool, int, int]:
        """Return the authority of a sighting, smallest first: official, a released text, marked as one, the longest; then position."""
        sighting = self.sightings[at]
        return (not sighting.official, not is_released(sighting), not sighting.marked, -size(sighting.sketch), at)

    def people(self, at: int) -> frozenset[str]:
        """Return the names of people and things a sighting writes in Latin letters, subjects and initiatives left out."""
        return frozenset(name for name in self.sightings[at].names if not name.startswith(MARK))


@dataclass(slots=True)
class Text:
    """One wording: positions of the sightings that carry it, the most authoritative first; ``followers`` only tell of it or reword it."""

    members: list[int]
    followers: list[int] = field(default_factory=list)

    @property
    def everybody(self) -> list[int]:
        """Members and followers."""
        return self.members + self.followers


def order(sighting: Sighting) -> tuple[str, str, str, int]:
    """Return the key of the fixed order: when published (unknown last), address; the id only where both are the same."""
    return (sighting.published or "~", sighting.url, sighting.title, sighting.article_id)


def is_released(sighting: Sighting) -> bool:
    """Tell whether a sighting carries a released text and does not only tell of it: by its kind, or a government's own page."""
    if sighting.kind in TEXT_KINDS:
        return sighting.official or bool(sighting.side)
    return sighting.official and bool(sighting.party) and sighting.kind != "commentary"


def side_of(sighting: Sighting) -> str:
    """Return whose text a sighting carries; a government's page that claims no side speaks for itself."""
    return sighting.side or (sighting.party if sighting.official else "")


def texts_of(scene: Scene) -> list[Text]:
    """Return the wordings of a scene: every sighting joins the one it shares most with, or begins its own (leader clustering).

    The most authoritative come first, so the governments' own pages are what the copies are measured by, in any order of arrival.
    """
    found: list[Text] = []
    carriers = _Carriers(scene)
    for at in sorted(range(len(scene.sightings)), key=scene.rank):
        fits = ((fit, -number) for number in carriers.near(at) if (fit := _fit(scene, at, found[number])))
        number = -max(fits, default=(0.0, -len(found)))[1]
        if number == len(found):
            found.append(Text([]))
        found[number].members.append(at)
        if len(found[number].members) <= COMPARED:
            carriers.add(at, number)
    return found


class _Carriers:
    """Which texts a sighting may be a copy of, without comparing it with each: those that carry enough of its own shingles.

    A sighting that has few of its own (:func:`is_plain`) may be a copy by stock language alone: it is compared with every text,
    and every sighting with its text.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._by_hash: dict[int, list[int]] = {}
        self._plain: set[int] = set()
        self._count = 0
        self._asked: dict[int, frozenset[int]] = {}

    def add(self, at: int, number: int) -> None:
        """Enter a member of the text of this number that newcomers are compared with."""
        self._count = max(self._count, number + 1)
        self._asked.clear()
        if is_plain(self._scene.sightings[at].sketch):
            self._plain.add(number)
        for value in self._scene.panel.own(at):
            numbers = self._by_hash.setdefault(value, [])
            if not numbers or numbers[-1] != number:
                numbers.append(number)

    def near(self, at: int) -> frozenset[int]:
        """Return the numbers of the texts that a sighting is to be compared with."""
        face = self._scene.panel.face[at]
        if face not in self._asked:
            self._asked[face] = self._near(at)
        return self._asked[face]

    def _near(self, at: int) -> frozenset[int]:
        if is_plain(self._scene.sightings[at].sketch):
            return frozenset(range(self._count) if self._scene.sightings[at].sketch else ())
        seen = Counter(number for value in self._scene.panel.own(at) for number in self._by_hash.get(value, ()))
        return frozenset(number for number, shared in seen.items() if shared >= _FEWEST) | self._plain


def _fit(scene: Scene, at: int, text: Text) -> float:
    if scene.decisions.divides((at,), text.members):
        return 0.0
    near = text.members[:COMPARED]
    fit = max(_pair_fit(scene, at, member) for member in near)
    return 0.0 if fit and any(_beside(scene, at, member) for member in near) else fit


def _beside(scene: Scene, at: int, member: int) -> bool:
    """Tell whether two texts only stand side by side on a page that lists several: two governments' pages of one language that share little."""
    one, other = scene.sightings[at], scene.sightings[member]
    both = one.official and other.official and one.language == other.language
    return both and scene.overlap(at, member).share < APART


def _pair_fit(scene: Scene, at: int, member: int) -> float:
    """Return how well two sightings fit as one text, 0 where they do not: of two that hold it whole, the one of like length is nearer."""
    pair, found = (scene.sightings[at], scene.sightings[member]), scene.overlap(at, member)
    if not same_text(found, pair, (scene.occasions[at], scene.occasions[member])):
        return 0.0
    longer = found.plain * min(pair[0].length, pair[1].length) / max(1, pair[0].length, pair[1].length)
    return 0.0 if longer < QUOTED and _differ(*pair) else found.share + longer


def _differ(one: Sighting, other: Sighting) -> bool:
    """Tell whether two governments' pages speak for different sides, so that the longer may quote the shorter."""
    return one.official and other.official and side_of(one) != side_of(other)


def occasion_by_vote(scene: Scene, positions: Sequence[int]) -> Occasion:
    """Return the act that most of some sightings tell of; see :func:`_day_by_vote` for the day."""
    day = _day_by_vote(scene, positions)
    stated = any(scene.occasions[at].stated and scene.occasions[at].day == day for at in positions)
    names = frozenset[str]().union(*(scene.occasions[at].names for at in positions))
    level, place = voted(scene, positions, "level"), voted(scene, positions, "place")
    return Occasion(day, stated, level, place, names, any(scene.occasions[at].firm for at in positions))


def _day_by_vote(scene: Scene, positions: Sequence[int]) -> int:
    """Return the day most sightings give, those a day away lending a quarter of their weight; the earliest of equals."""
    votes: Counter[int] = Counter()
    for at in positions:
        votes[scene.occasions[at].day] += witness(scene, at)
    total = {day: sum(votes[near] / (1 if near == day else 4) for near in (day - 1, day, day + 1)) for day in votes if day}
    return min(total, key=lambda day: (-total[day], day), default=0)


def witness(scene: Scene, at: int) -> int:
    """Return what the day of a sighting weighs in a vote.

    A stated day counts twice as much as one inferred on a government's page, which comes out on the day, and eight times as much as
    one inferred elsewhere: a reprint may come out at any time later.
    """
    said, sighting = scene.occasions[at], scene.sightings[at]
    return _weight(sighting) * (8 if said.stated else 4 if sighting.official else 1)


def voted(scene: Scene, positions: Iterable[int], trait: str) -> str:
    """Return the value of a field of text that weighs most among some sightings, or ``""`` where none says it."""
    votes: Counter[str] = Counter()
    for at in positions:
        value: str = getattr(scene.sightings[at], trait)
        votes[value] += _weight(scene.sightings[at]) if value else 0
    return min(votes, key=lambda value: (-votes[value], value), default="")


def day_text(day: int) -> str:
    """Return an ordinal as ``YYYY-MM-DD``, 0 as ``""``."""
    return date.fromordinal(day).isoformat() if day else ""


def _weight(sighting: Sighting) -> int:
    return 4 if sighting.official else 2 if is_released(sighting) else 1
