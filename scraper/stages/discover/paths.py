"""Paths into JSON, and into XML read as such values (``elements``): ``data[]``, ``page_url``, ``a.b[0].c``, ``name|title``.

A path is names parted by dots. ``[]`` after a name takes every element of a list there, ``[2]`` the third; a list without
either counts as its first element, and ``[]`` on what is no list takes that itself (writers of JSON and XML give one item
without the list). A path that begins with brackets starts at the root. Bars part alternatives: the first that holds anything
is taken. What does not fit the value leads nowhere; nothing is ever raised.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import lru_cache

_STEP = re.compile(r"(?P<name>[^.\[\]]*)(?P<brackets>(?:\[\d{0,4}\])*)")
_BRACKET = re.compile(r"\[(\d{0,4})\]")
_LONGEST_NUMBER = 10**18
_MOST = 60_000  # a sitemap holds up to 50,000 addresses

Step = tuple[str, tuple[str, ...]]


def reach(value: object, path: str) -> list[object]:
    """Return all values at ``path`` below ``value``, of the first alternative that leads anywhere; an empty path is ``value`` itself."""
    return next(filter(None, (_walk(value, option) for option in path.split("|"))), [])


def text_at(value: object, path: str) -> str:
    """Return the first text or number at ``path`` as a string, or ``""``; an empty path leads nowhere."""
    options = (path.split("|")) if path else []
    return next(filter(None, (scalar(found) for option in options for found in _walk(value, option))), "")


def scalar(value: object) -> str:
    """Return a string, a number, an element's own text or the first of a list as a string; ``""`` for anything else."""
    if isinstance(value, list):
        return scalar(value[0]) if value and not isinstance(value[0], list) else ""
    if isinstance(value, dict):
        own = value.get("")
        return scalar(own) if isinstance(own, list) else ""
    if isinstance(value, str):
        # An escape may name half a surrogate pair, which no UTF-8 can hold.
        return value.encode("utf-8", "replace").decode("utf-8")
    return _number(value)


def _number(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    if isinstance(value, float) and not math.isfinite(value):
        return ""
    if abs(value) >= _LONGEST_NUMBER:
        return ""
    return str(int(value)) if value == int(value) else str(value)


def _walk(value: object, path: str) -> list[object]:
    found = [value]
    for name, brackets in _steps(path):
        if name:
            found = [inner for outer in found for inner in _member(outer, name)]
        for index in brackets:
            found = [inner for outer in found for inner in _elements(outer, index)][:_MOST]
    return found


def _member(value: object, name: str) -> Iterable[object]:
    holder = value[0] if isinstance(value, list) and value else value
    return (holder[name],) if isinstance(holder, dict) and name in holder else ()


def _elements(value: object, index: str) -> Iterable[object]:
    listed = value if isinstance(value, list) else [value]
    if not index:
        return listed
    return listed[int(index) : int(index) + 1]


@lru_cache(maxsize=512)
def _steps(path: str) -> tuple[Step, ...]:
    steps = (_STEP.match(part.strip()) for part in path.split("."))
    return tuple((step.group("name"), tuple(_BRACKET.findall(step.group("brackets")))) for step in steps if step)
