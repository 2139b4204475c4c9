"""English names without a head noun that a table knows: told by who bears them and by what is done with them.

Four signs, each enough with the watched parties acting in the sentence: the three stand in the name ("the Trilateral Cyber Range"); it is the
object of a verb of founding ("launched the Blue Lantern Cadet Cruise"); what it is follows it ("STARBRIDGE, a flagship effort on ..."); it
stands in quotation marks beside a word for what it is (an exercise, "Granite Lantern").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scraper.stages.initiatives.evidence import kind_of_text, of_an_office
from scraper.stages.initiatives.introduced import bare, refused
from scraper.stages.initiatives.lexicon import CATEGORIES, FAMILY, MONTHS, PEOPLE, WEAK, head_of, words
from scraper.stages.initiatives.phrases import headlined, marked
from scraper.stages.initiatives.reading import Candidate, Reading
from scraper.stages.initiatives.tokens import Token, tokens, vocabulary
from scraper.stages.initiatives.voice import together_act
from scraper.text import Span

RULE = "coined/1"
_LIMIT = 4000
_WORD = r"[A-Z][A-Za-z0-9'-]{1,30}"
_NAME = rf"{_WORD}(?: (?:(?:of|for|in|on|and|the) ){{0,2}}{_WORD}){{0,6}}"
_FOUNDING = (
    r"launch(?:ed|ing|es)?|organi[sz](?:e|ed|ing)|establish(?:ed|ing|es)?|creat(?:e|ed|es|ing)|set(?:ting)? up|inaugurat(?:e|ed|ing)|unveil(?:ed|ing)?|activat(?:e|ed|ing)|"
    r"(?:bring(?:ing)?|brought) (?:into (?:being|service|life)|forward)|co-?fund(?:ed|ing)?|put(?:ting)? in place|field(?:ed|ing)|trial run (?:of|for)|"
    r"(?:launch|establishment|creation|start|inauguration|activation),? (?:[a-z ]{0,12}at the [^,.;]{1,40}, )?of"
)
_PLANNED = (
    r"options? for|talk of|(?:idea|concept|feasibility|possibility) of|proposals? for|plans? for|work(?:ing)? (?:on|toward)|"
    r"explor(?:e|ed|ing)"
)
"""What is said of a thing that is not there yet; its name has an indefinite article."""
_INTENDED = re.compile(rf"\b(?:{_PLANNED}) an? (?:(?:new|joint|possible|future) )?(?P<name>{_NAME})", re.ASCII)
_JOINTS = re.compile(r" (?:(?:of|for|in|on|and|the) )+")
_IN_FIELD = re.compile(r" (?:of|for|in|on|and) ")
_FRESH = re.compile(
    rf"\bnewly (?:built|opened|created|established|formed|founded|launched|minted) (?P<name>{_NAME})(?=, (?:an?|our|the first) )", re.ASCII
)
_DECLARED = re.compile(
    rf"\b(?:nam|declar|designat|proclaim|dedicat)(?:e|ed|es|ing) (?:[a-z]{{1,10}} ){{0,2}}(?:19|20)\d\d,? (?:as |to be )?(?:the |an? )?"
    rf"(?P<name>(?:{_WORD} ){{0,2}}(?:Year|Decade|Month|Week|Season) (?:of|for) {_NAME})",
    re.ASCII,
)
_FOUNDERS = words(
    "launch launched launching launches organize organise organized organised organizing organising establish established establishing establishes "
    "create created creates creating set setting inaugurate inaugurated inaugurating unveil unveiled unveiling activate activated activating bring "
    "bringing brought fund funded funding cofund cofunded cofunding put putting fielded fielding trial establishment creation start inauguration activation"
)
"""One of these stands in every sentence that a verb of founding does."""
_PLANNERS = words(
    "option options talk idea concept feasibility possibility proposal proposals plan plans work working explore explored exploring"
)
_SPELLS = words("year decade month week season")
_FOUNDED = re.compile(rf"\b(?:{_FOUNDING}) (?:the|an?|our|their) (?:(?:new|first|joint|inaugural) ){{0,2}}(?P<name>{_NAME})", re.ASCII)
_THINGS = {
    *FAMILY,
    *words("effort hackathon course tour voyage festival prize award certificate venture contest game school camp tool website"),
}
_THING = "|".join(sorted(_THINGS - words("letter spirit alliance office line watch meeting summit")))
_APPOSED = re.compile(
    rf"(?<![A-Za-z'.-])(?P<name>{_NAME})(?:,| \([A-Z-]{{2,10}}\),) (?:an?|our) (?:[\w'-]{{1,30}} ){{0,5}}?(?P<category>{_THING})\b",
    re.ASCII,
)
_QUOTED = re.compile(
    rf"\b(?P<category>{'|'.join(sorted(CATEGORIES, key=lambda word: (-len(word), word)))})\b[^.\"]{{0,40}}?\"(?P<name>{_WORD}(?: {_WORD}){{0,4}})[,.]?\"",
    re.ASCII,
)
_NAMED_AFTER = re.compile(
    rf"\b(?:[Aa]n?|our|new) (?:[\w'-]{{1,30}} ){{0,5}}?(?P<category>{_THING}), (?:the )?(?P<name>{_NAME})(?=[,.;])", re.ASCII
)
_NAME_AFTER_COMMA = re.compile(rf"[a-z], (?:the )?(?={_WORD})")
_LABELLED = re.compile(
    rf"[\W\d_]{{0,6}}(?P<name>{_NAME})(?::| -) (?:An?|Our) (?:[\w'-]{{1,30}} ){{0,4}}?(?P<category>{_THING})\b", re.ASCII
)
_CALLED = re.compile(
    rf"\b(?:called|named|dubbed|titled|entitled|unveil(?:ed|ing)|launch(?:ed|ing)|announc(?:ed|ing)) (?:the )?"
    rf"\"(?P<name>{_WORD}(?: {_WORD}){{0,4}})[,.]?\"",
    re.ASCII,
)
_BROUGHT = re.compile(
    r"\b(?:proposals?|proposed|launch\w*|start\w*|creat\w+|establish\w*|unveil\w*|announc\w+|sign\w*|activat\w+|inaugurat\w+|form\w*) "
    r"(?:of |for |on )?(?:the |an? )?$"
)
_EVENT = re.compile(
    rf"\b[Dd]uring (?:the )?(?P<name>{_NAME})(?P<year> (?:20)?\d\d)?, (?:an?|our) (?:[\w'-]{{1,30}} ){{0,5}}?"
    r"(?P<category>exercise|drill|event|rehearsal|wargame|tabletop|demonstration|competition)\b",
    re.ASCII,
)
_ENDED = re.compile(
    r"[\"']?(?:[,;:)](?!\.)|\.(?!\.)|\s(?:\(|-|(?:in|at|on|for|to|of|and|or|with|by|this|next|last|which|that|as|during|from|between|among|where|without|within|before|after|under|through|until|once|"
    r"who|whose|will|is|was|has|were|are|would|had)\b))"
)
"""What may stand after a name: nothing that it would only be an attribute of, and not the end of a text that was cut off."""
_NO_THING = (
    words(
        "cooperation coordination collaboration relations relationship ties security unity engagement efforts events visit visits issues matters era press "
        "remarks readout agenda affairs defense defence policy leaders' ministers' allies partners exercises day time trade week month season war holiday solution settlement bid"
    )
    | PEOPLE
    | WEAK
)


_BROUGHT_IN = (
    (_FOUNDED, _FOUNDERS, "founded by the three"),
    (_INTENDED, _PLANNERS, "thought of by the three"),
    (_FRESH, words("newly"), "just made"),
    (_DECLARED, _SPELLS, "declared so"),
)
"""Rules with the words of which one stands in every sentence that they can find something in."""


def coined(reading: Reading, span: Span) -> Iterator[Candidate]:
    """Yield the names in one sentence that no head noun tells; whether it is a headline is asked only where one was found."""
    for candidate in _in_a_sentence(reading, span):
        if headlined(reading, span):
            return
        yield candidate


def _in_a_sentence(reading: Reading, span: Span) -> Iterator[Candidate]:
    if reading.marks_in(span):
        yield from _of_the_three(reading, tokens(reading, span))
    text = reading.plain[span.start : min(span.end, span.start + _LIMIT)]
    yield from _brought_into_being(reading, span, text)
    if ", " in text:
        yield from _in_apposition(reading, span, text)
    labelled = _LABELLED.match(text)
    if labelled is not None and reading.led_by_ours:
        yield from _judged(reading, span, labelled, f"it heads a paragraph, as {labelled['category']}", 0.65, together=True)
    if '"' in text:
        yield from _in_quotation_marks(reading, span, text)


def _brought_into_being(reading: Reading, span: Span, text: str) -> Iterator[Candidate]:
    """The objects of verbs of founding, of planning, of naming a year."""
    known = vocabulary(reading, span)
    for rule, words_of_it, why in _BROUGHT_IN:
        for match in rule.finditer(text) if not words_of_it.isdisjoint(known) else ():
            yield from _judged(reading, span, match, why, 0.65)


def _in_apposition(reading: Reading, span: Span, text: str) -> Iterator[Candidate]:
    for match in _EVENT.finditer(text) if "uring " in text else ():
        yield from _judged(reading, span, match, f"brought in as {match['category']}", 0.7)
    for match in _APPOSED.finditer(text) if ", a" in text or ", our " in text else ():
        if _BROUGHT.search(text[: match.start("name")][-40:]):
            yield from _judged(reading, span, match, f"brought in as {match['category']}", 0.7)
    for match in _NAMED_AFTER.finditer(text) if _NAME_AFTER_COMMA.search(text) else ():
        yield from _judged(reading, span, match, f"brought in as {match['category']}", 0.65)


def _in_quotation_marks(reading: Reading, span: Span, text: str) -> Iterator[Candidate]:
    for match in _CALLED.finditer(text):
        alone = reading.led_by_ours and reading.land.country.search(text) is None
        yield from _judged(reading, span, match, "so called, in quotation marks", 0.65, together=alone)
    for match in _QUOTED.finditer(text):
        yield from _judged(reading, span, match, f"in quotation marks beside {match['category']}", 0.7)


def _of_the_three(reading: Reading, line: tuple[Token, ...]) -> Iterator[Candidate]:
    """A compound of the three or "Trilateral" and two capitalised words or more, none of them a head noun."""
    for index, token in enumerate(line):
        if (
            not token.capital
            or not (token.kind == "ours" or token.low[:3] in ("tri", "thr"))
            or not marked([token])
            or (index and marked([line[index - 1]]))
        ):
            continue
        end = _last_word(line, index)
        run = line[index : end + 1]
        name = [t for t in run[1:] if not marked([t])]
        whole = _ENDED.match(reading.plain, run[-1].end) is not None
        if (
            whole
            and len(name) >= 2
            and not any(t.head for t in run)
            and name[-1].low not in _NO_THING
            and not _text_or_office(reading, run)
        ):
            yield Candidate(run[0].start, run[-1].end, RULE, 0.65, "the three stand in the name")


def _last_word(line: tuple[Token, ...], index: int) -> int:
    """The index of the last capitalised word that follows without a break, a plural's apostrophe counted in."""
    while index + 1 < len(line):
        following = line[index + 1]
        apostrophe = following.text == "'" and line[index].low.endswith("s") and index + 2 < len(line) and line[index + 2].capital
        if not apostrophe and not (following.capital and following.kind in ("word", "ours")):
            break
        index += 2 if apostrophe else 1
    return index


