"""The address that a link's script would open, put together from the page's own function without running anything."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from urllib.parse import quote

from lxml.html import HtmlElement

_CALL = re.compile(r"([A-Za-z_$][\w$]{0,60})\s?\(([^()]{0,400})\)")
_VALUE = re.compile(r"'([^']{0,300})'|\"([^\"]{0,300})\"|([\w.-]{1,100})")
_OPENS = re.compile(
    r"(?:location(?:\.href)?\s?=|location\.(?:assign|replace)\s?\(|window\.open\s?\(|\.(?:src|href)\s?=|\.attr\s?\(\s?['\"](?:src|href)['\"]\s?,|\b(?:url|href)\s?=)"
)
_TERM = re.compile(
    r"\s{0,20}(?:'([^']{0,300})'|\"([^\"]{0,300})\"|(?:encodeURI(?:Component)?\s?\(\s?)?([A-Za-z_$][\w$]{0,60})\)?)\s{0,20}(\+)?"
)
_BODY = 2_000
_TERMS = 30
_SCRIPTS = 400_000
# The framework that Korean administrations build their sites with has this function in a file of its own.
_STANDARD = re.compile(r"(?i)fn_?egov_?down_?file")
_STANDARD_ADDRESS = "/cmm/fms/FileDown.do?atchFileId={}&fileSn={}"


def address_of(script: str, root: HtmlElement) -> str:
    """Return the address (perhaps relative) that the call in ``script`` (an ``onclick`` or ``javascript:``) opens, or ``""``.

    Read are a function of the page that opens literals and its parameters joined by ``+``, and an address that the script opens
    itself. A function that sends a form gives none.
    """
    opened = _opened(script, {})
    if opened:
        return opened
    for name, given in islice(_CALL.findall(script), 5):
        values = [single or double or plain for single, double, plain in _VALUE.findall(given)]
        found = _by_function(name, values, root)
        if found:
            return found
        if _STANDARD.fullmatch(name) and len(values) > 1:
            return _STANDARD_ADDRESS.format(quote(values[0]), quote(values[1]))
    return ""


def _by_function(name: str, values: list[str], root: HtmlElement) -> str:
    scripts = "\n".join(text for node in islice(root.iter("script"), 200) if (text := node.text))[:_SCRIPTS]
    wanted = re.escape(name)
    made = re.search(rf"(?:function\s{{1,9}}{wanted}\s?|\b{wanted}\s?[=:]\s?function\s?)\(([^)]{{0,300}})\)", scripts)
    if made is None:
        return ""
    names = [parameter.strip() for parameter in made.group(1).split(",")]
    body = scripts[made.end() : made.end() + _BODY].partition("function ")[0]
    return _opened(body, dict(zip(names, values, strict=False)))


def _opened(body: str, known: Mapping[str, str]) -> str:
    """The first address that a piece of script opens and that is wholly known."""
    for opening in islice(_OPENS.finditer(body), 10):
        address = _concatenated(body, opening.end(), known)
        if address:
            return address
    return ""


def _concatenated(body: str, start: int, known: Mapping[str, str]) -> str:
    """Literals and known names joined by plus signs from ``start`` on; ``""`` where one is unknown or nothing looks like an address."""
    parts: list[str] = []
    for _ in range(_TERMS):
        term = _TERM.match(body, start)
        if term is None:
            return ""
        single, double, name, more = term.groups()
        if name is not None and name not in known:
            return ""
        parts.append(quote(known[name], safe="/.-_~%") if name is not None else single if single is not None else double)
        start = term.end()
        if not more:
            address = "".join(parts)
            return address if "/" in address or "?" in address else ""
    return ""
