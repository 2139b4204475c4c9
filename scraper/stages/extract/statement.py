"""The released statement inside a page's text, without the furniture around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from scraper.stages.extract import furniture, markers, recurring, surroundings
from scraper.text import has_cjk

_SIGHT = 600
_KEEP = 0.4
_LEAST = 40
_BEFORE_COMMENTS = 300.0
_BEFORE_RIGHTS = 0.7
_HEADING = 60
_LONG = 220.0
_STRAY = 0.12
_LIST = 5_000
_I = re.IGNORECASE
_LEAD_IN = re.compile(
    r"^(?:the\s)?(?:following|below)\s(?:\w{1,20}\s){0,3}(?:is|was)\s(?:attributable|attributed)\sto\s[^:\n]{3,90}:[.\s]{0,4}", _I
)
_DATELINE = re.compile(
    r"^(?:(?:[A-Z][\w.'\u2019-]*[ ,]{1,2}){0,6}(?:\[[^\]]{1,40}\][ ,]{0,2})?(?:[A-Z][a-z]{2,8}\.?\s\d{1,2},?\s?(?:\d{4})?\s?)?\((?:[A-Z][\w .&/-]{1,30})\)\s?(?:--?|\u2014|\u2013|:)\s{0,3}"
    r"|[A-Z][A-Z.' ]{2,30}(?:,\s[A-Z][\w. ]{1,30})?\s(?:--?|\u2014|\u2013)\s"
    r"|\([^()=\n]{1,24}=[^()\n]{1,24}\)\s{0,2}(?:[^=\n]{1,40}=\s{0,2})?|\u3010[^\u3011\n]{1,40}\u3011\s{0,2}|\[[^\]\n]{0,30}(?:뉴스|신문|일보|기자|통신|=)[^\]\n]{0,30}\]\s{0,2}(?:[^=\n]{1,40}=\s{0,2})?)"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph, or hard-wrapped lines that make one: ``text[start:end]``; ``prose`` is its weight in Latin letters if it is running
    text of its own, else 0; ``known`` are the digests of the site's paragraphs; ``stray`` tells that it is in a script of its own."""

    start: int
    end: int
    text: str
    known: frozenset[str] = frozenset()
    prose: float = 0.0
    stray: bool = False

    @property
    def foreign(self) -> bool:
        """Whether it is the site's, not the text's; asked where it matters, because a page can have very many lines."""
        return self.stray or surroundings.is_around(self.text) or (bool(self.known) and recurring.digest(self.text) in self.known)


def isolate(text: str, language: str, title: str = "", known: frozenset[str] = frozenset()) -> tuple[int, int, bool]:  # noqa: ARG001 - a page mixes languages: each line is judged by its own script
    """Return start and end of the released statement in ``text`` and whether the page itself marked it.

    Where markers stand ("Begin Text:", "The following is the text of ...", 전문, 全文) they decide; else the shape of the text: runs of
    lines that are no sentences at head and tail, the title once more, notices, captions, calls and boxes go, and what stands behind
    the head of such a box. A short last sentence stays unless something tells that it is furniture. ``known`` are digests
    (:func:`recurring.digest`) of paragraphs that recur on the pages of the same host: they are furniture too.
    ``0 <= start < end <= len(text)`` for any text that is not blank; (0, 0, False) for a blank one. Without a marker at least
    40 % of the running text stays, or nothing is cut. ``language`` may be empty.
    """
    whole = _trim(text, 0, len(text))
    if whole is None:
        return 0, 0, False
    begun, ended = _marked(text, *whole)
    blocks = list(_blocks(text, begun if begun is not None else whole[0], ended if ended is not None else whole[1], known))
    introduced = _introduced(blocks) if begun is None else 0
    marked = begun is not None or ended is not None or introduced > 0
    kept = _kept(blocks[introduced:], title, cut_head=begun is None, cut_tail=ended is None, marked=marked)
    found = _trim(text, kept[0].start, kept[-1].end) if kept else None
    found = _unquoted(text, kept, *found, marked=marked) if found else None
    inner = _trim(text, *_within(text, *found, cut_head=begun is None, cut_tail=ended is None)) if found else None
    final = inner or found or whole
    return final[0], final[1], marked


