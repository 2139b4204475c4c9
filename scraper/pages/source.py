"""A source: what it is, how it answers, and what it brought."""

from __future__ import annotations

import re
from statistics import median_low

from scraper.errors import ConfigError, NotFound
from scraper.model.source import Source
from scraper.pages.asking import Answer, Ask
from scraper.pages.frame import page
from scraper.pages.strips import Chart, chart
from scraper.storage import sourcing
from scraper.storage.store import Row
from scraper.urls import web

MOST_ARTICLES = 40
MOST_REASONS = 15
_LONGEST = 200
"""Characters of an id; those of the catalogue are shorter."""
_LOGIN = re.compile(r"(?<=://)[^/?#@\s]{1,200}@")
_KEYS = re.compile(r"((?:^|[?&;])[^=&#]{0,40}(?:key|token|secret|passw|auth|signature)[^=&#]{0,40}=)[^&#\s]+", re.IGNORECASE)


def source(ask: Ask) -> Answer:
    """Answer ``/source/ID``; raises NotFound."""
    key = ask.keys["id"]
    one = sourcing.source(ask.store, key) if len(key) <= _LONGEST else None
    if one is None:
        raise NotFound("there is no such source")
    lags = sourcing.lags(ask.store, key)
    articles, days = sourcing.articles(ask.store, key, MOST_ARTICLES), sourcing.days(ask.store, key)
    address = without_secrets(one["url"])
    return page(
        ask,
        "source.html",
        one=one,
        address=address,
        error=without_secrets(one["error"] or ""),
        linked=address == one["url"] and "${" not in address and bool(web(address)),
        configured=_configured(ask, key),
        days=days,
        chart=_polls(days),
        decided=sourcing.decided(ask.store, key),
        reasons=sourcing.reasons(ask.store, key, MOST_REASONS),
        lag=(lags[0], median_low(lags), lags[-1]) if lags else None,
        lagged=len(lags),
        articles=articles,
        total=articles[0]["total"] if articles else 0,
    )


def _polls(days: list[Row]) -> Chart:
    """Good polls, and under them those that were not, as outlines."""
    figures = {("Good polls", row["day"]): row["good"] for row in days} | {
        ("Failed polls", row["day"]): row["polls"] - row["good"] for row in days
    }
    return chart(figures, ("Good polls", "Failed polls"), [row["day"] for row in days], hollow=("Failed polls",))


def _configured(ask: Ask, key: str) -> Source | None:
    """The source as the configuration has it now, if it has it."""
    try:
        return next((one for one in ask.site.config.sources if one.id == key), None)
    except ConfigError:
        return None


def without_secrets(url: str) -> str:
    """Return an address without a login, and without what a parameter holds that is called like a key: whoever wrote a key into the catalogue
    itself, and not into the environment, must not find it on a page."""
    return _KEYS.sub(r"\1…", _LOGIN.sub("", url))
