"""How a source is asked: its address with the day filled in, and the media types wanted."""

from __future__ import annotations

import re
from datetime import date, timedelta

from scraper.datestring import zone_of
from scraper.model.moment import parse_utc
from scraper.model.source import Source

_DAY = re.compile(r"\{today(?:-(\d{1,3}))?\}")
_HTML = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
_XML = "application/xml, text/xml;q=0.9, */*;q=0.5"
_JSON = "application/json, */*;q=0.5"
_FEED = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
_ACCEPT = {"listing": _HTML, "sitemap": _XML, "xml": _XML, "json": _JSON, "wordpress": _JSON, "gdelt": _JSON}


def address(source: Source, now: str) -> str:
    """Return the address to ask at ``now`` (UTC): ``{today}`` and ``{today-2}`` become days (YYYYMMDD) in ``source.timezone``."""
    today = parse_utc(now).astimezone(zone_of(source.timezone)).date()
    return _DAY.sub(lambda found: _written(today, int(found.group(1) or 0)), source.url)


def accept(kind: str) -> str:
    """Return the media types to ask for (RFC 9110 12.5.1) of a source of ``kind``."""
    return _ACCEPT.get(kind, _FEED)


def _written(day: date, back: int) -> str:
    return (day - timedelta(days=back)).strftime("%Y%m%d")
