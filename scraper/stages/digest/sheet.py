"""The digest as a page of sections, items and lines in the reader's language: what the text and the HTML part both show.

Both parts are drawn from a Sheet alone, so neither can claim what the other does not.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text, with the address it leads to, its language where it is not the digest's, and whether it is marked
    (the name that is the news), dimmed (what merely stands beside it), or in a word diff taken out (``gone``) or put in (``new``)."""

    text: str
    url: str = ""
    language: str = ""
    marked: bool = False
    dimmed: bool = False
    gone: bool = False
    new: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled line; ``rows`` are its values, more than one as a list."""

    label: str
    rows: tuple[tuple[Part, ...], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One finding: heading, small words about it (``badges``), a line under it, the quoted evidence, and facts; then the findings ``within``
    it (the first mentions in a statement), ``more`` facts, ``links`` to our pages and ``actions`` that a reader may take."""

    heading: Part
    badges: tuple[str, ...] = ()
    under: str = ""
    quote: tuple[Part, ...] = ()
    facts: tuple[Fact, ...] = ()
    within: tuple[Item, ...] = ()
    more: tuple[Fact, ...] = ()
    links: tuple[Part, ...] = ()
    actions: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A headed list of items, or a single paragraph (``note``). ``name`` is a fixed word for style sheets.

    ``numbered`` tells that its items are counted in the text part."""

    name: str
    title: str
    items: tuple[Item, ...] = ()
    note: str = ""
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole page: title, when it was made, a summary in one line, sections, and a closing line or none.

    ``watch`` says in one line how the governments were watched, empty where nobody watches; ``alarm`` that one of them is blind."""

    language: str
    title: str
    made: str
    summary: str
    sections: tuple[Section, ...]
    closing: str = ""
    watch: str = ""
    alarm: bool = False
