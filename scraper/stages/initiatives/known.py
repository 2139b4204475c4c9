"""Known names: one pass over a folded text with an Aho-Corasick automaton (Aho & Corasick 1975), then the rules of case and company.

A form of the registry is taken apart: countries and words for the three in front of it are marks, the rest is its core. A core is found in
any order and spelling of the marks; where it says too little without them they must stand beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from ahocorasick_rs import AhoCorasick, MatchKind

from scraper.model.initiative import Initiative, Registry
from scraper.parties import level_width
from scraper.stages.initiatives.folding import Squeezed, dense, folded, lowered, squeezed
from scraper.stages.initiatives.forms import Form, forms_of, variants
from scraper.stages.initiatives.glances import Glances
from scraper.stages.initiatives.marks import marks_before
from scraper.stages.initiatives.quotation import whole
from scraper.stages.initiatives.reading import Candidate, Land, Reading, meets

RULE = "known/1"
_OWNING = re.compile(r"(?:'s)?[\s-]{0,2}(?:bilateral |joint )?")
_OWNER = 14
"""Characters between a country and a name that it owns, at most."""
_ACRONYM = re.compile(r"\b[A-Z]{3,6}(?:'s)?[ -]$")
_WORD = re.compile(r"[^\W\d_]{3,}")
_BREAKS = re.compile("[.!?。\n]")
_HEAD = 800
_APART = frozenset(" \n.,()'\"")
_KANA = re.compile("[\u30a1-\u30fa\u30fc]")
_ABBREVIATION_AFTER = re.compile(r"\s?[(（]\s?([A-Z][A-Za-z-]{1,9})\s?[)）]")
_ABBREVIATION_BEFORE = re.compile(r"(?<![A-Za-z0-9])([A-Z][A-Za-z0-9-]{1,9})\s?[(（]\s?(?:the\s)?$")

_Hit = tuple[tuple[Form, ...], int, int]


class KnownNames:
    """The names of one registry, compiled."""

    def __init__(self, registry: Registry, land: Land) -> None:
        forms: dict[str, list[Form]] = {}
        for initiative in registry.initiatives:
            for form in forms_of(initiative, land):
                for variant in variants(folded(level_width(form.text)).text):
                    forms.setdefault(variant, []).append(form)
        self._words = {known.id: _words_of(known) for known in registry.initiatives}
        self._patterns = _Patterns({pattern: tuple(found) for pattern, found in sorted(forms.items())})
        self._glances = Glances(land.watch)

    def find(self, reading: Reading, *, about: bool = True) -> Iterator[Candidate]:
        """Yield every place of ``reading`` where a known name stands; overlapping ones are left to the caller.

        ``about`` tells that the article is about the watched parties: else "trilateral" means somebody else's three.
        """
        found = _Found(self._patterns.hits(reading.plain), reading, self._glances)
        for hit in found.hits:
            candidate = self._read(hit, found, found.around(hit[1], hit[2]), about=about)
            if candidate is not None:
                yield candidate

    def outermost(self, reading: Reading) -> tuple[list[Candidate], list[Candidate]]:
        """Return the places as :meth:`find` has them without most of those that lie inside another, and those others.

        "한미일 해운 대화" holds "해운 대화" too, which with its marks is the same place. As long as each of the others is kept, the places
        left out would have been dropped for it; where one is not, :meth:`find` has to be asked.
        """
        found = _Found(self._patterns.hits(reading.plain), reading, self._glances)
        places: list[Candidate] = []
        wrapping: list[Candidate] = []
        outer: Candidate | None = None
        start = end = 0
        unmarked = False
        for hit in found.hits:
            if outer is not None and unmarked and end == hit[2] and start <= hit[1] and _wrapped(hit, outer, reading.plain):
                wrapping.append(outer)
                continue
            around = found.around(hit[1], hit[2])
            candidate = self._read(hit, found, around, about=True)
            if candidate is not None:
                places.append(candidate)
                outer, (_, start, end), unmarked = candidate, hit, around[1]
        return places, wrapping

    def _read(self, hit: _Hit, found: _Found, around: _Around, *, about: bool) -> Candidate | None:
        """What a hit is: the first of its forms that stands there as it must."""
        forms, start, end = hit
        reading = found.reading
        low, high = reading.span
        if start < low or end > high:
            return None
        for form in self._likely_first(forms, found):
            if form.abbreviation:
                candidate = _abbreviated(form, start, end, reading, found.named)
            else:
                candidate = _named(form, start, end, found, around)
            if candidate is not None and (about or not _weakly_marked(reading, candidate, form)):
                return candidate
        return None

    def _likely_first(self, forms: tuple[Form, ...], found: _Found) -> Sequence[Form]:
        """Of several initiatives of one name, first the one whose other names have most words in common with the head of the article."""
        if len(forms) == 1:
            return forms
        return sorted(forms, key=lambda form: (-len(found.words & self._words[form.initiative.id]), form.mark, form.initiative.id))


class _Patterns:
    """The folded spellings of all forms, to be found in one pass: in folded text, or in squeezed text where that is quicker."""

    def __init__(self, forms: dict[str, tuple[Form, ...]]) -> None:
        self._patterns, self._forms = tuple(forms), tuple(forms.values())
        self._dense = tuple(map(dense, forms))
        self._automaton = _automaton(self._patterns)
        squeezing: dict[str, list[int]] = {}
        for number, pattern in enumerate(forms):
            squeezing.setdefault(squeezed(pattern), []).append(number)
        self._squeezing = None if "" in squeezing else tuple(squeezing.values())
        self._squeezed = _automaton(tuple(squeezing)) if self._squeezing else None

    def hits(self, plain: str) -> list[_Hit]:
        """Every place where a form stands as a word of its own, whatever its case: the forms of that spelling with its ends.

        In the order of the ends, of one end the longest first.
        """
        places = self._in_folded(plain) if plain.isascii() or self._squeezed is None else self._in_squeezed(plain)
        return [hit for hit in places if _bounded(plain, hit[1], hit[2])]

    def _in_folded(self, plain: str) -> list[_Hit]:
        if self._automaton is None:
            return []
        fold, forms = folded(plain), self._forms
        found = self._automaton.find_matches_as_indexes(fold.text, overlapping=True)
        return [(forms[pattern], fold.start(a), fold.end(b)) for pattern, a, b in found]

    def _in_squeezed(self, plain: str) -> list[_Hit]:
        if self._squeezed is None or self._squeezing is None:
            return []
        text, found = Squeezed(lowered(plain)), self._squeezed.find_matches_as_indexes
        return [
            (self._forms[number], start, end)
            for squeezing, a, b in found(text.text, overlapping=True)
            for start, end in (text.place(a, b),)
            for number in self._squeezing[squeezing]
            if text.folds_to(self._patterns[number], start, end, dense=self._dense[number])
        ]


def _automaton(patterns: tuple[str, ...]) -> AhoCorasick | None:
    return AhoCorasick(patterns, matchkind=MatchKind.Standard) if patterns else None


_Around = tuple[tuple[int, int] | None, bool]


class _Found:
    """All hits of one field, and what quick looks around them say."""

    def __init__(self, hits: list[_Hit], reading: Reading, glances: Glances) -> None:
        self.hits, self.reading = hits, reading
        self.quick = None if reading.looked_at else glances
        self._ends = glances.ends(reading.text, reading.plain) if hits and self.quick else ()

    def around(self, start: int, end: int) -> _Around:
        """The sentence around a hit if it is surely known, and whether surely nobody is named right before it.

        Nothing is looked for where all countries of the field were found already.
        """
        plain = self.reading.plain
        if self.quick is None or not plain[start].isalnum():
            return None, False
        sentence = self.quick.sentence(self._ends, start, end)
        return sentence, sentence is not None and self.quick.nothing_before(plain, sentence[0], start)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the head of the field."""
        return frozenset(_WORD.findall(self.reading.plain[:_HEAD].lower()))

    @cached_property
    def named(self) -> frozenset[str]:
        """The initiatives that stand in the text under a name, so that their abbreviations may stand for them."""
        plain = self.reading.plain
        return frozenset(
            form.initiative.id
            for forms, start, end in self.hits
            for form in forms
            if not form.abbreviation and form.cased(plain[start:end])
        )


