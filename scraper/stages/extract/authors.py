"""Who wrote an article, as its page says: structured data, meta elements, marked bylines, links to authors, a line that says "by"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from scraper.stages.extract import tree
from scraper.stages.extract.layout import is_beside, spine_of
from scraper.stages.extract.people import is_desk, people_of, person_like
from scraper.stages.extract.site import Site
from scraper.text import CJK, HAN, HANGUL, squeeze

_KEYS = (
    "author", "article:author", "byl", "dc.creator", "dcterms.creator", "dc.author", "parsely-author", "sailthru.author", "citation_author",
    "dable:author", "og:article:author", "article:author_name", "shareaholic:article_author_name", "author_name", "article_author",
    "cxenseparse:author", "mediator_author", "weibo:article:author", "news_author", "writer",
)  # fmt: skip
_WRITTEN_BY = re.compile(
    r"(?i)^(?:written by|verfasst von|geschrieben von|écrit par|escrito por|scritto da|written|author|autor|작성자|글쓴이|執筆者|著者|投稿者)\s*:?$"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:by-?lines?|authors?|autor(?:en|in|es)?|autorenzeile|auteurs?|writers?|reporters?|journalists?|redakteur|verfasser|authored|dateline-author|posted-?by|gija|writer_?info|contributors?)"
    r"(?:[\s_-]{0,2}(?:name|s|link|title|txt|text|info|bold|author|article|full|view)){0,6}(?:$|[\s_-])"
)
_PROFILE = re.compile(
    r"(?i)/(?:authors?|autor(?:en|es|in)?|auteurs?|writers?|reporters?|journalists?|by|byline|staff|contributors?|staff-contributors|redaktion|redakteure?|columnists?|kolumnisten|gija)/[^/?#]{2,60}/?(?:[?#]|$)|[?&](?:author|reporter|journalist)(?:_?(?:id|no|name))?="
)
_NAMED = re.compile(r"(?:^|[\s_-])(?:name|fn|full-?name|author-?name|display-?name)(?:$|[\s_-])")
_ORGANIZATION = re.compile(r"Organization$|Corporation$|WebSite$")
_SAID = re.compile(
    r"(?i)^\W{0,4}(?:(?:(?:posted |written |published |reported |story |article |words |text )?by|von|par|por|di|text von|autor(?:en|in)?|author)(?:\s*:\s*|\s+)|(?:text|redaktion|interview|words):\s*"
    r"|(?:글|글쓴이|작성자|취재|文|執筆|取材・文|筆者|記者)[\s:：=・|]+)(?=\S)|(?:기자|특파원|記者|特派員)(?:\s|=|$)"
)
_ALONE = re.compile(r"(?i)(?:by|von|par|por|글|文|기자)\s?[:：|]?")
_DATED = re.compile(r"^\W{0,3}\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,4}.{0,30}[^\W\d_]{2}")
# The head of a report: (서울=통신사) 홍길동 기자 =, [도쿄=홍길동 특파원], 【ソウル＝山田太郎】, （ソウル＝山田太郎）.
_DATELINE = re.compile(
    rf"^[(（\[【][^)）\]】\n]{{1,40}}[)）\]】]\s{{0,2}}((?:[{HANGUL}]{{2,4}}[·ㆍ,]?\s?){{1,4}})(?:기자|특파원)"
    rf"|^[(（\[【][^)）\]】=＝\n]{{1,20}}[=＝]\s?((?:[{HANGUL}]{{2,4}}[·ㆍ,]?\s?){{1,4}})(?:기자|특파원)[)）\]】]"
    rf"|[(（\[【][{CJK}]{{1,10}}[=＝]\s?((?:[{HAN}]{{2,3}}[\s　]?[{HAN}\u3041-\u3096]{{1,3}}[、・]?){{1,4}})[)）\]】]"
)
_TAGS = (
    "a",
    "span",
    "address",
    "p",
    "div",
    "b",
    "strong",
    "em",
    "i",
    "ul",
    "li",
    "td",
    "dd",
    "dl",
    "cite",
    "small",
    "h4",
    "h5",
    "h6",
    "figcaption",
    "byline",
    "author",
    "meta",
)
_MOST = 12


def authors_of(
    root: HtmlElement,
    values: Mapping[str, str],
    article: Mapping[str, Any],
    objects: tuple[Mapping[str, Any], ...],
    site: Site,
    title: str = "",
) -> tuple[str, ...]:
    """Return the names of an article's authors in the page's order, without titles of office and addresses; none where it names none.

    The first kind of witness that names anybody but the site itself decides; a site or an organisation counts as author only
    where the page says so in structured data or a byline and nobody else is named.
    """
    fallback: tuple[str, ...] = ()
    for names in _witnesses(root, values, article, objects, title):
        people = tuple(dict.fromkeys(person for name in names for person in people_of(name)))
        named = tuple(person for person in people if not site.is_exactly(person) and not is_desk(person))
        if named:
            return named[:_MOST]
        fallback = fallback or people
    return fallback[:_MOST]


def _witnesses(
    root: HtmlElement, values: Mapping[str, str], article: Mapping[str, Any], objects: tuple[Mapping[str, Any], ...], title: str
) -> Iterator[tuple[str, ...]]:
    yield tuple(_structured(article.get("author"), objects))
    yield tuple(_structured(article.get("creator"), objects))
    yield tuple(_meta(values))
    yield tuple(_labelled(values))
    yield from _visible(root, spine_of(root, title))
    yield tuple(_datelines(root))


def _structured(author: Any, objects: tuple[Mapping[str, Any], ...]) -> Iterator[str]:
    """The persons of a JSON-LD author; an organisation there is the publisher, not somebody who wrote."""
    for one in islice(author, 50) if isinstance(author, list) else [author]:
        node = _resolved(one, objects) if isinstance(one, dict) else one
        name = node.get("name") if isinstance(node, dict) else node
        collective = isinstance(node, dict) and isinstance(node.get("@type"), str) and bool(_ORGANIZATION.search(node["@type"]))
        for text in name if isinstance(name, list) else [name]:
            if isinstance(text, str) and not collective:
                yield text


def _resolved(node: Mapping[str, Any], objects: tuple[Mapping[str, Any], ...]) -> Mapping[str, Any]:
    """The object that a reference (``{"@id": ...}``) points to."""
    if "name" in node or "@id" not in node:
        return node
    return next((known for known in objects if known.get("@id") == node["@id"] and "name" in known), node)


def _meta(values: Mapping[str, str]) -> Iterator[str]:
    """What the first meta element that names a person says."""
    return islice((values[key] for key in _KEYS if key in values and any(people_of(values[key]))), 1)


def _labelled(values: Mapping[str, str]) -> Iterator[str]:
    """The pair of meta elements by which a card shows a label and a value (``twitter:label1``: Written by)."""
    for number in ("1", "2"):
        if _WRITTEN_BY.match(values.get(f"twitter:label{number}", "")) and f"twitter:data{number}" in values:
            yield values[f"twitter:data{number}"]


def _visible(root: HtmlElement, spine: frozenset[HtmlElement]) -> Iterator[tuple[str, ...]]:
    """What the page shows, by the strength of its marks: rel and itemprop, classes, links to profiles, lines that say "by"."""
    marked: tuple[list[HtmlElement], list[HtmlElement]] = ([], [])
    for node in root.iter(*_TAGS):
        mark = _mark(node) if node.keys() else None
        if mark is not None:
            marked[mark].append(node)
    for nodes in marked:
        yield _together(nodes, spine)
    yield _together([node for node in root.iter("a") if _PROFILE.search((node.get("href") or "")[:300])], spine)
    yield _together([node for node in root.iter(*_TAGS) if _says_by(node)], spine, strict=True)


@lru_cache(maxsize=4096)
def _is_byline(words: str) -> bool:
    return _BYLINE.search(_CAMEL.sub("-", words).lower()) is not None


def _mark(node: HtmlElement) -> int | None:
    """0 where the page says in so many words that this is the author, 1 where a class, an id or the element's name does."""
    said = node.get("itemprop") or node.get("rel")
    if said and "author" in said.lower().split():
        return 0
    words = f"{node.get('class') or ''} {node.get('id') or ''}"
    if (len(words) > 1 and _is_byline(words[:300])) or node.tag in ("byline", "author"):
        return 1
    return 1 if (node.get("itemtype") or "").endswith("schema.org/Person") else None


