"""A title that is itself the name of a document ("Camp David Principles", "Commitment to Consult"): the rule ``titled``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scraper.stages.initiatives.evidence import kind_of_text
from scraper.stages.initiatives.lexicon import FAMILY, head_of, words
from scraper.stages.initiatives.reading import Candidate, Reading

RULE = "titled/1"
_WHOLE = re.compile(r"\s*(?:The )?(?P<name>[A-Z][\w'-]+(?: (?:of|to|on|for|and|the|[A-Z][\w'-]+)){1,7}?)\s*(?:$|: )")
_DOCUMENT = words(
    "principles commitment spirit declaration charter pledge framework initiative partnership plan roadmap pact compact vision accord"
)


def titled(reading: Reading) -> Iterator[Candidate]:
    """Yield the name if the title, or what stands before its colon, is one; the readings are of an article of the three."""
    match = _WHOLE.match(reading.plain)
    if match is None or kind_of_text(match["name"]):
        return
    words = match["name"].split(" ")
    head = next((head_of(w) or w.lower() for w in (words[0], words[-1]) if w.lower() in _DOCUMENT), "")
    if head and len(words) >= 2 and not reading.alien(0, len(reading.text)):
        start, end = match.span("name")
        yield Candidate(start, end, RULE, 0.7, "the title is the name of a document", head=FAMILY.get(head, "document"))
