"""Recognising what is no content: challenges, block pages and decoys that come with status 200.

The marks are those of the common protective services (Cloudflare, Akamai, Imperva, PerimeterX, DataDome) as they show in their
pages, and of sites that answer an unwelcome client with an apology.
"""

from __future__ import annotations

import re
from dataclasses import replace

from scraper.errors import DiscoverError
from scraper.model.source import Page, Source
from scraper.stages.discover.charset import decode
from scraper.stages.discover.items import plain_text
from scraper.text import fold

_TITLE = re.compile(r"(?i)<title[^>]{0,200}>([^<]{0,300})")
_TITLES = (
    "just a moment", "attention required!", "technical difficulties", "access denied", "access to this page has been denied",
    "pardon our interruption", "are you a robot", "ddos-guard", "security check", "403 forbidden", "robot check",
    "verify you are human", "checking your browser", "request rejected", "잠시만 기다리십시오", "접근이 거부", "접근이 차단", "비정상적인 접근",
    "しばらくお待ちください", "アクセスが拒否", "アクセスできません",
)  # fmt: skip
_SCRIPTS = (
    "cf-browser-verification", "_cf_chl_opt", "__cf_chl_", "/cdn-cgi/challenge-platform/h/", "_incapsula_resource", "px-captcha",
    "captcha-delivery.com", "errors.edgesuite.net",
)  # fmt: skip
_PHRASES = (
    "verify you are human", "checking your browser before", "unusual traffic from your computer",
    "enable javascript and cookies to continue", "technical difficulties",
    "the requested url was rejected", "비정상적인 접근", "자동입력 방지", "アクセスが拒否されました",
)  # fmt: skip
# What Cloudflare adds to ordinary pages too.
_HARMLESS = re.compile(r"(?i)/cdn-cgi/challenge-platform/(?:h/\w/)?scripts/")
_MOST_TITLE = 40
MOST_TAGS = 300_000
"""Of a page that is read, opening and closing: three times what 10,000 items have. A tree takes a hundred times their bytes."""

_LITTLE_TEXT, _HARDLY_ANY_TEXT = 1500, 600
_WHOLE = 300_000
_HTML = re.compile(r"(?i)<(?:!doctype\s{1,20}html|html|head|body)[\s>]")
_READ = 60_000


def refuse_vast(body: bytes, source: Source) -> None:
    """Raise DiscoverError (too_large) where ``body`` holds more tags than :data:`MOST_TAGS`, or twice that for a sitemap (50,000 addresses)."""
    tags = body.count(b"<")
    if tags > (2 if source.kind == "sitemap" else 1) * MOST_TAGS:
        raise DiscoverError(f"{source.id}: a page of {tags} tags is too large to read", code="too_large")


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
    return next((mark for mark in (*_SCRIPTS, *_PHRASES) if mark in low), "")


def is_challenge(page: Page, source: Source) -> str:
    """Return the mark by which a fetched page, an article's as well, shows itself as a challenge, block page or decoy, or ``""``.

    Unlike :func:`challenge` it may be asked of any page: what a mark means is weighed against how much there is to read, since an
    article may speak of technical difficulties and carry the script of a protective service. What is no HTML is none.
    """
    if page.headers.get("cf-mitigated", "").strip().lower() == "challenge":
        return "cf-mitigated"
    text = decode(replace(page, body=page.body[:_WHOLE]), source)
    mark = _weighty_mark(_HARMLESS.sub("", text)) if is_html(text) else None
    return mark[0] if mark and visible_length(text) < mark[1] else ""


def _weighty_mark(text: str) -> tuple[str, int] | None:
    """The mark a page shows, and how long its text may be with that being what the page is about."""
    found = _TITLE.search(text[:_READ])
    title = fold(found.group(1)) if found else ""
    named = next((mark for mark in _TITLES if mark in title and len(title) <= len(mark) + _MOST_TITLE), "")
    if named:
        return named, _LITTLE_TEXT
    low = text[:_READ].lower()
    script = next((mark for mark in _SCRIPTS if mark in low), "")
    phrase = next((mark for mark in _PHRASES if mark in low), "")
    return (script, _LITTLE_TEXT) if script else (phrase, _HARDLY_ANY_TEXT) if phrase else None


def visible_length(markup: str) -> int:
    """Return about how many characters of ``markup`` are text to read, as far as it matters here (2,000 at most)."""
    return len(plain_text(markup, _WHOLE)[:2000])


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
