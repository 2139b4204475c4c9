"""Whether a text announces a meeting to come."""

from __future__ import annotations

import re

from scraper.stages.relevance.evidence import Evidence
from scraper.stages.relevance.reading import Reading
from scraper.stages.relevance.when import When, done

_WILL = re.compile(
    r"\b(?:will|shall|is to|are to|is set to|are set to|set for|scheduled|slated|plans? to|planning|arrang\w+|upcoming|expected to|due to|to be \w+ed|eye|eyes|eyeing)\b|"
    r"예정|열린다|연다고?|연다|갖는다|만난다|엽니다|열립니다|개최한다|실시한다|할 계획|조율|방안을|予定|調整|方針|見通し|見込み|開く[。と方]|開催する|実施する|行うと発表|会談する(?:。|方|見|予|と発表)"
)
_WILL_TITLE = re.compile(
    r"\b(?:to (?:hold|meet|discuss|visit|host|convene|conduct|attend|stage|sign|launch)|set (?:to|for)|will|upcoming|to be \w+ed|eye|eyes|next (?:week|month))\b|"
    r"예정|열린다|연다$|갖는다$|만난다|내주|내달|다음 ?주|다음 ?달|내일|모레|추진$|조율|へ$|予定|来週|来月|あす|調整|\d日に.{0,30}(?:協議|会談|会合|訓練)$"
)
_SOON = re.compile(
    r"\b(?:next (?:week|month|\w+day)|this (?:week|weekend)|later (?:this|in)|in (?:the )?coming|tomorrow)\b|다음 ?주|내주|이번 ?주|다음 ?달|내달|내일|모레|오는|来週|今週|来月|明日|あす|今月"
)


def announces(reading: Reading, evidence: Evidence, day: When) -> bool:
    """Tell whether the article tells of an act that lies ahead of its publication: the title or the sentence that tells of it speaks of
    the future, and so does the day, or words such as next week."""
    told = [sentence.lower for sentence in evidence.told[:1]]
    if any(done(lower) for lower in told):
        return False
    future = any(_WILL.search(lower) for lower in told)
    titled = bool(_WILL_TITLE.search(reading.title.lower))
    if not (future or titled):
        return False
    ahead = bool(reading.published and day.day > reading.published.isoformat())
    soon = any(_SOON.search(lower) for lower in (*told, reading.title.lower))
    return (ahead or soon) if future != titled else True
