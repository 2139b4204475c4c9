"""Title, authors, language and address of a page, as it says them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from scraper.stages.extract import structured, tree
from scraper.text import clean, fold, guess_language, squeeze
from scraper.urls import canonical, host, registrable

_SEPARATOR = re.compile(r"\s{1,3}(?:[|｜\-–—:：<>«»·•~∣/]|::|&lt;|&gt;)\s{1,3}|\s{0,3}[|｜∣«»]\s{0,3}|：(?=[^：]{1,20}$)")
# The last word of a site's name in its title ("... 일보", "... Times"): what stands behind a separator and ends so is the site.
_OUTLET = re.compile(
    r"(?i)(?:뉴스|신문|일보|방송|통신|닷컴|타임스|경제|미디어|매체|저널|포털|외교부|국방부|대사관|新聞|新聞社|通信|ニュース|デジタル|テレビ|放送|オンライン|省|庁|大使館|"
    r"\b(?:news|newswire|times|post|herald|journal|tribune|online|press|magazine|daily|today|tv|radio|blog|wire|review|gazette|ministry of [\w ]{3,30}|department of [\w ]{3,30}"
    r"|u\.?s\.? embassy[\w &.]{0,40}|house|\.com|\.org|\.net|[\w-]{2,30}\.(?:com|org|net|de|fr|it|es|co|kr|jp|tv|io)))$"
)
_NOT_A_PERSON = re.compile(
    r"(?i)https?://|www\.|@|^(?:admin|administrator|editor|staff|webmaster|redaktion|unknown|null|none|author|by|name|posted|publiziert|veröffentlicht|guest|no author|user|super user|comments?)\b.{0,14}$"
    r"|\d|[<>{}=*:?!()\[\]]|\b(?:on|am|le|el|says?|said|sagt|dit)$|\.(?:com|org|net|de|ch|fr|it)$"
)
_BY = re.compile(
    r"(?i)^\s*(?:.{0,24}\b(?:by|par|por)|(?:(?:eingestellt|veröffentlicht|geschrieben|verfasst|erstellt|publiziert|zeige alle beiträge)\s)?vo[nm]|door|di|af|av|"
    r"autor(?:in)?|auteur|author|text|words|글|글쓴이|文|執筆)(?:\s*[:：]\s*|\s+)(?=\S)"
)
_AFTER = re.compile(r"(?i)\s+(?:alle (?:artikel|beiträge)|shares?|at|am|on|updated|published|view|all posts)\b.*$|\s+\d.*$")
_BYLINE = re.compile(r"(?:^|[\s_-])(?:byline|author|writer|reporter|journalist)(?:[_-]{0,2}(?:name|s|link|title))?(?:$|\s)")
_ASIDE = re.compile(r"comment|related|sidebar|widget|avatar|footer|respond|bio\b")
_AND = re.compile(r"(?i)\s*(?:;|,|\||/|\s(?:and|und|y|et|&)\s)\s*")
_REPORTER = re.compile(r"\s{0,3}(?:기자|특파원|논설위원|記者)$")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself; each empty where it says nothing. ``address`` is the canonical URL it names, resolved."""

    title: str
    authors: tuple[str, ...]
    language: str
    address: str


def metadata(root: HtmlElement, url: str = "", objects: tuple[Mapping[str, Any], ...] = (), selected_title: str = "") -> Metadata:
    """Return title, authors, declared language and named address of a page; ``selected_title`` (from a source's selector) goes first."""
    values = _meta(root)
    article = structured.article_data(objects)
    return Metadata(
        selected_title or _title(root, values, article, url),
        _authors(root, values, article, objects),
        _declared(root, values),
        _address(root, url),
    )


def language_of(text: str, declared: str = "", expected: str = "") -> str:
    """Return the ISO 639-1 code of a text: by its script where that decides, else what the page declares, else what is expected, else ``en``."""
    guess = guess_language(text)
    if guess != "en":
        return guess
    for code in (declared, expected):
        short = code.strip().lower()[:2]
        if short.isalpha() and len(short) == 2 and short not in {"ko", "ja", "zh"}:
            return short
    return "en"


def bare_title(title: str, site: str = "", url: str = "", headings: Iterable[str] = ()) -> str:
    """Return ``title`` without what the site adds before or behind a separator (``... | NHK``, ``... < 국제 < 기사본문 - 일보``).

    A part goes where it is the site's name, a word of the host, ends like an outlet's name, or where the rest is a heading of the page.
    """
    known = {fold(heading) for heading in headings if heading}
    whole = squeeze(clean(title))
    if fold(whole) in known:
        return whole
    cuts = [match.span() for match in _SEPARATOR.finditer(whole[:1000])]
    for start, end in cuts:
        if fold(whole[:start]) in known:
            return whole[:start].strip()
        if fold(whole[end:]) in known:
            return whole[end:].strip()
    return _without_site(whole, site, url)


def _without_site(title: str, site: str, url: str) -> str:
    rest = title
    for _ in range(4):
        cuts = [match.span() for match in _SEPARATOR.finditer(rest[:1000])]
        if not cuts:
            break
        (head, after), (start, end) = cuts[0], cuts[-1]
        if _is_site(rest[end:], site, url) and len(rest[:start].strip()) >= 4:
            rest = rest[:start].strip()
        elif _is_site(rest[:head], site, url, outlet=False) and len(rest[after:].strip()) >= 8:
            rest = rest[after:].strip()
        else:
            break
    return rest


