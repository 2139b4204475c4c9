"""GDELT's article search (DOC 2.0, ``mode=artlist&format=json``): addresses and titles of what others published."""

from __future__ import annotations

import re

from scraper.errors import DiscoverError
from scraper.model.source import Discovery, Page, Source
from scraper.stages.discover.charset import decode
from scraper.stages.discover.guard import challenge, is_html, no_entries, refuse_mitigated
from scraper.stages.discover.items import Item, plain_title, to_discovery
from scraper.stages.discover.jsontext import read_json
from scraper.stages.discover.paths import reach, text_at
from scraper.text import CJK, squeeze

_LIMITED = ("limit requests", "too many requests", "rate limit", "requests to one every", "quota", "temporarily blocked", "throttl")
# Where the tokens of a title were joined with spaces: before closing marks, after opening ones, inside abbreviations and numbers.
_MENDINGS = (
    (re.compile(r"(?<=\d)(?<!\d{4}) ([.:]) (?=\d)"), r"\1"),
    (re.compile(r"(?<=\d) , (?=\d{3}(?!\d))"), ","),
    (re.compile(r" (?=[,.;:!?%)\]}»”’](?:\W|$))"), ""),
    (re.compile(r"(?<=[(\[{«“‘$£€¥₩#]) "), ""),
    (re.compile(r"(?<=\b[A-Z]\.) (?=[A-Z]\.)"), ""),
    (re.compile(r"(?<=\w) ?(['’]) ?(?=(?:s|t|re|ve|ll|d|m)\b)"), r"\1"),
    (re.compile(r'" ([^"]{1,300}?) "'), r'"\1"'),
    (re.compile(rf"(?<=[{CJK}]) ?([·・∙ㆍ]) ?(?=[{CJK}])"), r"\1"),
)


def discover_gdelt(page: Page, source: Source) -> Discovery:
    """Return what GDELT found, in its order; ``{}`` means that it found nothing, which is an answer.

    ``published`` is when GDELT saw the article (inferred), ``publisher`` the domain it stands on. Raises DiscoverError: blocked
    (asked too often, which comes as plain text with status 200), parse (a query it does not take, broken JSON), not_a_feed.
    """
    refuse_mitigated(page, source)
    text = decode(page, source)
    _refuse_message(text, source)
    root = read_json(text, source)
    if not isinstance(root, dict) or not isinstance(root.get("articles", []), list):
        raise DiscoverError(f"{source.id}: JSON that is no list of articles", code="not_a_feed")
    items = [_item(raw) for raw in reach(root, "articles[]") if isinstance(raw, dict)]
    return to_discovery(items, page, source, channel=source.channel, searched=True)


def mended(title: str) -> str:
    """Return a title without the spaces that a tokenizer left round its punctuation (``U . S ., Japan`` is ``U.S., Japan``)."""
    text = squeeze(plain_title(title))
    for pattern, replacement in _MENDINGS:
        text = pattern.sub(replacement, text)
    return text


def _refuse_message(text: str, source: Source) -> None:
    message = squeeze(text[:400])
    if not message or message[0] in "{[" or is_html(text) or challenge(text):
        return
    if any(mark in message.lower() for mark in _LIMITED):
        raise DiscoverError(f"{source.id}: asked too often: {message[:160]}", code="blocked")
    if message[0] == "<":
        raise no_entries(source, text)
    raise DiscoverError(f"{source.id}: the query was not taken: {message[:160]}", code="parse")


def _item(raw: dict[str, object]) -> Item:
    return Item(
        link=text_at(raw, "url|url_mobile"),
        title=mended(text_at(raw, "title")),
        dates=(text_at(raw, "seendate"),),
        inferred=True,
        language=text_at(raw, "language"),
        publisher=text_at(raw, "domain"),
        publisher_url=text_at(raw, "domain"),
    )
