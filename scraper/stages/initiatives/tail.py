"""What a bare name is about, in lower case after it: "a trilateral framework advancing next-generation technologies"."""

from __future__ import annotations

import re

from scraper.stages.initiatives.lexicon import words
from scraper.stages.initiatives.reading import Reading
from scraper.text import Span

_MOST = 9
_OPENS = re.compile(
    r"\s(?:advancing|covering|aimed at|dedicated to|focused on|concerning|regarding|governing|promoting|supporting|linking|on|for|to)\s"
)
_PAPER = re.compile(r"\sof (?:cooperation|understanding|intent)\b")
_WORD = re.compile(r"\s?([^\W_][\w'-]*)")
_CLOSERS = words(
    "that which with while as before after by at between among during this next last later today through including was were is are has have will "
    "said would when since until from"
)
_VAGUE = words(
    "our the their us all this both its leverage address help promote advance strengthen deepen discuss facilitate ensure enhance coordinate be tackle improve"
)


def tail_end(reading: Reading, span: Span, end: int, *, bare: bool, proper: bool = False) -> int:
    """Return where a name that ends at ``end`` ends with what it is about, if ``bare`` (nothing else tells it from others), else ``end``.

    A memorandum takes "of understanding" with it. The tail goes to the end of the clause, at most nine words; "for our", "to strengthen" and the like say nothing and are left;
    after a ``proper`` name so is "for preparing": that is why it was thanked, not what it is about.
    """
    paper = _PAPER.match(reading.plain, end, span.end)
    end = paper.end() if paper else end
    opening = _OPENS.match(reading.plain, end, span.end) if bare else None
    if opening is None:
        return end
    words = _tail(reading.plain, opening.end() - 1, span.end)
    if not words or (proper and words[0][1].endswith("ing")) or reading.plain[words[0].start(1) : words[0].end(1)].lower() in _VAGUE:
        return end
    return words[-1].end(1)


def _tail(plain: str, position: int, limit: int) -> list[re.Match[str]]:
    words: list[re.Match[str]] = []
    while len(words) < _MOST:
        match = _WORD.match(plain, position, limit)
        if (
            match is None
            or match[1].lower() in _CLOSERS
            or plain.startswith(" to be ", match.start())
            or (match[1].lower() == "and" and len(words) > 4)
        ):
            break
        words.append(match)
        position = match.end()
    while words and words[-1][1].lower() in ("and", "or", "in", "of", "for", "the", "a", "on", "to"):
        words.pop()
    return words
