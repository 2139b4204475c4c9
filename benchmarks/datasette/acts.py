"""What happened: events of twenty years, their statements and the initiatives that these name, told by a seed alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from benchmarks.datasette.words import COMMON, drawn
from scraper.config import Config
from scraper.model.article import LEVELS
from scraper.model.wording import COMPARED_KINDS

ENTRIES, ARTICLES, STATEMENTS, EVENTS, FOUND = 1_000_000, 100_000, 20_000, 12_000, 2_400
"""How many of each a whole database has; FOUND are the initiatives that no registry knows."""
YEARS = 20
MOST_COPIES = 600
PLACES = ("Seoul", "Tokyo", "Washington", "Honolulu", "Camp David", "New York", "Busan", "Osaka", "Jakarta", "Munich")
_KINDS = ("joint_statement", "readout", "readout", "press_statement", "remarks", "report", "report", "preview")
_HEADS = ("Dialogue", "Working Group", "Initiative", "Exercise", "Forum", "Secretariat", "Partnership", "Fund")


@dataclass(frozen=True, slots=True)
class Size:
    """How large a database is to be, as a share of the whole."""

    scale: float

    def of(self, whole: int) -> int:
        """Return that share of a number, at least one."""
        return max(1, round(whole * self.scale))


@dataclass(frozen=True, slots=True)
class Named:
    """An initiative: its slug, a name for each language, and whether the registry knows it."""

    slug: str
    names: dict[str, str]
    known: bool


@dataclass(frozen=True, slots=True)
class Act:
    """A statement with its event: ``number`` and ``event`` are ids, ``pages`` how many articles carry it, ``named`` what it names."""

    number: int
    event: int
    first: bool
    day: date
    level: str
    place: str
    kind: str
    side: str
    language: str
    pages: int
    named: tuple[Named, ...]

    @property
    def title(self) -> str:
        """What it is called."""
        words = drawn(f"title {self.number}").sample(COMMON[self.language], 3)
        return f"{' '.join(words)} {self.number} ({self.day})"

    @property
    def reported(self) -> bool:
        """Whether only reports of it are known."""
        return self.kind not in COMPARED_KINDS


def initiatives(config: Config, size: Size) -> list[Named]:
    """Return the initiatives, those of the registry first: the earlier one stands, the more statements name it."""
    known = [
        Named(one.id, {"en": one.name, **{code: forms[0] for code, forms in one.names.items() if forms}}, True)
        for one in config.registry.initiatives
    ]
    return known + [_found(number) for number in range(size.of(FOUND))]


def _found(number: int) -> Named:
    chance = drawn(f"initiative {number}")
    first, second = chance.sample(COMMON["en"][6:], 2)
    name = f"{first.capitalize()} {second.capitalize()} {chance.choice(_HEADS)} {number}"
    return Named(
        f"{name.lower().replace(' ', '-')}",
        {
            "en": name,
            "ko": f"{'·'.join(chance.sample(COMMON['ko'], 2))} 협의체 {number}",
            "ja": f"{'・'.join(chance.sample(COMMON['ja'], 2))}協議体{number}",
        },
        False,
    )


def acts(size: Size, seed: int, today: date, parties: Sequence[str], named: Sequence[Named]) -> Iterator[Act]:
    """Yield the statements in the order of their dates; ``today`` is the last one's."""
    chance = drawn(f"acts {seed}")
    statements, events = size.of(STATEMENTS), size.of(EVENTS)
    starts = [0, *sorted(chance.sample(range(1, statements), min(events, statements) - 1))]
    pages = _pages(chance, statements, size.of(ARTICLES))
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(named))))
    for event, (start, end) in enumerate(zip(starts, [*starts[1:], statements], strict=True), 1):
        ago = round((1 - (event / len(starts)) ** 0.6) * YEARS * 365)
        fixed = (event, today - timedelta(days=ago), chance.choice(LEVELS), chance.choice(PLACES))
        for at in range(start, end):
            yield _act(chance, at, at == start, fixed, pages[at], parties, _drawn(chance, named, weights))


def _act(
    chance: Random, at: int, first: bool, fixed: tuple[int, date, str, str], pages: int, parties: Sequence[str], named: tuple[Named, ...]
) -> Act:  # fmt: skip
    event, day, level, place = fixed
    kind = chance.choice(_KINDS)
    side = "joint" if kind == "joint_statement" else "" if kind in {"report", "preview"} else chance.choice(list(parties))
    language = chance.choices(("en", "ko", "ja"), (5, 3, 2))[0]
    return Act(at + 1, event, first, day, level, place, kind, side, language, pages, named)


def _drawn(chance: Random, named: Sequence[Named], weights: list[float]) -> tuple[Named, ...]:
    chosen = chance.choices(range(len(named)), cum_weights=weights, k=chance.choice((0, 1, 1, 2, 2, 3, 4, 6)))
    return tuple(named[at] for at in dict.fromkeys(chosen))


def _pages(chance: Random, statements: int, articles: int) -> list[int]:
    """How many articles carry each statement: one at least, a few of them hundreds."""
    weights = [chance.paretovariate(1.2) for _ in range(statements)]
    rest = articles - statements
    shares = [min(MOST_COPIES - 1, int(weight * rest / sum(weights))) for weight in weights]
    for at in chance.choices(range(statements), k=rest - sum(shares)):
        shares[at] += 1
    return [1 + share for share in shares]
