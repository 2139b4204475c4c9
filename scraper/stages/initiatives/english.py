"""Unknown capitalised names with a head noun ("Trilateral Working Group on Cyber Activities"): the rule ``headed``.

A run of capitalised words joined by of, on, for, to and "and" is cut into noun phrases; a phrase is joined to the next only where its head
noun takes one, and split at "and" only where the left part stands alone. Country compounds count as one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scraper.stages.initiatives.evidence import MENTION_AT, kind_of_text, of_an_office, weigh
from scraper.stages.initiatives.lexicon import (
    CONNECTORS, DETERMINERS, FAMILY, HEADLINE_VERBS, INSTITUTIONS, LEADING, MEETING_ONLY, MEETINGS, MONTHS, ORDINALS, PAPER, PEOPLE, TAKES_OF, TAKES_ON, TAKES_TO, TOPIC_STARTS, WEAK,
)  # fmt: skip
from scraper.stages.initiatives.reading import Candidate, Reading
from scraper.stages.initiatives.tail import tail_end
from scraper.stages.initiatives.tokens import Token, tokens
from scraper.text import Span

RULE = "headed/1"
LABEL = "labelled/1"
_BULLET = re.compile(r"[\W\d_]{0,6}(?:the\s)?", re.IGNORECASE)
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)|(?:19|20)\d\d")
_GENERIC = frozenset("trilateral joint ministerial annual tri high-level working-level senior-level official officials".split())

Phrase = list[Token]


def headed(reading: Reading, span: Span) -> Iterator[Candidate]:
    """Yield the names with head nouns in one sentence."""
    words = tokens(reading, span)
    if _all_capitals(words):
        return
    shouting = headline(words)
    for run, after in _runs(words):
        labelled = after == ":" and _BULLET.fullmatch(reading.plain[span.start : run[0].start]) is not None
        for chain in _chains(run):
            name = _from_mark(_without_verbs(chain)) if shouting and not labelled else chain
            candidate = _judged(reading, name, labelled=labelled and chain[-1] is run[-1])
            if candidate is not None:
                yield candidate


def headline(words: Sequence[Token]) -> bool:
    """Tell whether most words are capitalised, as in a headline, so that capitals tell nothing."""
    letters = [w for w in words if w.kind == "word" and w.text[0].isalpha()]
    return len(letters) >= 5 and sum(w.capital for w in letters) >= 0.75 * len(letters)


def _without_verbs(chain: Phrase) -> Phrase:
    """Cut a headline's phrase at its verbs: what stands after the last one before a head noun."""
    verbs = [i for i, t in enumerate(chain) if t.low in HEADLINE_VERBS and not t.head]
    if not verbs:
        return chain
    before, after = chain[: verbs[0]], chain[verbs[-1] + 1 :]
    return after if any(t.head for t in after) else before


def _from_mark(chain: Phrase) -> Phrase:
    """In a headline every word has a capital: a name begins only where the three are named."""
    first = next((i for i, t in enumerate(chain) if _marked([t])), len(chain))
    return chain[first:]


def _all_capitals(words: Sequence[Token]) -> bool:
    letters = [w for w in words if w.kind == "word" and w.text[0].isalpha()]
    return len(letters) >= 3 and all(w.text.isupper() for w in letters)


def _runs(words: Sequence[Token]) -> Iterator[tuple[Phrase, str]]:
    """Yield runs of capitalised tokens with the connectors between them, and the text of the token after each."""
    index = 0
    while index < len(words):
        if not (words[index].capital or _mark_of_a_name(words, index)):
            index += 1
            continue
        run, index = _run(words, index)
        yield run, words[index].text if index < len(words) else ""


def _mark_of_a_name(words: Sequence[Token], index: int) -> bool:
    """A lower-case "trilateral" begins a name if a capital follows."""
    return words[index].low == "trilateral" and index + 1 < len(words) and words[index + 1].capital


