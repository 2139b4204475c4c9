"""Whether two statements may be compared at all, and whether a text is all there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scraper.model.wording import COMPARED_KINDS, FULL_GRADES, Worded
from scraper.stages.wording.folding import GLUE
from scraper.text import CJK, squeeze

_TAIL: Final = 3000
"""Characters at the end of a text that are looked at."""
_LEFT_OUT = re.compile(
    r"[\[(（〔]\s{0,3}(?:…|\.{3}|・{3}|⋯|snip(?:ped)?|omitted|abridged|truncated|중략|하략|후략|생략|이하\s?생략|中略|後略|以下略|省略)\s{0,3}[\])）〕]"
    r"|\[\+\d{1,7}\s?(?:chars|characters|more)\]|^[ \t]{0,20}(?:…|\.{3}|⋯)[ \t]{0,20}$",
    re.IGNORECASE | re.MULTILINE,
)
_TRAILING = re.compile(
    r"(?:…|\.{3}|⋯)[\"'”’」』)\]]{0,2}$|\b(?:read more|continue reading|full story|더보기|전문보기|続きを読む)\W{0,4}$", re.IGNORECASE
)
_ENDED = re.compile(r"[.!?。！？．][\"'”’」』)\]）〕*]{0,4}$|[)\]）〕]$|[:：;；]$")
_END_MARK = re.compile(r"^\W{0,10}(?:end|begin)\b.{0,60}$|^\W+$|^\W{0,3}(?:끝|以上|了)\W{0,3}$", re.IGNORECASE)
_SMALL_WORD = re.compile(r"(?<![^\s\"'“‘(])(?!(?:of|the|and|for|on|in|to|at|an|by|with)\b)[a-z]{2,}")
"""Words in small letters; those that titles have too do not count."""

_ASIAN = re.compile(f"[{CJK}]")
_KOREAN_END = re.compile(r"(?:다|음|함|됨|임|요|까|것|예정)\W{0,3}$")
_BEGUN = re.compile(r"(?:We|They|Our|The|Both|In|He|She|It|This|These|As|Furthermore|Moreover|Finally)\s", re.IGNORECASE)
_TAIL_OF_PAGE: Final = 800
_CLAUSE = re.compile(r"[、，,]|[はが]|[은는을를]\s")
"""Titles and names of links have none of these."""
_BYLINE = re.compile(r"@|https?:|www\.|©|\(C\)|copyright|all rights reserved", re.IGNORECASE)
_LAST_WORD = re.compile(r"[A-Za-z]{1,20}$")
_PROSE: Final = 24
"""So many Korean or Japanese letters in a line without a full stop at its end are a sentence that breaks off."""


def whole(text: str, rest: str = "") -> str:
    """Return why a text is known not to be all of it, by its own signs, or ``""``: something left out, or an end in mid-sentence.

    ``rest`` is what stands on the page behind it: a sentence that breaks off there was one of the text.
    """
    if not text.strip():
        return "its text is not kept"
    if _LEFT_OUT.search(text):
        return "its text has a gap"
    *before, line = _lines(text) or [""]
    if _TRAILING.search(line):
        return "its text is cut at the end"
    broken = (_breaks_off(line) and not _unstopped(before)) or _goes_on(rest)
    return "its text breaks off in the middle of a sentence" if broken else ""


def _unstopped(lines: list[str]) -> bool:
    """Whether the two lines before have no stop either: bullets, or lines broken at a width."""
    return len(lines) > 1 and all(_breaks_off(line) for line in lines[-2:])


def _goes_on(rest: str) -> bool:
    """Whether a page that is all but at its end says one more thing and breaks off; addresses and offers to read on do not begin so."""
    line = (_lines(rest) or [""])[-1] if len(rest) <= _TAIL_OF_PAGE else ""
    return bool(_BEGUN.match(line) or len(_ASIAN.findall(line)) >= _PROSE) and _breaks_off(line)


def _lines(text: str) -> list[str]:
    """The last lines that are no marks of the end."""
    lines = (line.strip() for line in text[-_TAIL:].splitlines())
    return [line for line in lines if line and not _END_MARK.match(line)]


def _breaks_off(line: str) -> bool:
    """Whether a line without a stop at its end is prose: small Latin words in it, or many Korean or Japanese letters."""
    if _ENDED.search(line):
        return False
    if line.endswith((",", "、", "，")) or ((last_word := _LAST_WORD.search(line)) and last_word.group().lower() in GLUE):
        return True
    last = re.split(r"[.!?。！？]\s+|[。！？]", line)[-1]
    if _BYLINE.search(last):
        return False
    if _ASIAN.search(last):
        running = (len(_ASIAN.findall(last)) >= _PROSE and bool(_CLAUSE.search(last))) or last != line
        return running and not _KOREAN_END.search(line)
    return len(_SMALL_WORD.findall(last)) >= (1 if last != line else 2)


def unfit(one: Worded) -> tuple[str, ...]:
    """Return why the wording of a statement can be compared with nothing, each reason as the end of a sentence; empty where it can."""
    return tuple(_unfit(one))


def _unfit(one: Worded) -> Iterator[str]:
    if one.placeholder:
        yield "its primary text is not yet seen, only reports of it are known"
        return
    if one.kind not in COMPARED_KINDS:
        yield f"it is a {one.kind.replace('_', ' ')}, not the words of a government"
    elif one.grade not in FULL_GRADES:
        yield f"the only text of it is a {one.grade.replace('_', ' ')}"
    for name, value in (("level", one.level), ("side", one.side), ("language", one.language)):
        if not value:
            yield f"its {name} is not known"
    gap = one.cut or whole(one.text, one.rest)
    if gap:
        yield gap


def refusals(before: Worded, after: Worded) -> tuple[str, ...]:
    """Return why two statements are not comparable, each reason as a sentence; empty where they are."""
    return tuple(_refusals(before, after))


def lonely(one: Worded) -> tuple[str, ...]:
    """Return why a statement has none before it to be compared with: it is not fit for it itself, or there is none like it."""
    like = ", ".join(word.replace("_", " ") for word in (one.level, one.kind, one.side, one.language) if word)
    own = tuple(_sentence(one, why) for why in unfit(one))
    return own or (f"There is no whole statement like it ({like}) of an earlier date.",)


def _sentence(one: Worded, why: str) -> str:
    return f"Statement {one.id} ({squeeze(one.title)[:80] or 'untitled'}): {why}."


def _refusals(before: Worded, after: Worded) -> Iterator[str]:
    for one in (before, after):
        for why in unfit(one):
            yield _sentence(one, why)
    for name, left, right in (
        ("kind", before.kind, after.kind), ("level", before.level, after.level), ("side", before.side, after.side),
        ("language", before.language, after.language),
    ):  # fmt: skip
        if left and right and left != right:
            yield f"They differ in {name}: {left.replace('_', ' ')} and {right.replace('_', ' ')}."
