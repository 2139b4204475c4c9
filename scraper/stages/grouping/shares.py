"""How much of a statement's lead text another article carries, by their sketches."""

from __future__ import annotations

from bisect import bisect_left

from scraper.stages.grouping.fingerprint import SAMPLED


def carried(sketch: tuple[int, ...], lead: tuple[int, ...]) -> float | None:
    """Return the share (0 to 1) of the lead's shingles that stand in an article, None where the lead has none to tell by.

    Beside the containment in the smaller text this tells an excerpt from a full copy. Both are sketches as
    :func:`~scraper.stages.grouping.fingerprint.fingerprint` makes them; where one is sampled, both are looked at below its limit.
    """
    sampled = any(one and one[-1] < SAMPLED for one in (sketch, lead))
    here, there = (frozenset(one[: bisect_left(one, SAMPLED)] if sampled else one) for one in (sketch, lead))
    return len(here & there) / len(there) if there else None