def _is_site(part: str, site: str, url: str, *, outlet: bool = True) -> bool:
    plain = re.sub(r"[\W_]", "", fold(part))
    if not plain or len(part) > 60:
        return False
    named = re.sub(r"[\W_]", "", fold(site))
    stem = re.sub(r"[\W_]", "", registrable(url).split(".")[0]) if url else ""
    if (named and (plain == named or (len(plain) > 3 and plain in named) or (len(named) > 3 and named in plain))) or (
        len(stem) > 2 and (plain in (stem, host(url).replace(".", "")) or stem in plain)
    ):
        return True
    return outlet and len(part.split()) <= 6 and _OUTLET.search(part.strip()) is not None


def _meta(root: HtmlElement) -> Mapping[str, str]:
    values: dict[str, str] = {}
    for node in root.iter("meta"):
        key = (node.get("property") or node.get("name") or node.get("itemprop") or node.get("http-equiv") or "").strip().lower()
        content = squeeze(clean(node.get("content") or ""))
        if key and content:
            values.setdefault(key, content[:2000])
    return values


def _title(root: HtmlElement, values: Mapping[str, str], article: Mapping[str, Any], url: str) -> str:
    headings = tuple(text for node in root.iter("h1") if (text := tree.line_of(node)))
    node = root.find(".//title")
    page = tree.line_of(node) if node is not None else ""
    headline = article.get("headline")
    declared = (
        values.get("og:title", ""),
        headline if isinstance(headline, str) else "",
        values.get("twitter:title", ""),
        values.get("dc.title", ""),
        page,
    )
    site = values.get("og:site_name") or values.get("application-name") or _publisher(article)
    bare = [bare_title(title, site, url, headings) for title in declared if title.strip()]
    agreed = [heading for heading in headings if any(_agree(heading, title) for title in (*bare, page))]
    if bare and not agreed:
        return bare[0]
    return (agreed or list(headings) or [""])[0]


def _agree(heading: str, title: str) -> bool:
    """A heading that the title says too, in full: the page shows it, so it is the better witness of the two."""
    a, b = fold(heading), fold(title)
    return len(a) >= 8 and (a == b or b.startswith(a) or b.endswith(a) or (len(b) >= 15 and a.startswith(b.rstrip(".\u2026 "))))


def _publisher(article: Mapping[str, Any]) -> str:
    publisher = article.get("publisher")
    name = publisher.get("name") if isinstance(publisher, dict) else ""
    return name if isinstance(name, str) else ""


def _authors(
    root: HtmlElement, values: Mapping[str, str], article: Mapping[str, Any], objects: tuple[Mapping[str, Any], ...]
) -> tuple[str, ...]:
    named = tuple(_names(article.get("author"), objects))
    for group in (named, _meta_authors(values), tuple(_bylines(root))):
        people = tuple(dict.fromkeys(person for name in group for person in _people(name)))
        if people:
            return people[:12]
    return ()


def _names(author: Any, objects: tuple[Mapping[str, Any], ...]) -> Iterator[str]:
    for one in author if isinstance(author, list) else [author]:
        node = one
        if isinstance(one, dict) and "name" not in one and "@id" in one:
            node = next((known for known in objects if known.get("@id") == one["@id"] and "name" in known), one)
        name = node.get("name") if isinstance(node, dict) else node
        for text in name if isinstance(name, list) else [name]:
            if isinstance(text, str) and not (isinstance(node, dict) and node.get("@type") in ("Organization", "NewsMediaOrganization")):
                yield text


def _meta_authors(values: Mapping[str, str]) -> tuple[str, ...]:
    keys = (
        "author",
        "article:author",
        "byl",
        "dc.creator",
        "dcterms.creator",
        "parsely-author",
        "sailthru.author",
        "citation_author",
        "dable:author",
        "og:article:author",
    )
    return tuple(values[key] for key in keys if key in values and not _NOT_A_PERSON.search(values[key]))[:1]


def _bylines(root: HtmlElement) -> Iterator[str]:
    """The first element marked as the author's, by rel or itemprop before mere class names, outside comments and asides."""
    named: list[str] = []
    classed: list[str] = []
    for node in root.iter("a", "span", "address", "p", "div", "b", "strong", "em", "li", "td"):
        marked = "author" in (node.get("rel") or "").lower().split() or (node.get("itemprop") or "").lower() == "author"
        if not marked and not _BYLINE.search((node.get("class") or "").lower()):
            continue
        text = tree.line_of(node) if _leaf(node) else ""
        if 2 < len(text) < 100 and not _beside(node):
            (named if marked else classed).append(text)
    yield from (named or classed)[:1]


def _leaf(node: HtmlElement) -> bool:
    return sum(1 for _ in islice(node.iterdescendants(), 15)) < 15


def _beside(node: HtmlElement) -> bool:
    return any(
        _ASIDE.search(f"{one.get('class') or ''} {one.get('id') or ''}".lower())
        for one in (node, *islice(node.iterancestors(), 12))
        if one.tag not in ("body", "html")
    )


def _people(name: str) -> Iterator[str]:
    for part in _AND.split(_BY.sub("", squeeze(clean(name))[:300])):
        person = _AFTER.sub("", _REPORTER.sub("", _BY.sub("", part))).strip(" .,-\u2013\u2014|")
        if 2 <= len(person) <= 60 and len(person.split()) <= 6 and not _NOT_A_PERSON.search(person):
            yield person


def _declared(root: HtmlElement, values: Mapping[str, str]) -> str:
    top = root.get("lang") or root.get("xml:lang") or values.get("og:locale") or values.get("content-language") or ""
    return top.strip().lower()[:2]


def _address(root: HtmlElement, url: str) -> str:
    """The page's rel=canonical if it stays on the same registrable domain, else the address it was read from."""
    for node in root.iter("link"):
        if "canonical" in (node.get("rel") or "").lower().split() and node.get("href"):
            named = canonical(node.get("href"), url)
            if registrable(named) == registrable(url):
                return named
    return canonical(url) if url else ""
