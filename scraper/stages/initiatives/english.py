"""Unknown capitalised names with a head noun ("Trilateral Working Group on Cyber Activities"): the rule ``headed``.

A run of capitalised words joined by of, on, for, to and "and" is cut into noun phrases; a phrase is joined to the next only where its head
noun takes one, and split at "and" only where the left part stands alone. Country compounds count as one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scraper.stages.initiatives.evidence import MENTION_AT, coming, created, kind_of_text, of_an_office, weigh
from scraper.stages.initiatives.lexicon import (
    CARDINALS,
    CONNECTORS,
    DETERMINERS,
    EVENTS,
    FAMILY,
    HEADLINE_VERBS,
    INSTITUTIONS,
    LEADING,
    MEETING_ONLY,
    MEETINGS,
    MONTHS,
    OFFICES,
    ORDINALS,
    PAPER,
    PEOPLE,
    SCARCE,
    TOPIC_STARTS,
    WEAK,
    words,
)  # fmt: skip
from scraper.stages.initiatives.phrases import Phrase, all_capitals, chains, headlined, marked, runs
from scraper.stages.initiatives.reading import Candidate, Reading
from scraper.stages.initiatives.tail import tail_end
from scraper.stages.initiatives.tokens import tokens, with_head
from scraper.text import Span

_CLOSE = 45
"""Characters between a verb of creation and a name of a common head, at most."""
RULE = "headed/1"
LABEL = "labelled/1"
_BULLET = re.compile(r"[\W\d_]{0,6}(?:the\s)?", re.IGNORECASE)
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)|(?:19|20)\d\d")
_SHORT = re.compile(r"\s?\(\s?\"?([A-Z][A-Za-z-]{1,9})\"?\s?\)")
_WHOLE = re.compile(r" of the ([A-Z][\w'-]{2,30}(?: [A-Z][\w'-]{2,30}){0,4})")
_GENERIC = words("trilateral joint ministerial annual tri high-level working-level senior-level official officials")


def headed(reading: Reading, span: Span) -> Iterator[Candidate]:
    """Yield the names with head nouns in one sentence."""
    if not with_head(reading, span):
        return
    words = tokens(reading, span)
    if all_capitals(words):
        return
    shouting = headlined(reading, span)
    for run, after in runs(words):
        if not any(token.head for token in run):
            continue
        labelled = after == ":" and _BULLET.fullmatch(reading.plain[span.start : run[0].start]) is not None
        for chain in chains(run):
            name = _from_mark(_without_verbs(chain)) if shouting and not labelled else chain
            candidate = _judged(reading, name, labelled=labelled and chain[-1] is run[-1])
            if candidate is not None and not (shouting and _weak_headed(name)):
                yield candidate


def _weak_headed(chain: Phrase) -> bool:
    return chain[-1].head in WEAK


def _without_verbs(chain: Phrase) -> Phrase:
    """Cut a headline's phrase at its verbs: what stands after the last one before a head noun."""
    verbs = [i for i, t in enumerate(chain) if t.low in HEADLINE_VERBS and not t.head]
    if not verbs:
        return chain
    before, after = chain[: verbs[0]], chain[verbs[-1] + 1 :]
    return after if any(t.head for t in after) else before


def _from_mark(chain: Phrase) -> Phrase:
    """In a headline every word has a capital: a name begins only where the three are named."""
    first = next((i for i, t in enumerate(chain) if marked([t])), len(chain))
    return chain[first:]


def _judged(reading: Reading, chain: Phrase, *, labelled: bool) -> Candidate | None:
    owned = _to_last_head(chain, labelled=labelled)
    chain, instance = _trimmed(_after_owner(owned))
    head = _head_of(chain)
    others = len(chain) < len(owned) and _somebodys(owned, chain)
    if not head or len(chain) < 2 or others or _disturbed(chain) or _refused(reading, chain, head, labelled=labelled):
        return None
    start, end = chain[0].start, chain[-1].end
    end = tail_end(
        reading,
        reading.sentence(start),
        end,
        bare=_bare(chain) and head in INSTITUTIONS and head not in MEETINGS,
        proper=chain[-1].text[0].isupper(),
    )
    end = _of_its_whole(reading, reading.sentence(start), start, end) if FAMILY[head] == "body" else end
    short = _abbreviation(reading, end)
    weighed = weigh(reading, start, end, marked=marked(chain), labelled=labelled, abbreviated=short != "")
    confidence = min(weighed.confidence, 0.55) if labelled and chain[0].low in TOPIC_STARTS else weighed.confidence
    if confidence < MENTION_AT:
        return None
    rule = LABEL if labelled else RULE
    return Candidate(start, end, rule, confidence, weighed.why, head=FAMILY[head], instance=instance, abbreviation=short)


