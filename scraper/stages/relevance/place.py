"""The city of an act."""

from __future__ import annotations

import re
from collections import defaultdict

from scraper.stages.relevance.evidence import Evidence
from scraper.stages.relevance.glossary import Hit
from scraper.stages.relevance.reading import Reading, Sentence
from scraper.text import HAN, HANGUL, KANA, has_cjk

# Only a city with a word of place is one; alone it stands for a government (Washington said).
_IN = re.compile(
    r"(?:\bin|\bat|\bnear|\boutside|\bto|\bvisit(?:ed|ing|s)?|\bdowntown|\boutskirts of|\bhosted by|\bhosts?|\bsidelines of|\bmargins of|\bwaters (?:off|\w+ of))\s(?:the\s)?(?:south |north |east |west )?$"
)
_AT = re.compile(
    rf"^[\s市都内郊外近]{{0,3}}(?:[{KANA}{HAN}]{{0,14}}?(?:で|にて|において|における)|[{HANGUL}\s]{{0,18}}?(?:에서|서[\s,]|에\s모))"
)
_COUNTRY = re.compile(r"(?:[・·,、の]|\s|의|,\s)$")
_DATELINE = re.compile(r"^\W{0,4}$")
_AFTER = re.compile(r"^(?:,|\s*\(|\s*[/-]|\s*=)")
_NOT_HERE = re.compile(r"\b(?:university|treaty|declaration|post|times|sanctions|summit of|university of|airlines)\b")
_TITLE, _TOLD, _LEAD, _LINE = 3.0, 4.0, 1.5, 1.4
_OFTEN = 0.3
_FIRST = 60
_ENOUGH = 0.75
# Another meeting than the one told of: 前回はニューヨークで, following the talks in Bonn.
_OTHER = re.compile(
    r"(?:\b(?:last|previous|earlier|following on|since|prior|next|building on|conversations|yesterday's|made during|agreed at)\b|前回|昨年|次回|先の|지난|지난해|작년|다음|앞서)"
    r"[^.。]{0,90}$"
)
_TIME_AT = re.compile(r"^(?:時間|\s?시간|\stime\b)")


def place(reading: Reading, evidence: Evidence) -> str:
    """Return the English name of the city where the act was, or ``""``.

    Cities in the sentences that tell of the act count most, then those of the title, a line of place at the head and the rest of the lead;
    a city counts in full only with a word of place about it (in Brussels, 브뤼셀에서, ソウルにおいて), a dateline is a weak hint, and a
    capital without either is a government.
    """
    told = {sentence.start: order for order, sentence in enumerate(evidence.told)}
    votes: defaultdict[str, float] = defaultdict(float)
    _vote(votes, reading, reading.title, _TITLE)
    for line in reading.lines[:_FIRST]:
        if not line.is_prose:
            weight = _LINE
        elif line.start in told:
            weight = _TOLD / (1 + told[line.start])
        else:
            weight = _LEAD / (1 + 0.2 * line.order)
        _vote(votes, reading, line, weight)
    best = max(votes, key=lambda key: votes[key], default="")
    return best if best and votes[best] >= _ENOUGH else ""


def _vote(votes: defaultdict[str, float], reading: Reading, sentence: Sentence, weight: float) -> None:
    for hit in reading.lexicon.places.find(sentence.lower):
        share = _share(sentence, hit)
        if share:
            other = _OTHER.search(sentence.lower[max(0, hit.start - 100) : hit.start])
            points = weight * share * (0.25 if other else 1.0) * (1 - min(hit.start, 400) / 1000)
            votes[hit.id] = max(votes[hit.id], points) + _OFTEN * min(votes[hit.id], points)


def _share(sentence: Sentence, hit: Hit) -> float:
    """How much a city at ``hit`` is a place: 1 with a word of place, less in a dateline or on a line of its own, else 0."""
    before, after = sentence.lower[max(0, hit.start - 26) : hit.start], sentence.lower[hit.end : hit.end + 24]
    if has_cjk(sentence.text[hit.start : hit.end]):
        return _asian(sentence, before, after)
    if _IN.search(before) and not _NOT_HERE.match(after.strip()):
        return 1.0
    if any(group.start <= hit.start < group.end and len(group.countries) > 1 for group in sentence.groups):
        return 0.0
    if not sentence.is_prose and sentence.start >= 0:
        return 0.8 if len(sentence.text) < 60 else 0.0
    if sentence.text[hit.start : hit.end].isupper() or (hit.start < 3 and _AFTER.match(after)):
        return 0.3
    return 0.0


def _asian(sentence: Sentence, before: str, after: str) -> float:
    if _AT.match(after) or _TIME_AT.match(after):
        return 1.0
    if sentence.start == -1:
        return 0.5
    if not sentence.is_prose:
        return 0.6 if len(sentence.text) < 40 else 0.2
    if _COUNTRY.search(before) and not after[:1].isspace():
        return 0.4
    return 0.2 if _heads(before) else 0.1


def _heads(before: str) -> bool:
    """Tell whether a city stands where a dateline has it."""
    return bool(_DATELINE.match(before)) or before.endswith(("【", "(", "["))
