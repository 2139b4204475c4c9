"""A registry of as many names as are asked for, in three languages, put together from words; the same at every run."""

from __future__ import annotations

from itertools import product

from scraper.model.initiative import Initiative, Registry

FIRST = {
    "en": ("Harbor", "Reef", "Northern", "Open", "Blue", "Shared", "Coastal", "Digital", "Clean", "Quantum", "Rural", "Polar", "Deep", "Inland", "Orbital", "Youth"),
    "ko": ("항만", "산호초", "북방", "개방형", "청색", "공유", "연안", "디지털", "청정", "양자", "농촌", "극지", "심해", "내륙", "궤도", "청년"),
    "ja": ("港湾", "珊瑚礁", "北方", "開放型", "青色", "共有", "沿岸", "デジタル", "清浄", "量子", "農村", "極地", "深海", "内陸", "軌道", "青年"),
}  # fmt: skip
SECOND = {
    "en": ("Shipping", "Battery", "Seed", "Lighthouse", "Vaccine", "Cable", "Weather", "Mineral", "Archive", "Rail", "Pilot", "Fisheries"),
    "ko": ("해운", "배터리", "종자", "등대", "백신", "케이블", "기상", "광물", "기록물", "철도", "조종사", "어업"),
    "ja": ("海運", "電池", "種子", "灯台", "ワクチン", "ケーブル", "気象", "鉱物", "文書", "鉄道", "操縦士", "漁業"),
}  # fmt: skip
HEADS = {
    "en": ("Working Group", "Framework", "Dialogue", "Network", "Forum"),
    "ko": ("실무그룹", "프레임워크", "대화", "네트워크", "포럼"),
    "ja": ("作業部会", "枠組み", "対話", "ネットワーク", "フォーラム"),
}  # fmt: skip
BEFORE = {"en": "Trilateral ", "ko": "한미일 ", "ja": "日米韓"}
BETWEEN = {"en": " ", "ko": " ", "ja": ""}
_OTHERS = 7
"""Of so many initiatives one is somebody else's, to be left alone."""


def registry(names: int) -> Registry:
    """Return a registry of exactly ``names`` names: of five initiatives two have a name in each language, two in two, one in one."""
    made: list[Initiative] = []
    left = names
    for number, words in enumerate(product(range(16), range(12), range(5))):
        languages = (("en", "ko", "ja"), ("en", "ko", "ja"), ("en", "ko"), ("en", "ja"), ("en",))[number % 5][:left]
        if not languages:
            break
        left -= len(languages)
        ours = number % _OTHERS != _OTHERS - 1
        made.append(_initiative(number, words, languages, ours=ours))
    if left:
        raise ValueError(f"there are words for {names - left} names only")
    return Registry(tuple(made))


def unknown(language: str, number: int) -> str:
    """Return a name that no registry has: words in an order of their own."""
    number, head = divmod(number, len(HEADS[language]))
    second, first = divmod(number, len(FIRST[language]))
    words = (SECOND[language][second % len(SECOND[language])], FIRST[language][first], HEADS[language][head])
    return BEFORE[language] + BETWEEN[language].join(words)


def _initiative(number: int, words: tuple[int, int, int], languages: tuple[str, ...], *, ours: bool) -> Initiative:
    names = {language: (_name(language, words, ours=ours),) for language in languages}
    first = names["en"][0]
    short = "".join(word[0] for word in first.split()) + f"{number:03}" if number % 4 == 0 else ""
    scope = "trilateral-government" if ours else "other-trilateral"
    return Initiative(f"known-{number}", first, "framework", scope, ours, names=names, abbreviations=(short,) if short else ())


def _name(language: str, words: tuple[int, int, int], *, ours: bool) -> str:
    parts = (FIRST[language][words[0]], SECOND[language][words[1]], HEADS[language][words[2]])
    return (BEFORE[language] if ours else "") + BETWEEN[language].join(parts)
