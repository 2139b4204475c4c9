"""Dates a page shows: marked up as its publication, behind a label, as the first time of the article, or beside its headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import islice

from lxml.html import HtmlElement

from scraper import datestring
from scraper.stages.extract import layout, tree

_LABEL = re.compile(
    r"(?:기사\s?입력|최초\s?입력|입력\s?(?:일시|시간|날짜)?|등록\s?(?:일자|일시|일|시간)?|게시\s?(?:일자|일시|일)|게재\s?(?:일자|일)|작성\s?(?:일자|일시|일)|배포\s?(?:일자|일시|일)|보도\s?(?:일자|일시)|송고\s?(?:시간|일시)?|승인|발행\s?(?:일자|일시|일)|발표\s?일"
    r"|公開\s?(?:日時?|:|：)|掲載\s?(?:日時?|:|：)|投稿\s?(?:日時?|:|：)|配信\s?(?:日時?|:|：)?|発表\s?(?:日時?|:|：)|発信\s?日時?|作成\s?(?:日時?|:|：)|登録\s?日時?"
    r"|\bpublished(?: on| at)?|\bposted(?: on| at)?|\bfirst published|\bdate posted|\brelease date|\bissued(?: on)?|\bdate\b|\bdated\b|\bveröffentlicht(?: am)?|\berstellt(?: am)?|\bpublié le|\bpublicado(?: el| em)?|\bpubblicato il)\s{0,3}[:：|]?\s{0,3}",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"수정|최종|갱신|更新|改訂|変更|修正|\b(?:updated?|modified|last|revised|edited|aktualisiert|geändert|bearbeitet|mis à jour|modifié|actualizado|atualizado|aggiornato)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"(?:행사|기간|마감|접수|시행|생년|방송|개최|종료|期間|締切|開催|放送|施行|有効|\b(?:event|deadline|expires?|until|since|copyright|born|due)\b|©)",
    re.IGNORECASE,
)
_HINT = re.compile(r"date|time|publish|posted|byline|info|regist|write|meta|일자|날짜", re.IGNORECASE)
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|datetime|time|timestamp|datum|published|pub-?date|posted(?:-?on)?|reg-?date|day|fecha|data|일자|날짜|day_?time|wdate)(?:$|[\s_-])|date(?:line|stamp|time)?(?:$|\s)",
    re.IGNORECASE,
)
_LINES = (
    "p",
    "span",
    "div",
    "li",
    "td",
    "dd",
    "dt",
    "em",
    "strong",
    "small",
    "i",
    "b",
    "font",
    "th",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "a",
    "abbr",
)
# Months of the languages that a date's reader does not know, by their first letters.
_MONTHS = {
    "januar": 1, "jan": 1, "jänner": 1, "enero": 1, "janeiro": 1, "janvier": 1, "gennaio": 1, "februar": 2, "feb": 2, "feber": 2, "febrero": 2, "fevereiro": 2, "février": 2, "febbraio": 2,
    "märz": 3, "maerz": 3, "mär": 3, "marzo": 3, "março": 3, "mars": 3, "april": 4, "apr": 4, "abril": 4, "avril": 4, "aprile": 4, "mai": 5, "mayo": 5, "maio": 5, "maggio": 5,
    "juni": 6, "jun": 6, "junio": 6, "junho": 6, "juin": 6, "giugno": 6, "juli": 7, "jul": 7, "julio": 7, "julho": 7, "juillet": 7, "luglio": 7, "august": 8, "aug": 8, "agosto": 8, "août": 8,
    "september": 9, "sept": 9, "sep": 9, "septiembre": 9, "setembro": 9, "septembre": 9, "settembre": 9, "oktober": 10, "okt": 10, "octubre": 10, "outubro": 10, "octobre": 10, "ottobre": 10,
    "november": 11, "nov": 11, "noviembre": 11, "novembro": 11, "novembre": 11, "dezember": 12, "dez": 12, "diciembre": 12, "dezembro": 12, "décembre": 12, "dicembre": 12,
}  # fmt: skip
_FOREIGN = re.compile(r"(?<!\d)(\d{1,2})\.?\s{1,2}(?:de\s)?([^\W\d_]{3,10})\.?,?\s{1,2}(?:de\s)?((?:19|20)\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d\d)(?![\d.:])")
_DAY_FIRST = re.compile(r"(?<![\d/-])(\d{1,2})([/-])(\d{1,2})\2((?:19|20)\d\d)(?![\d/-])")
# A date at the head of a line, or behind a place and a comma: "Seoul, October 16, 2024".
_DATED_PLACE = re.compile(
    r"(?:[^\W\d_][^\d,(]{1,24}(?:,|\s[(\[–-])\s?(?:den\s)?)?[(\[]?(?=\d|令和|平成|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s\d)"
)
_DIGITS = re.compile(r"\d")
_SEVERAL = re.compile(r"\d{1,9}")
_EASTERN = frozenset({"ko", "ja", "zh"})
_MANY = 20_000
_NEAR = 80


def normal(text: str, language: str) -> str:
    """Return ``text`` with the forms of date that its page's language (as declared) writes and a date's reader takes otherwise.

    ``6. Mai 2014`` and, outside Korea, Japan and China, ``31.10.23``; day before month in ``02/10/2020`` unless the page is American.
    """
    plain = _FOREIGN.sub(_with_number, text[:300])
    short = language.lower().replace("_", "-")
    if short[:2] in _EASTERN:
        return plain
    plain = _SHORT_YEAR.sub(r"\1.\2.20\3", plain)
    return _DAY_FIRST.sub(_day_first, plain) if short not in ("", "en", "en-us") else plain


def _with_number(match: re.Match[str]) -> str:
    month = _MONTHS.get(match.group(2).lower())
    return f"{match.group(3)}-{month:02d}-{int(match.group(1)):02d}" if month else match.group()


def _day_first(match: re.Match[str]) -> str:
    day, month = int(match.group(1)), int(match.group(3))
    return f"{match.group(4)}-{month:02d}-{day:02d}" if month <= 12 else match.group()


class Shown:
    """The dates a page shows in its article's column, by the kind of mark they bear; nothing is looked at before it is asked for."""

    def __init__(self, root: HtmlElement, language: str = "") -> None:
        """``language`` is the page's as declared or as its script says; it decides how ambiguous dates are read."""
        self._root = root
        self._language = language

    @cached_property
    def _headline(self) -> HtmlElement | None:
        node = self._root.find(".//title")
        return layout.headline(self._root, tree.line_of(node)[:500] if node is not None else "")

    @cached_property
    def _spine(self) -> frozenset[HtmlElement]:
        return frozenset(self._headline.iterancestors()) if self._headline is not None else frozenset()

    @cached_property
    def _lines(self) -> list[HtmlElement]:
        """The elements whose own text bears a number or may be a label."""
        nodes = islice(self._root.iter(*_LINES), _MANY)
        return [node for node in nodes if (text := node.text) and len(text) < 400 and (_DIGITS.search(text[:200]) or len(text) < 40)]

    def _beside(self, node: HtmlElement) -> bool:
        return node.tag in ("footer", "aside") or layout.is_beside(node, self._spine)

    def marked(self) -> Iterator[str]:
        """Yield what elements marked as the publication time say: ``itemprop=datePublished``, ``time pubdate``, a class of publication."""
        prior = []
        for node in self._root.iter("time", "span", "div", "p", "meta", "abbr", "a", "li", "td", "dd"):
            said = node.get("itemprop")
            if said and ("datepublished" in said.lower() or "datecreated" in said.lower()):
                yield _said(node)
            elif node.get("pubdate") is not None or (
                node.tag in ("time", "abbr", "span") and "published" in (node.get("class") or "").lower().split()
            ):
                prior.append(node)
        yield from (_said(node) for node in prior if not self._beside(node))

    def times(self) -> Iterator[str]:
        """Yield the first time of the article that is none of a change; one outside the article only where the page has a single day."""
        found = [node for node in islice(self._root.iter("time"), 400) if node.get("datetime") or (node.text or "").strip()]
        inside = [node for node in found if any(parent.tag in ("article", "main", "header") for parent in node.iterancestors())]
        usable = [node for node in inside or found if not _of_change(node) and not self._beside(node)]
        days = {(node.get("datetime") or "")[:10] for node in usable}
        if usable and (inside or len(days) == 1):
            yield _said(usable[0])

    def labelled(self) -> Iterator[str]:
        """Yield short texts from a label of publication on (``입력 2024.10.16``, ``公開日：令和6年10月16日``); a label of change never counts.

        The label may stand in an element of its own before the date's (``<dt>작성일</dt><dd>2024-10-16</dd>``).
        """
        for node in self._root.iter(*_LINES):
            line = _short_line(node)
            label = _LABEL.search(line[:100]) if line else None
            if label is not None and not _CHANGED.search(line[max(0, label.start() - 6) : label.end()]):
                yield from _behind(node, line, label)

    def beside_heading(self, *, wide: bool = True) -> Iterator[str]:
        """Yield the texts that are a date and little else near the article's headline, those of a class that says so first.

        Where ``wide``, then the first of such a class anywhere, and the date that opens one of the first lines
        (``Seoul, October 16, 2024``).
        """
        heading = self._headline
        near = [*_after(heading, _NEAR), *_before(heading, 12)] if heading is not None else []
        dated = [(node, line) for node in near if (line := _date_alone(node, self._language)) and not self._beside(node)]
        yield from (line for node, line in dated if _is_date_class(node.get("class") or ""))
        yield from (line for _, line in dated)
        if wide:
            yield from self._elsewhere()
            yield from (text for node in near if (text := _opening(node, self._language)) and not self._beside(node))
            openings = ((node, text) for node in self._lines if (text := _opening(node, self._language)) and not text[0].isdigit())
            yield from islice((text for node, text in openings if not self._beside(node)), 1)

    def _elsewhere(self) -> Iterator[str]:
        marks = (node for node in islice(self._root.iter(*_LINES), _MANY) if _is_date_class(node.get("class") or ""))
        lines = ((node, line) for node in islice(marks, 200) if (line := _date_alone(node, self._language)))
        yield from islice((line for node, line in lines if not self._beside(node)), 1)

    def sole(self) -> str:
        """Return the text of the one day that the page shows outside its boxes, or ``""`` where it shows none or several."""
        found: dict[str, str] = {}
        for node in self._lines:
            line = _date_alone(node, self._language) or _opening(node, self._language)
            moment = datestring.read(normal(line, self._language)) if line and not self._beside(node) else None
            if moment is not None:
                found.setdefault(moment.day, line)
            if len(found) > 1:
                return ""
        return next(iter(found.values()), "")

    def changed(self) -> frozenset[str]:
        """Return the days (``YYYY-MM-DD``) that the page labels as those of a change (수정, 更新, updated)."""
        found = set()
        for node in islice(self._root.iter(*_LINES, "time"), _MANY):
            line = _short_line(node)
            match = _CHANGED.search(line[:60]) if line else None
            moment = datestring.read(normal(line[match.end() :][:60], self._language)) if match else None
            if moment is not None:
                found.add(moment.day)
        return frozenset(found)