def _run(words: Sequence[Token], index: int) -> tuple[Phrase, int]:
    run = [words[index]]
    index += 1
    while index < len(words):
        step = _step(words, index, run[-1])
        if not step:
            break
        run.extend(words[index : index + step])
        index += step
    return run, index


def _step(words: Sequence[Token], index: int, last: Token) -> int:
    """How many tokens may join the run: a capitalised word, connectors and a capitalised word, a plural's apostrophe, "(ABBR) Word"."""
    token = words[index]
    nexts = [w for w in words[index : index + 4]]
    if token.capital or (token.low == "trilateral" and last.kind == "ours"):
        return 1
    if token.head and last.text in ("Trilateral", "Ministerial") and token.head not in ("statement",):
        return 1
    if token.text == "'" and last.text.endswith(("s", "S")) and len(nexts) > 1 and nexts[1].capital and nexts[1].start == token.end + 1:
        return 1
    if token.low in CONNECTORS:
        size = 2 if len(nexts) > 1 and nexts[1].low == "the" else 1
        follows = nexts[size] if len(nexts) > size else None
        return size if follows is not None and (follows.capital or follows.low == "trilateral") else 0
    if token.text == "(" and len(nexts) == 4 and nexts[2].text == ")" and nexts[3].head and nexts[3].capital and nexts[1].text.isupper():
        return 3
    return 0


def _chains(run: Phrase) -> Iterator[Phrase]:
    """Yield the names of a run: noun phrases joined where the head of the left takes the right."""
    phrases = _phrases(run)
    chain: Phrase = []
    for connector, phrase in phrases:
        if chain and connector and _takes(chain, connector, phrase):
            chain = [*chain, *connector, *phrase]
        else:
            if chain:
                yield chain
            chain = phrase
    if chain:
        yield chain


def _phrases(run: Phrase) -> list[tuple[Phrase, Phrase]]:
    """Cut a run at its connectors: (connector, phrase) pairs; "and" inside a phrase without a head noun before it does not cut."""
    found: list[tuple[Phrase, Phrase]] = []
    connector: Phrase = []
    phrase: Phrase = []
    for token in run:
        is_connector = token.low in CONNECTORS and not token.text[0].isupper()
        if (is_connector and not (token.low == "and" and not _ends_in_head(phrase))) or token.low == "the":
            if phrase:
                found.append((connector, phrase))
                connector, phrase = [], []
            connector = [*connector, token]
        else:
            phrase = [*phrase, token]
    if phrase:
        found.append((connector, phrase))
    return [pair for pair in found if pair[1]]


def _ends_in_head(phrase: Phrase) -> bool:
    return bool(phrase) and (bool(phrase[-1].head and phrase[-1].head not in WEAK) or phrase[-1].text == ")")


def _takes(chain: Phrase, connector: Phrase, phrase: Phrase) -> bool:
    word, head = connector[0].low, chain[-1].head or chain[-1].low
    if _no_content(phrase):
        return False
    if word in ("on", "concerning", "regarding", "for"):
        return head in TAKES_ON or (_is_memorandum(chain) and word != "for")
    if word == "to":
        return head in TAKES_TO and len(connector) == 1
    if word == "of":
        return head in TAKES_OF or (not any(t.head for t in chain) and _marked(chain) and bool(phrase[-1].head))
    return False


def _is_memorandum(chain: Phrase) -> bool:
    return any(token.low in ("memorandum", "letter") for token in chain)


def _no_content(phrase: Phrase) -> bool:
    """A phrase of countries, dates or numbers alone belongs to no name."""
    return all(t.kind != "word" or t.low in MONTHS or t.text[0].isdigit() or t.low in ("and", "trilateral") for t in phrase)


def _marked(phrase: Phrase) -> bool:
    return any(t.kind == "ours" or t.low.startswith(("trilateral", "tri-", "three-way")) for t in phrase)


