"""The formulae that are watched: which variant stands in a text, and where it stands otherwise than before.

A formula is missing only where its topic is spoken of: a short statement that leaves out a whole topic has changed no wording.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from scraper.model.watch import Words
from scraper.model.wording import ABSENT, Formula, FormulaRow, Shift, Stand, Standing, Watched
from scraper.parties import Parties
from scraper.stages.wording.folding import Folding, Sentence, exploded
from scraper.text import has_cjk

GAP = 14
"""How many words ``…`` stands for at most."""

GAP_LETTERS = 30
"""The same in letters, for phrases of Korean and Japanese."""

_GAP_MARK = re.compile(r"…|\.\.\.")
MOST_SENTENCE = 700
"""Of a longer sentence the rest is left out."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Runs of stems with a gap of at most ``gap`` stems between two of them."""

    runs: tuple[tuple[str, ...], ...]
    gap: int


@dataclass(frozen=True, slots=True)
class _Known:
    formula: str
    variants: tuple[tuple[str, tuple[_Phrase, ...]], ...]
    topic: tuple[_Phrase, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence as phrases look for it: its stems, and where each stands."""

    text: str
    stems: tuple[str, ...]
    places: dict[str, list[int]] = field(default_factory=dict)


class Formulary:
    """Finds the watched formulae; build it once for a watch and a wording.toml. ``stamp`` is the same for the same two."""

    def __init__(self, watched: Watched, parties: Parties) -> None:
        self.watched = watched
        self.folding = Folding(parties, watched.equals)
        self.stamp = hashlib.sha256(repr((watched, parties.watch)).encode()).hexdigest()
        self._known = {language: self._of(language) for language in ("en", "ko", "ja")}

    def _of(self, language: str) -> tuple[_Known, ...]:
        return tuple(_Known(one.id, self._variants(one, language), self._phrases(one.topic, language)) for one in self.watched.formulas)

    def _variants(self, formula: Formula, language: str) -> tuple[tuple[str, tuple[_Phrase, ...]], ...]:
        return tuple((variant.id, self._phrases(variant.words, language)) for variant in formula.variants)

    def _phrases(self, words: Words, language: str) -> tuple[_Phrase, ...]:
        return tuple(phrase for text in words.get(language, ()) if (phrase := self._phrase(text)).runs)

    def _phrase(self, text: str) -> _Phrase:
        runs = (self.folding.stems(part) for part in _GAP_MARK.split(text))
        return _Phrase(tuple(run for run in runs if run), GAP_LETTERS if has_cjk(text) else GAP)

    def stands(self, text: str, language: str, *, whole: bool = True) -> tuple[Stand, ...]:
        """Return the variants that stand in a text, in the order of the configuration, each with the first sentence that holds it.

        A formula without any, whose topic is spoken of, is ABSENT; of a text that is not ``whole`` nothing can be said to be absent.
        """
        said = [_said(sentence) for sentence in self.folding.sentences(text)]
        return tuple(stand for known in self._known.get(language, ()) for stand in _stands(known, said, whole=whole))


def _said(sentence: Sentence) -> _Said:
    stems = tuple(stem for stem, _ in exploded(sentence.tokens))
    made = _Said(" ".join(sentence.text.split()), stems)
    for at, stem in enumerate(stems):
        made.places.setdefault(stem, []).append(at)
    return made


def _stands(known: _Known, said: Sequence[_Said], *, whole: bool) -> Iterator[Stand]:
    first: dict[str, str] = {}
    for sentence in said:
        for variant in _variants_in(known, sentence):
            first.setdefault(variant, sentence.text)
    if first:
        yield from (Stand(known.formula, variant, _cut(first[variant])) for variant, _ in known.variants if variant in first)
    elif whole:
        on_topic = next((s.text for s in said if any(next(_found(phrase, s), None) for phrase in known.topic)), "")
        if on_topic:
            yield Stand(known.formula, ABSENT, _cut(on_topic))


def _cut(sentence: str) -> str:
    return sentence if len(sentence) <= MOST_SENTENCE else sentence[: MOST_SENTENCE - 1].rstrip() + "…"


def _variants_in(known: _Known, sentence: _Said) -> Iterator[str]:
    """Each variant that stands in a sentence on words that no earlier one has taken."""
    taken: list[tuple[int, int]] = []
    for variant, phrases in known.variants:
        free = [span for phrase in phrases for span in _found(phrase, sentence) if not any(a < span[1] and span[0] < b for a, b in taken)]
        if free:
            taken += free
            yield variant


def _found(phrase: _Phrase, sentence: _Said) -> Iterator[tuple[int, int]]:
    """Where a phrase stands: each place of its first run, with the nearest of every next one."""
    for start in sentence.places.get(phrase.runs[0][0], ()):
        end = _after(phrase.runs[0], sentence.stems, start)
        for run in phrase.runs[1:]:
            end = next((stop for at in range(end, end + phrase.gap + 1) if (stop := _after(run, sentence.stems, at))), 0) if end else 0
        if end:
            yield start, end


def _after(run: tuple[str, ...], stems: tuple[str, ...], at: int) -> int:
    """Where a run that begins at ``at`` ends; 0 where it does not stand there."""
    return at + len(run) if stems[at : at + len(run)] == run else 0


def beside(before: Sequence[Stand], after: Sequence[Stand]) -> tuple[FormulaRow, ...]:
    """Return the formulae that stand in either of two statements, side by side, in their order."""
    names = dict.fromkeys(stand.formula for stand in (*before, *after))
    return tuple(FormulaRow(name, _of(before, name), _of(after, name)) for name in names)


def _of(stands: Sequence[Stand], formula: str) -> tuple[Stand, ...]:
    return tuple(stand for stand in stands if stand.formula == formula)


def shifts(standings: Sequence[Standing]) -> tuple[Shift, ...]:
    """Return every change of a formula in statements that are comparable with each other, by their dates and not by arrival.

    Each statement is compared, formula by formula, with the last one before its date that speaks of the topic; of several of that
    date with the first by ``order``, and where any of them has the same variants, nothing changed. A statement without a date is left out.
    """
    ordered = sorted((one for one in standings if one.date), key=lambda one: (one.date, one.order, one.statement_id))
    found: list[Shift] = []
    latest: dict[str, tuple[str, list[tuple[int, tuple[Stand, ...]]], list[tuple[int, tuple[Stand, ...]]]]] = {}
    for one in ordered:
        for formula in dict.fromkeys(stand.formula for stand in one.stands):
            here = _of(one.stands, formula)
            date, today, earlier = latest.get(formula, ("", [], []))
            if date != one.date:
                today, earlier = [], today
            if earlier and not any(_variants(there) == _variants(here) for _, there in earlier):
                found.append(Shift(formula, one.statement_id, earlier[0][0], earlier[0][1], here))
            latest[formula] = (one.date, [*today, (one.statement_id, here)], earlier)
    return tuple(found)


def _variants(stands: Sequence[Stand]) -> frozenset[str]:
    return frozenset(stand.variant for stand in stands)
