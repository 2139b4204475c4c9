"""Which sources of a publisher are on duty: the first in its order that answers, for the others only bring the same items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from scraper.model.source import VOUCHING, Source, SourceState


def on_duty(sources: Iterable[Source], states: Mapping[str, SourceState]) -> tuple[Source, ...]:
    """Return the enabled sources to be polled, in the order given.

    Sources of one publisher and language form a line by ``rank``; those of one rank stand beside each other, as the sections of a
    newspaper do. Rank 0 is always on duty, however it fails, so that its recovery is noticed; a later rank is on duty while in each
    rank before it in the line a source fails (its last outcome vouches for nothing), and stands down when that one recovers. A
    source never polled is given the chance to answer first. A source without a publisher stands alone.
    """
    enabled = [source for source in sources if source.enabled]
    line: dict[tuple[str, str], list[Source]] = defaultdict(list)
    for source in enabled:
        line[_line(source)].append(source)
    return tuple(source for source in enabled if _called(source, line[_line(source)], states))


def _line(source: Source) -> tuple[str, str]:
    return (source.publisher, source.language) if source.publisher else ("", source.id)


def _called(source: Source, line: Iterable[Source], states: Mapping[str, SourceState]) -> bool:
    ranks: dict[int, bool] = defaultdict(bool)
    for other in line:
        if other.rank < source.rank:
            ranks[other.rank] |= _fails(states.get(other.id))
    return all(ranks.values())


def _fails(state: SourceState | None) -> bool:
    return state is not None and bool(state.last_outcome) and state.last_outcome not in VOUCHING
