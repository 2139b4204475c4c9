"""Two names joined by "and" in Korean and Japanese: they are two only where each has a head noun of its own.

"해양안보 및 법집행 협력 프레임워크" is one name, for nothing stands before the "and" that could be founded; "해양 대화 및 어업 포럼" are two.
"""

from __future__ import annotations

import re

from scraper.stages.initiatives.eastern import EASTERN_HEADS, JAPANESE_STRONG, KOREAN_STRONG, eastern_head

_AND = re.compile(r"及び|および|並びに|ならびに| 및 ")
_LEAST = 2
"""Characters that each name has beside its head noun, at least."""
_STRONG = {**KOREAN_STRONG, **JAPANESE_STRONG}


def coordinates(name: str) -> tuple[tuple[int, int], ...]:
    """Return where the names stand that ``name`` joins, in order; the whole of it where they are one.

    The right one needs a head noun that makes a name by itself, the left one such a head or that of a series of talks.
    """
    cut = _AND.search(name)
    if cut is None:
        return ((0, len(name)),)
    left, right = name[: cut.start()], name[cut.end() :]
    if not (_stands(left) and stands_alone(right.split(" 및 ")[0])):
        return ((0, len(name)),)
    return (0, cut.start()), *((cut.end() + a, cut.end() + b) for a, b in coordinates(right))


def stands_alone(name: str) -> bool:
    """Tell whether ``name`` has a head noun that makes a name by itself, and something beside it."""
    head = eastern_head(name.replace(" ", ""))
    return head in _STRONG and _beside(name, head)


def _stands(name: str) -> bool:
    head = eastern_head(name.replace(" ", ""))
    return (head in _STRONG or EASTERN_HEADS.get(head) == "dialogue") and _beside(name, head)


def _beside(name: str, head: str) -> bool:
    return len(name.replace(" ", "")) - len(head.replace(" ", "")) >= _LEAST
