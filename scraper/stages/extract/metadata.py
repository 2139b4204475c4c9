"""Title, authors, language and address of a page, as it says them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from scraper.stages.extract import structured
from scraper.stages.extract.authors import authors_of
from scraper.stages.extract.languages import language_of
from scraper.stages.extract.site import site_of
from scraper.stages.extract.titles import title_of
from scraper.text import clean, language_code, squeeze
from scraper.urls import canonical, registrable

__all__ = ["Metadata", "language_of", "meta_values", "metadata"]
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself; each empty where it says nothing. ``address`` is the canonical URL it names, resolved."""

    title: str
    authors: tuple[str, ...]
    language: str
    address: str


def metadata(root: HtmlElement, url: str = "", objects: tuple[Mapping[str, Any], ...] = (), selected_title: str = "") -> Metadata:
    """Return title, authors, declared language and named address of a page; ``selected_title`` (from a source's selector) goes first."""
    values = meta_values(root)
    article = structured.article_data(objects)
    address = _address(root, values, url)
    site = site_of(root, values, objects, url or address)
    title = selected_title or title_of(root, values, article, site)
    return Metadata(title, authors_of(root, values, article, objects, site, title), _declared(root, values, article), address)


def meta_values(root: HtmlElement) -> dict[str, str]:
    """Return what the page's meta elements say, by lower-case property, name or itemprop, the first of each; at most 2,000 characters."""
    values: dict[str, str] = {}
    for node in root.iter("meta"):
        key = (node.get("property") or node.get("name") or node.get("itemprop") or node.get("http-equiv") or "").strip().lower()
        content = squeeze(clean((node.get("content") or "")[:_LONGEST])) if key else ""
        if content:
            values.setdefault(key, content)
    return values


def _declared(root: HtmlElement, values: Mapping[str, str], article: Mapping[str, Any]) -> str:
    spoken = article.get("inLanguage")
    said = (
        root.get("lang"),
        root.get("xml:lang"),
        spoken if isinstance(spoken, str) else "",
        values.get("og:locale"),
        values.get("content-language"),
    )
    return next((code for one in said if one and (code := language_code(one))), "")


def _address(root: HtmlElement, values: Mapping[str, str], url: str) -> str:
    """The page's rel=canonical, else its og:url, if it stays on the same registrable domain, else the address it was read from.

    An address that leads to the front page names no article.
    """
    named = [node.get("href") for node in islice(root.iter("link"), 300) if "canonical" in (node.get("rel") or "").lower().split()]
    for address in (*named, values.get("og:url", "")):
        resolved = canonical(address, url) if address else ""
        if resolved.startswith("http") and (not url or registrable(resolved) == registrable(url)) and not _is_front(resolved, url):
            return resolved
    return canonical(url) if url else ""


def _is_front(address: str, url: str) -> bool:
    return bool(url) and address.count("/") == 3 and address.endswith("/") and canonical(url).rstrip("/").count("/") > 2
