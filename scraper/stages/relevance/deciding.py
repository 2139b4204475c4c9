"""The words that decided, for an analyst to read beside the points."""

from __future__ import annotations

from scraper.stages.relevance.reading import Lexicon, Sentence
from scraper.text import squeeze

_MOST = 80
_TAIL = 26
_BEFORE = 40


def deciding(sentence: Sentence, lexicon: Lexicon) -> str:
    """Return the stretch of a sentence from who acts to what they do, in quotes, at most 80 characters of it: ``'foreign ministers of
    Japan, ... met'``; empty where no party is named."""
    who = _who(sentence, lexicon)
    if not who:
        return ""
    start, end = who
    posts = [hit.start for hit in sentence.levels if start - _BEFORE <= hit.start < start]
    done = [hit.end for hit in sentence.acts if hit.start >= end]
    return f"'{_short(squeeze(sentence.text[min(posts, default=start) : min(done, default=end)]))}'"


def _who(sentence: Sentence, lexicon: Lexicon) -> tuple[int, int] | None:
    """The stretch that names the parties: their compound, a weak word for them, or from the first of them to the last."""
    if sentence.together:
        return sentence.together[0].start, sentence.together[0].end
    spans = [(group.start, group.end) for group in sentence.groups if group.countries & lexicon.own]
    spans += [(hit.start, hit.end) for hit in sentence.offices if hit.id in lexicon.own]
    if not spans:
        return (sentence.weak[0].start, sentence.weak[0].end) if sentence.weak else None
    return min(start for start, _ in spans), max(end for _, end in spans)


def _short(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[: _MOST - _TAIL].rstrip()} … {text[-_TAIL:].lstrip()}"
