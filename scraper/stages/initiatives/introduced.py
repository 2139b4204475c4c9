"""Names without a head noun, taken for one because of how they are brought in: "exercise NAME", "the NAME exercise", "programs like NAME (ABBR)"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from scraper.stages.initiatives.evidence import kind_of_text, of_an_office
from scraper.stages.initiatives.lexicon import CATEGORIES, CREATION, DETERMINERS, LEADING, MONTHS, WIDER
from scraper.stages.initiatives.phrases import headlined
from scraper.stages.initiatives.reading import Candidate, Reading, meets
from scraper.stages.initiatives.tokens import vocabulary
from scraper.stages.initiatives.voice import together_act
from scraper.text import Span

RULE = "introduced/1"
_WORD = r"[A-Z][A-Za-z'-]{1,30}"
_NAME = rf"{_WORD}(?: (?:of |the |for |and )?{_WORD}){{0,4}}"
_CATEGORY = "|".join(sorted(CATEGORIES, key=lambda word: (-len(word), word)))
_QUOTE = "[\"']"
_YEAR = r"(?:20\d\d )?"
_LINK = r"(?:such as|like|including|called|named|titled|entitled|dubbed|known as|code-?named|designated)"
_AFTER_CATEGORY = re.compile(
    rf"\b(?P<category>{_CATEGORY}),? (?:(?P<link>{_LINK}) (?:the )?)?(?P<open>{_QUOTE}?){_YEAR}(?P<name>{_NAME})(?P<close>{_QUOTE}?)",
    re.ASCII,
)
_BEFORE_CATEGORY = re.compile(
    rf"(?<![A-Za-z'])(?P<open>{_QUOTE}?)(?P<year>{_YEAR})(?P<name>{_NAME})(?P<close>{_QUOTE}?) (?:[a-z-]{{3,20}} ){{0,4}}?"
    r"(?P<category>exercises?|drills?|program(?:me)?|initiative|project|operation)\b",
    re.ASCII,
)
_THING = re.compile(r" (?:exercise|drill|program|initiative|project|operation)")
_CATEGORIES = frozenset(CATEGORIES)
_EXERCISE = re.compile(rf"\b(?:Exercise|Operation) (?P<open>{_QUOTE}?)(?P<name>{_NAME})", re.ASCII)
_WITH_ABBREVIATION = re.compile(rf"(?<![A-Za-z'])(?P<name>{_NAME}) \((?P<abbreviation>[A-Z][A-Z-]{{1,6}}[A-Z])\)", re.ASCII)
_SHORTENED = re.compile(r" \([A-Z][A-Z-]{1,6}[A-Z]\)")
_CREATION = re.compile(rf"\b(?:{CREATION})\b", re.IGNORECASE)
_SHORT = re.compile(r"\s?\(([A-Z][A-Z-]{1,7})\)")
_NOT_NAMES = LEADING | DETERMINERS | MONTHS | WIDER


def introduced(reading: Reading, span: Span) -> Iterator[Candidate]:
    """Yield the names in one sentence that are brought in as exercises, programmes or initiatives."""
    for candidate in _in_a_sentence(reading, span):
        if headlined(reading, span):
            return
        yield candidate


def _in_a_sentence(reading: Reading, span: Span) -> Iterator[Candidate]:
    line = reading.plain[span.start : min(span.end, span.start + 4000)]
    category = not _CATEGORIES.isdisjoint(vocabulary(reading, span))
    for match in _AFTER_CATEGORY.finditer(line) if category else ():
        if match["link"] or match["open"] or not match["category"].endswith("s"):
            yield from _named(reading, span, match, match["category"], sure=bool(match["link"] or match["open"]))
    for match in _EXERCISE.finditer(line) if category else ():
        yield from _named(reading, span, match, "exercise", sure=True)
    for match in _BEFORE_CATEGORY.finditer(line) if category and _THING.search(line) else ():
        yield from _named(reading, span, match, match["category"].rstrip("s"), sure=bool(match["open"]))
    for match in _WITH_ABBREVIATION.finditer(line) if " (" in line and _SHORTENED.search(line) else ():
        if _initials(match["name"], match["abbreviation"]):
            yield from _abbreviated(reading, span, match)


def _named(reading: Reading, span: Span, match: re.Match[str], category: str, *, sure: bool) -> Iterator[Candidate]:
    start, end = bare(match["name"], span.start + match.start("name"))
    name = reading.plain[start:end]
    if len(name.split()) < 2 and not (sure and match["open"]):
        return
    if refused(reading, name, start, end):
        return
    sentence = together_act(reading, span.start, span.end)
    if not (sentence or (sure and _created_near(reading, span, start))):
        return
    confidence = 0.75 if sentence else 0.55
    year = re.search(r"(20\d\d) $", reading.plain[max(0, start - 5) : start])
    yield Candidate(
        start, end, RULE, confidence, f"brought in as {category}", head=CATEGORIES[category], instance=year.group(1) if year else "",
        abbreviation=_abbreviation(reading, end),
    )  # fmt: skip


def _abbreviated(reading: Reading, span: Span, match: re.Match[str]) -> Iterator[Candidate]:
    """A name that carries "trilateral" or is being created, with an abbreviation of its own."""
    start, end = bare(match["name"], span.start + match.start("name"))
    name = reading.plain[start:end]
    own = "trilateral" in name.lower()
    if len(name.split()) < 2 or refused(reading, name, start, end):
        return
    if own or (together_act(reading, span.start, span.end) and _created_near(reading, span, start)):
        yield Candidate(start, end, RULE, 0.8 if own else 0.6, "a name with an abbreviation of its own", abbreviation=match["abbreviation"])


def _created_near(reading: Reading, span: Span, start: int) -> bool:
    return _CREATION.search(reading.plain[max(span.start, start - 60) : start]) is not None


def bare(name: str, start: int) -> tuple[int, int]:
    """Return the ends of a name without leading articles, adverbs and trailing small words."""
    end = start + len(name.rstrip("'"))
    words = name.split(" ")
    while len(words) > 1 and (words[0].lower() in _NOT_NAMES or words[0].lower().endswith("ly")) and words[:2] != ["Next", "Generation"]:
        start += len(words[0]) + 1
        words = words[1:]
    return start, end


def refused(reading: Reading, name: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` is no name of a thing: a country, place, office, person's title or month, or somebody else's."""
    if reading.land.country.search(name) or any(reading.land.stops(name, 0, len(name))) or of_an_office(name) or kind_of_text(name):
        return True
    words = [word.lower().strip("'") for word in name.split()]
    if all(word in _NOT_NAMES for word in words) or words[0] in ("president", "prime", "foreign", "defense", "defence", "vice"):
        return True
    before = reading.plain[max(0, start - 40) : start]
    owner = [m for m in reading.land.country.finditer(before) if re.fullmatch(r"(?:'s)?[\s-]{1,2}", before[m.end() :])]
    cut_off = end >= len(reading.text)
    return bool(owner) or cut_off or _pair_before(reading, start) or end <= start


def _pair_before(reading: Reading, start: int) -> bool:
    """Tell whether a compound of two countries, and not of the three, stands shortly before."""
    near = list(reading.land.country.finditer(reading.plain, max(0, start - 50), start))
    joined = any(re.fullmatch(r"\s?[-/]\s?", reading.plain[a.end() : b.start()]) for a, b in itertools.pairwise(near))
    return joined and not meets(reading.together, start - 50, start)


def _initials(name: str, abbreviation: str) -> bool:
    letters = "".join(word[0] for word in re.split(r"[\s-]", name) if word and word[0].isupper())
    return abbreviation.replace("-", "") in letters or letters in abbreviation


def _abbreviation(reading: Reading, end: int) -> str:
    match = _SHORT.match(reading.plain, end)
    return match.group(1) if match else ""
