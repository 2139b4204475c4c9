"""Words and sentences of three languages, invented but for a few dozen that every statement uses; the same from every seed.

How often words come is as uneven as in a language, and every text has a word or two that hardly any other has, so that a search
can ask for what thousands of texts hold and for what one or two do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

LANGUAGES = ("en", "ko", "ja")
RARE = 60_000
"""Words of each language that come in about one text in as many."""

COMMON = {
    "en": (
        "trilateral", "security", "cooperation", "statement", "secretary", "minister", "Korea", "Japan", "peninsula",
        "denuclearization", "alliance", "missile", "exercise", "ministerial", "dialogue", "secretariat", "economic", "supply",
        "chain", "deterrence", "sanctions", "Indo-Pacific", "maritime", "cyber", "working", "group", "summit",
    ),
    "ko": (
        "한미일", "북한", "안보", "협력", "회의", "장관", "대통령", "성명", "미사일", "비핵화", "한반도", "정상", "일본", "미국",
        "사무국", "훈련", "억제", "공급망", "경제", "해양", "공동",
    ),
    "ja": (
        "日米韓", "北朝鮮", "安全保障", "協力", "会合", "大臣", "大統領", "声明", "ミサイル", "非核化", "朝鮮半島", "首脳", "韓国", "米国",
        "事務局", "訓練", "抑止", "経済", "海洋", "共同",
    ),
}  # fmt: skip
_SMALL = (
    "the", "of", "and", "to", "in", "a", "for", "on", "with", "as", "by", "at", "from", "it", "that",
    "is", "was", "be", "or", "which", "its", "their", "has", "had", "not", "but", "will", "after", "under",
)  # fmt: skip
_PARTICLES = {
    "ko": ("은", "는", "이", "가", "을", "를", "에", "의", "에서", "로"),
    "ja": ("は", "が", "を", "に", "の", "で", "と", "から", "も", "へ"),
}
_ENDS = {"ko": ("했다.", "밝혔다.", "말했다.", "강조했다."), "ja": ("した。", "述べた。", "強調した。", "確認した。")}
_ONSETS = ("b", "br", "c", "d", "dr", "f", "g", "h", "j", "k", "l", "m", "n", "p", "pl", "r", "s", "st", "t", "tr", "v", "w")
_RIMES = ("ab", "an", "ar", "e", "ek", "el", "en", "i", "im", "in", "ost", "ol", "on", "u", "um", "ur", "ation", "ing", "ed")
_VOCABULARY, _POOL, _SYLLABLES = 9_000, 12_000, 900
_FIRST = {"ko": 0xAC00, "ja": 0x4E00}
_STRIDE = {"ko": 12, "ja": 7}


def drawn(seed: object) -> Random:
    """Return the chance of a name: the same at every run."""
    return Random(str(seed))  # noqa: S311  nothing is kept secret by it


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language: its code, and sentences that texts are made of."""

    code: str
    sentences: tuple[str, ...]

    def rare(self, number: int) -> str:
        """Return a sentence with the rare word of a number."""
        return f"{rare(self.code, number)}{_tail(self.code, number)}"


@cache
def tongue(code: str) -> Tongue:
    """Return a language by its code."""
    chance, words, weights = drawn(f"tongue {code}"), vocabulary(code), list(accumulate(_weights()))
    made = [_sentence(code, chance, words, weights) for _ in range(_POOL)]
    return Tongue(code, tuple(made))


def rare(code: str, number: int) -> str:
    """Return the rare word of a number, below :data:`RARE`."""
    chance = drawn(f"rare {code} {number % RARE}")
    return _coined(code, chance, 4).capitalize() if code == "en" else _coined(code, chance, 3)


def _coined(code: str, chance: Random, length: int) -> str:
    if code == "en":
        return "".join(chance.choice(_ONSETS) + chance.choice(_RIMES) for _ in range(length))
    return "".join(chr(_FIRST[code] + _STRIDE[code] * int(chance.random() ** 2 * _SYLLABLES)) for _ in range(length))


@cache
def vocabulary(code: str) -> tuple[str, ...]:
    """Return the words of a language, the most frequent first."""
    chance, words = drawn(f"words {code}"), dict.fromkeys(COMMON[code])
    while len(words) < _VOCABULARY:
        words[_coined(code, chance, chance.choice((2, 2, 3)))] = None
    return tuple(words)


def _weights() -> list[float]:
    return [1 / (rank + 12) for rank in range(_VOCABULARY)]


def _sentence(code: str, chance: Random, words: Sequence[str], weights: list[float]) -> str:
    chosen = chance.choices(words, cum_weights=weights, k=chance.randint(5, 13))
    if code == "en":
        line = " ".join(f"{word} {chance.choice(_SMALL)}" for word in chosen)
        return f"{line[0].upper()}{line[1:]} {chosen[0]}."
    joint = " " if code == "ko" else ""
    return joint.join(word + chance.choice(_PARTICLES[code]) for word in chosen) + joint + chance.choice(_ENDS[code])


def _tail(code: str, number: int) -> str:
    return {
        "en": f" said so on day {number % 28 + 1}.",
        "ko": f" 대변인이 {number % 28 + 1}일 말했다.",
        "ja": f"報道官が{number % 28 + 1}日に述べた。",
    }[code]