def _behind(node: HtmlElement, line: str, label: re.Match[str]) -> Iterator[str]:
    """What stands behind a label, up to a label of change; in the next element where the label stands alone."""
    rest = line[label.end() :]
    if _DIGITS.search(rest):
        change = _CHANGED.search(rest)
        yield rest[: change.start()] if change and _DIGITS.search(rest[: change.start()]) else rest
    elif len(line) <= 20:
        inner = (node.text or "").strip() == line and len(node) > 0
        following = node[0] if inner else node.getnext()
        text = tree.line_of(following)[:200] if following is not None and len(following) < 6 else ""
        if text and not _CHANGED.search(text[:30]):
            yield text


def _opening(node: HtmlElement, language: str) -> str:
    text = (node.text or "").strip()[:60] if isinstance(node.tag, str) else ""
    if len(text) < 8 or not _DIGITS.search(text[:30]) or _CHANGED.search(text) or _OTHER.search(text):
        return ""
    match = _DATED_PLACE.match(text)
    plain = normal(text[match.end() : match.end() + 30], language) if match else ""
    return text if plain and datestring.read(plain[:20]) is not None else ""


@lru_cache(maxsize=4096)
def _is_date_class(words: str) -> bool:
    return bool(words) and _DATE_CLASS.search(words) is not None


