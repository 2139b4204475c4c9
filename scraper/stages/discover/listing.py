"""Listings: HTML pages that name their articles, read by CSS selectors (``Source.selectors``) or, without any, by a general rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from bs4 import BeautifulSoup, ParserRejectedMarkup
from bs4.element import NavigableString, PreformattedString, Tag
from soupsieve import SelectorSyntaxError

from scraper.datestring import read as read_date
from scraper.errors import DiscoverError
from scraper.model.source import Discovery, Page, Selectors, Source
from scraper.stages.discover.board import read_board_date
from scraper.stages.discover.charset import decode
from scraper.stages.discover.dates import leading_date, trailing_date
from scraper.stages.discover.guard import challenge, refuse_mitigated
from scraper.stages.discover.items import Item, filled, further, resolved, to_discovery
from scraper.text import has_cjk, squeeze
from scraper.urls import canonical, registrable

_INLINE = frozenset({"a", "b", "i", "u", "em", "strong", "mark", "font", "sup", "sub", "small", "wbr", "abbr", "time", "code"})
_SILENT = frozenset({"script", "style", "template", "noscript"})
_FURNITURE = "nav, header, footer, aside, form, [role=navigation]"
_LABEL = re.compile(
    r"(?i)\s?\[?(?:등록일자?|작성일자?|게시일|登録日|掲載日|公開日|更新日|posted(?: on)?|published(?: on)?|date)\]?\s?[:：]?\s?$"
)
_SHORT = re.compile(r"\d\d[./-]\d\d\.?")
_DATED = ("datetime", "content", "title")
_LONGEST = 2000
_SHORTEST_DATE, _LONGEST_DATE, _MONTH_NAME = 5, 40, 9
_MOST = 2000
_MOST_CHARACTERS = 2_000_000
DEEPEST = 500


def discover_listing(page: Page, source: Source) -> Discovery:
    """Return the entries of a listing in page order, each address once; none found gives an empty Discovery with a note.

    Raises DiscoverError: blocked (a challenge or decoy with no items in it), wrong_channel (the page's title is not the
    expected one), parse (no HTML at all, or selectors that cannot be used).
    """
    refuse_mitigated(page, source)
    text = decode(page, source)
    if page.body[:5] == b"%PDF-" or (b"\x00" in page.body[:1024] and "<" not in text[:1024]):
        raise DiscoverError(f"{source.id}: no HTML but {page.content_type or 'something else'}", code="parse")
    soup = _soup(text, source)
    items = _once(_items(soup, page, source), page)
    mark = "" if items else challenge(text)
    if mark:
        raise DiscoverError(f"{source.id}: a block page ({mark!r}) came instead of the listing", code="blocked")
    title = soup.title.get_text() if soup.title else ""
    following = soup.select_one("link[rel~=next][href], a[rel~=next][href]")
    more = further(_attribute(following, "href"), page) if following and items else ()
    return to_discovery(items, page, source, channel=title, notes=_why_empty(items, source), more=more)


def _soup(text: str, source: Source) -> BeautifulSoup:
    # The line end keeps Beautiful Soup from taking short texts for file names and XHTML for XML, and from warning of either.
    try:
        soup = BeautifulSoup("\n" + text[:_MOST_CHARACTERS], "lxml")
    except ParserRejectedMarkup as error:
        raise DiscoverError(f"{source.id}: the page cannot be parsed: {error}", code="parse") from error
    if _depth(soup) > DEEPEST:
        raise DiscoverError(f"{source.id}: elements nested deeper than {DEEPEST}", code="parse")
    return soup


def _depth(soup: BeautifulSoup) -> int:
    depths = {id(soup): 0}
    for tag in soup.select("*"):
        depths[id(tag)] = depths[id(tag.parent)] + 1
    return max(depths.values())


def _why_empty(items: Sequence[Item], source: Source) -> tuple[str, ...]:
    return () if items else (f"nothing on the page matches {source.selectors.item or source.selectors.link or 'the general rule'!r}",)


def _items(soup: BeautifulSoup, page: Page, source: Source) -> list[Item]:
    chosen = source.selectors
    try:
        elements = _elements(soup, page, chosen)
        headings = _headings(soup, elements, chosen.date)
        base = _base(soup, page)
        return [_item(element, heading, base, page, source) for element, heading in zip(elements, headings, strict=True)]
    except (SelectorSyntaxError, NotImplementedError, re.error) as error:
        raise DiscoverError(f"{source.id}: a selector or pattern cannot be used: {error}", code="parse") from error


def _elements(soup: BeautifulSoup, page: Page, chosen: Selectors) -> list[Tag]:
    selector = chosen.item or chosen.link
    return _innermost(soup.select(selector, limit=_MOST)) if selector else list(_headline_links(soup, page))


def _innermost(elements: Sequence[Tag]) -> list[Tag]:
    """Return the elements that hold none of the others: a row that holds rows is a frame and no item."""
    frames: set[int] = set()
    for element in elements:
        for parent in element.parents:
            if id(parent) in frames:
                break
            frames.add(id(parent))
    return [element for element in elements if id(element) not in frames]


def _headline_links(soup: BeautifulSoup, page: Page) -> Iterator[Tag]:
    """Yield what the general rule takes: links to the same site, outside of navigation, whose text is as long as a headline."""
    furniture = {id(link) for part in soup.select(_FURNITURE) for link in part.find_all("a")}
    for link in soup.find_all("a", href=True, limit=_MOST):
        text = _text(link)
        url = resolved(str(link["href"]), page.url)
        if id(link) not in furniture and len(text) >= (8 if has_cjk(text) else 24) and registrable(url) == registrable(page.url):
            yield link


def _headings(soup: BeautifulSoup, elements: Sequence[Tag], selector: str) -> list[str]:
    """Return for each element the date that stands as a heading over it: the last match of ``selector`` before it outside of all elements."""
    if not selector:
        return [""] * len(elements)
    ours = {id(element) for element in elements}
    dated = {id(match) for match in soup.select(selector)}
    current, found = "", dict.fromkeys(ours, "")
    for tag in soup.select("*"):
        if id(tag) in ours:
            found[id(tag)] = current
        elif id(tag) in dated and not any(id(parent) in ours for parent in tag.parents):
            current = _date_text(tag)
    return [found[id(element)] for element in elements]


def _item(element: Tag, heading: str, base: str, page: Page, source: Source) -> Item:
    chosen = source.selectors
    link = _link_element(element, chosen)
    text = _text(link)
    title = _text(element.select_one(chosen.title)) if chosen.title else ""
    dated = element.select_one(chosen.date) if chosen.date else None
    date = _date_text(dated) if dated else heading or _date_within(element, page, source)
    if not title:
        title, said = _parted(text)
        date = date or said
    return Item(
        link=_address(link, element, base, chosen),
        title=title.strip(" |·-") or _alternative(link),
        summary=_text(element.select_one(chosen.summary)) if chosen.summary else "",
        dates=(date,),
        board=True,
    )


def _parted(text: str) -> tuple[str, str]:
    """Return title and date of a text in which both run together, the date (with its year) at the end or at the start."""
    cut = trailing_date(text)
    if cut is not None:
        return _LABEL.sub("", text[:cut]), text[cut:]
    start = leading_date(text)
    return (text, "") if start is None else (text[start:], text[:start])


def _link_element(element: Tag, chosen: Selectors) -> Tag:
    inside = element.select_one(chosen.link) if chosen.link else None
    if inside is not None:
        return inside
    return element if element.name == "a" else element.select_one("a[href], [onclick]") or element


def _address(link: Tag, element: Tag, base: str, chosen: Selectors) -> str:
    if chosen.link_pattern:
        pattern = re.compile(chosen.link_pattern)
        for tag, name in ((link, "onclick"), (link, "href"), (element, "onclick"), (element, "href")):
            found = pattern.search(_attribute(tag, name))
            if found:
                return resolved(filled(chosen.link_template or "{0}", found), base)
    href = _attribute(link, "href")
    return "" if href.startswith("#") else resolved(href, base)


def _date_within(element: Tag, page: Page, source: Source) -> str:
    """Return the date in an element for which no selector is given: a ``time`` element's, else the last piece of text that is one."""
    stamped = element.select_one("time[datetime]")
    if stamped is not None:
        return _attribute(stamped, "datetime")
    pieces = (squeeze(str(piece)) for piece in element.find_all(string=True, limit=_MOST))
    found = [piece for piece in pieces if _is_date(piece, page, source)]
    return found[-1] if found else ""


