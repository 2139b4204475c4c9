"""Which official sources vouch for their governments at this moment. Pure: the time is handed in.

The view ``coverage`` of the database answers the same for days, by the same rule: a good poll vouches for HOLD_INTERVALS intervals,
and later ranks of a publisher and language stand in for the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from scraper.model.moment import parse_utc
from scraper.model.source import VOUCHING, Source, SourceState

HOLD_INTERVALS = 3.0
"""How many intervals a good poll vouches for its source."""

HOLD_LEAST = 60.0
"""Minutes that it vouches at least."""


@dataclass(frozen=True, slots=True)
class Answering:
    """How many of ``total`` official sources answered, and the ids of those that did not."""

    total: int = 0
    silent: tuple[str, ...] = ()

    @property
    def answered(self) -> int:
        """How many answered, they themselves or what stands in for them."""
        return self.total - len(self.silent)


def answering(now: datetime, sources: Iterable[Source], states: Mapping[str, SourceState]) -> Answering:
    """Return who answers: of the enabled official sources of each publisher and language those of the first rank count, and each
    answers when its last poll, or that of one of a later rank, was good and still vouches."""
    enabled = [source for source in sources if source.enabled]
    posts = [source for source in enabled if source.official and not any(_before(other, source) for other in enabled)]
    silent = [post.id for post in posts if not any(_vouches(now, one, states) for one in enabled if one is post or _before(post, one))]
    return Answering(len(posts), tuple(silent))


def holds(source: Source) -> timedelta:
    """Return how long a good poll vouches for a source."""
    return timedelta(minutes=max(HOLD_INTERVALS * source.interval, HOLD_LEAST))


def _before(one: Source, other: Source) -> bool:
    """Tell whether ``other`` only stands in for ``one``."""
    return bool(one.publisher) and (one.publisher, one.language) == (other.publisher, other.language) and one.rank < other.rank


def _vouches(now: datetime, source: Source, states: Mapping[str, SourceState]) -> bool:
    state = states.get(source.id, SourceState(source.id))
    return state.last_outcome in VOUCHING and bool(state.last_good_at) and now <= parse_utc(state.last_good_at) + holds(source)
