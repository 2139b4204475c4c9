"""What every Atom feed of ours has in common (RFC 4287): its head, the head of an entry, and text that XML has a place for."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

YEAR = "2026"
"""Of the ``tag:`` addresses (RFC 4151); part of what makes an entry the same for ever."""

_ATOM = "http://www.w3.org/2005/Atom"
_XML = "http://www.w3.org/XML/1998/namespace"
_NOT_XML = re.compile("[^\t\n\r\x20-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for, and the marks that turn the direction of writing."""


def name(local: str) -> str:
    """Return the name of an element of Atom as ElementTree writes it."""
    return f"{{{_ATOM}}}{local}"


def said(element: ET.Element, local: str) -> str:
    """Return the text of a child of ``element``, empty where there is none."""
    return element.findtext(name(local), "")


def add(parent: ET.Element, local: str, text: str = "", **attributes: str) -> ET.Element:
    """Append a child and return it; what XML has no place for is left out of its text and attributes."""
    child = ET.SubElement(parent, name(local), {key: _NOT_XML.sub("", value) for key, value in attributes.items()})
    child.text = _NOT_XML.sub("", text) or None
    return child


def feed(identity: str, title: str, updated: str, **generator: str) -> ET.Element:
    """Return a feed with its head and no entry; ``updated`` is UTC, ``generator`` attributes of that element."""
    made = ET.Element(name("feed"))
    add(made, "id", identity)
    add(made, "title", title)
    add(made, "updated", updated)
    add(add(made, "author"), "name", "trilateral")
    add(made, "generator", "trilateral", **generator)
    return made


def entry(identity: str, title: str, at: str, language: str) -> ET.Element:
    """Return an entry with its head; ``at`` (UTC) is when it was made, ``language`` a code or empty."""
    made = ET.Element(name("entry"), {f"{{{_XML}}}lang": language} if language else {})
    add(made, "id", identity)
    add(made, "title", title, type="text")
    add(made, "updated", at)
    add(made, "published", at)
    return made


def written(made: ET.Element) -> str:
    """Return a feed as a document of XML; the same feed gives the same text."""
    ET.register_namespace("", _ATOM)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(made, encoding="unicode")}\n'
