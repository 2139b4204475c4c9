"""The released statement inside a page's text, without the furniture around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scraper.stages.extract import furniture
from scraper.text import has_cjk, sentences

_SIGHT = 600
_KEEP = 0.4
_LEAST = 40
_I = re.IGNORECASE

_BEGIN = re.compile(
    r"(?:^|(?<=[\s.:(\[]))[\[(*\u3010<]{0,3}(?:begin(?:ning)?|start)\s{0,3}(?:of\s)?(?:the\s)?(?:full\s)?text[\])*\u3011>]{0,3}(?:\s{0,3}[:.]+|(?=\s{0,9}\n))[\])*]{0,3}",
    _I,
)
_ENDED = re.compile(
    r"(?:^|(?<=[\s.:(\[\u201d\"]))[\[(*\u3010<]{0,3}end\s{0,3}(?:of\s)?(?:the\s)?(?:full\s)?text[\])*\u3011>]{0,3}(?:\s{0,3}[.:*]|(?=\s{0,9}(?:\n|$)))",
    _I,
)
_OVER = re.compile(
    r"^\s{0,9}(?:#\s{0,2}#\s{0,2}#|-\s?30\s?-|[\[(<\u3010-]?\s?ends?\s?[\])>\u3011-]\.?|\(?end\)|(?:[\[(<-]\s?)?끝\s?(?:[\])>-]\s?)?\.?|[（(\[]\s?(?:了|以上|おわり|終わり?)\s?[）)\]]|以上)\s{0,9}$|^\s{0,9}/?public release\b",
    _I,
)
_OVER_INLINE = re.compile(r"\s{0,3}(?:[-(\[<]\s?끝\s?[->)\]]|[（(]\s?(?:了|以上)\s?[）)]|\(end\)|#\s?#\s?#|(?<=[.다])\s끝\.)\s{0,9}$", _I)
_DOCUMENT = re.compile(
    r"\b(?:statements?|text|declaration|communiqu[eé]|readout|fact ?sheet|(?:press )?release|transcript|remarks|note|document|vision|principles|summary|announcement|letter|attribut(?:able|ed))\b",
    _I,
)
_FOLLOWING = re.compile(
    r"^\W{0,4}(?:the (?:full )?text of )?(?:the )?(?:following|below) (?!day|week|month|year|morning)(?:[\w'’-]{1,20} ){0,5}?(?:is|are|was|were|has been)\b",
    _I,
)
_TEXT_OF = re.compile(
    r"^\W{0,4}(?:the )?(?:(?:full|complete|entire) )?(?:text|transcript)(?: of\b| follows| as\b)|^\W{0,4}full (?:text|statement|transcript)\b",
    _I,
)
_AS_FOLLOWS = re.compile(r"(?:\b(?:in full|reads? as follows|is as follows|as follows|is below|text follows|full text))\W{0,4}$", _I)
_RELEASED = re.compile(r"\b(?:released|issued|published|provided|attributable|attributed|adopted) (?:by|to|on|at|in|after|following)\b", _I)
_BRACKETED = re.compile(r"^[\[【(（<〈《]\s?(?:공동)?(?:성명|선언)?\s?(?:전문|全文|仮訳|full text)\s?[\]】)）>〉》]", _I)
_KOREAN_OPEN = re.compile(r"^\W{0,4}(?:다음은?|이하는?|아래는?)\s")
_KOREAN_CLOSE = re.compile(
    r"(?:(?:전문|성명서?|선언문?|발표문|보도문|합의문|회견문|담화문?)(?:이다|입니다|임)?|(?:다음|아래)와 같(?:이 발표했)?(?:다|습니다))[\s.:)\]】>》」'\"’”]{0,6}$"
)
_KOREAN_FULL = re.compile(r"(?:^|[\s(\[【<(문명언화])전문(?:은 (?:다음|아래)와 같다|이다|입니다)?[\s.:)\]】>》]{0,6}$")
_JAPANESE_OPEN = re.compile(r"^\W{0,4}以下.{0,120}(?:全文|仮訳|原文|声明|宣言)")
_JAPANESE_CLOSE = re.compile(
    r"(?:(?:全文|仮訳|原文)(?:は(?:以下|次)の(?:とおり|通り))?|(?:以下|次)の(?:とおり|通り))(?:です|である)?[\s。.:：）)】\]]{0,6}$"
)
_ABRIDGED = re.compile(r"概要|要旨|骨子|요지|요약|概略")
_LEAD_IN = re.compile(
    r"^(?:the\s)?(?:following|below)\s(?:\w{1,20}\s){0,3}(?:is|was)\s(?:attributable|attributed)\sto\s[^:\n]{3,90}:[.\s]{0,4}", _I
)
_TAIL_HEAD = re.compile(
    r"^\W{0,4}(?:(?:\w+ ){0,2}(?:related|recommended|popular|trending|latest|more|top)\s(?:stories|articles|news|topics|posts|links|content|coverage|reading|headlines|from\b.*|on\b.*)|most (?:read|viewed|popular)|read (?:more|also|next)|also read|see also|"
    r"you (?:may|might) (?:also )?like.*|about the author|leave a (?:comment|reply)|\d{0,4} ?comments?|editor.?s picks?|don.?t miss|what to read next|organi[sz]ations? in this story|share this.*|tags?|"
    r"관련 ?(?:기사|뉴스).*|많이 본.*|추천 ?(?:기사|뉴스).*|인기 ?(?:기사|뉴스).*|최신 ?(?:기사|뉴스).*|댓글.*|이 시각.*|주요 ?뉴스.*|関連(?:記事|ニュース|リンク).*|おすすめ.*|人気(?:記事|ランキング).*|アクセスランキング.*|最新(?:記事|ニュース).*|あわせて読みたい.*)\W{0,4}$",
    _I,
)  # fmt: skip
_DATELINE = re.compile(
    r"^(?:(?:[A-Z][\w.'\u2019-]*[ ,]{1,2}){0,6}(?:\[[^\]]{1,40}\][ ,]{0,2})?(?:[A-Z][a-z]{2,8}\.?\s\d{1,2},?\s?(?:\d{4})?\s?)?\((?:[A-Z][\w .&/-]{1,30})\)\s?(?:--?|\u2014|\u2013|:)\s{0,3}"
    r"|[A-Z][A-Z.' ]{2,30}(?:,\s[A-Z][\w. ]{1,30})?\s(?:--?|\u2014|\u2013)\s"
    r"|\([^()=\n]{1,24}=[^()\n]{1,24}\)\s{0,2}(?:[^=\n]{1,40}=\s{0,2})?|\u3010[^\u3011\n]{1,40}\u3011\s{0,2}|\[[^\]\n]{0,30}(?:뉴스|신문|일보|기자|통신|=)[^\]\n]{0,30}\]\s{0,2}(?:[^=\n]{1,40}=\s{0,2})?)"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph, or hard-wrapped lines that make one: ``text[start:end]``; ``prose`` is its length if it is running text, else 0."""

    start: int
    end: int
    text: str
    prose: int = 0


