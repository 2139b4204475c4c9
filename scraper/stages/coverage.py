"""Which official sources vouch for their governments at this moment. Pure: the time is handed in.

The view ``coverage`` of the database answers the same for days, by the same rule: another good poll is awaited for HOLD_INTERVALS
intervals, whatever fails meanwhile, and later ranks of a publisher and language stand in for the first. Who is silent here is blind there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from scraper.model.moment import parse_utc
from scraper.model.source import Source, SourceState

HOLD_INTERVALS = 3.0
"""How many intervals a good poll vouches for its source."""

HOLD_LEAST = 60.0
"""Minutes that it vouches at least."""

AHEAD = timedelta(minutes=1)
"""A good poll further in the future was dated by a clock that ran ahead, and vouches for nothing."""


@dataclass(frozen=True, slots=True)
class Answering:
    """How many of ``total`` official sources answered, the ids of those that did not, and the parties that no source watches."""

    total: int = 0
    silent: tuple[str, ...] = ()
    unwatched: tuple[str, ...] = ()

    @property
    def answered(self) -> int:
        """How many answered, they themselves or what stands in for them."""
        return self.total - len(self.silent)


def answering(now: datetime, sources: Iterable[Source], states: Mapping[str, SourceState], parties: Iterable[str] = ()) -> Answering:
    """Return who answers: of the enabled official sources of each publisher and language those of the first rank count, and each
    answers while its last good poll, or that of one of a later rank, still vouches. ``parties`` are the ids of those to be watched."""
    known = tuple(sources)
    enabled = [source for source in known if source.enabled]
    posts = [source for source in enabled if source.official and source.party and not any(_before(other, source) for other in enabled)]
    silent = [post.id for post in posts if not any(_vouches(now, one, states) for one in known if one is post or _before(post, one))]
    watched = {post.party for post in posts}
    return Answering(len(posts), tuple(silent), tuple(party for party in parties if party not in watched))


def holds(source: Source) -> timedelta:
    """Return how long a good poll vouches for a source."""
    return timedelta(minutes=max(HOLD_INTERVALS * source.interval, HOLD_LEAST))


def _before(one: Source, other: Source) -> bool:
    """Tell whether ``other`` only stands in for ``one``."""
    return bool(one.publisher) and (one.publisher, one.language) == (other.publisher, other.language) and one.rank < other.rank


def _vouches(now: datetime, source: Source, states: Mapping[str, SourceState]) -> bool:
    state = states.get(source.id, SourceState(source.id))
    good_at = parse_utc(state.last_good_at) if state.last_good_at else None
    return good_at is not None and good_at - AHEAD <= now <= good_at + holds(source)
