"""Recognising what is no content: challenges, block pages and decoys that come with status 200.

The marks are those of the common protective services (Cloudflare, Akamai, Imperva, PerimeterX, DataDome) as they show in their
pages, and of sites that answer an unwelcome client with an apology.
"""

from __future__ import annotations

import re

from scraper.errors import DiscoverError
from scraper.model.source import Page, Source
from scraper.text import fold

_TITLE = re.compile(r"(?i)<title[^>]{0,200}>([^<]{0,300})")
_TITLES = (
    "just a moment", "attention required!", "technical difficulties", "access denied", "access to this page has been denied",
    "pardon our interruption", "are you a robot", "ddos-guard", "security check", "403 forbidden", "robot check",
    "verify you are human", "checking your browser", "request rejected",
)  # fmt: skip
_MARKS = (
    "cf-browser-verification", "_cf_chl_opt", "__cf_chl_", "/cdn-cgi/challenge-platform/h/", "_incapsula_resource", "px-captcha",
    "captcha-delivery.com", "errors.edgesuite.net", "verify you are human", "checking your browser before",
    "enable javascript and cookies to continue", "technical difficulties", "the requested url was rejected",
)  # fmt: skip
_HTML = re.compile(r"(?i)<(?:!doctype\s{1,20}html|html|head|body)[\s>]")
_READ = 60_000


def refuse_mitigated(page: Page, source: Source) -> None:
    """Raise DiscoverError (blocked) where the server says itself that it sent a challenge (``Cf-Mitigated``)."""
    if page.headers.get("cf-mitigated", "").strip().lower() == "challenge":
        message = f"{source.id}: the server sent a challenge instead of the page"
        raise DiscoverError(message, code="blocked")


def challenge(text: str) -> str:
    """Return the mark by which ``text`` shows itself as a challenge, block page or decoy, or ``""``.

    Ask only where nothing was found in the page: an ordinary page may carry the script of its protective service.
    """
    found = _TITLE.search(text[:_READ])
    title = fold(found.group(1)) if found else ""
    for mark in _TITLES:
        if mark in title:
            return mark
    low = text[:_READ].lower()
    return next((mark for mark in _MARKS if mark in low), "")


def is_html(text: str) -> bool:
    """Tell whether ``text`` begins as an HTML page."""
    return _HTML.search(text[:2000]) is not None


def no_entries(source: Source, text: str) -> DiscoverError:
    """Return the error for a page that is no feed: blocked where it shows a challenge or decoy, else not_a_feed."""
    mark = challenge(text)
    if mark:
        return DiscoverError(f"{source.id}: a block page ({mark!r}) came instead of the feed", code="blocked")
    what = "an HTML page" if is_html(text) else "something that is no feed" if text.strip() else "an empty body"
    return DiscoverError(f"{source.id}: {what} came instead of the feed", code="not_a_feed")
