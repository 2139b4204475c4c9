"""When a page says it was published: structured data first, then marked-up times, then labelled text, then a careful search."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta, timezone
from itertools import islice
from typing import Any

import htmldate
from lxml import etree
from lxml.html import HtmlElement

from scraper import datestring
from scraper.model.moment import Moment, parse_utc
from scraper.stages.extract import datelines, structured
from scraper.text import guess_language

logging.getLogger("htmldate").setLevel(logging.CRITICAL)  # a page without a date is nothing to remark on
FAR = "2099-12-31"
"""The latest date accepted where no day of reading is known (a file a person handed in)."""

_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date_published", "pubdate", "publishdate", "publish-date", "publish_date",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date", "citation_publication_date",
    "article.published", "published-date", "cxenseparse:recs:publishtime", "article:published", "dable:published_time", "date", "originalpublicationdate", "release_date",
    "regdate", "creation_date", "article.created", "article:create", "published_at", "publishtime", "dat", "datecreated",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod", "dcterms.modified", "dc.date.modified", "revised", "updated_time",
)  # fmt: skip
_IN_PATH = re.compile(r"(?<!\d)((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?!\d{1,3}(?:[/?#.]|$))")
_DAY_IN_PATH = re.compile(r"(?:^|[/_-])(\d\d)[-.](\d\d)[-.]((?:19|20)\d\d)(?=$|[/_.-])")
_SAID_ZONE = re.compile(r"(?:[+-]\d\d:?\d\d|Z|\b(?:UTC|GMT|KST|JST|E[DS]?T|P[DS]T|C[DES]+T|BST))\)?\s*$")
_OFFSET = re.compile(r"^([+-])([01]\d):?([0-5]\d)$")
_ARCHIVED = re.compile(r"^web/\d{14}\w{0,4}/")
_FAILURES = (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, OverflowError, AssertionError, etree.LxmlError)
_WEAK = frozenset({"time", "heading", "search"})


@dataclass(frozen=True, slots=True)
class Dating:
    """A date of publication and its witness.

    ``origin`` is json-ld, meta, markup (itemprop, ``time pubdate``), label (``입력 2024.10.16``), time (the article's first time),
    url (the path), heading (a bare date beside the headline) or search; ``zone`` the zone as the page wrote it, ``""`` where it
    wrote none and that of the source was assumed.
    """

    moment: Moment
    origin: str
    zone: str = ""

    @property
    def stamp(self) -> str:
        """The date in the page's own zone: ``YYYY-MM-DDTHH:MM:SS+09:00`` where a time and its offset are known, else ``YYYY-MM-DD``."""
        offset = _OFFSET.search(self.zone)
        if len(self.moment.at) == 10 or not offset:
            return self.moment.day
        minutes = int(offset.group(2)) * 60 + int(offset.group(3) or 0)
        place = timezone(timedelta(minutes=-minutes if offset.group(1) == "-" else minutes))
        local = parse_utc(self.moment.at).astimezone(place)
        return local.isoformat(timespec="seconds") if local.date().isoformat() == self.moment.day else self.moment.day


def published(
    root: HtmlElement, *, url: str = "", zone: str = "UTC", latest: str = FAR, objects: tuple[Mapping[str, Any], ...] | None = None
) -> Moment | None:
    """Return when the page says it was published, or None; never a date later than ``latest`` (``YYYY-MM-DD``).

    ``zone`` (IANA) is that of times that name none. ``objects`` is the page's JSON-LD where it was read before.
    A date that only a search over the whole page found has the precision ``inferred``.
    """
    found = dating(root, url=url, zone=zone, latest=latest, objects=objects)
    return replace(found.moment, origin=found.origin, zone=found.zone) if found else None


def dating(
    root: HtmlElement, *, url: str = "", zone: str = "UTC", latest: str = FAR, objects: tuple[Mapping[str, Any], ...] | None = None
) -> Dating | None:
    """Return the date that :func:`published` returns with what vouches for it, or None.

    Of weak witnesses (an unmarked time, a date beside the headline, a search) none counts that the address refutes, that lies
    after the page's own last change, or that the page gives as the day of a change.
    """
    said = structured.linked_data(root) if objects is None else objects
    values = dict(_meta_values(root))
    in_path = _path_day(url or values.get("og:url", "") or _canonical(root))
    language = _language(root, values)
    shown = datelines.Shown(root, language)
    limits = _Limits(in_path, latest, _changes(said, values), shown)
    for origin, text in _evidence(said, values, shown):
        moment = datestring.read(text, zone) if origin in ("json-ld", "meta") else _read(text, zone, language)
        if moment is not None and moment.day <= latest and (origin not in _WEAK or limits.admit(moment.day, origin)):
            local = _as_shown(moment, shown, zone, language) if origin in ("json-ld", "meta") else moment
            return Dating(local if local.day <= latest else moment, origin, _zone_of(moment))
    if in_path and in_path <= latest:
        return Dating(Moment(in_path, "date", in_path), "url")
    found = _searched(root, url, latest) or _sole(shown, zone, language)
    return Dating(found, "search") if found is not None and found.day <= latest and limits.admit(found.day, "search") else None


def _sole(shown: datelines.Shown, zone: str, language: str) -> Moment | None:
    moment = _read(shown.sole(), zone, language)
    return replace(moment, at=moment.day, precision="inferred") if moment else None


def _evidence(objects: tuple[Mapping[str, Any], ...], values: Mapping[str, str], shown: datelines.Shown) -> Iterator[tuple[str, str]]:
    """What the page says, the most explicit first, as (origin, text); each kind is looked for only when those before said nothing."""
    for origin, texts in (
        ("json-ld", _linked(objects)),
        ("meta", (values[key] for key in _META if key in values)),
        ("markup", shown.marked()),
        ("label", shown.labelled()),
        ("time", shown.times()),
        ("heading", shown.beside_heading()),
    ):
        for text in texts:
            yield origin, text


def _language(root: HtmlElement, values: Mapping[str, str]) -> str:
    """The language whose forms of date count: that of the title's script, else as declared."""
    title = root.find(".//title")
    script = guess_language(f"{(title.text if title is not None else '') or ''} {values.get('og:title', '')}")
    return (
        script
        if script != "en"
        else root.get("lang") or root.get("xml:lang") or values.get("og:locale") or values.get("content-language") or ""
    )


def _read(text: str, zone: str, language: str) -> Moment | None:
    plain = datelines.normal(text, language)
    moment = datestring.read(plain, zone)
    return moment if moment is None or plain == text else replace(moment, raw=text.strip()[:300])


def _as_shown(moment: Moment, page: datelines.Shown, zone: str, language: str) -> Moment:
    """The same moment on the day that the page shows its readers, where that is the day before or after.

    Machines often note the hour in UTC, or that of saving: the calendar day is the one beside the headline.
    """
    for text in page.beside_heading(wide=False):
        shown = _read(text, zone, language)
        if shown is not None:
            return replace(moment, local_day=shown.day) if _apart(shown.day, moment.day) == 1 else moment
    return moment


class _Limits:
    """What a weak witness may not contradict; the page is read for its changes only when it is asked."""

    def __init__(self, in_path: str, latest: str, changes: tuple[str, ...], shown: datelines.Shown) -> None:
        self._in_path = in_path
        self._changes = changes
        self._latest = min((latest, *changes))
        self._shown = shown

    def admit(self, day: str, origin: str) -> bool:
        if self._in_path:
            return _apart(day, self._in_path) <= (1 if origin == "time" else 0)
        if day > self._latest:
            return False
        return origin != "search" or day not in {*self._changes, *self._shown.changed()}


def _apart(one: str, other: str) -> int:
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def _linked(objects: tuple[Mapping[str, Any], ...]) -> Iterator[str]:
    """The article's own date first, then any object's; of those a video's or a comment's comes after a page's."""
    article = structured.article_data(objects)
    for node in (article, *objects):
        for key in ("datePublished", "dateCreated", "uploadDate"):
            value = node.get(key)
            if isinstance(value, str) and value and node.get("@type") not in ("Comment", "Review", "UserReview"):
                yield value


def _meta_values(root: HtmlElement) -> Iterator[tuple[str, str]]:
    """(name, content) of the meta elements in the reverse of the page's order, so that the first of a name stays in a dict."""
    for node in reversed([*islice(root.iter("meta"), 500)]):
        key = (node.get("property") or node.get("name") or node.get("itemprop") or node.get("http-equiv") or "").strip().lower()
        content = (node.get("content") or "").strip()[:300]
        if key and content:
            yield key, content


def _changes(objects: tuple[Mapping[str, Any], ...], values: Mapping[str, str]) -> tuple[str, ...]:
    """The days on which the page says it was last changed, in its data."""
    said = (structured.article_data(objects).get("dateModified"), *(values.get(key) for key in _MODIFIED))
    moments = (datestring.read(text) for text in said if isinstance(text, str))
    return tuple(moment.day for moment in moments if moment)


def _canonical(root: HtmlElement) -> str:
    return next((node.get("href") or "" for node in islice(root.iter("link"), 300) if (node.get("rel") or "").lower() == "canonical"), "")


def _path_day(url: str) -> str:
    """The day in the path of an address (``/2024/10/16/``, ``/20241016/``), or ``""``; archives' own stamps do not count."""
    path = url.partition("://")[2].partition("/")[2].partition("?")[0]
    path = _ARCHIVED.sub("", path)
    found = [match.groups() for match in islice(_IN_PATH.finditer(path), 5)]
    for year, month, day in found:
        try:
            return date(int(year), int(month), int(day)).isoformat() if 1995 <= int(year) < 2100 else ""
        except ValueError:
            continue
    behind = _DAY_IN_PATH.search(path)
    try:
        return date(int(behind.group(3)), int(behind.group(2)), int(behind.group(1))).isoformat() if behind else ""
    except ValueError:
        return ""


def _zone_of(moment: Moment) -> str:
    match = _SAID_ZONE.search(moment.raw) if moment.precision in ("second", "minute") else None
    return match.group().rstrip(") ") if match else ""


def _searched(root: HtmlElement, url: str, latest: str) -> Moment | None:
    """What the general library finds in the head and the marked elements of a page, of languages and forms not known here.

    Its search of the whole text is left out: it dates pages that bear no date.
    """
    try:
        day = htmldate.find_date(root, extensive_search=False, original_date=True, url=url or None, min_date="1995-01-01", max_date=latest)
    except _FAILURES:
        return None
    return Moment(day, "date", day) if day else None
