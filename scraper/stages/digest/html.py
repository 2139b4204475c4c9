"""The HTML part of a digest: one column, no script, no picture, nothing fetched."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from scraper.model.digest import Digest
from scraper.stages.digest.compose import compose
from scraper.stages.digest.sheet import Sheet
from scraper.stages.digest.short import lead


def render_html(digest: Digest) -> str:
    """Return the HTML part as a whole page; all text is escaped, links are those of the digest (http and https)."""
    return html_of(compose(digest))


def html_of(sheet: Sheet) -> str:
    """Return a Sheet as :func:`render_html` does. What a mailbox shows beside the subject is hidden in it: the first finding in one line."""
    return _template().render(sheet=sheet, preview=lead(sheet)[0])


@cache
def _template() -> Template:
    loader = PackageLoader("scraper.stages.digest", "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("digest.html")
