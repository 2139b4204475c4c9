"""A page as a reader sees it, and as a browser would."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from itertools import pairwise

import httpx

from .showroom import Site

HARMLESS = {"http", "https", ""}


def plain(page: str) -> str:
    """The main part of a page without its markup, on one line; no white space before a comma or full stop."""
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+(?=[,.;:)])", "", " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main)).split()))


def told(site: Site, path: str, status: int = 200) -> str:
    """What a page says."""
    answer = site.get(path)
    assert answer.status_code == status, answer.text
    return plain(answer.text)


class Elements(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def of(self, *tags: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.found if tag in tags]


def sound(answer: httpx.Response) -> Elements:
    """Check what holds of every page: nothing runs, nothing comes from elsewhere, headings are in order, each id stands once."""
    page = Elements(answer.text)
    assert not {"script", "style", "iframe", "object", "embed", "base", "img"} & {tag for tag, _ in page.found}
    names = {name for _, attributes in page.found for name in attributes}
    assert not [name for name in names if name.startswith("on") or name == "style"]
    for attributes in page.of("a", "form", "link", "use", "image"):
        address = attributes.get("href") or attributes.get("action") or attributes.get("src") or ""
        assert (address.partition(":")[0] if re.match(r"[a-zA-Z][\w+.-]*:", address) else "") in HARMLESS, address
    levels = [int(tag[1]) for tag, _ in page.found if tag in {"h1", "h2", "h3", "h4"}]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    ids = [attributes["id"] for _, attributes in page.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {attributes["for"] for attributes in page.of("label")} <= set(ids)
    assert all(
        attributes.get("tabindex") == "0" and attributes.get("aria-label")
        for attributes in page.of("div")
        if attributes.get("class") == "scroll"
    )
    return page
