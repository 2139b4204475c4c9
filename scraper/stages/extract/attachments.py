"""The files attached to a page, and whether its text is in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote, urljoin, urlsplit

from lxml.html import HtmlElement

from scraper.model.article import Article
from scraper.stages.extract import furniture, tree
from scraper.stages.extract.decode import decode
from scraper.stages.extract.handlers import address_of
from scraper.stages.extract.languages import language_of
from scraper.text import CJK, fold, squeeze

MOST = 3
"""How many files of one page are read."""

KINDS = ("hwpx", "docx", "pdf", "hwp")
"""The kinds of file that are told apart, the one best read first; the last cannot be read."""

_WORD = re.compile(f"[{CJK}]{{2}}|[^\\W{CJK}]{{3,}}")
_HEAD = 4_000
_SHORT = 300.0
_NOTICE = 1500.0
_LINKS = 3_000
_LARGEST = 2_000_000
_FILE = re.compile(r"(?i)\.(hwpx|docx|pdf|hwp)(?![a-z0-9])|[(\[（［]\s?(hwpx|docx|pdf|hwp)\s?[)\]）］:,/;：、 ]")
_VIEWER = re.compile(r"(?i)바로 ?보기|미리 ?보기|viewer|preview|synap|プレビュー")
_OUTSIDE = re.compile(
    r"(?i)(?:^|[\W_])(?:nav|gnb|lnb|snb|footer|foot|sidebar|aside|banner|breadcrumb|sitemap|quick|related|family)(?:$|[\W_\d])"
)
_POINTS = re.compile(
    r"(?i)(?:첨부|붙임|별첨)\S{0,8}\s?(?:을|를|의|과|에|로)?\s?\S{0,6}\s?(?:참[조고]|확인|다운로드|파일)|\bsee (?:the )?(?:attach|below|pdf)|attach(?:ed|ment)|\bfull text\b|\bavailable (?:here|below|as)|"
    r"\b(?:click|read|download) (?:here|the (?:full|pdf))|\bpdf\b|別添|別紙|添付|以下の(?:とおり|通り)|下記の|全文は|(?:仮訳|原文|骨子|本文)[（(]"
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a page links to: its absolute address, the name it goes by there, its kind out of :data:`KINDS`."""

    url: str
    name: str
    kind: str


def attachments(html: str | bytes, url: str, content_type: str = "", fallback: str = "") -> tuple[Attachment, ...]:
    """Return the documents attached to a page, in its order; of one document in several kinds the one best read.

    Links of the page's navigation and foot do not count, nor viewers. An address made by a script (``onclick``) is put together
    from the page's own function. ``content_type`` is the page's header where it came as bytes, ``fallback`` the source's own label. Raises
    ExtractError (decode).
    """
    text = html if isinstance(html, str) else decode(html, content_type, fallback).text
    root = tree.parse(text[:_LARGEST])
    if root is None:
        return ()
    found: dict[str, Attachment] = {}
    for link in islice(root.iter("a", "iframe", "embed", "object"), _LINKS):
        one = _attachment(link, root, url)
        if one is None:
            continue
        stem = fold(_FILE.split(one.name)[0]) or one.url
        known = found.get(stem)
        if known is None or KINDS.index(one.kind) < KINDS.index(known.kind):
            found[stem] = one
    return tuple(found.values())


def wanted(article: Article | None, found: tuple[Attachment, ...]) -> bool:
    """Tell whether a page's text is to be looked for in its attachments: it has none (None), hardly any, or little that points to them."""
    if not found or article is None:
        return bool(found)
    size = furniture.weight(article.text)
    return size < _SHORT or (size < _NOTICE and _POINTS.search(article.text[:5_000]) is not None)


def heavier(text: str, own: str) -> bool:
    """Tell whether a document says more than the page that it is attached to."""
    return furniture.weight(text) > furniture.weight(own)


def suits(text: str, article: Article) -> tuple[bool, float]:
    """Return how well a document's text suits a page's article, for comparing: the same language, and the share of the title's words
    (pairs of characters in East Asian text) that its beginning has."""
    words = set(_WORD.findall(fold(article.title[:500])))
    head = set(_WORD.findall(fold(text[:_HEAD])))
    return language_of(text) == article.language, len(words & head) / len(words) if words else 0.0


def _attachment(link: HtmlElement, root: HtmlElement, base: str) -> Attachment | None:
    target = (link.get("href") or link.get("src") or link.get("data") or "").strip()[:2_000]
    label = squeeze(tree.line_of(link))[:300] if link.tag == "a" else ""
    script = link.get("onclick") or (target if target.lower().startswith("javascript:") else "")
    named = _named(link, label, target)
    if named is None or _outside(link) or _VIEWER.search(f"{label} {target}"):
        return None
    if not target or target.startswith("#") or target.lower().startswith("javascript:"):
        target = address_of(script[:1_000], root)
    absolute = _joined(base, target) if target else ""
    return Attachment(absolute, named[0], named[1]) if absolute else None


def _joined(base: str, target: str) -> str:
    try:
        absolute = urljoin(base, target)
        return absolute if urlsplit(absolute).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _named(link: HtmlElement, label: str, target: str) -> tuple[str, str] | None:
    """The name and kind of the file: by the link's own words, its address, or the one name that stands beside it in its list."""
    for said in (label, link.get("download") or "", link.get("title") or "", unquote(target.rpartition("/")[2])):
        kind = _kind(said)
        if kind:
            return _to_the_end(squeeze(said)), kind
    for beside in islice(_around(link), 2):
        names = {match.group(0).lower() for match in _FILE.finditer(beside)}
        if len(names) == 1 and (kind := _kind(beside)):
            return _to_the_end(beside), kind
    return None


def _to_the_end(said: str) -> str:
    """A name up to its extension, without the size of the file and other words behind it."""
    found = _FILE.search(said[:500] + " ")
    return said[: found.end()].strip()[-200:] if found else said[:200]


def _around(link: HtmlElement) -> Iterator[str]:
    """The text of the elements round a link, as long as they are the length of an item in a list of files."""
    for holder in link.iterancestors("li", "dd", "td", "p", "div", "span"):
        text = squeeze("".join(islice(holder.itertext(), 40)))
        if len(text) > 200:
            return
        yield text


def _kind(said: str) -> str:
    found = _FILE.search(said[:500] + " ")
    return (found.group(1) or found.group(2)).lower() if found else ""


def _outside(link: HtmlElement) -> bool:
    return any(
        holder.tag in ("nav", "footer", "aside") or _OUTSIDE.search(f"{(holder.get('class') or '')[:200]} {(holder.get('id') or '')[:100]}")
        for holder in link.iterancestors()
        if holder.tag not in ("body", "html")
    )