def isolate(text: str, language: str, title: str = "") -> tuple[int, int, bool]:  # noqa: ARG001 - a page mixes languages: each line is judged by its own script
    """Return start and end of the released statement in ``text`` and whether the page itself marked it.

    Where markers stand ("Begin Text:", "The following is the text of ...", 전문, 全文) they decide; else the shape of the text: runs of
    lines that are no sentences at head and tail, the title once more, notices, captions and calls go. ``0 <= start < end <= len(text)``
    for any text that is not blank; (0, 0, False) for a blank one. Without a marker at least 40 % of the running text stays, or nothing is cut.
    ``language`` may be empty: pages mix languages, so each line is judged by its own script.
    """
    whole = _trim(text, 0, len(text))
    if whole is None:
        return 0, 0, False
    begun, ended = _marked(text, *whole)
    start, end = begun if begun is not None else whole[0], ended if ended is not None else whole[1]
    blocks = list(_blocks(text, start, end))
    prose = _prose_length(blocks)
    if begun is None:
        introduced = _introduced(blocks, prose)
        blocks = blocks[introduced:]
    else:
        introduced = 0
    marked = begun is not None or ended is not None or introduced > 0
    kept = blocks if begun is not None else blocks[_head(blocks, title) :]
    kept = kept if ended is not None else kept[: _tail(kept, title)]
    left = _prose_length(kept)
    if not left or (not marked and left < _KEEP * prose):
        kept = blocks
    found = _trim(text, kept[0].start, kept[-1].end) if kept else None
    inner = _trim(text, *_within(text, *found, cut_head=begun is None, cut_tail=ended is None)) if found else None
    final = inner or found or whole
    return final[0], final[1], marked


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    left, right = start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
    return (left, right) if right > left else None


def _marked(text: str, start: int, end: int) -> tuple[int | None, int | None]:
    """Where "Begin Text" ends and "End Text" begins, each None where it does not stand or nothing would be left."""
    begin = _BEGIN.search(text, start, end)
    begun = begin.end() if begin and len(text[begin.end() : end].strip()) >= _LEAST else None
    stop = _ENDED.search(text, begun if begun is not None else start + int(_KEEP * (end - start)), end)
    ended = stop.start() if stop and len(text[begun or start : stop.start()].strip()) >= _LEAST else None
    return begun, ended


def _lines(text: str, start: int, end: int) -> Iterator[_Block]:
    position = start
    while position < end:
        stop = text.find("\n", position, end)
        stop = end if stop < 0 else stop
        yield _Block(position, stop, text[position:stop].strip())
        position = stop + 1


def _blocks(text: str, start: int, end: int) -> Iterator[_Block]:
    """Lines that are not blank, hard-wrapped ones joined."""
    held: list[_Block] = []
    for line in _lines(text, start, end):
        if held and (not line.text or not furniture.runs_on(held[-1].text, line.text)):
            yield _joined(held)
            held = []
        if line.text:
            held.append(line)
    if held:
        yield _joined(held)


