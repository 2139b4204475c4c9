"""Facts of a copy that contradict the text it copies: a date, a number, a place or a person's name in a sentence that is otherwise the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from scraper.stages.grouping.facts import Fact, Glossary, Sentence, read
from scraper.text import CJK, HAN, HANGUL, fold, sentences

LONGEST: Final = 60_000
"""Characters of a text that are compared."""
MOST: Final = 250
"""Sentences of a text that are compared."""
SAME: Final = 0.75
"""Share of tokens in order (Ratcliff and Obershelp) from which two sentences are one, the facts in them left out."""
CANDIDATES: Final = 2
"""Sentences of the lead that each of the copy is laid beside."""
SHORTEST: Final = 6
"""Words of a sentence that says enough to be recognised; of single characters three times as many."""
ALIKE: Final = 0.6
"""Likeness of two names from which one is the other's spelling."""

_LETTERS = re.compile(f"[^\\W\\d_]|[{CJK}]")
_NAMED_KO = re.compile(f"(?<![{HANGUL}])([{HANGUL}]{{2,4}}) (?=([{HANGUL}][{HANGUL} ]{{1,14}}))")
_NAMED_JA = re.compile(f"(?:(?<![{HAN}])([{HAN}]{{2,7}})|([\u30a1-\u30ff]{{2,12}}))(?=([{HAN}]{{0,12}}))")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What the lead says and the copy says otherwise: ``kind`` is date, number, place or name; each as written, with its sentence."""

    kind: str
    lead: str
    copy: str
    lead_sentence: str
    sentence: str


def contradictions(lead: str, copy: str, glossary: Glossary) -> tuple[Contradiction, ...]:
    """Return the facts of ``copy`` that contradict ``lead``, in order, each once; both in one language.

    A sentence of the copy is laid beside those of the lead that are nearest to it; where one of them says the same, nothing is found.
    A fact counts where the words on both sides of it are the same, and not where it stands elsewhere in the other sentence (an order
    changed), where the copy rounds ("about 60"), or where a name is only spelled otherwise or stands in the lead, too.
    """
    own, theirs = (_read(text, glossary) for text in (lead, copy))
    if not own:
        return ()
    known = {fold(sentence.text) for sentence in own}
    nearest = _nearest(own)
    known_names = frozenset(token.shown for sentence in own for token in sentence.tokens if token.shown[:1].isupper())
    found: dict[tuple[str, str, str], Contradiction] = {}
    for sentence in theirs:
        if fold(sentence.text) not in known:
            for one in _between(sentence, nearest(sentence), known_names, glossary):
                found.setdefault((one.kind, one.lead, one.copy), one)
    return tuple(found.values())


def _read(text: str, glossary: Glossary) -> list[Sentence]:
    shown = text[:LONGEST]
    made = (read(span.of(shown), glossary) for span in sentences(shown)[:MOST])
    return [sentence for sentence in made if sentence.weight >= SHORTEST]


def _nearest(own: Sequence[Sentence]) -> Callable[[Sentence], list[Sentence]]:
    """Return what finds the sentences that share most distinct tokens with one."""
    where: dict[str, list[int]] = {}
    for at, sentence in enumerate(own):
        for word in set(sentence.skeleton):
            where.setdefault(word, []).append(at)

    def near(sentence: Sentence) -> list[Sentence]:
        counted = Counter(at for word in set(sentence.skeleton) for at in where.get(word, ()))
        return [own[at] for at, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:CANDIDATES]]

    return near


def _between(sentence: Sentence, candidates: Iterable[Sentence], names: frozenset[str], glossary: Glossary) -> list[Contradiction]:
    """What contradicts the candidate that contradicts least."""
    found: list[list[Contradiction]] = []
    for own in candidates:
        matcher = SequenceMatcher(None, own.skeleton, sentence.skeleton, autojunk=False)
        if matcher.quick_ratio() >= SAME and matcher.ratio() >= SAME:
            facts = [_made(kind, pair, (own, sentence)) for kind, pair in _facts(own, sentence, matcher)]
            people = [_made("name", pair, (own, sentence)) for pair in _people(own, sentence, matcher, names, glossary)]
            found.append(facts + people)
    return min(found, key=len, default=[])


def _made(kind: str, pair: tuple[str, str], both: tuple[Sentence, Sentence]) -> Contradiction:
    return Contradiction(kind, *pair, both[0].text, both[1].text)


def _facts(own: Sentence, other: Sentence, matcher: SequenceMatcher[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Dates, numbers and places that stand at one place between the same words and differ."""
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            i, j = block.a + step, block.b + step
            a, b = own.tokens[i], other.tokens[j]
            framed = step > 0 and (step + 1 < block.size or (i + 1 == len(own.tokens) and j + 1 == len(other.tokens)))
            rounded = other.hedged(j) and not own.hedged(i)
            if a.kind and framed and not rounded and not a.agrees(b) and not _elsewhere(a, b, own, other):
                yield a.kind, (a.shown, b.shown)


