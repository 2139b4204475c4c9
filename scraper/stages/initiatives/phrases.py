"""Runs of capitalised words in a sentence, cut into noun phrases and joined to names where a head noun takes what follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scraper.stages.initiatives.lexicon import CONNECTORS, GATHERS, MONTHS, PEOPLE, TAKES_OF, TAKES_ON, TAKES_TO, WEAK
from scraper.stages.initiatives.reading import Reading
from scraper.stages.initiatives.tokens import Token, tokens
from scraper.text import Span

Phrase = list[Token]


def headline(words: Sequence[Token]) -> bool:
    """Tell whether most words are capitalised, as in a headline, so that capitals tell nothing; a sentence with its full stop is none."""
    letters = [w for w in words if w.kind == "word" and w.text[0].isalpha()]
    if words and words[-1].text in ".!?":
        return False
    return len(letters) >= 5 and sum(w.capital for w in letters) >= 0.75 * len(letters)


def headlined(reading: Reading, span: Span) -> bool:
    """Tell whether a sentence is a headline; see :func:`headline`. Several rules ask it of one sentence."""
    kept: dict[Span, bool] = reading.headlines
    if span not in kept:
        kept[span] = headline(tokens(reading, span))
    return kept[span]


def all_capitals(words: Sequence[Token]) -> bool:
    """Tell whether every word is in capitals, as in a heading."""
    letters = [w for w in words if w.kind == "word" and w.text[0].isalpha()]
    return len(letters) >= 3 and all(w.text.isupper() for w in letters)


def runs(words: Sequence[Token]) -> Iterator[tuple[Phrase, str]]:
    """Yield runs of capitalised tokens with the connectors between them, and the text of the token after each."""
    index = 0
    while index < len(words):
        if not (words[index].capital or (words[index].low == "trilateral" and _mark_of_a_name(words, index))):
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
    nexts = list(words[index : index + 4])
    if token.capital or (token.low == "trilateral" and last.kind == "ours"):
        return 1
    if token.head and last.text in ("Trilateral", "Ministerial") and token.head != "statement":
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


def chains(run: Phrase) -> Iterator[Phrase]:
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
    for index, token in enumerate(run):
        if _cuts(run, index, phrase):
            if phrase:
                found.append((connector, phrase))
                connector, phrase = [], []
            connector = [*connector, token]
        else:
            phrase = [*phrase, token]
    if phrase:
        found.append((connector, phrase))
    return [pair for pair in found if pair[1]]


def _cuts(run: Phrase, index: int, phrase: Phrase) -> bool:
    """A connector cuts; "and" only after a head noun, or where the three are named after it and not before."""
    token = run[index]
    if token.low == "and":
        follows = run[index + 1 : index + 2]
        return _ends_in_head(phrase) or any(t.low == "the" for t in follows) or (not marked(phrase) and marked(follows))
    return token.low == "the" or (token.low in CONNECTORS and not token.text[0].isupper())


def _ends_in_head(phrase: Phrase) -> bool:
    return bool(phrase) and (bool(phrase[-1].head and phrase[-1].head not in WEAK) or phrase[-1].text == ")")


def _takes(chain: Phrase, connector: Phrase, phrase: Phrase) -> bool:
    word, head = connector[0].low, chain[-1].head or chain[-1].low
    if _no_content(phrase) or (
        head == "statement" and all(t.low in PEOPLE or t.head or t.kind != "word" or t.low == "trilateral" for t in chain)
    ):
        return False
    if word in ("on", "concerning", "regarding", "for"):
        return head in TAKES_ON or (_is_memorandum(chain) and word != "for")
    if word == "in":
        return _marked_without_head(chain, phrase) or _people_in_a_field(chain, phrase)
    if word == "to":
        return head in TAKES_TO and len(connector) == 1
    if word == "of":
        gathers = head in GATHERS and len(connector) == 1 and not marked(phrase) and phrase[-1].low not in PEOPLE
        return head in TAKES_OF or gathers or _marked_without_head(chain, phrase) or any(t.low in ("on", "for") for t in chain)
    return False


def _marked_without_head(chain: Phrase, phrase: Phrase) -> bool:
    """Marked words like "Trilateral Chiefs" wait for their head: "of Defense Meeting"."""
    return not any(t.head for t in chain) and marked(chain) and bool(phrase[-1].head)


def _people_in_a_field(chain: Phrase, phrase: Phrase) -> bool:
    """Those whom a thing is for stand before its field: "Women in Science Program"; no place and no office does."""
    people = chain[-1].low in ("women", "youth", "people") or (chain[-1].low.endswith("s") and chain[-1].low not in PEOPLE)
    return people and len(chain) <= 2 and not any(t.head or t.kind != "word" for t in chain) and bool(phrase[-1].head)


def _is_memorandum(chain: Phrase) -> bool:
    return any(token.low in ("memorandum", "letter") for token in chain)


def _no_content(phrase: Phrase) -> bool:
    """A phrase of countries, dates or numbers alone belongs to no name."""
    return all(t.kind != "word" or t.low in MONTHS or t.text[0].isdigit() or t.low in ("and", "trilateral") for t in phrase)


def marked(phrase: Sequence[Token]) -> bool:
    """Tell whether the watched parties, or a word for the three, stand in the phrase."""
    return any(t.kind == "ours" or t.low.startswith(("trilateral", "tri-", "three-way")) for t in phrase)