def _joined(lines: list[_Block]) -> _Block:
    text = lines[0].text if len(lines) == 1 else " ".join(line.text for line in lines)
    return _Block(lines[0].start, lines[-1].end, text, len(text) if furniture.is_prose(text) else 0)


def _prose_length(blocks: list[_Block]) -> int:
    return sum(block.prose for block in blocks)


def _introduced(blocks: list[_Block], prose: int) -> int:
    """How many blocks lead up to the text, the last of them saying that it follows; 0 where none says so or little would be left."""
    last, passed = 0, 0
    for index, block in enumerate(blocks):
        passed += block.prose
        if passed > (1 - _KEEP) * prose:
            break
        if _introduces(block.text):
            last = index + 1
    return last


def _introduces(line: str) -> bool:
    """A line that says that the text follows, and is nothing else."""
    if len(line) > _SIGHT or len(line) < 3:
        return False
    if _BRACKETED.match(line):
        return True
    return _introduces_east(line) if has_cjk(line) else _introduces_latin(line)


def _introduces_latin(line: str) -> bool:
    if not _DOCUMENT.search(line):
        return False
    if _FOLLOWING.match(line) and len(sentences(line)) <= 3:
        return line[-1] in ".:" and (line[-1] == ":" or _RELEASED.search(line) is not None or _AS_FOLLOWS.search(line) is not None)
    if _TEXT_OF.match(line):
        return (
            line[-1] == ":"
            or _AS_FOLLOWS.search(line) is not None
            or len(line) < 25
            or (_RELEASED.search(line) is not None and len(line) < 250)
        )
    return _AS_FOLLOWS.search(line) is not None and len(line) < 200


def _introduces_east(line: str) -> bool:
    if _ABRIDGED.search(line) or len(line) > 200:
        return False
    if (_KOREAN_OPEN.match(line) and _KOREAN_CLOSE.search(line)) or (_JAPANESE_OPEN.match(line) and _JAPANESE_CLOSE.search(line)):
        return True
    if re.search(r"(?:대변인|대변인실)[은는]? .{0,40}다음과 같이 발표했다\.$", line):
        return True
    return len(line) < 60 and (
        _KOREAN_FULL.search(line) is not None
        or re.search(r"全文(?:は(?:以下|次)の(?:とおり|通り))?[\s。:：）)】\]]{0,4}$", line) is not None
    )


def _head(blocks: list[_Block], title: str) -> int:
    """How many blocks at the head are furniture: all up to the first running text."""
    for index, block in enumerate(blocks):
        if _is_text(block, title) and not (furniture.is_caption(block.text) and _prose_length(blocks[index + 1 :]) > 3 * len(block.text)):
            return _with_number(blocks, index)
    return 0


def _with_number(blocks: list[_Block], index: int) -> int:
    """Keep a numbered heading right above the first running text ("1. General"): it belongs to the document."""
    above = blocks[index - 1].text if index else ""
    return index - 1 if re.match(r"(?:\d{1,2}[.\uff0e、]|[IVX]{1,4}\.|[\u2460-\u2473])\s?\S", above) and len(above) < 80 else index


def _is_text(block: _Block, title: str) -> bool:
    return block.prose > 0 and not furniture.is_notice(block.text) and not furniture.same_title(block.text, title)


def _tail(blocks: list[_Block], title: str) -> int:
    """How many blocks stay when the furniture at the tail is gone."""
    stop = _closed(blocks)
    while stop > 1 and not (_is_text(blocks[stop - 1], title) or _closing_item(blocks[stop - 1].text)):
        stop -= 1
    return stop


def _closing_item(line: str) -> bool:
    return furniture.is_item(line) and not furniture.is_notice(line)


def _closed(blocks: list[_Block]) -> int:
    """Where the page says that the text is over, or a heading of other things stands: most of the running text must lie before it."""
    prose, passed = _prose_length(blocks), 0
    for index, block in enumerate(blocks):
        if (
            passed
            and passed >= 0.5 * prose
            and (_OVER.search(block.text[:80]) or (passed >= 0.6 * prose and len(block.text) < 80 and _TAIL_HEAD.match(block.text)))
        ):
            return index
        passed += block.prose
    return len(blocks)


def _within(text: str, start: int, end: int, *, cut_head: bool, cut_tail: bool) -> tuple[int, int]:
    """Cut what stands in the first and last paragraph itself: a dateline or introduction before the text, notices behind it."""
    first = text[start : min(end, start + 250)]
    for pattern in (_LEAD_IN, _DATELINE) if cut_head else ():
        match = pattern.match(first)
        if match and end - start - match.end() > 40:
            start += match.end()
            first = first[match.end() :]
    return start, _last(text, start, end) if cut_tail else end


def _last(text: str, start: int, end: int) -> int:
    """The end without closing marks and without sentences of the last paragraph that are notices."""
    mark = _OVER_INLINE.search(text, max(start, end - 30), end)
    end = mark.start() if mark and mark.start() > start else end
    line = max(start, end - _SIGHT * 3, text.rfind("\n", start, end) + 1)
    last = text[line:end]
    for span in sentences(last)[1:]:
        if furniture.is_notice(span.of(last)):
            return line + span.start
    return end
