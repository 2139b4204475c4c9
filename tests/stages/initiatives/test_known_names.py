"""Names of the registry in three languages: marks in any order, case, abbreviations, spacing, and what is somebody else's."""

from __future__ import annotations

import pytest

from scraper.model.initiative import Initiative, Registry
from scraper.stages.initiatives import Finder
from scraper.stages.initiatives.folding import folded
from scraper.stages.initiatives.marks import strip_marks
from scraper.stages.initiatives.reading import Land

from .samples import WATCH

FORMS = [
    ("en", "The Trilateral Undersea Cable Dialogue met.", "Trilateral Undersea Cable Dialogue", "cable-dialogue"),
    ("en", "The ROK-U.S.-Japan Undersea Cable Dialogue met.", "ROK-U.S.-Japan Undersea Cable Dialogue", "cable-dialogue"),
    ("en", "A Trilateral Japan-ROK-U.S. Undersea Cable Dialogue met.", "Trilateral Japan-ROK-U.S. Undersea Cable Dialogue", "cable-dialogue"),
    ("en", "The three countries' Undersea Cable Dialogues met.", "Undersea Cable Dialogues", "cable-dialogue"),
    ("en", "The Dialogue on Trilateral Undersea Cables met.", "Dialogue on Trilateral Undersea Cables", "cable-dialogue"),
    ("en", "At Pacific Lantern ships sailed.", "Pacific Lantern", "pacific-lantern"),
    ("en", "At PACIFIC LANTERN ships sailed.", "PACIFIC LANTERN", "pacific-lantern"),
    ("en", "The trilateral secretariat met.", "trilateral secretariat", "secretariat"),
    ("en", "They signed the Trilateral Framework.", "Trilateral Framework", "lab-framework"),
    ("en", "The trilateral laboratories network grew.", "trilateral laboratories network", "lab-framework"),
    ("en", "Real-time wave data sharing works.", "Real-time wave data sharing", "data-system"),
    ("en", "The Minerals Stockpile Partnership met.", "Minerals Stockpile Partnership", "minerals"),
    ("en", "under the RISE (Minerals Stockpile Partnership), they act", "RISE (Minerals Stockpile Partnership)", "minerals"),
    ("ko", "한·미·일 해저 케이블 대화를 열었다.", "한·미·일 해저 케이블 대화", "cable-dialogue"),
    ("ko", "일미한 3국 해저케이블대화가 열렸다.", "일미한 3국 해저케이블대화", "cable-dialogue"),
    ("ko", "'퍼시픽랜턴' 훈련", "퍼시픽랜턴", "pacific-lantern"),
    ("ko", "미한일 협력 사무국이 열렸다.", "미한일 협력 사무국", "secretariat"),
    ("ja", "米日韓三か国海底ケーブル対話を開いた。", "米日韓三か国海底ケーブル対話", "cable-dialogue"),
    ("ja", "パシフィックランタンを実施した。", "パシフィックランタン", "pacific-lantern"),
    ("ja", "日米韓の事務局が発足した。", "日米韓の事務局", "secretariat"),
]  # fmt: skip

OTHERS = [
    ("en", "The Japan-Korea Undersea Cable Dialogue met."),
    ("en", "The U.S.-Japan-Australia Undersea Cable Dialogue met."),
    ("en", "ASEAN Undersea Cable Dialogue members met."),
    ("en", "An undersea cable dialogue is wanted."),
    ("en", "The pacific lantern fish glows."),
    ("en", "They need a secretariat."),
    ("en", "The trilateral framework is fine."),
    ("en", "Prices RISE."),
    ("en", "The exercise Iron Lantern of the three countries ended."),
    ("en", "SPacific Lantern"),
    ("ko", "한중일 해저케이블 대화가 열렸다."),
    ("ja", "日中韓事務局が発足した。"),
    ("ja", "スーパーパシフィック・ランタンズ"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "name", "slug"), FORMS)
def test_a_known_name_is_known_in_every_form(knowing: Finder, language: str, sentence: str, name: str, slug: str) -> None:
    assert [(m.name, m.initiative_id) for m in knowing.mentions("", sentence, language)] == [(name, slug)]


@pytest.mark.parametrize(("language", "sentence"), OTHERS)
def test_names_of_others_and_common_words_are_left_alone(knowing: Finder, language: str, sentence: str) -> None:
    assert [m.name for m in knowing.mentions("", sentence, language)] == []


def test_an_abbreviation_stands_for_its_name_once_the_name_is_given(knowing: Finder) -> None:
    text = "The three countries praised the Minerals Stockpile Partnership (RISE). The RISE grew, and prices rise."
    found = [(m.name, m.abbreviation) for m in knowing.mentions("", text, "en")]
    assert found == [("Minerals Stockpile Partnership", "RISE"), ("RISE", "RISE")]
    assert knowing.mentions("", "Prices RISE and the three countries act.", "en") == ()
    (bracketed,) = knowing.mentions("", "해저 협의(TUCD)를 열었다.", "ko")
    assert (bracketed.name, bracketed.initiative_id) == ("TUCD", "cable-dialogue")


