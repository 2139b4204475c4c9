"""Instances of a series in three languages, and the first statement that speaks of a new one."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.config import defaults_folder, load
from scraper.model.initiative import Mention
from scraper.parties import Parties
from scraper.stages.flagging import instance_of, new_instances, numbered
from scraper.stages.flagging.instances import number_of
from tests.effort import effort

from .made import life, seen

TRIO = Path(__file__).parents[2] / "trio" / "config"
PASSWORD = {"TRILATERAL_SMTP_PASSWORD": "-"}
PARTIES = Parties(load(defaults_folder() / "config", PASSWORD).watch)
OTHERS = Parties(load(TRIO, PASSWORD).watch)

SPOKEN = [
    ("en", "The three navies held the second Reef Guard off the northern islands.", "Reef Guard", "2"),
    ("en", "They completed the third iteration of Reef Guard.", "Reef Guard", "3"),
    ("en", "The fourth annual Reef Guard drew nine ships.", "Reef Guard", "4"),
    ("en", "We look forward to the 12th round of the Reef Dialogue.", "Reef Dialogue", "12"),
    ("en", "We welcomed the inaugural Reef Dialogue.", "Reef Dialogue", "1"),
    ("en", "We welcomed the 2031 Reef Guard.", "Reef Guard", "2031"),
    ("en", "Reef Guard 31 will be larger.", "Reef Guard", "2031"),
    ("en", "Reef Guard 2031, which began on Monday, is larger.", "Reef Guard", "2031"),
    ("en", "In November 2031 Reef Guard was held.", "Reef Guard", ""),
    ("en", "By 2032 Reef Guard will grow.", "Reef Guard", ""),
    ("en", "On June 3, 2031 Reef Guard began.", "Reef Guard", ""),
    ("en", "It was the first-ever Reef Guard.", "Reef Guard", ""),
    ("en", "For the first time, Reef Guard had a chaplain.", "Reef Guard", ""),
    ("en", "Reef Guard, 3 ships and a tug, sailed.", "Reef Guard", ""),
    ("en", "The second day was quiet, and Reef Guard ended.", "Reef Guard", ""),
    ("ko", "세 나라 해군은 제3차 산호 지킴이 훈련을 실시하였다.", "산호 지킴이", "3"),
    ("ko", "두 번째 산호 지킴이 훈련이 끝났다.", "산호 지킴이", "2"),
    ("ko", "2031년 산호 지킴이를 환영하였다.", "산호 지킴이", "2031"),
    ("ko", "산호 지킴이 4차 훈련을 환영하였다.", "산호 지킴이", "4"),
    ("ko", "산호 지킴이를 환영하였다.", "산호 지킴이", ""),
    ("en", "Since our inaugural Reef Dialogue we have met six times.", "Reef Dialogue", ""),
    ("en", "Since March we have held the second Reef Dialogue.", "Reef Dialogue", "2"),
    ("ko", "제1차 산호 지킴이 훈련 이후 세 나라는 더 가까워졌다.", "산호 지킴이", ""),
    ("ja", "第1回「サンゴの盾」以来、三か国は近づいた。", "サンゴの盾", ""),
    ("ja", "第4回サンゴの盾を実施した。", "サンゴの盾", "4"),
    ("ja", "第三回「サンゴの盾」を実施した。", "サンゴの盾", "3"),
    ("ja", "2回目となる「サンゴの盾」を実施した。", "サンゴの盾", "2"),
    ("ja", "サンゴの盾31を実施した。", "サンゴの盾", "2031"),
    ("ja", "サンゴの盾を歓迎した。", "サンゴの盾", ""),
    ("fr", "The second Reef Guard.", "Reef Guard", "2"),
    ("en", "They held the third trilateral Reef Guard.", "Reef Guard", "3"),
    ("en", "They held the third U.S.-Japan-ROK Reef Guard.", "Reef Guard", "3"),
    ("en", "They held the fifth Japan-ROK-U.S. trilateral exercise, Reef Guard.", "Reef Guard", ""),
    ("ko", "제3차 한미일 산호 지킴이 훈련을 실시하였다.", "산호 지킴이", "3"),
    ("ko", "제3차 미·일·한 3국 연합훈련인 '산호 지킴이'를 실시하였다.", "산호 지킴이", "3"),
    ("ko", "제3차 한일 산호 지킴이 훈련을 실시하였다.", "산호 지킴이", ""),
    ("ja", "第4回日米韓共同訓練「サンゴの盾」を実施した。", "サンゴの盾", "4"),
    ("ja", "第4回米日韓三か国の共同訓練「サンゴの盾」を実施した。", "サンゴの盾", "4"),
]


@pytest.mark.parametrize(("language", "sentence", "name", "instance"), SPOKEN)
def test_the_ordinal_or_year_beside_a_name(language: str, sentence: str, name: str, instance: str) -> None:
    at = sentence.index(name)
    assert instance_of(sentence, at, at + len(name), language, PARTIES) == instance


@pytest.mark.parametrize(
    ("language", "sentence", "name"),
    [
        ("en", "They held the third Japan-Philippines-U.S. Reef Guard.", "Reef Guard"),
        ("ko", "제3차 미일필 연합훈련 산호 지킴이를 실시하였다.", "산호 지킴이"),
        ("ja", "第3回日米比共同訓練「サンゴの盾」を実施した。", "サンゴの盾"),
    ],
)
def test_whose_series_it_is_comes_from_the_watch(language: str, sentence: str, name: str) -> None:
    at = sentence.index(name)
    assert instance_of(sentence, at, at + len(name), language, OTHERS) == "3"
    assert instance_of(sentence, at, at + len(name), language, PARTIES) == ""


def test_mentions_get_the_instance_beside_them_and_keep_their_own() -> None:
    sentence = "They held the second Reef Guard."
    plain = Mention("Reef Guard", 21, 31, "text", sentence, "en")
    own = Mention("Reef Guard", 21, 31, "text", sentence, "en", instance="7")
    elsewhere = Mention("Reef Shield", 0, 11, "text", sentence, "en")
    assert [one.instance for one in numbered((plain, own, elsewhere), PARTIES)] == ["2", "7", ""]


@pytest.mark.parametrize(("said", "number"), [("3", 3), ("제3차", 3), ("第4回「", 4), ("2031", 2031), ("", 0), ("next", 0)])
def test_what_an_instance_says(said: str, number: int) -> None:
    assert number_of(said) == number


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 40), st.sampled_from(["en", "ko", "ja", "xx"]))
def test_any_sentence_gives_digits_or_nothing(sentence: str, start: int, length: int, language: str) -> None:
    said = instance_of(sentence, start, start + length, language, PARTIES)
    assert said == "" or int(said) > 0


@pytest.mark.parametrize("bait", ["second " * 20000, "first annual " * 9000, "제3차 " * 20000, "第3回の" * 20000, "2031 " * 20000])
def test_hostile_sentences_take_no_time(bait: str) -> None:
    with effort(300):
        for language in ("en", "ko", "ja"):
            instance_of(bait, len(bait), len(bait), language, PARTIES)
            instance_of(bait, 0, 0, language, PARTIES)


def events(*names: object, **changed: object) -> list[tuple[int, str]]:
    return [(one.event_id, one.instance) for one in new_instances(life(*names, **changed))]  # type: ignore[arg-type]


def test_a_further_instance_is_new_once() -> None:
    names = (
        seen(1, "2031-01-01"),
        seen(2, "2031-05-01", instance="2"),
        seen(3, "2031-06-01", instance="2"),
        seen(4, "2032-05-01", instance="제3차"),
    )
    assert events(*names) == [(2, "2"), (4, "3")]


def test_what_is_told_with_the_initiative_itself_is_not() -> None:
    assert events(seen(1, "2031-01-01", instance="1"), seen(2, "2031-01-01", instance="2", event=1)) == []


def test_of_one_known_from_before_the_first_naming_is() -> None:
    second = seen(1, "2031-01-01", instance="2")
    assert events(second, known=True, first="2029-05-06") == [(1, "2")]
    assert events(second, known=True) == [(1, "2")]
    assert events(second, known=True, first="2031-01-01") == []


def test_a_look_back_is_none() -> None:
    names = (
        seen(1, "2031-01-01"),
        seen(2, "2031-05-01", instance="3"),
        seen(3, "2031-06-01", instance="2"),
        seen(4, "2032-05-01", instance="2031"),
    )
    assert events(*names) == [(2, "3")]
    assert events(*names, seen(5, "2032-06-01", instance="2032")) == [(2, "3"), (5, "2032")]


def test_two_instances_at_one_event_are_one_finding() -> None:
    one = seen(2, "2031-05-01", instance="2")
    assert events(seen(1, "2031-01-01"), one, seen(3, "2031-05-01", instance="3", event=2)) == [(2, "2")]


def test_a_copy_never_flags_and_a_report_is_less_sure() -> None:
    first = seen(1, "2031-01-01")
    copy = seen(2, "2031-05-01", instance="2", lead=False, official=False, grade="verbatim")
    assert events(first, copy) == []
    (told,) = new_instances(life(first, seen(2, "2031-05-01", side="", instance="2")))
    assert told.confidence < 0.9


@given(st.permutations(range(6)), st.lists(st.sampled_from(["", "1", "2", "3", "2031", "2032"]), min_size=6, max_size=6))
def test_the_order_of_arrival_does_not_matter(order: list[int], said: list[str]) -> None:
    names = [seen(number + 1, f"203{1 + number // 3}-0{1 + number}-01", instance=said[number]) for number in range(6)]
    assert new_instances(life(*(names[at] for at in order))) == new_instances(life(*names))
    Random(0).shuffle(names)
    assert {one.kind for one in new_instances(life(*names))} <= {"new_instance"}
