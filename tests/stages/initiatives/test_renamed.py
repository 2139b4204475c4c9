"""The name that a text says something had before."""

from __future__ import annotations

import pytest

from scraper.model.initiative import Mention
from scraper.parties import level_width
from scraper.stages.initiatives import Finder, Resolver
from scraper.stages.initiatives.renamed import former_name

from .samples import REGISTRY, WATCH
from .test_variants import BLANK, BLANK_RESOLVER, OPENING, stored

STATED = [
    ("en", "Reef Dialogue", "They welcomed the Reef Dialogue, formerly known as the Coral Talks, and left.", "Coral Talks"),
    ("en", "Reef Dialogue", "The Reef Dialogue (previously “Coral Talks”) met in Busan.", "Coral Talks"),
    ("en", "Reef Dialogue", "The Reef Dialogue, renamed from the Coral Talks, met.", "Coral Talks"),
    ("en", "Reef Dialogue", "They praised the Reef Dialogue, formerly the talks on corals.", "talks on corals"),
    ("en", "Reef Dialogue", "They agreed to change the name of the Divers' Talks to the \"Reef Dialogue.\"", "Divers' Talks"),
    ("en", "Reef Dialogue", 'They renamed the Coral Talks the "Reef Dialogue".', "Coral Talks"),
    ("en", "Reef Dialogue", "They decided on renaming the Coral Talks as the Reef Dialogue.", "Coral Talks"),
    ("en", "Reef Dialogue", "From May, the Trilateral Talks on Corals will be renamed the Reef Dialogue.", "Trilateral Talks on Corals"),
    ("en", "Reef Dialogue", "The Coral Talks were relaunched as the Reef Dialogue.", "Coral Talks"),
    ("ko", "산호초 대화", "3국은 '산호 협의'의 명칭을 '산호초 대화'로 변경하기로 하였다.", "산호 협의"),
    ("ko", "산호초 대화", "'산호초 대화'(구 산호 협의)를 개최하였다.", "산호 협의"),
    ("ja", "珊瑚礁対話", "三者は、「珊瑚協議」を「珊瑚礁対話」に改称した。", "珊瑚協議"),
    ("ja", "珊瑚礁対話", "「珊瑚礁対話」(旧珊瑚協議)を開催した。", "珊瑚協議"),
    ("en", "Reef Dialogue", "They met for the Coral Talks and the Reef Dialogue.", ""),
    ("en", "Reef Dialogue", "They renamed the island. They welcomed the Reef Dialogue.", ""),
    ("en", "Reef Dialogue", "The Reef Dialogue, previously held in Busan.", ""),
    ("ko", "산호초 대화", "'산호 협의'를 '산호초 대화'와 함께 열었다.", ""),
    ("ja", "珊瑚礁対話", "「珊瑚協議」を「珊瑚礁対話」とともに開催した。", ""),
]  # fmt: skip


@pytest.mark.parametrize(("language", "name", "text", "old"), STATED)
def test_what_a_text_says_it_was_called(language: str, name: str, text: str, old: str) -> None:
    plain = level_width(text)
    start = plain.index(name)
    assert former_name(plain, start, start + len(name), language) == old


def test_a_stated_change_of_name_makes_one_of_two_whichever_came_first() -> None:
    texts = (
        OPENING["en"] + "They launched the Trilateral Divers' Exchange.",
        OPENING["en"] + 'They decided to change the name of the Divers\' Exchange to the "Trilateral Reef Fellowship."',
    )
    mentions = [mention for text in texts for mention in BLANK.mentions("", text, "en")]
    assert {mention.name for mention in mentions} >= {"Trilateral Divers' Exchange", "Trilateral Reef Fellowship"}
    (one,) = BLANK_RESOLVER.found([stored(at, mention, "en", f"2025-0{at}-01") for at, mention in enumerate(mentions, 1)], ())
    assert one.name == "Trilateral Divers' Exchange"


def test_the_new_name_of_a_known_one_is_that() -> None:
    text = OPENING["en"] + "They welcomed the Trilateral Kelp Roundtable, formerly the Trilateral Undersea Cable Dialogue."
    mentions: list[Mention] = list(Finder(REGISTRY, WATCH).mentions("", text, "en"))
    assert {mention.initiative_id for mention in mentions} == {"cable-dialogue"}
    (one,) = Resolver(REGISTRY, WATCH).found([stored(at, mention, "en") for at, mention in enumerate(mentions, 1)], ())
    assert one.id == "cable-dialogue"