def _wrapped(hit: _Hit, outer: Candidate, plain: str) -> bool:
    """Tell whether what ``hit`` can become surely lies inside ``outer``, which came from a longer hit with the same end.

    It grows to the left by marks only, and by none that begins before the longer hit, since nobody is named there, and by the
    abbreviation that brackets stand around it for. One quotation mark more on its right does not make it the longer of the two.
    """
    forms, _, end = hit
    return plain[end : end + 1] not in (")", "）") and all(form.initiative.id == outer.known for form in forms)


def _abbreviated(form: Form, start: int, end: int, reading: Reading, named: frozenset[str]) -> Candidate | None:
    plain = reading.plain
    if plain[start:end] != form.text:
        return None
    known = form.initiative
    bracketed = plain[max(0, start - 1) : start] in ("(", "（") and plain[end : end + 1] in (")", "）")
    if not (known.id in named or form.telling or (bracketed and not form.text.islower())):
        return None
    if not _ours(known):
        return Candidate(start, end, RULE, 0.9, "an abbreviation of others", known.id, blocked=True)
    return Candidate(start, end, RULE, 0.9, "a known abbreviation", known.id, abbreviation=form.text)


def _named(form: Form, start: int, end: int, found: _Found, around: _Around) -> Candidate | None:
    reading = found.reading
    known, plain = form.initiative, reading.plain
    as_written = form.cased(plain[start:end])
    if not as_written and (form.strict or not form.wordy):
        return None
    begin, adjacent = (start, False) if around[1] else marks_before(reading, start)
    if not (adjacent or as_written or known.casing != "proper"):
        return None
    if form.mark and not _accompanied(form, reading, start, end, adjacent):
        return None
    if known.trilateral and not adjacent and _of_others(found, start, end, around):
        return None
    if not _ours(known):
        return Candidate(start, end, RULE, 1.0, "a known name of others", known.id, blocked=True)
    if begin < start and _BREAKS.search(plain, begin, start):
        begin = max(begin, reading.sentence(start).start)
    quoted = whole(plain, begin, end)
    return _with_abbreviation(Candidate(*quoted, RULE, 1.0, "a known name", known.id, head=form.head), plain) if quoted else None


