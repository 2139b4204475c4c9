"""Known names: one pass over a folded text with an Aho-Corasick automaton (Aho & Corasick 1975), then the rules of case and company.

A form of the registry is taken apart: countries and words for the three in front of it are marks, the rest is its core. A core is found in
any order and spelling of the marks; where it says too little without them they must stand beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ahocorasick_rs import AhoCorasick, MatchKind

from scraper.model.initiative import Initiative, Registry
from scraper.parties import level_width
from scraper.stages.initiatives.folding import folded
from scraper.stages.initiatives.forms import Form, forms_of, variants
from scraper.stages.initiatives.marks import marks_before
from scraper.stages.initiatives.reading import Candidate, Land, Reading, meets

RULE = "known/1"
_OWNING = re.compile(r"(?:'s)?[\s-]{0,2}(?:bilateral |joint )?")
_OWNER = 14
"""Characters between a country and a name that it owns, at most."""
_ACRONYM = re.compile(r"\b[A-Z]{3,6}(?:'s)?[ -]$")
_BREAKS = re.compile("[.!?。\n]")
_HEAD = 800
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
        patterns = sorted(forms)
        self._forms = tuple(tuple(forms[pattern]) for pattern in patterns)
        self._automaton = AhoCorasick(patterns, matchkind=MatchKind.Standard) if patterns else None

    def find(self, reading: Reading, *, about: bool = True) -> Iterator[Candidate]:
        """Yield every place of ``reading`` where a known name stands; overlapping ones are left to the caller.

        ``about`` tells that the article is about the watched parties: else "trilateral" means somebody else's three.
        """
        hits = self._hits(reading.plain)
        low, high = reading.span
        named: frozenset[str] | None = None
        for forms, start, end in hits:
            if start < low or end > high:
                continue
            for form in self._likely_first(forms, reading):
                if form.abbreviation:
                    named = _named_in_full(hits, reading) if named is None else named
                    candidate = _abbreviated(form, start, end, reading, named)
                else:
                    candidate = _named(form, start, end, reading)
                if candidate is not None and (about or not _weakly_marked(reading, candidate, form)):
                    yield candidate
                    break

    def _hits(self, plain: str) -> list[_Hit]:
        """Every place where a form stands as a word of its own, whatever its case: the forms of that spelling with its ends."""
        if self._automaton is None:
            return []
        fold = folded(plain)
        found = self._automaton.find_matches_as_indexes(fold.text, overlapping=True)
        places = ((self._forms[pattern], fold.start(a), fold.end(b)) for pattern, a, b in found)
        return [place for place in places if _bounded(plain, place[1], place[2])]

    def _likely_first(self, forms: tuple[Form, ...], reading: Reading) -> Sequence[Form]:
        """Of several initiatives of one name, first the one whose other names have most words in common with the head of the article."""
        if len(forms) == 1:
            return forms
        words = frozenset(re.findall(r"[^\W\d_]{3,}", reading.plain[:_HEAD].lower()))
        return sorted(forms, key=lambda form: (-len(words & self._words[form.initiative.id]), form.mark, form.initiative.id))


def _named_in_full(hits: list[_Hit], reading: Reading) -> frozenset[str]:
    """The initiatives that stand in the text under a name, so that their abbreviations may stand for them."""
    return frozenset(
        form.initiative.id for forms, start, end in hits for form in forms if not form.abbreviation and form.cased(reading.plain[start:end])
    )


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


def _named(form: Form, start: int, end: int, reading: Reading) -> Candidate | None:
    known, plain = form.initiative, reading.plain
    as_written = form.cased(plain[start:end])
    if not as_written and (form.strict or not form.wordy):
        return None
    begin, adjacent = marks_before(reading, start)
    if not (adjacent or as_written or known.casing != "proper"):
        return None
    if form.mark and not _accompanied(form, reading, start, end, adjacent):
        return None
    if known.trilateral and not adjacent and _of_others(reading, start, end):
        return None
    if not _ours(known):
        return Candidate(start, end, RULE, 1.0, "a known name of others", known.id, blocked=True)
    if _BREAKS.search(plain, begin, start):
        begin = max(begin, reading.sentence(start).start)
    return _with_abbreviation(Candidate(begin, end, RULE, 1.0, "a known name", known.id, head=form.head), plain)


def _words_of(known: Initiative) -> frozenset[str]:
    names = " ".join((known.name, *(name for names in known.names.values() for name in names))).lower()
    return frozenset(re.findall(r"[^\W\d_]{3,}", names)) - {"trilateral", "the", "and", "meeting"}


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
    first, last = plain[start], plain[end - 1]
    if _latin(first) and _latin(before):
        return False
    if _KANA.match(first) and _KANA.match(before):
        return False
    if _latin(last) and _latin(after):
        return after == "s" and not plain[end + 1 : end + 2].isalnum() and last.islower()
    return not (_KANA.match(last) and _KANA.match(after))


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _of_others(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a country (or an acronym) stands right before the name, or a compound with another one close by: then it is theirs."""
    plain, stretches = reading.plain, reading.land.stretches
    before = plain[max(0, start - 60) : start]
    if before[-1:] in (" ", "-") and _ACRONYM.search(before[-10:]):
        return True
    if stretches.named_before(plain, start, _OWNER) and any(
        _OWNING.fullmatch(before, match.end()) for match in reading.land.country.finditer(before)
    ):
        return True
    if not reading.near(max(reading.since(start), start - 40), end).aliens:
        return False
    return reading.alien(max(reading.sentence(start).start, start - 40), end)


def _with_abbreviation(candidate: Candidate, plain: str) -> Candidate:
    after = _ABBREVIATION_AFTER.match(plain, candidate.end)
    if after:
        return _replace(candidate, candidate.start, after.group(1))
    before = _ABBREVIATION_BEFORE.search(plain[max(0, candidate.start - 20) : candidate.start])
    if before and plain[candidate.end : candidate.end + 1] in (")", "）"):
        whole = Candidate(max(0, candidate.start - 20) + before.start(), candidate.end + 1, *_rest(candidate))
        return _replace(whole, whole.start, before.group(1))
    return candidate


def _rest(candidate: Candidate) -> tuple[str, float, str, str, str]:
    return candidate.rule, candidate.confidence, candidate.why, candidate.known, candidate.head


def _replace(candidate: Candidate, start: int, abbreviation: str) -> Candidate:
    return Candidate(start, candidate.end, *_rest(candidate), instance=candidate.instance, abbreviation=abbreviation)