def _of_its_whole(reading: Reading, span: Span, start: int, end: int) -> int:
    """Where the name of a body ends that is part of what the sentence has named before it: "the Steering Committee of the Relief Corps"."""
    whole = _WHOLE.match(reading.plain, end, span.end)
    return whole.end() if whole is not None and whole[1] in reading.plain[span.start : start] else end


def _disturbed(chain: Phrase) -> bool:
    """Another country's compound, or an article or pronoun with a capital (a headline), stands inside."""
    return any(t.kind == "alien" or (t.low in DETERMINERS and t.text[0].isupper()) for t in chain)


def _refused(reading: Reading, chain: Phrase, head: str, *, labelled: bool) -> bool:
    """The name is a text's kind, an office's, somebody else's, a mere activity, or says nothing."""
    start, own = chain[0].start, marked(chain)
    name = reading.plain[start : chain[-1].end]
    if kind_of_text(name) or not (_with_content(chain, head) and _own(chain, own=own)):
        return True
    if not own and (of_an_office(name) or (head in MEETING_ONLY and not labelled)):
        return True
    activity = head in WEAK and not (labelled or (own and head in EVENTS))
    if activity and (own or head == "alliance"):
        activity = not _created(reading, start, chain[-1].end)
    common = head in SCARCE and not (own or labelled or _founded_here(reading, start, chain[-1].end) or _introduced(reading, chain))
    statement = head == "statement" and any(t.low in PEOPLE for t in chain)
    return activity or common or statement or _inner_head(chain, head) or _stopped(reading, start, chain)


def _created(reading: Reading, start: int, end: int) -> bool:
    return coming(reading.plain, end) or created(reading.plain[reading.sentence(start).start : start])


def _founded_here(reading: Reading, start: int, end: int) -> bool:
    """A verb of creation stands right by it, or rules the list that it stands in."""
    return coming(reading.plain, end) or created(reading.plain[reading.sentence(start).start : start], _CLOSE)


def _introduced(reading: Reading, chain: Phrase) -> bool:
    """An indefinite article, and two words of content: what has no name yet that is known."""
    return len(chain) > 2 and re.search(r"\b[Aa]n? $", reading.plain[max(0, chain[0].start - 4) : chain[0].start]) is not None


def _inner_head(chain: Phrase, head: str) -> bool:
    """Tell whether other words of the phrase follow its only head ("Humanitarian Assistance and Disaster Relief")."""
    at = max(i for i, t in enumerate(chain) if t.head == head)
    following = chain[at + 1] if at + 1 < len(chain) else None
    return (
        following is not None
        and not following.head
        and not (following.low in CONNECTORS and following.low != "and")
        and following.text != "("
    )


def _after_owner(chain: Phrase) -> Phrase:
    """Cut what stands before a person's possessive ("... Smith's Trilateral Dialogue"); women's and leaders' are words of names."""
    owners = [i for i, t in enumerate(chain) if t.low.endswith("'s") and t.low not in ("women's", "children's", "people's", "men's")]
    return chain[owners[-1] + 1 :] if owners and not any(t.head for t in chain[: owners[-1]]) else chain


def _somebodys(owned: Phrase, chain: Phrase) -> bool:
    """Tell whether a name without the three follows a possessive: it is the owner's ("the World Bank's Resilience Fund")."""
    before = [t for t in owned if t.start < chain[0].start] if chain else []
    return bool(before) and before[-1].low.endswith("'s") and before[-1].low != "today's" and not marked(chain)


def _bare(chain: Phrase) -> bool:
    return all(t.kind == "ours" or t.low in _GENERIC or t.head for t in chain)