def _text_or_office(reading: Reading, run: tuple[Token, ...]) -> bool:
    name = reading.plain[run[0].start : run[-1].end]
    return kind_of_text(name) or of_an_office(name) or any(t.low in PEOPLE or t.low in MONTHS for t in run)


def _judged(
    reading: Reading, span: Span, match: re.Match[str], why: str, confidence: float, *, together: bool = False
) -> Iterator[Candidate]:
    start, end = bare(match["name"], span.start + match.start("name"))
    name = reading.plain[start:end]
    last = name.rsplit(" ", 1)[-1].lower()
    single = " " not in name
    ended = match.re not in (_FOUNDED, _INTENDED, _FRESH) or _ENDED.match(reading.plain, end) is not None
    if (
        not ended
        or refused(reading, name, start, end)
        or last in _NO_THING
        or (match.re is _INTENDED and _IN_FIELD.split(name)[0].rsplit(" ", 1)[-1].lower() in _NO_THING)
        or (single and not _coinage(name, match))
        or (_has_head(name) and match.re is not _CALLED)
    ):
        return
    if together or together_act(reading, span.start, span.end):
        category = match.groupdict().get("category") or ""
        yield Candidate(start, end, RULE, confidence, why, head=CATEGORIES.get(category) or FAMILY.get(category, ""))


def _coinage(name: str, match: re.Match[str]) -> bool:
    """One word is a name of a thing if it is written like one (capitals inside) or stands in quotation marks."""
    return sum(c.isupper() for c in name) >= 2 or match.re in (_QUOTED, _CALLED)


def _has_head(name: str) -> bool:
    """A head noun at the end of one of its phrases: the rule for those has judged it."""
    return any(head_of(phrase.rsplit(" ", 1)[-1]) for phrase in _JOINTS.split(name))
