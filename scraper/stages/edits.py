"""What an article's later versions changed, and when it is looked at again. Pure: texts and times are handed in.

The schedule thins out: most corrections come within hours, most takedowns within weeks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher

from scraper.model.revision import Change, Piece, Version

STEPS = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3), timedelta(days=7), timedelta(days=30))
"""How long after it was first read an article is read again."""

SOON = timedelta(hours=1)
"""When something doubtful (a page gone, another text, most of it missing) is looked at once more before it is believed."""

AFTER_EDIT = timedelta(hours=6)
"""An edited page is often edited again."""

GRACE = timedelta(days=7)
"""How long after the last step a page that could not be read is still tried."""

DOUBTFUL = 0.5
"""Where less of the old words is left, one look is not believed."""

_MOST_DOUBLINGS = 5
_CONTEXT = 6
_MOST_CELLS = 4_000_000
_MOST_PIECES = 400
_LONGEST_STAMP = 160
_SENTENCE = re.compile("[.!?。！？][\"'”’」』）)]?\\s*$")
_WORD = re.compile(r"[^\W_぀-ヿ一-鿿]+|[぀-ゟ]+|[゠-ヿ]+|[一-鿿々]|[^\w\s]|_", re.UNICODE)
_QUOTES = {ord(mark): "'" for mark in '"“”„‟‘’‚‛«»‹›「」『』〝〞〟＂＇`´′″'}
_STAMP_WORDS = (
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec "
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun am pm a m p at on of the "
    "st nd rd th t z utc gmt kst jst est edt et published updated update last modified posted date time first "
    "입력 수정 등록 게시 작성 최종 승인 발행 송고 일시 날짜 작성일 등록일 게시일 수정일 입력일 오전 오후 년 월 일 시 분 초 "
    "公開 更新 掲載 配信 最終 発表 日時 午前 午後 年 月 日 時 分 秒 令和 平成 公 開 更 新 掲 載 配 信 最 終 発 表 午 前 後 令 和 平 成 火 水 木 金 土 月 曜"
)
_STAMP = frozenset(_STAMP_WORDS.split())


@dataclass(frozen=True, slots=True)
class _Token:
    """A word or mark: folded, and where it stands."""

    folded: str
    start: int
    end: int


def compare(before: Version, after: Version) -> Change:
    """Return how ``after`` differs from ``before``.

    What folding of case, white space, quotes and width takes away, and marks without a letter or digit, is cosmetic. Where words
    differ only in paragraphs that hold a time stamp and nothing else, or only the publication date does, it is a change of date.
    """
    old, new = _tokens(before.text), _tokens(after.text)
    moves = _opcodes([token.folded for token in old], [token.folded for token in new])
    kept = sum(i2 - i1 for op, i1, i2, _, _ in moves if op == "equal") / len(old) if old else 1.0
    titled = _words(before.title) != _words(after.title)
    changed = [move for move in moves if move[0] != "equal" and _says(old[move[1] : move[2]], new[move[3] : move[4]])]
    if titled or any(not _stamped(before.text, old[i1:i2]) or not _stamped(after.text, new[j1:j2]) for _, i1, i2, j1, j2 in changed):
        pieces = (*_title_pieces(before.title, after.title, changed=titled), *_pieces(before.text, after.text, old, new, moves))
        return Change("substance", pieces[:_MOST_PIECES], kept)
    if changed or (before.published and after.published and before.published != after.published):
        return Change("date", kept=kept)
    same = before.text == after.text and before.title == after.title
    return Change("none" if same else "cosmetic", kept=kept)


def watched(text: str, statement: tuple[int, int], *, official: bool) -> str:
    """Return what of an article's text is compared: its statement; of an official page also every whole sentence around it, since notes
    and corrections stand there, while menus and lists of other pages are no sentences."""
    start, end = statement
    if not official:
        return text[start:end]
    around = (_sentences_only(text[:start]), text[start:end], _sentences_only(text[end:]))
    return "\n\n".join(part for part in around if part.strip())


def _sentences_only(text: str) -> str:
    return "\n\n".join(line.strip() for line in text.splitlines() if _SENTENCE.search(line))


def folded(version: Version) -> str:
    """Return the words of a version as compared, parted by spaces: equal for versions that differ in no substance."""
    return " ".join((*_words(version.title), "|", *_words(version.text)))


def doubtful(change: Change) -> bool:
    """Tell whether so little of the old text is left that a second look has to confirm it: another page, a notice, half a page."""
    return change.kind == "substance" and change.kept < DOUBTFUL


def next_look(
    now: datetime, first: datetime, *, edited: bool = False, doubt: bool = False, failures: int = 0, asked: float = 0.0
) -> datetime | None:
    """Return when an article first read at ``first`` is read again after the look that ended ``now``; None when it is no more.

    ``edited``: this look found a change; ``doubt``: it has to be confirmed; ``failures``: looks in a row, this one included, that
    got no page; ``asked``: seconds the server asked to wait.
    """
    if failures:
        wait = max(SOON * 2 ** min(failures - 1, _MOST_DOUBLINGS), timedelta(seconds=min(max(asked, 0.0), 86400.0)))
        return now + wait if now < first + STEPS[-1] + GRACE else None
    if doubt:
        return now + SOON
    later = [first + step for step in STEPS if first + step > now + SOON / 2]
    if edited:
        later.append(now + AFTER_EDIT)
    return min(later, default=None)


def _tokens(text: str) -> list[_Token]:
    return [_Token(folded, match.start(), match.end()) for match in _WORD.finditer(text) if (folded := _folded(match[0]))]


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKC", word).translate(_QUOTES).casefold()
    return "" if plain == "'" else plain


def _words(text: str) -> list[str]:
    return [token.folded for token in _tokens(text) if _is_word(token.folded)]


def _is_word(folded: str) -> bool:
    return any(char.isalnum() for char in folded)


def _says(old: Sequence[_Token], new: Sequence[_Token]) -> bool:
    return any(_is_word(token.folded) for token in (*old, *new))


def _opcodes(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    """The differences of two lists of words; what is equal at both ends is taken off first, since that is nearly all."""
    head = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    most = min(len(old), len(new)) - head
    tail = next((n for n, (a, b) in enumerate(zip(reversed(old), reversed(new), strict=False)) if a != b or n >= most), most)
    middle = _middle(old[head : len(old) - tail], new[head : len(new) - tail], head)
    ends = [("equal", 0, head, 0, head)], [("equal", len(old) - tail, len(old), len(new) - tail, len(new))]
    return [move for move in (*ends[0], *middle, *ends[1]) if move[2] > move[1] or move[4] > move[3]]


def _middle(old: list[str], new: list[str], at: int) -> list[tuple[str, int, int, int, int]]:
    if not old and not new:
        return []
    if len(old) * len(new) > _MOST_CELLS:
        return [("replace", at, at + len(old), at, at + len(new))]
    found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(op, i1 + at, i2 + at, j1 + at, j2 + at) for op, i1, i2, j1, j2 in found]


def _stamped(text: str, tokens: Sequence[_Token]) -> bool:
    """Whether all these words stand in paragraphs that are time stamps."""
    return all(_is_stamp(text, token) for token in tokens if _is_word(token.folded))


def _is_stamp(text: str, token: _Token) -> bool:
    start = text.rfind("\n", 0, token.start) + 1
    end = text.find("\n", token.end)
    line = text[start : end if end >= 0 else len(text)]
    if len(line) > _LONGEST_STAMP:
        return False
    words = _words(line)
    return any(any(char.isdigit() for char in word) for word in words) and all(_is_stamp_word(word) for word in words)


def _is_stamp_word(word: str) -> bool:
    letters = re.sub(r"\d+", " ", word).split()
    return all(part in _STAMP for part in letters)


def _title_pieces(before: str, after: str, *, changed: bool) -> tuple[Piece, ...]:
    return (Piece("gone", before), Piece("new", after)) if changed else ()


def _pieces(
    before: str, after: str, old: Sequence[_Token], new: Sequence[_Token], moves: Sequence[tuple[str, int, int, int, int]]
) -> Iterator[Piece]:
    """The word diff; of what stayed only the words beside a change."""
    for number, (op, i1, i2, j1, j2) in enumerate(moves):
        if op == "equal":
            yield from _beside(before, old[i1:i2], first=number == 0, last=number == len(moves) - 1)
            continue
        if i2 > i1:
            yield Piece("gone", before[old[i1].start : old[i2 - 1].end])
        if j2 > j1:
            yield Piece("new", after[new[j1].start : new[j2 - 1].end])


def _beside(text: str, tokens: Sequence[_Token], *, first: bool, last: bool) -> Iterator[Piece]:
    if len(tokens) <= 2 * _CONTEXT and not first and not last:
        yield Piece("same", text[tokens[0].start : tokens[-1].end])
        return
    if not first:
        yield Piece("same", text[tokens[0].start : tokens[min(_CONTEXT, len(tokens)) - 1].end] + " …")
    if not last:
        yield Piece("same", "… " + text[tokens[max(len(tokens) - _CONTEXT, 0)].start : tokens[-1].end])