def without_inserts(text: str) -> str:
    """Return a page's text without what sites put between any paragraphs: labels of advertisements, calls to subscribe, links elsewhere.

    ``text`` has its paragraphs parted by blank lines; where nothing else would be left, or it is
    a list of thousands, it is returned as it is.
    """
    paragraphs = text.split("\n\n")
    if len(paragraphs) > _LIST:
        return text
    kept = [paragraph for paragraph in paragraphs if not surroundings.is_insert(paragraph)]
    return "\n\n".join(kept) if len(kept) < len(paragraphs) and any(map(str.strip, kept)) else text


def _kept(blocks: list[_Block], title: str, *, cut_head: bool, cut_tail: bool, marked: bool) -> list[_Block]:
    """The blocks of the statement; all of them where cutting would leave too little."""
    blocks = _of_one_script(blocks[: _comments(blocks)] if cut_tail else blocks)
    kept = blocks[_head(blocks, title) :] if cut_head else blocks
    kept = kept[: _tail(kept, title)] if cut_tail else kept
    left = _prose_length(kept)
    return kept if left and (marked or left >= _KEEP * _prose_length(blocks)) else blocks


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    left, right = start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
    return (left, right) if right > left else None


def _marked(text: str, start: int, end: int) -> tuple[int | None, int | None]:
    """Where "Begin Text" ends and "End Text" begins, each None where it does not stand or nothing would be left."""
    begun = markers.begin_text(text, start, end)
    begun = begun if begun is not None and len(text[begun:end].strip()) >= _LEAST else None
    ended = markers.end_text(text, begun if begun is not None else start + int(_KEEP * (end - start)), end)
    return begun, ended if ended is not None and len(text[begun or start : ended].strip()) >= _LEAST else None


def _lines(text: str, start: int, end: int) -> Iterator[_Block]:
    position = start
    while position < end:
        stop = text.find("\n", position, end)
        stop = end if stop < 0 else stop
        yield _Block(position, stop, text[position:stop].strip())
        position = stop + 1


def _blocks(text: str, start: int, end: int, known: frozenset[str]) -> Iterator[_Block]:
    """Lines that are not blank, hard-wrapped ones joined."""
    held: list[_Block] = []
    for line in _lines(text, start, end):
        if held and (not line.text or not furniture.runs_on(held[-1].text, line.text)):
            yield _joined(held, known)
            held = []
        if line.text:
            held.append(line)
    if held:
        yield _joined(held, known)


def _joined(lines: list[_Block], known: frozenset[str]) -> _Block:
    text = lines[0].text if len(lines) == 1 else " ".join(line.text for line in lines)
    block = _Block(lines[0].start, lines[-1].end, text, known)
    return replace(block, prose=furniture.weight(text)) if furniture.is_prose(text) and not block.foreign else block


def _prose_length(blocks: list[_Block]) -> float:
    return sum(block.prose for block in blocks)


def _introduced(blocks: list[_Block]) -> int:
    """How many blocks lead up to the text, the last of them saying that it follows; 0 where none says so or little would be left."""
    last, passed, prose = 0, 0.0, _prose_length(blocks)
    for index, block in enumerate(blocks):
        passed += block.prose
        if passed > (1 - _KEEP) * prose:
            break
        if markers.introduces(block.text):
            last = index + 1
    return last


def _head(blocks: list[_Block], title: str) -> int:
    """How many blocks at the head are furniture: all up to the first running text."""
    behind = _prose_length(blocks)
    for index, block in enumerate(blocks):
        behind -= block.prose
        if _is_text(block, title) and not (furniture.is_caption(block.text) and behind > 3 * furniture.weight(block.text)):
            return _with_number(blocks, index)
    return 0


def _with_number(blocks: list[_Block], index: int) -> int:
    """Keep a numbered heading right above the first running text ("1. General"): it belongs to the document."""
    above = blocks[index - 1].text if index else ""
    return index - 1 if re.match(r"(?:\d{1,2}[.\uff0e、]|[IVX]{1,4}\.|[\u2460-\u2473])\s?\S", above) and len(above) < 80 else index