def _elsewhere(a: Fact, b: Fact, own: Sentence, other: Sentence) -> bool:
    return any(b.kind == one.kind and b.agrees(one) for one in own.tokens) or any(
        a.kind == one.kind and a.agrees(one) for one in other.tokens
    )


def _people(
    own: Sentence, other: Sentence, matcher: SequenceMatcher[str], names: frozenset[str], glossary: Glossary
) -> Iterator[tuple[str, str]]:
    """Names of persons beside the same office or the same other part of the name."""
    for sign, i, to, j, until in matcher.get_opcodes():
        one, two = own.tokens[i:to], other.tokens[j:until]
        if sign == "replace" and i and j and _is_name(one, frozenset(), glossary) and _is_name(two, names, glossary):
            beside = own.tokens[i - 1]
            titled = beside.word in glossary.titles or (beside.shown[:1].isupper() and beside.word not in glossary.common)
            pair = " ".join(token.shown for token in one), " ".join(token.shown for token in two)
            if titled and not _spelling(*pair):
                yield pair
    yield from _titled(own.text, other.text, glossary)


def _is_name(tokens: Sequence[Fact], elsewhere: frozenset[str], glossary: Glossary) -> bool:
    if not 1 <= len(tokens) <= 3:
        return False
    return all(
        token.shown[:1].isupper() and not token.shown.isupper() and not token.kind and token.shown not in elsewhere
        and token.word not in glossary.common and token.word not in glossary.titles
        for token in tokens
    )  # fmt: skip


def _titled(lead: str, copy: str, glossary: Glossary) -> Iterator[tuple[str, str]]:
    """Korean and Japanese names before one and the same office, which each sentence names once."""
    one, other = _holders(lead, glossary), _holders(copy, glossary)
    for title in one.keys() & other.keys():
        (name, *more), (second, *rest) = one[title], other[title]
        strange = name not in copy and second not in lead and not set(name) & set(second)
        if not more and not rest and strange:
            yield name, second


def _holders(sentence: str, glossary: Glossary) -> Mapping[str, list[str]]:
    """Who holds each office that a sentence names, by the office."""
    found: dict[str, list[str]] = {}
    for match in _NAMED_KO.finditer(sentence):
        title = glossary.title_at(match.group(2))
        if title:
            found.setdefault(title, []).append(match.group(1))
    for match in _NAMED_JA.finditer(sentence):
        for name, title in _parted(match.group(1) or match.group(2), match.group(3), glossary):
            found.setdefault(title, []).append(name)
    return {title: kept for title, names in found.items() if (kept := [name for name in names if not glossary.ignores(name)])}


def _parted(run: str, after: str, glossary: Glossary) -> Iterator[tuple[str, str]]:
    """A run of Chinese characters as a name of two to four and the office behind it; a name in kana is the run itself."""
    for cut in range(2, min(4, len(run)) + 1) if re.match(f"[{HAN}]", run) else (len(run),):
        title = glossary.title_at(run[cut:] + after)
        if title:
            yield run[:cut], title
            return


def _spelling(one: str, other: str) -> bool:
    """Tell whether two names are one, written with other letters or parted otherwise."""
    a, b = ("".join(_LETTERS.findall(name)).casefold() for name in (one, other))
    return a == b or SequenceMatcher(None, a, b, autojunk=False).ratio() >= ALIKE
