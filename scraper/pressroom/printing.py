"""Stories printed as what a site sends: its feed or list, its articles, its front page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import cache
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined

from scraper.pressroom.sites import HTML, Site
from scraper.pressroom.stories import Story


@dataclass(frozen=True, slots=True)
class Sheet:
    """A printed page: bytes in the site's charset, the Content-Type that declares it, and when it last changed (UTC)."""

    body: bytes
    content_type: str
    changed: datetime


@cache
def _templates() -> Environment:
    return Environment(loader=PackageLoader("scraper.pressroom", "pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def print_site(site: Site, stories: tuple[Story, ...], base: str) -> dict[str, Sheet]:
    """Return every page of ``site`` by its path (with the query) on a server at ``base``; ``stories`` newest first."""
    items = [_item(site, story, base) for story in stories]
    changed = stories[0].published  # of every page: each lists the newest items beside its own
    index = "index.xml" if site.kind == "feed" else "index.html"
    pages = {
        f"/{site.prefix}/": _sheet(site, "front.html", HTML, changed, base, items=items),
        f"/{site.prefix}/{site.index}": _sheet(site, f"{site.prefix}/{index}", site.index_type, changed, base, items=items),
    }
    for story, item in zip(stories, items, strict=True):
        pages[f"/{site.prefix}/{story.path}"] = _sheet(site, f"{site.prefix}/article.html", HTML, changed, base, item=item, items=items)
    return pages


def print_lobby(sites: tuple[Site, ...], base: str, changed: datetime) -> Sheet:
    """Return the page at ``/``: a list of the sites, for a person who opens the address."""
    html = _templates().get_template("lobby.html").render(sites=sites, base=base)
    return Sheet(html.encode(), f"{HTML}; charset=utf-8", changed)


def print_robots(changed: datetime) -> Sheet:
    """Return ``/robots.txt`` that allows everything (RFC 9309)."""
    return Sheet(b"User-agent: *\nAllow: /\n", "text/plain; charset=utf-8", changed)


def _item(site: Site, story: Story, base: str) -> dict[str, object]:
    local = story.published.astimezone(ZoneInfo(site.zone))
    return {
        "url": f"{base}/{site.prefix}/{story.path}",
        "path": story.path,
        "title": story.title,
        "summary": story.summary,
        "paragraphs": story.paragraphs,
        "rfc822": format_datetime(local),
        "iso": local.isoformat(),
        "day": f"{local:%Y-%m-%d}",
        "clock": f"{local:%H:%M}",
        "date": local,
    }


def _sheet(site: Site, template: str, media: str, changed: datetime, base: str, **values: object) -> Sheet:
    home = f"{base}/{site.prefix}"
    text = (
        _templates()
        .get_template(template)
        .render(site=site, home=home, changed=format_datetime(changed), iso=changed.isoformat(), **values)
    )
    return Sheet(text.encode(site.codec), f"{media}; charset={site.charset}", changed)
