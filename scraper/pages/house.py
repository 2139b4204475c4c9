"""What is no page: robots.txt and the style sheets."""

from __future__ import annotations

from scraper.errors import NotFound
from scraper.pages.asking import Answer, Ask
from scraper.pages.frame import static

STATIC = dict.fromkeys(("pages.css", "data.css"), "text/css; charset=utf-8")
_FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable"}


def robots(_: Ask) -> Answer:
    """Keep robots out of everything (RFC 9309)."""
    return Answer("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")


def static_file(ask: Ask) -> Answer:
    """Return a file whose address changes with its content, to be kept for ever; raises NotFound for other addresses."""
    for name, content_type in STATIC.items():
        address, body = static(name)
        if address == ask.keys["name"]:
            return Answer(body, content_type=content_type, headers=_FOR_GOOD)
    raise NotFound("there is no such file")
