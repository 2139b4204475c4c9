"""Unknown names in Japanese: the three and a head noun (日米韓調整事務局), names in brackets beside one (共同訓練「…」), things being founded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scraper.stages.initiatives.eastern import (
    EASTERN_HEADS,
    JAPANESE_CREATION,
    JAPANESE_EXERCISE,
    JAPANESE_STRONG,
    JAPANESE_WEAK,
    eastern_head,
)  # fmt: skip
from scraper.stages.initiatives.marks import marks_before
from scraper.stages.initiatives.reading import Candidate, Reading
from scraper.text import Span

HEADED = "headed-ja/1"
QUOTED = "quoted-ja/1"
FOUNDED = "founded-ja/1"
_NOUN = "\u4e00-\u9fff\u3005\u30a1-\u30fa\u30fc・･A-Za-z0-9"
_STRONG = "|".join(sorted(JAPANESE_STRONG, key=lambda head: (-len(head), head)))
_WEAK = "|".join(sorted(JAPANESE_WEAK, key=lambda head: (-len(head), head)))
_PHRASE = re.compile(rf"(?:間の|の)?(?P<body>(?:及び|枠組み|取決め|取り決め|に関する|のための|[{_NOUN}]){{1,40}})")
_BRACKETS = re.compile(r"[「『]([^「」『』\n]{2,50})[」』]")
_AFTER = re.compile(rf"(?:\([^()\n]{{1,60}}\))?(?:と題する|という|の)?(?:共同|合同)?(?:{JAPANESE_EXERCISE}|{_STRONG})")
_BEFORE = re.compile(rf"(?:{JAPANESE_EXERCISE}|{_STRONG})(?:である|の|、)?$")
_SPEECH = re.compile(r"[。、!?]|(?:だ|です|ます|した|する|べき|ない|たい)$|(?:[はがをに])(?![^」]*(?:関する))")
_CREATION = re.compile(JAPANESE_CREATION)
_FOUNDED = re.compile(
    rf"(?P<name>[{_NOUN}]{{2,20}}?(?:{_STRONG}))(?:\([^()\n]{{1,40}}\))?(?:の|を|が)(?:新たに)?(?:設置|設立|創設|新設|発足|立ち上げ)"
)
_INSTANCE = re.compile(r"(?:第\s?(\d{1,3})\s?回|(初の)|(20\d\d)年?)\s?$")
_OTHERS = re.compile(r"国連|国際|多国間|二国間")
_ENGLISH = re.compile(r"\s?\(\s?([A-Z][A-Za-z0-9 .'&-]{1,70})\s?\)")
_ALONE = ("事務局", "ホットライン", "作業部会", "協議体", "調整グループ", "運営グループ")


def japanese(reading: Reading, span: Span) -> Iterator[Candidate]:
    """Yield the names of one sentence."""
    for mark in reading.marks_in(span):
        candidate = _headed(reading, span, mark.end)
        if candidate is not None:
            yield candidate
    for match in _BRACKETS.finditer(reading.plain, span.start, span.end):
        candidate = _bracketed(reading, span, match)
        if candidate is not None:
            yield candidate
    yield from _founded(reading, span)


def _headed(reading: Reading, span: Span, after: int) -> Candidate | None:
    match = _PHRASE.match(reading.plain, after, span.end)
    found = _last_head(match["body"]) if match else None
    if match is None or found is None:
        return None
    size, head = found
    end = match.start("body") + size
    start = marks_before(reading, match.start("body"))[0]
    content = match["body"][: size - len(head)].replace("・", "").replace("に関する", "")
    instance, numbered = _instance(reading.plain, start, span.start)
    if head in JAPANESE_STRONG and (len(content) >= 2 or head in _ALONE):
        return Candidate(start, end, HEADED, 0.75, "the three and a head noun", head=JAPANESE_STRONG[head], instance=instance)
    created = _CREATION.search(reading.plain[end : min(span.end, end + 14)]) is not None
    founding = created and JAPANESE_WEAK.get(head) in ("body", "programme", "system")
    if head in JAPANESE_WEAK and len(content) >= 2 and (numbered or founding):
        return Candidate(
            start,
            end,
            HEADED,
            0.55,
            "a series of the three with its number" if numbered else "founded by the three",
            head=JAPANESE_WEAK[head],
            instance=instance,
        )
    return None


def _last_head(body: str) -> tuple[int, str] | None:
    """How much of a noun phrase is a name: up to its last head noun, with what it is; a strong one wins over a weak one after it."""
    strong = list(re.finditer(_STRONG, body))
    if strong:
        return strong[-1].end(), strong[-1].group()
    weak = list(re.finditer(_WEAK, body))
    return (weak[-1].end(), weak[-1].group()) if weak and weak[-1].end() >= len(body) - 1 else None


def _instance(plain: str, start: int, low: int) -> tuple[str, bool]:
    match = _INSTANCE.search(plain[max(low, start - 8) : start])
    return (match[1] or match[3] or "1", bool(match[1])) if match else ("", False)


def _bracketed(reading: Reading, span: Span, match: re.Match[str]) -> Candidate | None:
    start, end = match.span(1)
    inner = match[1]
    if (
        _SPEECH.search(inner)
        or _OTHERS.search(inner)
        or reading.land.bodies.search(inner)
        or reading.land.stop.fullmatch(inner)
        or reading.alien(start, end)
    ):
        return None
    lead = re.match(r"20\d\d年?", inner)
    own, around = reading.marked(start, end), reading.short or reading.marked(span.start, span.end)
    head = eastern_head(inner)
    after = _AFTER.match(reading.plain, match.end(), min(span.end, match.end() + 80))
    before = _BEFORE.search(reading.plain[max(span.start, match.start() - 16) : match.start()])
    grade = _grade(inner, head, own=own, around=around, beside=bool(after or before))
    if not grade:
        return None
    english = _ENGLISH.match(reading.plain, match.end())
    family = EASTERN_HEADS.get(head, "") or EASTERN_HEADS.get(eastern_head((before or after or match).group().rstrip("、の")), "")
    return Candidate(
        start + (lead.end() if lead else 0), end, QUOTED, grade, "a name in brackets", head=family, instance=lead.group()[:4] if lead else "",
        abbreviation=english.group(1) if english else "",
    )  # fmt: skip


def _grade(inner: str, head: str, *, own: bool, around: bool, beside: bool) -> float:
    if own and head:
        return 0.8
    if beside and around:
        return 0.75
    named = len(inner) > len(head) + 2
    return 0.65 if head and named and around and (head in JAPANESE_STRONG or JAPANESE_WEAK.get(head) == "document") else 0.0


def _founded(reading: Reading, span: Span) -> Iterator[Candidate]:
    """A body set up in a sentence of the three, without them in its name."""
    if not (reading.short or reading.marked(span.start, span.end)):
        return
    for match in _FOUNDED.finditer(reading.plain, span.start, span.end):
        name = match["name"]
        if _OTHERS.search(name) or reading.land.stop.search(name) or reading.alien(span.start, span.end):
            continue
        start, end = match.span("name")
        yield Candidate(start, end, FOUNDED, 0.6, "founded in a sentence of the three", head=EASTERN_HEADS[eastern_head(name)])