def _said(node: HtmlElement) -> str:
    return str(node.get("datetime") or node.get("content") or (node.get("title") if node.tag == "abbr" else "") or tree.line_of(node)[:200])


def _of_change(node: HtmlElement) -> bool:
    parent = node.getparent()
    before = (parent.text or "")[-30:] if parent is not None and parent.index(node) == 0 else ""
    return _CHANGED.search(f"{node.get('class') or ''} {node.get('itemprop') or ''} {before} {tree.line_of(node)[:60]}") is not None


def _short_line(node: HtmlElement) -> str:
    """The text of an element that is a line and not a paragraph; its own words only, unless a class hints at a date."""
    own = _own(node)
    if len(node) and len(node) < 10 and _HINT.search(f"{node.get('class') or ''}{node.get('id') or ''}") and _small(node):
        own = tree.line_of(node)
    return own.strip() if 2 <= len(own) <= 240 else ""


def _own(node: HtmlElement) -> str:
    """The words of an element itself, also those behind an icon or a label inside it, without those of its children."""
    text = node.text or ""
    if len(node) == 0 or len(node) > 8:
        return text
    return " ".join((text, *(child.tail for child in node if child.tail)))


def _small(node: HtmlElement) -> bool:
    return sum(1 for _ in islice(node.iterdescendants(), 30)) < 30


