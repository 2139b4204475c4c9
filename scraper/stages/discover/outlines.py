"""Lists of feeds in OPML 2.0 (opml.org/spec2.opml), as feed readers write and read them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from scraper.errors import DiscoverError
from scraper.model.source import Source
from scraper.stages.discover.elements import Element, read_elements


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of a list: its address, and title and language where the list says them. Nothing of it is checked."""

    url: str
    title: str = ""
    language: str = ""


def read_outlines(text: str) -> tuple[Outline, ...]:
    """Return the outlines that have an ``xmlUrl``, in order, whatever group they are in.

    Raises DiscoverError (parse) for what is no OPML, for entities of the document's own and for elements nested too deep.
    """
    tree = read_elements(text)
    if tree.root != "opml":
        raise DiscoverError(f"the document is no OPML (its root element is {tree.root[:40] or 'none'!r})", code="parse")
    return tuple(_feeds(tree.value))


def write_outlines(sources: Iterable[Source]) -> str:
    """Return the sources of kind feed as an OPML document. Addresses are those of the file, with their secrets unexpanded."""
    feeds = [(source.display_url or source.url, source) for source in sources if source.kind == "feed"]
    lines = [_line(shown, source) for shown, source in feeds if shown.startswith(("http://", "https://"))]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n<head><title>trilateral sources</title></head>\n<body>\n'
    return head + "".join(lines) + "</body>\n</opml>\n"


def _line(shown: str, source: Source) -> str:
    values = {"type": "rss", "text": source.name, "title": source.name, "xmlUrl": shown, "language": source.language}
    return f"<outline {' '.join(f'{key}={quoteattr(value)}' for key, value in values.items())}/>\n"


def _feeds(value: Element) -> Iterator[Outline]:
    """Depth first; the nesting is bounded by the reader."""
    if not isinstance(value, dict):
        return
    url = _of(value, "@xmlUrl")
    if url:
        yield Outline(url, _of(value, "@title") or _of(value, "@text"), _of(value, "@language"))
    for inner in (*value.get("body", ()), *value.get("outline", ())):
        yield from _feeds(inner)


def _of(value: dict[str, list[Element]], name: str) -> str:
    found = value.get(name, [""])[0]
    return found.strip() if isinstance(found, str) else ""