def _judged(reading: Reading, chain: Phrase, *, labelled: bool) -> Candidate | None:
    chain, instance = _trimmed(_after_owner(_to_last_head(chain, labelled=labelled)))
    head = _head_of(chain)
    if not head or len(chain) < 2 or any(t.kind == "alien" or (t.low in DETERMINERS and t.text[0].isupper()) for t in chain):
        return None
    start, end = chain[0].start, chain[-1].end
    name = reading.plain[start:end]
    marked = _marked(chain)
    if kind_of_text(name) or not (_with_content(chain, head) and _own(chain, marked=marked)):
        return None
    if not marked and (of_an_office(name) or (head in MEETING_ONLY and not labelled)):
        return None
    if (head in WEAK and not (marked or labelled)) or _stopped(reading, start, chain) or (head == "statement" and any(t.low in PEOPLE for t in chain)):
        return None
    end = tail_end(reading, reading.sentence(start), end, bare=_bare(chain) and head in INSTITUTIONS and head not in MEETINGS)
    weighed = weigh(reading, start, end, marked=marked, labelled=labelled, abbreviated=_abbreviation(reading, end) != "")
    confidence = min(weighed.confidence, 0.55) if labelled and chain[0].low in TOPIC_STARTS else weighed.confidence
    if confidence < MENTION_AT:
        return None
    return Candidate(start, end, LABEL if labelled else RULE, confidence, weighed.why, head=FAMILY[head], instance=instance, abbreviation=_abbreviation(reading, end))


def _after_owner(chain: Phrase) -> Phrase:
    """Cut what stands before a person's possessive ("... Smith's Trilateral Dialogue"); women's and leaders' are words of names."""
    owners = [i for i, t in enumerate(chain) if t.low.endswith("'s") and t.low not in ("women's", "children's", "people's", "men's")]
    return chain[owners[-1] + 1 :] if owners and not any(t.head for t in chain[: owners[-1]]) else chain


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
    return chain[: last + 1]


def _trimmed(chain: Phrase) -> tuple[Phrase, str]:
    """Drop leading articles, adverbs, verbs and ordinals; the ordinal or year is kept as the instance."""
    instance = ""
    while chain:
        first = chain[0]
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
    return head in INSTITUTIONS and head not in MEETINGS and _marked(chain)


def _own(chain: Phrase, *, marked: bool) -> bool:
    """No single country, pair or person owns it: "the ROK's Audacious Initiative", "U.S.-ROK ... Group"."""
    connectors = [i for i, t in enumerate(chain) if t.low in CONNECTORS and t.low != "and"]
    front = chain[: connectors[0]] if connectors else chain
    if any(t.kind == "country" for t in front) and not any(t.kind == "ours" for t in front):
        return marked and sum(t.kind == "country" for t in front) >= 3
    return True


def _stopped(reading: Reading, start: int, chain: Phrase) -> bool:
    """A stop name covers a head noun, a body of others begins the name, or a country stands right before an unmarked name."""
    heads = [t for t in chain if t.head]
    for match in reading.land.stop.finditer(reading.plain, start, chain[-1].end + 1):
        if any(match.start() <= t.start < match.end() for t in heads) or (match.start() == start and reading.land.bodies.match(reading.plain, start)):
            return True
    before = reading.plain[max(0, start - 40) : start]
    owner = [m for m in reading.land.country.finditer(before) if re.fullmatch(r"(?:'s)?[\s-]{1,2}(?:\w+-led\s)?", before[m.end() :])]
    return (bool(owner) or re.search(r"\w+-led\s$", before) is not None) and not _marked(chain)


def _abbreviation(reading: Reading, end: int) -> str:
    match = re.compile(r"\s?\(\s?\"?([A-Z][A-Za-z-]{1,9})\"?\s?\)").match(reading.plain, end)
    return match.group(1) if match and sum(c.isupper() for c in match.group(1)) >= 2 else ""
