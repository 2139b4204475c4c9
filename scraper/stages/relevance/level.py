"""The level of an act: who met, by the offices named."""

from __future__ import annotations

from collections import defaultdict

from scraper.stages.relevance.evidence import Evidence
from scraper.stages.relevance.glossary import Hit
from scraper.stages.relevance.reading import Reading, Sentence

_TITLE = 5.0
_TOLD = 3.0
_ELSE = 0.6
_FADE = 0.75
_SCOPE = 8
# Whoever meets also speaks of exercises and working groups; those are the level only where nobody of rank is named.
_LOW = {"forces": 0.45, "officials": 0.55}
_FAR = 160


def level(reading: Reading, evidence: Evidence) -> str:
    """Return the level (one of LEVELS) that the offices in the title and in the sentences of the act speak for, or ``""``.

    Every office word has a vote; votes of the title and of the first sentence that tells of the act weigh most, later ones and those far
    into a sentence fade. Of equal levels the one named first wins.
    """
    votes: defaultdict[str, float] = defaultdict(float)
    _vote(votes, reading.title, _TITLE)
    told = [sentence.start for sentence in evidence.told]
    weight = _TOLD
    for place, sentence in enumerate(reading.lead[:_SCOPE]):
        if sentence.start in told:
            _vote(votes, sentence, weight)
            weight *= _FADE / 2
        else:
            _vote(votes, sentence, _ELSE * _FADE**place)
    return max(votes, key=lambda key: votes[key]) if votes else ""


def _vote(votes: defaultdict[str, float], sentence: Sentence, weight: float) -> None:
    """Each level votes once in a sentence, and half again for each further word of it, up to twice."""
    seen: defaultdict[str, int] = defaultdict(int)
    for hit in sentence.levels:
        if seen[hit.id] < 3:
            votes[hit.id] += weight * _share(hit, seen[hit.id])
            seen[hit.id] += 1


def _share(hit: Hit, times: int) -> float:
    return _LOW.get(hit.id, 1.0) * (1.0 if times == 0 else 0.5) * (1.0 if hit.start < _FAR else 0.7)