def _after(heading: HtmlElement, most: int) -> Iterator[HtmlElement]:
    """The elements that follow in the page's order, those inside the heading first."""
    yield from islice(heading.iterdescendants(), 10)
    node: HtmlElement | None = heading
    seen = 0
    while node is not None and seen < most and node.tag != "body":
        for sibling in node.itersiblings():
            for one in (sibling, *islice(sibling.iterdescendants(), most)):
                seen += 1
                if seen > most:
                    return
                yield one
        node = node.getparent()


def _before(heading: HtmlElement, most: int) -> Iterator[HtmlElement]:
    """The elements just before it, the nearest first."""
    node: HtmlElement | None = heading
    seen = 0
    for _ in range(3):
        if node is None or node.tag == "body":
            return
        for sibling in node.itersiblings(preceding=True):
            for one in (sibling, *islice(sibling.iterdescendants(), most)):
                seen += 1
                if seen > most:
                    return
                yield one
        node = node.getparent()


def _date_alone(node: HtmlElement, language: str = "") -> str:
    """The text of an element if it is a date with at most a few words around it, none of which makes it a change's or an event's."""
    if not isinstance(node.tag, str) or len(node) > 8:
        return ""
    line = _own(node).strip()
    if not _DIGITS.search(line[:200]):
        if node.tag != "time" and not (len(node) and _is_date_class(node.get("class") or "")):
            return ""  # its children are looked at by themselves
        line = tree.line_of(node)[:200] if _small(node) else ""
    if (
        not 6 <= len(line) <= 80
        or not _DIGITS.search(line)
        or _CHANGED.search(line)
        or _OTHER.search(line)
        or len(_SEVERAL.findall(line)) > 6
    ):
        return ""
    said = node.get("datetime") or "" if node.tag == "time" else ""
    moment = datestring.read(normal(said or line, language))
    return (said or line) if moment is not None and sum(c.isalpha() for c in line) <= 30 else ""
