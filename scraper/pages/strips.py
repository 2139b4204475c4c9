"""Charts as strips: one line of bars for each thing that is told apart, all over one axis and to one scale.

What a bar belongs to is said by the line that it stands in, and never by its colour; widths are shares of whatever room there is, so that
words keep their size on a telephone. Pure: figures in, what the template draws out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

HEIGHT = 28
"""Units of height of the highest bar."""
MOST_SLOTS = 600
"""Places on an axis; of more only the last are drawn."""
_TICKS = 5
_FILLED = 0.8
"""Share of its place that a bar fills."""
_WIDEST = 8.0
"""Hundredths of the axis that a bar fills at most: of one month alone it would else be the whole line."""
_LEAST = 1.5
"""Units of height of a bar of anything above nothing, so that it is seen."""
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: ``x`` and ``width`` in hundredths of the axis, ``y`` and ``height`` in units, ``label`` what it says; one of no ``height`` is a
    cross, for a nothing that counts."""

    x: float
    y: float
    width: float
    height: float
    label: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A line of bars: its ``name``, ``told`` its figures in a sentence, whether it is ``hollow`` (drawn as outlines)."""

    name: str
    bars: tuple[Bar, ...]
    told: str
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A word under the axis at ``x`` hundredths, and whether it starts, ends or is centred (``middle``) there; a ``spare`` one is left out
    where there is little room."""

    x: float
    word: str
    anchor: str
    spare: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Strips over one axis; ``most`` is the figure of the highest bar. Without any strip there is nothing to draw."""

    strips: tuple[Strip, ...]
    ticks: tuple[Tick, ...]
    most: str = ""


Figures = Mapping[tuple[str, str], float]
"""Figures by the name of the strip and the slot."""


def chart(
    figures: Figures,
    strips: Sequence[str],
    slots: Sequence[str],
    *,
    shown: Callable[[float], str] = lambda value: f"{value:,g}",
    labels: Callable[[str], str] = str,
    highest: float = 0,
    hollow: Iterable[str] = (),
    every: bool = False,
    crosses: bool = False,
) -> Chart:
    """Return the drawing of figures. ``shown`` says a figure and ``labels`` a slot, ``highest`` is what the whole height stands for (else the
    highest figure); strips named in ``hollow`` are outlines; with ``every`` each slot has its word under the axis, with ``crosses`` a figure of nothing is a cross."""
    places = tuple(slots)[-MOST_SLOTS:]
    kept = frozenset(places)
    most = highest or max((value for (_, slot), value in figures.items() if slot in kept), default=0)
    outlined = frozenset(hollow)
    axis = _Axis(places, most, shown, labels, crosses)
    drawn = tuple(
        Strip(name, _bars(values, axis), _told(values, axis), name in outlined)
        for name, values in ((name, {slot: figures[name, slot] for slot in places if (name, slot) in figures}) for name in strips)
    )
    return Chart(drawn if places else (), _each(places, labels) if every else _ticks(places, labels), shown(most))


@dataclass(frozen=True, slots=True)
class _Axis:
    """What all strips of a chart have in common."""

    slots: tuple[str, ...]
    most: float
    shown: Callable[[float], str]
    labels: Callable[[str], str]
    crosses: bool

    @property
    def step(self) -> float:
        """The width of a slot in hundredths."""
        return 100 / len(self.slots)

    def label(self, slot: str, value: float) -> str:
        return f"{self.labels(slot)}: {self.shown(value)}"


def _bars(values: Mapping[str, float], axis: _Axis) -> tuple[Bar, ...]:
    made = []
    for at, slot in enumerate(axis.slots):
        value = values.get(slot, 0)
        if value > 0 and axis.most > 0:
            height = max(_LEAST, min(HEIGHT, HEIGHT * value / axis.most))
            width = min(axis.step * _FILLED, _WIDEST)
            left = axis.step * (at + 0.5) - width / 2
            made.append(Bar(round(left, 3), round(HEIGHT - height, 2), round(width, 3), round(height, 2), axis.label(slot, value)))
        elif axis.crosses and slot in values:
            made.append(Bar(round(axis.step * (at + 0.5), 3), HEIGHT, 0, 0, axis.label(slot, value)))
    return tuple(made)


def _told(values: Mapping[str, float], axis: _Axis) -> str:
    """The highest figure of a strip and where it is, so that the line is told without being seen."""
    found = [(value, slot) for slot, value in values.items() if value > 0]
    nothing = sum(value <= 0 for value in values.values()) if axis.crosses else 0
    crossed = f"{axis.shown(0)} in {nothing}" if nothing else ""
    if not found:
        return crossed or "none"
    value, slot = max(found, key=lambda pair: pair[0])
    told = f"{axis.shown(value)} ({axis.labels(slot)})"
    return ", ".join(filter(None, (f"most {told}" if len(found) > 1 else told, crossed)))


def _ticks(slots: Sequence[str], labels: Callable[[str], str]) -> tuple[Tick, ...]:
    """A few words, spread over the axis, the first and the last among them."""
    if not slots:
        return ()
    count = min(_TICKS, len(slots))
    at = sorted({round(place * (len(slots) - 1) / max(count - 1, 1)) for place in range(count)})
    step = 100 / len(slots)
    made = [Tick(round(step * (place + 0.5), 3), labels(slots[place]), "middle", spare=bool(order % 2)) for order, place in enumerate(at)]
    if len(slots) > _TICKS:  # of many slots the outermost are too narrow to have their words in the middle
        made[0] = Tick(0, made[0].word, "start")
        made[-1] = Tick(100, made[-1].word, "end")
    return tuple(made)


def _each(slots: Sequence[str], labels: Callable[[str], str]) -> tuple[Tick, ...]:
    step = 100 / len(slots) if slots else 0
    return tuple(Tick(round(step * (at + 0.5), 3), labels(slot), "middle") for at, slot in enumerate(slots))


def months(found: Iterable[str]) -> list[str]:
    """Return every month ``YYYY-MM`` from the first to the last of those found, at most MOST_SLOTS; what is no month is passed over."""
    numbers = sorted({int(one[1]) * 12 + int(one[2]) - 1 for one in map(_MONTH.fullmatch, found) if one})
    if not numbers:
        return []
    first = max(numbers[0], numbers[-1] - MOST_SLOTS + 1)
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(first, numbers[-1] + 1)]


def years(found: Iterable[str]) -> list[str]:
    """Return every year ``YYYY`` from the first to the last of those found, at most MOST_SLOTS."""
    numbers = sorted({int(one) for one in found if re.fullmatch(r"\d{4}", one, re.ASCII)})
    if not numbers:
        return []
    return [f"{year:04d}" for year in range(max(numbers[0], numbers[-1] - MOST_SLOTS + 1), numbers[-1] + 1)]
