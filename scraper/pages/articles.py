"""One sighting: an article as it was read, and the page it was read from as the archive keeps it."""

from __future__ import annotations

import json
import re

from scraper import archive
from scraper.charsets import decode
from scraper.errors import NotFound, StorageError
from scraper.model.source import Capture, Page
from scraper.pages.asking import Answer, Ask
from scraper.pages.frame import page
from scraper.pages.guarding import FRAMING, INERT
from scraper.pages.marking import paragraphs
from scraper.pages.statements import marks
from scraper.storage import showing
from scraper.storage.store import Row

MOST_SHOWN = 200_000
"""Characters of a page's source that are shown."""
_RENDERED = ("text/html", "application/xhtml+xml")
_READABLE = (*_RENDERED, "text/plain", "text/xml", "application/xml", "application/json", "application/rss+xml", "application/atom+xml")
_REACHING = re.compile(r"<(?=(?:link|meta|base|iframe|frame|frameset|object|embed|applet|portal|fencedframe)[\s/>])", re.IGNORECASE)
"""The beginnings of elements that reach out of a page by themselves: a policy does not hold back a connection opened in advance."""


def article(ask: Ask) -> Answer:
    """Answer ``/article/ID``."""
    number = ask.number()
    shown = showing.article(ask.store, number)
    named = showing.mentions(ask.store, number)
    text, start, end = shown["text"] or "", shown["statement_start"], shown["statement_end"]
    bounds = (start, end) if start is not None and end is not None and 0 <= start < end <= len(text) else (0, len(text))
    places = marks(ask, named)
    return page(
        ask,
        "article.html",
        one=shown,
        reasons=json.loads(shown["reasons"]),
        before=paragraphs(text[: bounds[0]]),
        paragraphs=paragraphs(text[bounds[0] : bounds[1]], marks(ask, named, -bounds[0])) if places else paragraphs(text[slice(*bounds)]),
        after=paragraphs(text[bounds[1] :]),
        mentions=named,
        revisions=showing.revisions(ask.store, [number]),
    )


def capture(ask: Ask) -> Answer:
    """Answer ``/capture/ID``: when and with what headers the page was sent, around the page itself, which can do nothing."""
    row, kept, found = _captured(ask)
    readable = found.content_type in _READABLE
    answer = page(
        ask,
        "capture.html",
        one=row,
        kept=kept,
        headers=sorted(found.headers.items()),
        size=len(found.body),
        rendered=found.content_type in _RENDERED,
        source=_text(found)[:MOST_SHOWN] if readable else None,
        most=MOST_SHOWN,
    )
    return Answer(answer.body, headers={"Content-Security-Policy": FRAMING})


def inert(ask: Ask) -> Answer:
    """Answer ``/capture/ID/page``: the markup as it was sent, in a sandbox where nothing runs and nothing is loaded; raises NotFound where
    it is no page of markup."""
    _, _, found = _captured(ask)
    if found.content_type not in _RENDERED:
        raise NotFound("the page is no HTML")
    body = _REACHING.sub("<x-", _text(found))
    return Answer(body, headers={"Content-Security-Policy": INERT, "X-DNS-Prefetch-Control": "off"})


def file(ask: Ask) -> Answer:
    """Answer ``/capture/ID/file``: the bytes as they were sent, to be saved and never shown."""
    row, _, found = _captured(ask)
    headers = {"Content-Disposition": f'attachment; filename="capture-{row["id"]}{_ending(found)}"', "Content-Security-Policy": INERT}
    return Answer(found.body, content_type="application/octet-stream", headers=headers)


def _captured(ask: Ask) -> tuple[Row, Capture, Page]:
    """The article, where its page lies, and the page; raises NotFound where it is not kept, no longer, or damaged."""
    row, kept = showing.capture(ask.store, ask.number())
    try:
        return row, kept, archive.read(ask.site.home.captures, kept)
    except StorageError as error:
        raise NotFound(str(error)) from error


def _text(found: Page) -> str:
    return decode(found.body, found.headers.get("content-type", "")).text


def _ending(found: Page) -> str:
    return {"application/pdf": ".pdf", "text/html": ".html", "text/plain": ".txt"}.get(found.content_type, ".bin")
