"""What a page itself says of where a released text begins and ends: markers, introductions, quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scraper.text import has_cjk, sentences

_SIGHT = 600
_I = re.IGNORECASE

_BEGIN = re.compile(
    r"(?:^|(?<=[\s.:(\[]))[\[(*\u3010<]{0,3}(?:begin(?:ning)?|start)\s{0,3}(?:of\s)?(?:the\s)?(?:full\s)?text[\])*\u3011>]{0,3}(?:\s{0,3}[:.]+|(?=\s{0,9}\n))[\])*]{0,3}",
    _I,
)
_ENDED = re.compile(
    r"(?:^|(?<=[\s.:(\[\u201d\"]))[\[(*\u3010<]{0,3}end\s{0,3}(?:of\s)?(?:the\s)?(?:full\s)?text[\])*\u3011>]{0,3}(?:\s{0,3}[.:*]|(?=\s{0,9}(?:\n|$)))",
    _I,
)
_WHAT = r"(?:the\s)?(?:joint\s|official\s|full\s|press\s)?(?:statement|transcript|declaration|communiqu[eé]|document|release|translation)"
_BEGIN_LINE = re.compile(rf"^[^\w\n]{{0,6}}(?:begin(?:ning)?|start)\s(?:of\s)?{_WHAT}[^\w\n]{{0,6}}$", _I | re.MULTILINE)
_END_LINE = re.compile(rf"^[^\w\n]{{0,6}}end\s(?:of\s)?{_WHAT}[^\w\n]{{0,6}}$", _I | re.MULTILINE)
_OVER = re.compile(
    r"^\s{0,9}(?:#\s{0,2}#\s{0,2}#|-\s?30\s?-|[\[(<\u3010-]?\s?ends?\s?[\])>\u3011-]\.?|\(?end\)|(?:[\[(<-]\s?)?끝\s?(?:[\])>-]\s?)?\.?|[（(\[]\s?(?:了|以上|おわり|終わり?)\s?[）)\]]|以上|이상(?:입니다)?)\.?\s{0,9}$|^\s{0,9}/?public release\b",
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
_HERE = re.compile(
    r"^\W{0,4}(?:below|following|here) (?:is|are) (?:the |an? )?(?:[\w-]{1,15} ){0,2}(?:text|transcript|statement|declaration|version|translation)\b",
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
_QUOTES = {"\u201c": "\u201d", "\u300c": "\u300d", "\u300e": "\u300f", "\u00ab": "\u00bb", '"': '"'}


def begin_text(text: str, start: int, end: int) -> int | None:
    """Return where the text begins behind "Begin Text" in ``text[start:end]``, or None where no such mark stands."""
    found = _BEGIN.search(text, start, end) or _BEGIN_LINE.search(text, start, end)
    return found.end() if found else None


def end_text(text: str, start: int, end: int) -> int | None:
    """Return where "End Text" stands in ``text[start:end]``, or None."""
    found = _ENDED.search(text, start, end) or _END_LINE.search(text, start, end)
    return found.start() if found else None


def is_end(line: str) -> bool:
    """Tell whether a line is a mark that a release is over: ``###``, ``- 30 -``, ``(END)``, ``-끝-``, ``(了)``, ``以上``."""
    return _OVER.search(line[:80]) is not None


def before_end_mark(text: str, start: int, end: int) -> int:
    """Return where a closing mark begins that stands behind the last sentence itself, else ``end``."""
    mark = _OVER_INLINE.search(text, max(start, end - 30), end)
    return mark.start() if mark and mark.start() > start else end


def quoted(lines: Sequence[str]) -> int:
    """Return how many of the lines one quotation takes up, from its mark at the start of the first to the one at the end of the last;
    0 where the first opens none, or it never closes at the end of a line.

    A paragraph within a long quotation opens it anew without closing it before, as is the custom of print.
    """
    opening = lines[0][:1] if lines else ""
    closing = _QUOTES.get(opening, "")
    depth = 0
    for count, line in enumerate(lines, 1) if closing else ():
        anew = 1 if count > 1 and line.startswith(opening) else 0
        depth = _depth(line[anew:], opening, closing, depth)
        if depth == 0:
            return count if line.rstrip().endswith(closing) else 0
    return 0


def _depth(line: str, opening: str, closing: str, depth: int) -> int:
    if opening == closing:
        return (depth + line.count(opening)) % 2
    return max(0, depth + line.count(opening) - line.count(closing))


def introduces(line: str) -> bool:
    """A line that says that the text follows, and is nothing else."""
    if len(line) > _SIGHT or len(line) < 3:
        return False
    if _BRACKETED.match(line):
        return True
    return _introduces_east(line) if has_cjk(line) else _introduces_latin(line)


def _introduces_latin(line: str) -> bool:
    if not _DOCUMENT.search(line):
        return False
    if len(line) < 160 and _HERE.match(line) and len(sentences(line)) == 1:
        return True
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