def _to_last_head(chain: Phrase, *, labelled: bool) -> Phrase:
    """Cut what follows the last head noun of a phrase, unless the chain goes on through a connector."""
    joined = [i for i, t in enumerate(chain) if t.low in CONNECTORS and t.low != "and" and i > 0]
    if labelled and any(t.head for t in chain):
        return chain
    if joined and any(t.head or t.low in ("memorandum", "letter", "spirit", "commitment") for t in chain[: joined[0]]):
        return chain
    last = max((i for i, t in enumerate(chain) if t.head), default=-1)
    return [] if _numbered_unit(chain, last) else chain[: last + 1]


def _numbered_unit(chain: Phrase, last: int) -> bool:
    """A number in words after a head is a unit's of forces: "Carrier Strike Group Eleven"."""
    return last >= 0 and last + 1 < len(chain) and chain[last + 1].low in CARDINALS


def _trimmed(chain: Phrase) -> tuple[Phrase, str]:
    """Drop leading articles, adverbs, verbs and ordinals; the ordinal or year is kept as the instance."""
    instance = ""
    while chain:
        first = chain[0]
        if first.low == "next" and len(chain) > 1 and chain[1].low == "generation":
            return chain, instance
        if _ORDINAL.fullmatch(first.text) or first.low in ORDINALS:
            instance = ORDINALS.get(first.low, re.sub(r"\D", "", first.text))
        elif not (first.low in LEADING or first.low in CONNECTORS or first.low in MONTHS or first.kind == "mark" or first.text.isdigit()):
            return chain, instance
        chain = chain[1:]
    return chain, instance


def _head_of(chain: Phrase) -> str:
    """The head noun: of the first phrase where the chain goes on, else the last."""
    connectors = [i for i, t in enumerate(chain) if t.low in CONNECTORS and t.low != "and"]
    first = [t.head for t in (chain[: connectors[0]] if connectors else chain) if t.head]
    return first[-1] if first else next((t.head for t in reversed(chain) if t.head), "")


def _with_content(chain: Phrase, head: str) -> bool:
    """A name says something beside its head and the three; a secretariat or a hotline of the three is one by itself."""
    dull = _GENERIC | CONNECTORS | PAPER
    content = [t for t in chain if t.kind == "word" and t.low not in dull and t.head != head]
    if content or any(t.low == "ministerial" for t in chain):
        return True
    return head in INSTITUTIONS and head not in MEETINGS and marked(chain)


def _own(chain: Phrase, *, own: bool) -> bool:
    """No single country, pair or person owns it: "the ROK's Audacious Initiative", "U.S.-ROK ... Group"."""
    connectors = [i for i, t in enumerate(chain) if t.low in CONNECTORS and t.low != "and"]
    front = chain[: connectors[0]] if connectors else chain
    if any(t.kind == "country" for t in front) and not any(t.kind == "ours" for t in front):
        return own and sum(t.kind == "country" for t in front) >= 3
    return True


def _stopped(reading: Reading, start: int, chain: Phrase) -> bool:
    """A stop name covers a head noun, a body of others begins the name, or a country stands right before an unmarked name."""
    heads = [t for t in chain if t.head]
    for match in reading.land.stops(reading.plain, start, chain[-1].end + 1):
        if any(match.start() <= t.start < match.end() for t in heads) or (
            match.start() == start and reading.land.bodies.match(reading.plain, start)
        ):
            return True
    before = reading.plain[max(0, start - 40) : start]
    office = re.search(r"([A-Za-z]+) (?:of|for)(?: the)? $", before)
    if office is not None and office[1].lower() in OFFICES:
        return True
    owner = [m for m in reading.land.country.finditer(before) if re.fullmatch(r"(?:'s)?[\s-]{1,2}(?:\w+-led\s)?", before[m.end() :])]
    return (bool(owner) or re.search(r"\w+-led\s$", before) is not None) and not marked(chain)


def _abbreviation(reading: Reading, end: int) -> str:
    match = _SHORT.match(reading.plain, end)
    return match.group(1) if match and sum(c.isupper() for c in match.group(1)) >= 2 else ""
