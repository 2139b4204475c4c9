"""When a page says it was published: structured data first, then marked-up times, then labelled text, then a careful search."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import htmldate
from lxml import etree
from lxml.html import HtmlElement

from scraper.model.moment import Moment
from scraper.stages.extract import datestring, structured, tree

logging.getLogger("htmldate").setLevel(logging.CRITICAL)  # a page without a date is nothing to remark on
FAR = "2099-12-31"
"""The latest date accepted where no day of reading is known (a file a person handed in)."""

_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date_published", "pubdate", "publishdate", "publish-date", "publish_date",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date", "citation_publication_date",
    "article.published", "published-date", "cxenseparse:recs:publishtime", "article:published", "date", "originalpublicationdate", "release_date", "regdate", "creation_date",
)  # fmt: skip
_LABEL = re.compile(
    r"(?:입력|등록일?|기사입력|게시일?|작성일?|배포일시?|보도일시?|승인|발행일?|최초입력|公開日?時?|掲載日?|投稿日?|配信日?|発表日?|更新日?|作成日?|"
    r"\bpublished(?: on| at)?|\bposted(?: on| at)?|\bfirst published|\bdate posted|\brelease date|\bissued(?: on)?|\bdate\b|\bdated\b)\s{0,3}[:：|]?\s{0,3}",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"수정|최종|更新|\b(?:updated|modified|last)\b", re.IGNORECASE)
_HINT = re.compile(r"date|time|publish|posted|byline|info|regist|write|meta|일자|날짜", re.IGNORECASE)
_FAILURES = (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, OverflowError, AssertionError, etree.LxmlError)


def published(
    root: HtmlElement, *, url: str = "", zone: str = "UTC", latest: str = FAR, objects: tuple[Mapping[str, Any], ...] | None = None
) -> Moment | None:
    """Return when the page says it was published, or None; never a date later than ``latest`` (``YYYY-MM-DD``).

    ``zone`` (IANA) is that of times that name none. ``objects`` is the page's JSON-LD where it was read before.
    A date that only a search over the whole page found has the precision ``inferred``.
    """
    found = structured.linked_data(root) if objects is None else objects
    said = (*_linked(found), *_meta(root), *_times(root), *_labelled(root))
    for text in said:
        moment = datestring.read(text, zone)
        if moment is not None and moment.day <= latest:
            return moment
    return _searched(root, url, latest)


def _linked(objects: tuple[Mapping[str, Any], ...]) -> Iterator[str]:
    article = structured.article_data(objects)
    for node in (article, *objects):
        for key in ("datePublished", "dateCreated", "uploadDate"):
            value = node.get(key)
            if isinstance(value, str) and value:
                yield value


def _meta(root: HtmlElement) -> Iterator[str]:
    values: dict[str, str] = {}
    for node in root.iter("meta"):
        key = (node.get("property") or node.get("name") or node.get("itemprop") or "").strip().lower()
        content = (node.get("content") or "").strip()
        if key in _META and content:
            values.setdefault(key, content)
    return (values[key] for key in _META if key in values)


def _times(root: HtmlElement) -> Iterator[str]:
    """Elements marked as the publication time; a bare ``time`` only where the page has one, or in the head of the article."""
    marked = [node for node in root.iter() if isinstance(node.tag, str) and "datepublished" in (node.get("itemprop") or "").lower()]
    times = [node for node in root.iter("time") if node.get("datetime") or (node.text or "").strip()]
    prior = [node for node in times if node.get("pubdate") is not None or "published" in (node.get("class") or "").lower()]
    for node in (*marked, *prior, *_first_of_article(times)):
        yield node.get("datetime") or node.get("content") or tree.line_of(node)


def _first_of_article(times: list[HtmlElement]) -> list[HtmlElement]:
    inside = [node for node in times if any(parent.tag in ("article", "main", "header") for parent in node.iterancestors())]
    usable = [node for node in inside or times if not _CHANGED.search(f"{node.get('class') or ''} {tree.line_of(node)}")]
    days = {(node.get("datetime") or "")[:10] for node in usable}
    return usable[:1] if inside or len(days) == 1 else []


def _labelled(root: HtmlElement) -> Iterator[str]:
    """Short texts with a label of publication before a date (입력 2024.10.16), those with a label of change last."""
    late = []
    for node in root.iter("p", "span", "div", "li", "td", "dd", "dt", "em", "strong", "small", "i", "b", "font", "th", "h4", "h5"):
        text = node.text or ""
        line = (
            tree.line_of(node) if len(node) and _small(node) and _HINT.search((node.get("class") or "") + (node.get("id") or "")) else text
        )
        if not 6 <= len(line) <= 200 or not any(c.isdigit() for c in line):
            continue
        label = _LABEL.search(line)
        if label is None:
            continue
        if _CHANGED.search(line[: label.end()]):
            late.append(line)
        else:
            yield line[label.start() :]
    yield from late


def _small(node: HtmlElement) -> bool:
    return sum(1 for _ in islice(node.iterdescendants(), 30)) < 30


def _searched(root: HtmlElement, url: str, latest: str) -> Moment | None:
    for thorough in (False, True):
        try:
            day = htmldate.find_date(
                root, extensive_search=thorough, original_date=True, url=url or None, min_date="1995-01-01", max_date=latest
            )
        except _FAILURES:
            return None
        if day:
            return None if thorough and day.endswith("-01-01") else Moment(day, "inferred" if thorough else "date", day)
    return None