def _words_of(known: Initiative) -> frozenset[str]:
    names = " ".join((known.name, *(name for names in known.names.values() for name in names))).lower()
    return frozenset(_WORD.findall(names)) - {"trilateral", "the", "and", "meeting"}


def _weakly_marked(reading: Reading, candidate: Candidate, form: Form) -> bool:
    """Tell whether a name of the three stands with a word like "trilateral" only, and not with their names."""
    if not form.initiative.trilateral:
        return False
    start, end = candidate.start, candidate.end
    around = reading.near(start, end)
    return meets(around.weak, start, end) and not meets(around.together, start, end)


def _ours(known: Initiative) -> bool:
    return known.trilateral or known.scope == "wider"


def _accompanied(form: Form, reading: Reading, start: int, end: int, adjacent: bool) -> bool:
    if adjacent:
        return True
    if form.mark == "beside":
        return False
    sentence = reading.sentence(start)
    return reading.marked(sentence.start, max(end, sentence.end)) or reading.short or reading.field == "title"


def _bounded(plain: str, start: int, end: int) -> bool:
    """Word boundaries: Latin letters end a word (a plural s may follow); Hangul and Katakana must not begin inside a word."""
    before, after = plain[start - 1 : start], plain[end : end + 1]
    if before not in _APART and _same_word(before, plain[start]):
        return False
    if after in _APART or not _same_word(plain[end - 1], after):
        return True
    return after == "s" and not plain[end + 1 : end + 2].isalnum() and plain[end - 1].islower()


def _same_word(one: str, other: str) -> bool:
    """Tell whether two neighbours (either may be nothing) are letters of one word, in Latin script or in Katakana."""
    return (_latin(one) and _latin(other)) or (_KANA.match(one) is not None and _KANA.match(other) is not None)


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _of_others(found: _Found, start: int, end: int, around: _Around) -> bool:
    """Tell whether a country (or an acronym) stands right before the name, or a compound with another one close by: then it is theirs."""
    reading = found.reading
    plain, stretches = reading.plain, reading.land.stretches
    sentence, unmarked = around
    before = plain[max(0, start - 60) : start]
    if before[-1:] in (" ", "-") and _ACRONYM.search(before[-10:]):
        return True
    if (
        not unmarked
        and stretches.named_before(plain, start, _OWNER)
        and any(_OWNING.fullmatch(before, match.end()) for match in reading.land.country.finditer(before))
    ):
        return True
    if found.quick is not None and sentence is not None and found.quick.ours_only(plain, *sentence):
        return False
    if not reading.near(max(reading.since(start), start - 40), end).aliens:
        return False
    return reading.alien(max(reading.sentence(start).start, start - 40), end)


def _with_abbreviation(candidate: Candidate, plain: str) -> Candidate:
    close = plain[candidate.end : candidate.end + 2]
    after = _ABBREVIATION_AFTER.match(plain, candidate.end) if "(" in close or "（" in close else None
    if after:
        return _replace(candidate, candidate.start, after.group(1))
    if close[:1] not in (")", "）"):
        return candidate
    before = _ABBREVIATION_BEFORE.search(plain[max(0, candidate.start - 20) : candidate.start])
    if before:
        whole = Candidate(max(0, candidate.start - 20) + before.start(), candidate.end + 1, *_rest(candidate))
        return _replace(whole, whole.start, before.group(1))
    return candidate


def _rest(candidate: Candidate) -> tuple[str, float, str, str, str]:
    return candidate.rule, candidate.confidence, candidate.why, candidate.known, candidate.head


def _replace(candidate: Candidate, start: int, abbreviation: str) -> Candidate:
    return Candidate(start, candidate.end, *_rest(candidate), instance=candidate.instance, abbreviation=abbreviation)
