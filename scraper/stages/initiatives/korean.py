"""Unknown names in Korean: the three and a head noun ("한미일 사무국"), names in quotes beside a head noun ("'OO' 훈련"), things being founded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scraper.stages.initiatives.eastern import (
    EASTERN_HEADS,
    KOREAN_CREATION,
    KOREAN_EXERCISE,
    KOREAN_PARTICLES,
    KOREAN_STRONG,
    KOREAN_WEAK,
    eastern_head,
)  # fmt: skip
from scraper.stages.initiatives.marks import marks_before
from scraper.stages.initiatives.reading import Candidate, Reading
from scraper.text import Span

HEADED = "headed-ko/1"
QUOTED = "quoted-ko/1"
FOUNDED = "founded-ko/1"
_HANGUL = "\uac00-\ud7a3"
_TOKEN = re.compile(rf"[{_HANGUL}A-Za-z0-9·∙・‧ㆍ\-]+")
_NOUN_END = re.compile(rf"(?P<noun>.*?)(?P<particle>{KOREAN_PARTICLES})?$")
_MODIFIER_END = re.compile(
    r"(?:하는|되는|있는|없는|위한|대한|관한|통한|따른|한|된|될|할|인|의|은|는|이|가|을|를|에|에서|로|으로|와|과|고|며|도|서|해|게|등)$"
)
_SUBJECT = re.compile(r"(?:은|는|이|가|의) ")
_CREATION = re.compile(KOREAN_CREATION)
_QUOTES = re.compile(r"'([^'\"\n]{2,40})'|\"([^'\"\n]{2,40})\"|[「『《〈<]([^「」『』《》〈〉<>\n]{2,40})[」』》〉>]")
_AFTER_QUOTE = re.compile(
    rf"\s?(?:\([^()\n]{{1,60}}\))?\s?(?:[{_HANGUL}\d]{{1,6}} ){{0,2}}?(?:다영역 |연합|합동|공동)?(?:{KOREAN_EXERCISE}|{'|'.join(KOREAN_STRONG)})"
)
_BEFORE_QUOTE = re.compile(rf"(?:{KOREAN_EXERCISE}|{'|'.join(KOREAN_STRONG)})(?:인|으로| 명칭은)?\s?$")
_SPEECH = re.compile(r"(?:다|요|까|자|며|고|라|해야|필요|된다|한다)[.?!]?$|[.?!,…]|\s(?:은|는|이|가)\s")
_ENGLISH = re.compile(r"\s?\n?\(\s?([A-Z][A-Za-z0-9 ,.'&-]{1,70})\s?\)")
_INSTANCE = re.compile(r"(?:제\s?(\d{1,3})\s?차|(\d{1,3})차|(첫)|(20\d\d)(?:년)?)\s*$")
_OTHERS = re.compile(r"유엔|국제|다자|양자|다국적")
_FAR = 7


def korean(reading: Reading, span: Span) -> Iterator[Candidate]:
    """Yield the names of one sentence."""
    yield from _after_the_three(reading, span)
    yield from _in_quotes(reading, span)


def _after_the_three(reading: Reading, span: Span) -> Iterator[Candidate]:
    for mark in reading.marks_in(span):
        candidate = _headed(reading, span, mark.end)
        if candidate is not None:
            yield candidate


def _headed(reading: Reading, span: Span, after: int) -> Candidate | None:
    """The noun phrase after a mark, up to its last head noun; a particle of a modifier inside it ends it without a name."""
    topic = _SUBJECT.match(reading.plain, after, span.end)
    if topic is not None:
        return _founded(reading, span, topic.end())
    found = _head_end(reading.plain, after, span.end)
    if found is None:
        return None
    end, head = found
    start = marks_before(reading, after + _gap(reading.plain, after))[0]
    content = re.sub(rf"[\s·\-]|^간|{head}$", "", reading.plain[after:end])
    instance, front = _instance(reading.plain, start, span.start)
    start = _annual(reading.plain, start, span.start)
    if head in KOREAN_STRONG and (len(content) >= 2 or head in ("사무국", "협의체", "핫라인", "실무그룹")):
        return Candidate(
            start, end, HEADED, 0.75 if len(content) >= 2 else 0.7, "the three and a head noun", head=KOREAN_STRONG[head], instance=instance
        )
    created = _CREATION.search(reading.plain[end : min(span.end, end + 16)]) is not None
    if (
        len(content) >= 2
        and head in KOREAN_WEAK
        and (front or (created and KOREAN_WEAK[head] in ("body", "exercise", "programme", "system")))
    ):
        return Candidate(
            start,
            end,
            HEADED,
            0.55,
            "a series of the three with its number" if front else "an activity of the three being founded",
            head=KOREAN_WEAK[head],
            instance=instance,
        )
    return None


def _founded(reading: Reading, span: Span, start: int) -> Candidate | None:
    """What the three, as the subject of the sentence, bring into being: its name does not carry them."""
    found = _head_end(reading.plain, start, span.end)
    if found is None or found[1] not in KOREAN_STRONG or _OTHERS.search(reading.plain, start, found[0]):
        return None
    end, head = found
    content = re.sub(rf"[\s·\-]|{head}$", "", reading.plain[start:end])
    if len(content) < 2 or not _CREATION.search(reading.plain[end : min(span.end, end + 16)]):
        return None
    return Candidate(start, end, FOUNDED, 0.65, "founded by the three", head=KOREAN_STRONG[head])


def _gap(plain: str, after: int) -> int:
    match = re.compile(r"[\s·\-]{0,2}").match(plain, after)
    return match.end() - after if match else 0


def _head_end(plain: str, after: int, limit: int) -> tuple[int, str] | None:
    best: tuple[int, str] | None = None
    position, count = after, 0
    while count < _FAR:
        match = _TOKEN.match(plain, position + (plain[position : position + 1] == " "))
        if match is None or match.end() > limit:
            return best
        noun, particle = _split(match.group())
        head = eastern_head(noun)
        if head in KOREAN_STRONG or (head in KOREAN_WEAK and not (best and best[1] in KOREAN_STRONG)):
            best = (match.start() + len(noun), head)
        if particle or (not head and _MODIFIER_END.search(noun) and len(noun) > 1 and count):
            return best
        position, count = match.end(), count + 1
    return best


def _split(token: str) -> tuple[str, str]:
    """A token as (noun, particle); a head noun that happens to end like a particle keeps its end."""
    if eastern_head(token):
        return token, ""
    match = _NOUN_END.fullmatch(token)
    noun, particle = (match["noun"], match["particle"] or "") if match else (token, "")
    return (noun, particle) if particle and eastern_head(noun) else (token, "") if len(noun) < 2 else (noun, particle)


def _instance(plain: str, start: int, low: int) -> tuple[str, bool]:
    match = _INSTANCE.search(plain[max(low, start - 12) : start])
    if match is None:
        return "", False
    return (match[1] or match[2] or match[4] or "1"), bool(match[1] or match[2])


def _annual(plain: str, start: int, low: int) -> int:
    match = re.search(r"(?:연례|정례) $", plain[max(low, start - 3) : start])
    return start - len(match.group()) if match else start


def _in_quotes(reading: Reading, span: Span) -> Iterator[Candidate]:
    for match in _QUOTES.finditer(reading.plain, span.start, span.end):
        inner = next(i for i in (1, 2, 3) if match[i] is not None)
        start, end = match.span(inner)
        candidate = _quoted(reading, span, start, end, match.end())
        if candidate is not None:
            yield candidate


def _quoted(reading: Reading, span: Span, start: int, end: int, close: int) -> Candidate | None:
    name = reading.plain[start:end]
    english = _ENGLISH.search(name) or _ENGLISH.match(reading.plain, close)
    inner = re.sub(r"\s?\([^()]*\),?$", "", name).rstrip(", ")
    lead = re.match(r"20\d\d ", inner)
    begin, finish = start + (lead.end() if lead else 0), start + len(inner)
    if (
        not inner
        or _SPEECH.search(inner)
        or _OTHERS.search(inner)
        or reading.land.bodies.search(inner)
        or reading.land.stop.fullmatch(inner)
        or reading.alien(start, end)
    ):
        return None
    own, around = reading.marked(begin, finish), reading.short or reading.marked(span.start, span.end)
    head = eastern_head(inner.replace(" ", ""))
    after = _AFTER_QUOTE.match(reading.plain, close, min(span.end, close + 80))
    before = _BEFORE_QUOTE.search(reading.plain[max(span.start, start - 20) : start - 1])
    grade = _grade(inner, head, own=own, around=around, beside=bool(after or before), english=english is not None)
    if not grade:
        return None
    family = EASTERN_HEADS.get(head, "") or _family_beside(after, before)
    return Candidate(
        begin,
        finish,
        QUOTED,
        grade,
        "a name in quotes",
        head=family,
        instance=(lead.group().strip() if lead else ""),
        abbreviation=english.group(1).strip() if english else "",
    )


def _grade(inner: str, head: str, *, own: bool, around: bool, beside: bool, english: bool) -> float:
    if len(inner) < 3 or len(inner.split()) > 6:
        return 0.0
    if own and head and EASTERN_HEADS[head] != "cooperation" and (head in KOREAN_STRONG or len(inner.replace(" ", "")) >= len(head) + 4):
        return 0.8
    if beside and around:
        return 0.75
    if (
        head
        and around
        and (head in KOREAN_STRONG or KOREAN_WEAK.get(head) == "document" or english)
        and len(inner.replace(" ", "")) > len(head) + 1
    ):
        return 0.65
    return 0.0


def _family_beside(after: re.Match[str] | None, before: re.Match[str] | None) -> str:
    words = (after.group() if after else before.group() if before else "").replace(" ", "")
    return EASTERN_HEADS.get(eastern_head(re.sub(r"(?:인|으로|명칭은)$", "", words)), "")