def test_two_initiatives_of_one_name_are_told_apart_by_the_head_of_the_article(knowing: Finder) -> None:
    line = "The Trilateral Ministerial Meeting of the three countries ended."
    assert knowing.mentions("", "Defense chiefs spoke. " + line, "en")[0].initiative_id == "defence-meeting"
    assert knowing.mentions("", "Foreign chiefs spoke. " + line, "en")[0].initiative_id == "foreign-meeting"


def test_a_longer_name_around_a_known_one_is_the_known_one(knowing: Finder) -> None:
    text = "They signed a Memorandum of Cooperation on the Trilateral Undersea Cable Dialogue (TUCD) of the three countries."
    (one,) = knowing.mentions("", text, "en")
    assert one.name == "Memorandum of Cooperation on the Trilateral Undersea Cable Dialogue"
    assert one.initiative_id == "cable-dialogue"


def test_a_weak_word_means_somebody_elses_three_in_an_article_about_them(knowing: Finder) -> None:
    text = "Japan-U.S.-Philippines talks ended. The Trilateral Secretariat and Pacific Lantern were discussed."
    assert [m.initiative_id for m in knowing.mentions("", text, "en")] == ["pacific-lantern"]


def test_spelling_of_either_side_of_the_ocean_and_articles_inside_agree() -> None:
    known = Initiative("x", "Programme for the Defense of Reefs", names={"en": ("Forum on Reefs",)})
    finder = Finder(Registry((known,)), WATCH)
    for name in ("Programme for the Defence of Reefs", "Program for Defense of Reefs", "Forum on the Reefs"):
        assert [m.initiative_id for m in finder.mentions("", f"The {name} opened.", "en")] == ["x"]


def test_an_empty_registry_knows_nothing(unknowing: Finder) -> None:
    assert all(m.initiative_id == "" for m in unknowing.mentions("", "The Trilateral Secretariat met.", "en"))


@pytest.mark.parametrize(
    ("name", "core", "taken"),
    [
        ("U.S.-Japan-ROK Trilateral Reef Forum", "Reef Forum", True),
        ("The Annual Trilateral Reef Forum", "Reef Forum", True),
        ("Promise to Meet Among Japan, South Korea, and the United States", "Promise to Meet", False),
        ("한·미·일 3국 간 산호 대화", "산호 대화", True),
        ("日米韓の珊瑚対話", "珊瑚対話", True),
        ("Reef Forum", "Reef Forum", False),
        ("Trilaterals", "Trilaterals", False),
    ],
)
def test_marks_are_taken_off_a_name(name: str, core: str, taken: bool) -> None:
    assert strip_marks(name, Land(WATCH)) == (core, taken)


def test_a_folded_text_knows_where_its_characters_stand() -> None:
    text = "At the  Leaders'  re-sign 한·미 일 대화"
    fold = folded(text)
    assert fold.text == "at the leaders re sign한미일대화"
    at = fold.text.index("한미일")
    assert text[fold.start(at) : fold.end(at + 3)] == "한·미 일"
    assert folded("İstanbul").text == "İstanbul"


QUOTED = [
    ("3국은 '퍼시픽 랜턴' 훈련을 실시하였다.", "'퍼시픽 랜턴' 훈련"),
    ("3국은 ‘퍼시픽 랜턴’ 훈련을 실시하였다.", "‘퍼시픽 랜턴’ 훈련"),
    ("3국은 '한미일 퍼시픽 랜턴' 훈련을 실시하였다.", "'한미일 퍼시픽 랜턴' 훈련"),
    ("3국은 '올해의 퍼시픽 랜턴' 훈련을 실시하였다.", "올해의 퍼시픽 랜턴"),
    ("3국은 훈련 '퍼시픽 랜턴'을 실시하였다.", "훈련 '퍼시픽 랜턴'"),
    ("The exercise 'Pacific Lantern' took place.", "exercise 'Pacific Lantern'"),
    ("The 'Pacific Lantern' exercise took place.", "'Pacific Lantern' exercise"),
    ("The 'Pacific Lantern exercise' took place.", "Pacific Lantern exercise"),
    ("The 'third Pacific Lantern' exercise took place.", "Pacific Lantern"),
    ("The Trilateral Leaders' Harbor Talks took place.", "Trilateral Leaders' Harbor Talks"),
    ("The 'Trilateral Leaders' Harbor Talks' took place.", "Trilateral Leaders' Harbor Talks"),
    ("Japan's 'Pacific Lantern' ended.", "Pacific Lantern"),
]


@pytest.mark.parametrize(("sentence", "name"), QUOTED)
def test_a_known_name_holds_both_marks_of_a_quotation_or_none(sentence: str, name: str) -> None:
    names = {
        "ko": ("퍼시픽 랜턴", "퍼시픽 랜턴' 훈련", "훈련 '퍼시픽 랜턴"),
        "en": ("Pacific Lantern exercise", "exercise Pacific Lantern"),
    }
    registry = Registry(
        (
            Initiative("pacific-lantern", "Pacific Lantern", "exercise", names=names),
            Initiative("harbor", "Trilateral Leaders' Harbor Talks", "dialogue"),
        )
    )
    finder = Finder(registry, WATCH)
    (mention,) = finder.mentions("", sentence, "ko" if "훈련" in sentence else "en")
    assert (mention.name, sentence[mention.start : mention.end]) == (name, name)
    ((start, end, _),) = finder.known(sentence, "")
    assert sentence[start:end] == name.removeprefix("올해의 ")