def _of_one_script(blocks: list[_Block]) -> list[_Block]:
    """The blocks, with running text in another script than nearly all of it counting for nothing: a site's notes in its own language."""
    east = [has_cjk(block.text[:_SIGHT]) for block in blocks]
    prose = _prose_length(blocks)
    eastern = sum(block.prose for block, cjk in zip(blocks, east, strict=True) if cjk)
    if not 0 < min(eastern, prose - eastern) <= _STRAY * prose:
        return blocks
    return [
        replace(block, prose=0.0, stray=True) if cjk != (eastern > prose / 2) else block for block, cjk in zip(blocks, east, strict=True)
    ]


def _is_text(block: _Block, title: str) -> bool:
    return block.prose > 0 and not furniture.same_title(block.text, title)


def _comments(blocks: list[_Block]) -> int:
    """Where the comments of readers begin, which may be longer than the text itself."""
    passed = 0.0
    for index, block in enumerate(blocks):
        if passed >= _BEFORE_COMMENTS and surroundings.ends_all(block.text):
            return index
        passed += block.prose
    return len(blocks)


def _closed(blocks: list[_Block]) -> int:
    """Where the page says that the text is over, or something else begins: most of the running text must lie before it."""
    prose, passed = _prose_length(blocks), 0.0
    for index, block in enumerate(blocks):
        if passed and passed >= 0.5 * prose and _is_over(blocks, index, passed / prose):
            return index
        passed += block.prose
    return len(blocks)


def _is_over(blocks: list[_Block], index: int, share: float) -> bool:
    line = blocks[index].text
    if markers.is_end(line):
        return True
    if surroundings.heads_rest(line):
        return not _goes_on(blocks[index + 1 : index + 5])
    return surroundings.closes(line) and (share >= _BEFORE_RIGHTS or not surroundings.is_rights(line))


def _goes_on(blocks: list[_Block]) -> bool:
    """Whether what follows a heading reads like the text itself: long paragraphs on what the parties do, as no teaser has them."""
    return sum(block.prose >= _LONG and surroundings.tells_of_acts(block.text) for block in blocks) >= 2


def _tail(blocks: list[_Block], title: str) -> int:
    """How many blocks stay when the furniture at the tail is gone: up to the last running text, item of a list, or short sentence
    that stands right behind these or under one heading."""
    kept = 0
    for index, block in enumerate(blocks[: _closed(blocks)]):
        if _is_text(block, title) or _closing_item(block) or (kept and _last_word(blocks, kept, index)):
            kept = index + 1
    return kept


def _last_word(blocks: list[_Block], kept: int, index: int) -> bool:
    block = blocks[index]
    return surroundings.is_last_word(block.text) and not block.foreign and _attached(blocks, kept, index)


def _attached(blocks: list[_Block], kept: int, index: int) -> bool:
    """Whether what stands between the text and a short sentence is nothing, or one heading."""
    between = blocks[kept] if index - kept == 1 else None
    return index == kept or (between is not None and len(between.text) < _HEADING and not between.foreign)


def _closing_item(block: _Block) -> bool:
    return furniture.is_item(block.text) and not block.foreign


def _unquoted(text: str, blocks: list[_Block], start: int, end: int, *, marked: bool) -> tuple[int, int] | None:
    """Without the marks of the one quotation that holds the text, and what stands behind it, where the page says that it quotes."""
    count = markers.quoted([block.text for block in blocks])
    if not count or (not marked and count < len(blocks)) or 2 * _prose_length(blocks[:count]) < _prose_length(blocks):
        return start, end
    if count == 1 and not marked:
        return start, end
    return _trim(text, start + 1, blocks[count - 1].start + len(text[blocks[count - 1].start : blocks[count - 1].end].rstrip()) - 1)


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
    end = markers.before_end_mark(text, start, end)
    line = max(start, end - _SIGHT * 3, text.rfind("\n", start, end) + 1)
    return line + surroundings.own_sentences(text[line:end])