def _is_date(piece: str, page: Page, source: Source) -> bool:
    # Words beside the digits make it a sentence that mentions a date, unless the date ends a run-together text (seen later).
    if not _SHORTEST_DATE <= len(piece) <= _LONGEST_DATE or piece.isdecimal() or not re.search(r"\d", piece):
        return False
    words = re.sub(r"[\d\s.,:/()年月日時分년월일시분-]", "", piece)
    read = read_board_date if _SHORT.fullmatch(piece) else read_date
    return len(words) <= _MONTH_NAME and read(piece, source.timezone, page.fetched_at) is not None


def _date_text(element: Tag) -> str:
    stamped = next(filter(None, (_attribute(element, name) for name in _DATED)), "")
    return stamped if re.search(r"\d", stamped) else _text(element)


def _alternative(link: Tag) -> str:
    image = link.select_one("img[alt]")
    return _attribute(link, "title") or _attribute(link, "aria-label") or (_attribute(image, "alt") if image else "")


def _attribute(element: Tag, name: str) -> str:
    value = element.get(name)
    return value[:_LONGEST].strip() if isinstance(value, str) else ""


def _text(element: Tag | None) -> str:
    return squeeze("".join(_pieces(element))) if element is not None else ""


def _pieces(element: Tag) -> Iterator[str]:
    # Blocks part words, inline markup does not: "<b>한미일</b>은" is one word.
    for node in element.descendants:
        if isinstance(node, Tag):
            yield "" if node.name in _INLINE else " "
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            yield "" if node.parent and node.parent.name in _SILENT else str(node)


def _base(soup: BeautifulSoup, page: Page) -> str:
    stated = soup.select_one("base[href]")
    return resolved(urljoin(page.url, _attribute(stated, "href")), page.url) or page.url if stated else page.url


def _once(items: Sequence[Item], page: Page) -> list[Item]:
    """Each address once, with the first title that stands at it (a picture's link comes before the headline's); not the page itself."""
    own, found, nameless = canonical(page.url), dict[str, Item](), list[Item]()
    for item in items:
        key = canonical(item.link)
        if not item.link:
            nameless.append(item)
        elif key != own and (key not in found or not found[key].title):
            found[key] = item
    return [*found.values(), *nameless]