def _says_by(node: HtmlElement) -> bool:
    """A line that opens with "by", or with a date and a name, or in which somebody is called a reporter."""
    text = node.text
    if not text or len(text) > 300:
        return False
    line = text.strip()
    if len(line) < 8 and len(node) and _ALONE.fullmatch(line):
        return True
    return 4 < len(line) < 160 and (_SAID.search(line) is not None or _DATED.match(line) is not None)


def _shown(node: HtmlElement) -> str:
    """The name an element shows: that of the part marked as the name where there is one, else its whole short text."""
    if node.tag == "meta":
        return (node.get("content") or "")[:200]
    if sum(1 for _ in islice(node.iterdescendants(), 25)) >= 25:
        return ""
    for inner in node.iterdescendants("a", "span", "strong", "b", "p", "div", "h3", "h4"):
        if inner.get("itemprop") == "name" or _NAMED.search((inner.get("class") or "").lower()):
            text = tree.line_of(inner)
            if text and any(people_of(text)):
                return text
    text = squeeze(tree.line_of(node))
    return text if 2 <= len(text) <= 120 else ""


def _datelines(root: HtmlElement) -> Iterator[str]:
    """The reporters whom the first sentence of a report names with the place it was sent from."""
    for node in islice(root.iter("p", "div", "article"), 600):
        match = _DATELINE.search((node.text or "").strip()[:120])
        if match:
            yield next(group for group in match.groups() if group)
            return


def _together(nodes: list[HtmlElement], spine: frozenset[HtmlElement], *, strict: bool = False) -> tuple[str, ...]:
    """What the first element says that names somebody, and those that stand in the same line or list with it.

    ``strict``: of elements without a mark only what has the form of a person's name counts.
    """
    found: list[str] = []
    first: HtmlElement | None = None
    for node in nodes[:40]:
        if first is not None and not _adjoins(node, first):
            continue
        text = "" if is_beside(node, spine) else _shown(node)
        if text and any(person_like(person) or not strict for person in people_of(text)):
            first = node if first is None else first
            found += [person for person in people_of(text) if person_like(person)] if strict else [text]
        if len(found) >= _MOST:
            break
    return tuple(found)


def _adjoins(node: HtmlElement, first: HtmlElement) -> bool:
    """Beside it under one parent, or one step further down on both sides."""
    near, around = node.getparent(), first.getparent()
    if near is None or around is None or node.tag != first.tag:
        return False
    wider = around.getparent()
    return near is around or (wider is not None and near.getparent() is wider and near.tag == around.tag and len(wider) < 9)
