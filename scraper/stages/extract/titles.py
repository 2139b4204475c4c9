"""The title of an article: what its page's headings, structured data and head agree on, without what the site adds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from scraper.stages.extract import tree
from scraper.stages.extract.site import Site, is_front, is_outlet, plain
from scraper.text import CJK, clean, fold, has_cjk, squeeze

_MARKS = r"[|｜∣│¦\-‐‑–—―─:：<>‹›＜＞«»≪≫·•~〜～/∥‖]"
# White space around a mark makes it a separator; a bar or a guillemet is one without; a wide colon before the last words too.
_SEPARATOR = re.compile(
    rf"\s{{1,3}}(?:{_MARKS}{{1,2}}|&lt;|&gt;|@)\s{{1,3}}|\s{{0,3}}(?:[|｜∣│«»‖]|::)\s{{0,3}}|：(?=[^：]{{1,20}}$)"
    rf"|(?<=[\S]):\s(?=\S)|(?<=[{CJK}])[-–—―](?=[{CJK}]{{2,12}}$)"
)
_BRACKETED = re.compile(
    r"\s{0,3}(?:\(([^()]{2,30})\)|（([^（）]{2,30})）|\[([^\[\]]{2,30})\]|【([^【】]{2,30})】|「([^「」]{2,30})」|〈([^〈〉]{2,30})〉)$"
)
_LEADING = re.compile(r"^(?:\[([^\[\]]{2,30})\]|【([^【】]{2,30})】)\s{0,3}")
# What sites put between an article's title and their own name.
_SECTION = re.compile(
    r"(?i)^(?:기사본문|기사|뉴스|전체기사|상세(?:보기|페이지|내용|정보)?|보기|게시판|게시물|보도자료|보도·설명|브리핑|공지사항|알림|자료실|소식|정치|국제|외교|사회|경제|국방|안보|종합|"
    r"記事|ニュース|国際|政治|社会|経済|お知らせ|新着情報|報道発表(?:資料)?|報道資料|プレスリリース|トピックス|詳細|"
    r"blog[ -]?archi(?:ve?|v)|archi(?:ve|v)|blog|news(?:room)?|press(?: ?releases?)?|statements?|media|article|story|video|view|detail|home)(?:\s?(?:상세(?:보기|페이지|내용)?|보기|목록|一覧|詳細))?$"
)
_CRUMB = re.compile(r"(?i)기사|상세|보도자료|archi")
_DECLARED = ("og:title", "twitter:title", "dc.title", "title", "headline")
_CUT_OFF = re.compile(r"\s*(?:\.{2,3}|…)$")
_BESIDE = re.compile(r"comment|related|sidebar|widget|footer|respond|screen-reader|sr-only|assistive|cookie|consent|modal|newsletter")
_HEADED = re.compile(r"(?:^|[\s_-])(?:title|tit|subject|headline|tit_?view|view_?tit(?:le)?)(?:$|[\s_-])")
_WORD = re.compile(rf"[{CJK}]{{2,}}|[^\W_{CJK}]+")
_MANY = 30


def title_of(root: HtmlElement, values: Mapping[str, str], article: Mapping[str, Any], site: Site) -> str:
    """Return the title of the article on a page, or ``""``.

    ``values`` are its meta elements by lower-case name, ``article`` its article in JSON-LD. The heading that the head of the
    page agrees with is the best witness, then what the head declares, each without the site's part; a heading alone comes last.
    """
    headings = tuple(dict.fromkeys(_headings(root, site)))
    declared = tuple(_declared(root, values, article))
    bare = tuple(dict.fromkeys(title for one in declared if (title := bare_title(one, site, headings)) and _telling(title, site)))
    agreed = _agreed(headings, (*bare, *declared))
    if agreed:
        return agreed
    top = _top(root, site)
    if not bare:  # the head names only the site or a section
        shown = [heading for heading in headings if not is_outlet(heading)]
        first = top if len(top) == 1 and top[0] in shown else ()
        later = (*shown, *declared) if any(_SECTION.match(bare_title(one, site)) for one in declared) else (*declared, *shown)
        return next(iter((*first, *_marked(root, site), *later, *headings)), "")
    return next((heading for heading in top or headings[:3] if _related(heading, bare)), bare[0])


def _telling(title: str, site: Site) -> bool:
    """A title of the page's own: neither the site's name nor that of a section."""
    return not site.is_exactly(title) and not _SECTION.match(title)


def bare_title(title: str, site: Site | None = None, headings: Iterable[str] = ()) -> str:
    """Return ``title`` without what the site adds before or behind a separator (``... | NHK``, ``... < 국제 < 기사본문 - 일보``).

    A part goes where it is the site's name, a word of its host, ends like an outlet's name, or where the rest is a heading of the page.
    """
    own = site or Site()
    known = {fold(heading) for heading in headings if heading}
    whole = squeeze(clean(title))[:1000]
    if fold(whole) in known:
        return whole
    for start, end in _cuts(whole):
        for part in (whole[:start].strip(), whole[end:].strip()):
            if fold(part) in known and not own.is_exactly(part) and not (len(part) <= 12 and is_outlet(part)):
                return part
    return _unbracketed(_without_site(whole, own), own)


def _cuts(title: str) -> list[tuple[int, int]]:
    return [match.span() for match in islice(_SEPARATOR.finditer(title), 20)]


def _without_site(title: str, site: Site) -> str:
    rest, stripped = title, False
    for _ in range(6):
        cuts = _cuts(rest)
        if not cuts:
            break
        (head, after), (start, end) = cuts[0], cuts[-1]
        first, last = rest[:start].strip(), rest[end:].strip()
        tail = site.is_exactly(last) if rest[start:end] == ": " else _is_tail(last, site, stripped=stripped)
        if tail and (len(first) >= 4 or (has_cjk(first) and len(first) >= 2)):
            rest, stripped = first, True
        elif (
            site.is_exactly(rest[:head])
            if rest[head:after] == ": "
            else site.is_own(rest[:head]) and len(rest[after:].strip()) * (3 if has_cjk(rest[after:]) else 1) >= 8
        ):
            rest, stripped = rest[after:].strip(), True
        else:
            break
    return rest


def _is_tail(part: str, site: Site, *, stripped: bool) -> bool:
    """The site's own part, or a section's name where the site's has gone already or the separator is a breadcrumb's."""
    return site.is_own(part) or is_outlet(part) or (bool(_SECTION.match(part)) and (stripped or _CRUMB.search(part) is not None))


def _unbracketed(title: str, site: Site) -> str:
    """Without the outlet's name in brackets at the end (（共同通信）, [한국일보]), or the site's at the start."""
    match = _BRACKETED.search(title[-40:])
    if match and match.start() + len(title[:-40]) > 3:
        inner = next(group for group in match.groups() if group)
        if site.is_exactly(inner) or (has_cjk(inner) and is_outlet(inner) and not inner.endswith(("省", "庁", "외교부", "国防部"))):
            return title[: len(title[:-40]) + match.start()].strip()
    match = _LEADING.match(title)
    if match and site.is_exactly(next(group for group in match.groups() if group)) and len(title) - match.end() > 3:
        return title[match.end() :].strip()
    return title


def _declared(root: HtmlElement, values: Mapping[str, str], article: Mapping[str, Any]) -> Iterator[str]:
    headline = article.get("headline")
    node = root.find(".//title")
    page = tree.line_of(node)[:1000] if node is not None else ""
    for title in (
        values.get(_DECLARED[0], ""),
        headline if isinstance(headline, str) else "",
        *(values.get(key, "") for key in _DECLARED[1:]),
        page,
    ):
        if title.strip():
            yield title


def _headings(root: HtmlElement, site: Site, levels: tuple[str, ...] = ("h1", "h2", "h3")) -> Iterator[str]:
    """The headings that may be the article's, the highest first: no site's name, no link to the front page, nothing beside the article."""
    for level in levels:
        for node in islice(root.iter(level), _MANY):
            text = _line(node)
            if text and len(text) <= 400 and _telling(text, site) and not _to_front(node, site) and not _beside(node):
                yield text


def _line(node: HtmlElement) -> str:
    """The text of a heading without the readings that stand over Japanese characters."""
    if next(node.iter("rt"), None) is None:
        return tree.line_of(node)
    plain_node = deepcopy(node)
    for reading in [*plain_node.iter("rt", "rp")]:
        reading.text = None
        for inner in list(reading):
            reading.remove(inner)
    return tree.line_of(plain_node)


def _to_front(node: HtmlElement, site: Site) -> bool:
    links = [*islice(node.iter("a"), 2)]
    return (len(links) == 1 and is_front(links[0], site.url)) or any(
        one.tag == "a" and is_front(one, site.url) for one in node.iterancestors()
    )


def _beside(node: HtmlElement) -> bool:
    return any(
        one.tag in ("nav", "aside", "footer") or _BESIDE.search(f"{one.get('class') or ''} {one.get('id') or ''}".lower())
        for one in (node, *islice(node.iterancestors(), 8))
        if one.tag not in ("body", "html")
    )


def _top(root: HtmlElement, site: Site) -> list[str]:
    return [*_headings(root, site, ("h1",))]


def _marked(root: HtmlElement, site: Site) -> Iterator[str]:
    """What boards without headings mark as the title by itemprop or class."""
    for node in root.iter("h2", "h3", "h4", "strong", "p", "div", "span", "td", "th", "dt", "dd"):
        marked = node.get("itemprop") == "headline" or _HEADED.search((node.get("class") or "").lower())
        if marked and len(node) < 6 and not _beside(node) and 4 <= len(text := _line(node)) <= 200 and _telling(text, site):
            yield text
            return


def _agreed(headings: tuple[str, ...], titles: tuple[str, ...]) -> str:
    """The first heading that a title says too: the very words before a title that it completes, opens or closes."""
    words = [fold(title) for title in titles]
    for heading in headings:
        if fold(heading) in words or any(plain(heading) and plain(heading) == plain(title) for title in titles):
            return heading
    return next((heading for heading in headings if any(_agree(fold(heading), word) for word in words)), "")


def _agree(heading: str, title: str) -> bool:
    """A heading that the title says in full with more around it, or that says in full a title cut off."""
    if len(heading) < (4 if has_cjk(heading) else 8):
        return False
    cut = _CUT_OFF.sub("", title)
    return (
        title.startswith(heading)
        or (title.endswith(heading) and len(heading) * 2 >= len(title))
        or (cut != title and len(cut) >= 12 and heading.startswith(cut))
    )


def _related(heading: str, titles: tuple[str, ...]) -> bool:
    """A heading that tells the same in other words: half of its words or of a title's are the other's too."""
    words = _words(heading)
    if len(words) < 3 or any(plain(title) in plain(heading) for title in titles):  # the title with a kicker or a subtitle around it
        return False
    return any(len(others) >= 3 and len(words & others) * 2 >= min(len(words), len(others)) for others in map(_words, titles))


def _words(text: str) -> set[str]:
    """The words of a title; of East Asian writing every two neighbours, as Japanese does not part its words."""
    return {
        word[at : at + 2] if has_cjk(word) else word
        for word in _WORD.findall(fold(text))
        for at in range(len(word) - 1 if has_cjk(word) else 1)
    }
