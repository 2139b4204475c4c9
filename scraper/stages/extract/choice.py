"""Which blocks of a page are its main text: each judged by its own signs, then in the light of how the others were judged.

Two small logistic models (Wang et al., boilerplate detection by text blocks: Kohlschuetter, Fankhauser and Nejdl, WSDM 2010, showed
that few shallow features of a block and its neighbours suffice). The second sees the verdicts of the first: neighbours, the part
of the page's text in the block's zones and in zones that look like it, whether sure text stands before and behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from operator import mul
from typing import Final, NamedTuple

from scraper.stages.extract.blocks import Block, Layout, Zone
from scraper.stages.extract.signs import signs
from scraper.stages.extract.weights import CONTEXT, SIGNS

_CLIP = 5.0
_SURE = 0.8
_LONG = 60.0
_FADE = 0.75
_REACH = 4
_MANY = 10_000
_GAP = 4
_ALMOST = -0.5
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CELLS: Final = frozenset(("td", "th"))
_ITEMS: Final = frozenset(("li", "dd", "dt"))


class Judged(NamedTuple):
    """The blocks of a page with a score each (log odds, above 0 is main text), and how much of what was taken is doubtful (0 to 1)."""

    blocks: list[Block]
    scores: list[float]
    doubt: float


def judge(layout: Layout) -> Judged:
    """Score every block of a page; one of very many blocks is a list or a book, where prose is taken as it comes."""
    if len(layout.blocks) > _MANY:
        return judged(layout.blocks, [1.0 if block.prose else -1.0 for block in layout.blocks])
    get = SIGNS.get
    first = [get("bias", 0.0) + sum([get(sign, 0.0) for sign in held]) for held in signs(layout)]
    return judged(layout.blocks, [sum(map(mul, CONTEXT, row)) for row in context(layout, first)])


def judged(blocks: list[Block], scores: Sequence[float]) -> Judged:
    """Return blocks with their scores, and the doubt that follows from these."""
    return Judged(blocks, list(scores), _doubt(blocks, scores))


def chosen(verdict: Judged) -> list[Block]:
    """Return the blocks that are main text, in page order.

    Two things the models do not see are left out: the head of a sheet (rows of labels and values above the text, in the table
    that holds the text too, as ministries' notice boards have them), and links alone behind the text.
    """
    holds = _filled(verdict)
    taken = [block for block, hold in zip(verdict.blocks, holds, strict=True) if hold]
    first = next((place for place, block in enumerate(taken) if block.prose), 0)
    found = [block for place, block in enumerate(taken) if place >= first or not _heads_sheet(block)]
    while len(found) > 1 and found[-1].linked >= _SURE * found[-1].weight:
        found.pop()
    return found


def _filled(verdict: Judged) -> list[bool]:
    """Which blocks hold: those with a score above 0, and those just below between two such that are not links."""
    holds = [score > 0.0 for score in verdict.scores]
    last = None
    for place, hold in enumerate(holds):
        if not hold:
            continue
        if last is not None and 1 < place - last <= _GAP:
            between = range(last + 1, place)
            if all(
                verdict.scores[inner] > _ALMOST and verdict.blocks[inner].linked * 3 < verdict.blocks[inner].weight for inner in between
            ):
                holds[last + 1 : place] = [True] * len(between)
        last = place
    return holds


def _heads_sheet(block: Block) -> bool:
    zone: Zone | None = block.zone
    if block.zone.tag not in _CELLS or block.weight >= _LONG or block.stops:
        return False
    while zone is not None and zone.tag != "table":
        zone = zone.parent
    return zone is not None and zone.prose * 2 > zone.mass


def context(layout: Layout, first: Sequence[float]) -> list[tuple[float, ...]]:
    """Return what the second model sees of each block, given the scores of the first; the columns are those of ``CONTEXT``."""
    chances = [1.0 / (1.0 + exp(-max(-20.0, min(20.0, score)))) for score in first]
    view = _View(layout, chances)
    pad = [-_CLIP] * _REACH
    near = [*pad, *(max(-_CLIP, min(_CLIP, score)) for score in first), *pad]
    return [view.row(place, block, near[place : place + 2 * _REACH + 1]) for place, block in enumerate(layout.blocks)]


class _View:
    """How the text that the first model took lies on the page."""

    def __init__(self, layout: Layout, chances: Sequence[float]) -> None:
        blocks = layout.blocks
        self.taken = [chance * block.weight for block, chance in zip(blocks, chances, strict=True)]
        self.whole = sum(self.taken) or 1.0
        self.zones = _by_zone(layout, self.taken)
        self.alike: dict[int, list[float]] = {}
        for block, taken in zip(blocks, self.taken, strict=True):
            pair = self.alike.setdefault(block.zone.sign, [0.0, 0.0])
            pair[0] += taken
            pair[1] += block.weight
        sure = [chance > _SURE and block.weight >= _LONG for block, chance in zip(blocks, chances, strict=True)]
        self.before, self.behind = _fading(sure), _fading(sure[::-1])[::-1]

    def row(self, place: int, block: Block, near: Sequence[float]) -> tuple[float, ...]:
        zone, taken, weight = block.zone, self.taken[place], block.weight
        outer = zone.outer
        inside, around, beyond = self._share(zone, taken), self._share(outer, taken), self._share(outer.outer, taken)
        fellows, mass = self.alike[zone.sign]
        alone = mass - weight <= 1.0
        before, behind, after = self.before[place], self.behind[place], near[_REACH + 1]
        head, item, prose, own = zone.tag in _HEADINGS, zone.tag in _ITEMS, block.prose, near[_REACH]
        purity = self._purity(outer, taken, weight)
        return (
            1.0, own, max(0.0, own - 2.0), min(0.0, own + 2.0), near[_REACH - 1], after, near[_REACH - 2], near[_REACH + 2],
            (sum(near) - own) / (2 * _REACH), inside, around, beyond, purity, self._purity(outer.outer, taken, weight),
            (fellows - taken) / self.whole, 0.5 if alone else (fellows - taken) / (mass - weight), 0.0 if alone else 1.0,
            before, behind, before * behind, behind == 0.0, before == 0.0,
            head, head * after, head * behind, head * around, item, item * purity, item * around,
            min(weight, 400.0) / 400.0, prose, prose * around, prose * before * behind, log(1.0 + weight) - 4.0,
        )  # fmt: skip

    def _share(self, zone: Zone, own: float) -> float:
        return (self.zones[zone] - own) / self.whole

    def _purity(self, zone: Zone, own: float, weight: float) -> float:
        rest = zone.mass - weight
        return (self.zones[zone] - own) / rest if rest > 1.0 else 0.5


def _by_zone(layout: Layout, taken: Sequence[float]) -> dict[Zone, float]:
    found = dict.fromkeys(layout.zones, 0.0)
    for block, amount in zip(layout.blocks, taken, strict=True):
        found[block.zone] += amount
    for zone in reversed(layout.zones):
        if zone.parent is not None:
            found[zone.parent] += found[zone]
    return found


def _fading(sure: Sequence[bool]) -> list[float]:
    """For each place how near the last sure one before it is: 1 beside it, fading with every step."""
    found, value = [], 0.0
    for here in sure:
        found.append(value)
        value = 1.0 if here else value * _FADE
    return found


def _doubt(blocks: Sequence[Block], scores: Sequence[float]) -> float:
    taken = sum(block.weight for block, score in zip(blocks, scores, strict=True) if score > 0.0)
    open_ = sum(block.weight for block, score in zip(blocks, scores, strict=True) if -1.0 < score < 1.0)
    return min(1.0, open_ / taken) if taken >= 200.0 else 1.0
