"""Known names: one pass over a folded text with an Aho-Corasick automaton (Aho & Corasick 1975), then the rules of case and company.

A form of the registry is taken apart: countries and words for the three in front of it are marks, the rest is its core. A core is found in
any order and spelling of the marks; where it says too little without them they must stand beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from scraper.model.initiative import Initiative, Registry
from scraper.parties import level_width
from scraper.stages.initiatives.eastern import eastern_head
from scraper.stages.initiatives.folding import folded
from scraper.stages.initiatives.lexicon import DETERMINERS, MEETING_ONLY, ONLY_ONES, WEAK, head_of
from scraper.stages.initiatives.marks import marks_before, strip_marks
from scraper.stages.initiatives.reading import Candidate, Land, Reading, meets
from scraper.text import has_cjk

RULE = "known/1"
_VOWEL = re.compile("[AEIOU]")
_HEAD = 800
_WORD = re.compile(r"[^\W_]")
_KANA = re.compile("[\u30a1-\u30fa\u30fc]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_ABBREVIATION_AFTER = re.compile(r"\s?[(（]\s?([A-Z][A-Za-z-]{1,9})\s?[)）]")
_ABBREVIATION_BEFORE = re.compile(r"(?<![A-Za-z0-9])([A-Z][A-Za-z0-9-]{1,9})\s?[(（]\s?(?:the\s)?$")


@dataclass(frozen=True, slots=True)
class _Form:
    """One searched form: of which initiative, what case it asks for, and whether marks of the three must stand beside it."""

    initiative: Initiative
    text: str
    mark: str
    abbreviation: bool = False
    strict: bool = False


class KnownNames:
    """The names of one registry, compiled."""

    def __init__(self, registry: Registry, land: Land) -> None:
        self._land = land
        self._forms: dict[str, list[_Form]] = {}
        for initiative in registry.initiatives:
            for form in _forms(initiative, land):
                for variant in _variants(folded(level_width(form.text)).text):
                    self._forms.setdefault(variant, []).append(form)
        self._words = {known.id: _words_of(known) for known in registry.initiatives}
        self._patterns = tuple(sorted(self._forms))
        self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.Standard) if self._patterns else None

    def find(self, reading: Reading, *, about: bool = True) -> Iterator[Candidate]:
        """Yield every place of ``reading`` where a known name stands; overlapping ones are left to the caller.

        ``about`` tells that the article is about the watched parties: else "trilateral" means somebody else's three.
        """
        if self._automaton is None:
            return
        fold = folded(reading.plain)
        hits = [(p, fold.start(a), fold.end(b)) for p, a, b in self._automaton.find_matches_as_indexes(fold.text, overlapping=True)]
        named = self._named_in_full(hits, reading)
        low, high = reading.span
        for pattern, start, end in hits:
            if start < low or end > high or not _bounded(reading.plain, start, end):
                continue
            for form in self._likely_first(self._forms[self._patterns[pattern]], reading):
                candidate = (
                    self._abbreviated(form, start, end, reading, named) if form.abbreviation else self._named(form, start, end, reading)
                )
                if candidate is not None and (about or not _weakly_marked(reading, candidate, form)):
                    yield candidate
                    break

    def _likely_first(self, forms: list[_Form], reading: Reading) -> list[_Form]:
        """Of several initiatives of one name, first the one whose other names have most words in common with the head of the article."""
        if len(forms) == 1:
            return forms
        words = frozenset(re.findall(r"[^\W\d_]{3,}", reading.plain[:_HEAD].lower()))
        return sorted(forms, key=lambda form: (-len(words & self._words[form.initiative.id]), form.mark, form.initiative.id))

    def _named_in_full(self, hits: list[tuple[int, int, int]], reading: Reading) -> frozenset[str]:
        """The initiatives that stand in the text under a name, so that their abbreviations may stand for them."""
        return frozenset(
            form.initiative.id
            for pattern, start, end in hits
            for form in self._forms[self._patterns[pattern]]
            if not form.abbreviation and _bounded(reading.plain, start, end) and _cased(form.text, reading.plain[start:end])
        )

    def _abbreviated(self, form: _Form, start: int, end: int, reading: Reading, named: frozenset[str]) -> Candidate | None:
        plain = reading.plain
        if plain[start:end] != form.text:
            return None
        known = form.initiative
        telling = len(form.text) >= 4 and (not form.text.isupper() or not _VOWEL.search(form.text))
        bracketed = plain[max(0, start - 1) : start] in ("(", "（") and plain[end : end + 1] in (")", "）")
        if not (known.id in named or telling or (bracketed and not form.text.islower())):
            return None
        if not _ours(known):
            return Candidate(start, end, RULE, 0.9, "an abbreviation of others", known.id, blocked=True)
        return Candidate(start, end, RULE, 0.9, "a known abbreviation", known.id, abbreviation=form.text)

    def _named(self, form: _Form, start: int, end: int, reading: Reading) -> Candidate | None:
        known, plain = form.initiative, reading.plain
        begin, adjacent = marks_before(reading, start)
        if form.mark and not _accompanied(form, reading, start, end, adjacent):
            return None
        lower_ok = known.casing != "proper" or adjacent
        if not has_cjk(form.text) and not _cased(form.text, plain[start:end]) and (form.strict or not (lower_ok and _wordy(form))):
            return None
        sentence = reading.sentence(start)
        if known.trilateral and not adjacent and _owned_by_others(reading, start):
            return None
        if known.trilateral and reading.alien(max(sentence.start, start - 40), end) and not adjacent:
            return None
        if not _ours(known):
            return Candidate(start, end, RULE, 1.0, "a known name of others", known.id, blocked=True)
        begin = max(begin, sentence.start)
        return _with_abbreviation(Candidate(begin, end, RULE, 1.0, "a known name", known.id, head=_head(form.text)), plain)


def _words_of(known: Initiative) -> frozenset[str]:
    names = " ".join((known.name, *(name for names in known.names.values() for name in names))).lower()
    return frozenset(re.findall(r"[^\W\d_]{3,}", names)) - {"trilateral", "the", "and", "meeting"}


def _weakly_marked(reading: Reading, candidate: Candidate, form: _Form) -> bool:
    """Tell whether a name of the three stands with a word like "trilateral" only, and not with their names."""
    if not form.initiative.trilateral:
        return False
    start, end = candidate.start, candidate.end
    return meets(reading.weak, start, end) and not meets(reading.together, start, end)


def _ours(known: Initiative) -> bool:
    return known.trilateral or known.scope == "wider"


def _forms(initiative: Initiative, land: Land) -> Iterator[_Form]:
    seen = {name for names in initiative.names.values() for name in names}
    if initiative.casing != "generic":
        seen.add(initiative.name)
    for name in sorted(seen):
        if name in initiative.abbreviations:
            continue
        core, stripped = strip_marks(name, land)
        yield _Form(initiative, re.sub("^[Tt]he ", "", name), "", strict=stripped and not _telling(core))
        if stripped and initiative.trilateral and _telling(core):
            yield _Form(initiative, core, _mark_needed(core))
    for abbreviation in initiative.abbreviations:
        yield _Form(initiative, abbreviation, "", abbreviation=True)


def _telling(core: str) -> bool:
    """Tell whether a core says anything beside its marks: two words at least, or a head of which the three have only one."""
    if has_cjk(core):
        bare = core.replace(" ", "")
        return len(bare) - len(eastern_head(bare)) >= 2 or bare in ("사무국", "핫라인", "事務局")
    return len(core.split()) >= 2 or core.lower() in ONLY_ONES


def _mark_needed(core: str) -> str:
    """``beside`` where the core says little alone, ``sentence`` where its sentence must speak of the three."""
    if has_cjk(core):
        bare = core.replace(" ", "")
        return "sentence" if len(bare) - len(eastern_head(bare)) >= 6 else "beside"
    words = core.split()
    heads = {head_of(word.strip("'")) for word in words}
    return "beside" if len(words) < 3 or heads & (MEETING_ONLY | WEAK | {"statement"}) or not core[:1].isupper() else "sentence"


def _accompanied(form: _Form, reading: Reading, start: int, end: int, adjacent: bool) -> bool:
    if adjacent:
        return True
    if form.mark == "beside":
        return False
    sentence = reading.sentence(start)
    return reading.marked(sentence.start, max(end, sentence.end)) or reading.short or reading.field == "title"


def _variants(text: str) -> frozenset[str]:
    """British and American spelling, and the article inside ("on the", "on")."""
    found = {text}
    for one, other in (
        ("programme", "program"),
        ("program", "programme"),
        ("defense", "defence"),
        (" on the ", " on "),
        (" for the ", " for "),
        (" on ", " on the "),
    ):
        found |= {form.replace(one, other) for form in found if one in form and "programmemme" not in form.replace(one, other)}
    return frozenset(form.strip() for form in found if form.strip())


def _bounded(plain: str, start: int, end: int) -> bool:
    """Word boundaries: Latin letters end a word (a plural s may follow); Hangul and Katakana must not begin inside a word."""
    before, after = plain[start - 1 : start], plain[end : end + 1]
    first, last = plain[start], plain[end - 1]
    if first.isascii() and _WORD.match(first) and before.isascii() and _WORD.match(before):
        return False
    if _KANA.match(first) and _KANA.match(before):
        return False
    if last.isascii() and _WORD.match(last) and after.isascii() and _WORD.match(after):
        return after == "s" and not _WORD.match(plain[end + 1 : end + 2] or " ") and last.islower()
    return not (_KANA.match(last) and _KANA.match(after))


def _cased(form: str, stands: str) -> bool:
    """Tell whether capitals stand where the form has them (or everywhere)."""
    if has_cjk(form) or stands.isupper():
        return True
    ours, theirs = re.findall(r"[A-Za-z]+", form), re.findall(r"[A-Za-z]+", stands)
    return len(ours) != len(theirs) or all(
        t[:1].isupper() for o, t in zip(ours, theirs, strict=True) if o[:1].isupper() and o.lower() not in DETERMINERS
    )


def _wordy(form: _Form) -> bool:
    return len(form.text.split()) >= 2 or form.text.lower() in ONLY_ONES


def _owned_by_others(reading: Reading, start: int) -> bool:
    """Tell whether a country (or an acronym) stands right before the name: then it is that country's, or some pair's."""
    before = reading.plain[max(0, start - 60) : start]
    tail = [m for m in reading.land.country.finditer(before) if re.fullmatch(r"(?:'s)?[\s-]{0,2}(?:bilateral |joint )?", before[m.end() :])]
    return bool(tail) or re.search(r"\b[A-Z]{3,6}(?:'s)?[ -]$", before) is not None


def _head(name: str) -> str:
    if has_cjk(name):
        return eastern_head(name.replace(" ", ""))
    return next((head_of(word) for word in reversed(re.findall(r"[A-Za-z]+", name)) if head_of(word)), "")


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
