"""Dates of entries: whether one can be true, and where a listing's text runs into one."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from scraper.model.moment import Moment, parse_utc
from scraper.parties import level_width

_OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=2)

_NAMES = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_TAIL = re.compile(
    r"(?:(?:19|20)\d\d\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{1,2}"
    r"|(?:(?:19|20)\d\d|(?:令和|平成)\s?(?:元|\d{1,2}))\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]"
    rf"|(?<![a-z])(?:{_NAMES})\.?\s?\d{{1,2}},?\s?(?:19|20)\d\d|(?<!\d)\d{{1,2}}\s(?:{_NAMES})\s(?:19|20)\d\d)"
    r"[.)\]]?(?:\s?\d{1,2}:\d\d(?::\d\d)?)?\s?(?:(?:조회수?|閲覧数?|views?)\s?:?\s?[\d,]{1,9}\s?)?$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"\s?[\[(]?(?:(?:19|20)\d\d\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{1,2}\.?(?!\d)[)\]]?\s?"
    r"|(?:(?:19|20)\d\d|(?:令和|平成)\s?(?:元|\d{1,2}))\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일](?:\s?\(.\))?[)\]]?\s)(?=\S)"
)


def believable(moment: Moment, fetched_at: str) -> bool:
    """Tell whether a page fetched then can have been published at ``moment``: after 1990, at most two days ahead."""
    return _OLDEST <= parse_utc(moment.at) <= parse_utc(fetched_at) + _AHEAD


def trailing_date(text: str) -> int | None:
    """Return where a date with its year begins that ends ``text`` (``…브리핑2026.03.18``), or None."""
    offset = max(0, len(text) - 40)
    found = _TAIL.search(level_width(text[offset:]))
    return offset + found.start() if found else None


def leading_date(text: str) -> int | None:
    """Return where a date with its year ends that begins ``text`` and stands apart from it (``2026.03.18 …``), or None."""
    found = _HEAD.match(level_width(text[:40]))
    return found.end() if found else None
