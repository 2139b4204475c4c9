"""A name that comes back shorter: the keys that a key has when words at either end, or any two, are left out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from scraper.stages.initiatives.lexicon import FAMILIES, words
from scraper.stages.initiatives.names import KEPT, Key
from scraper.text import has_cjk

LESS = 2
"""Words that a name may leave out."""
LEFT, LEFT_EASTERN = 2, 4
"""Words, and characters of Korean and Japanese, that are left at least."""
_LONGEST = 12
"""Words of a name of which shorter forms are sought: more are no name."""
GENERAL = words(
    "security cooperation policy strategic regional economic joint senior high level political indo pacific international new global"
)
"""Words that half of all names have: alone they show no common function."""
_GENERAL_EASTERN = (
    "안보", "안전보장", "협력", "정책", "전략", "지역", "경제", "공동", "고위급", "고위", "정치", "인태", "국제", "글로벌", "실무", "신규",
    "安保", "協力", "政策", "戦略", "地域", "経済", "共同", "高級", "政治", "インド太平洋", "国際", "実務", "新",
)  # fmt: skip
_DOCUMENTS = frozenset(FAMILIES["document"])


def shortened(key: Key) -> frozenset[Key]:
    """Return the keys of the shorter names by which a thing of this key may go: of the same family, with words left that tell something."""
    return _shortened(key, LEFT)


def stubs(description: Key) -> frozenset[Key]:
    """Return the keys of the names that a description may get: one word that tells something may be enough."""
    return _shortened(description, 1)


@lru_cache(maxsize=KEPT)
def _shortened(key: Key, left: int) -> frozenset[Key]:
    if key.bare or key.family in _DOCUMENTS or len(key.content) > _LONGEST:
        return frozenset()
    eastern = len(key.content) == 1 and has_cjk(key.content[0])
    shorter = _cut(key.content[0]) if eastern else _dropped(key.content, left)
    return frozenset(Key(content, key.family) for content in shorter)


def _dropped(content: tuple[str, ...], left: int) -> Iterator[tuple[str, ...]]:
    for size in range(max(left, len(content) - LESS), len(content)):
        for kept in combinations(content, size):
            if any(word not in GENERAL and not word.isdigit() for word in kept):
                yield kept


def _cut(text: str) -> Iterator[tuple[str, ...]]:
    """What is left where characters are cut off in front or behind; no more than is left."""
    for size in range(max(LEFT_EASTERN, (len(text) + 1) // 2), len(text)):
        for kept in (text[:size], text[-size:]):
            if _tells(kept):
                yield (kept,)


def _tells(text: str) -> bool:
    for word in _GENERAL_EASTERN:
        text = text.replace(word, "")
    return len(text) > 1
