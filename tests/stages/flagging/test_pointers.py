"""New initiatives that are spoken of and not named, in three languages."""

from __future__ import annotations

from itertools import permutations

import pytest

from scraper.config import defaults_folder, load
from scraper.model.article import Article
from scraper.model.flag import Pointed, Pointer
from scraper.model.initiative import Mention
from scraper.parties import Parties
from scraper.stages.flagging import Pointers, unnamed
from tests.effort import effort

POINTERS = Pointers(Parties(load(defaults_folder() / "config", {"TRILATERAL_SMTP_PASSWORD": "-"}).watch))

POINTING = [
    ("en", "Over dinner the advisers settled on several new trilateral initiatives.", "new trilateral initiatives"),
    ("en", "They announced new initiatives among the United States, Japan and the Republic of Korea to guard ports.", "new initiatives"),
    (
        "en",
        "Our officials will pursue new U.S.-Japan-ROK cooperation programs on public health.",
        "new U.S.-Japan-ROK cooperation programs",
    ),
    ("en", "The envoys discussed fresh trilateral projects for the islands.", "fresh trilateral projects"),
    ("ko", "세 장관은 새로운 3국 이니셔티브를 추진하기로 하였다.", "새로운 3국 이니셔티브"),
    ("ko", "한미일은 신규 협력사업을 발표하였다.", "신규 협력사업"),
    ("ja", "三大臣は、新たな日米韓の取組を進めることで一致した。", "新たな日米韓の取組"),
    ("ja", "新たな三か国のイニシアティブが発表された。", "新たな三か国のイニシアティブ"),
]
SILENT = [
    ("en", "They opened a new era of trilateral initiatives."),
    ("en", "No new trilateral initiatives were announced."),
    ("en", "They welcomed the trilateral initiatives of last year."),
    ("en", "We launched new initiatives with our friends in Australia."),
    ("en", "The U.S.-Japan-Philippines summit brought new trilateral initiatives."),
    ("en", "They founded a new trilateral dialogue."),
    ("en", "The two sides agreed on new initiatives."),
    ("ko", "한미일은 새로운 3국 협력의 시대를 열었다."),
    ("ko", "새로운 3국 협력사업은 논의되지 않았다."),
    ("ja", "日米韓協力の新たな時代を開いた。"),
    ("ja", "新しい日米韓の取組は発表されなかった。"),
    ("zh", "三国将推进新的合作倡议。"),
]


def article(text: str, language: str, *, start: int = 0) -> Article:
    return Article("https://a.example/", "Title", text, language, statement=(start, len(text)))


def mention(text: str, name: str, status: str) -> Mention:
    at = text.index(name)
    return Mention(name, at, at + len(name), "text", text, "en", status=status)


def phrases(text: str, language: str = "en", *mentions: Mention) -> list[str]:
    return [one.phrase for one in POINTERS.of(article(text, language), mentions)]


@pytest.mark.parametrize(("language", "sentence", "phrase"), POINTING)
def test_a_sentence_that_points(language: str, sentence: str, phrase: str) -> None:
    (found,) = POINTERS.of(article(f"{sentence} And they parted.", language), ())
    assert (found.sentence, found.phrase) == (sentence, phrase)
    assert 0.6 <= found.confidence <= 0.8


@pytest.mark.parametrize(("language", "sentence"), SILENT)
def test_a_sentence_that_does_not(language: str, sentence: str) -> None:
    assert phrases(sentence, language) == []


NAMED = "They announced new trilateral initiatives, including the Reef Dialogue."
NEXT = "They announced new trilateral initiatives. The Reef Dialogue will be launched in May."
LATER = "They announced new trilateral initiatives. It was late. The Reef Dialogue will be launched in May."


def test_what_is_named_there_or_next_as_new_is_no_riddle() -> None:
    for text in (NAMED, NEXT, LATER):
        assert phrases(text) == ["new trilateral initiatives"]
    assert phrases(NAMED, "en", mention(NAMED, "Reef Dialogue", "reaffirmed")) == []
    assert phrases(NEXT, "en", mention(NEXT, "Reef Dialogue", "announced")) == []
    assert phrases(NEXT, "en", mention(NEXT, "Reef Dialogue", "reaffirmed")) == ["new trilateral initiatives"]
    assert phrases(LATER, "en", mention(LATER, "Reef Dialogue", "announced")) == ["new trilateral initiatives"]
    old = "We agreed on new trilateral initiatives, building on the Reef Dialogue."
    assert phrases(old, "en", mention(old, "Reef Dialogue", "reaffirmed")) == ["new trilateral initiatives"]


def test_the_words_of_the_phrase_are_no_name() -> None:
    assert phrases(NEXT, "en", mention(NEXT, "new trilateral initiatives", "announced")) == ["new trilateral initiatives"]


def test_only_the_statement_is_read() -> None:
    text = "Related: new trilateral initiatives.\n\nThe ministers met."
    assert POINTERS.of(article(text, "en", start=text.index("The")), ()) == ()


@pytest.mark.parametrize(
    "bait", ["new " * 30000, "new trilateral " * 9000, "새로운 " * 30000, "新たな" * 30000, "newly announced, " * 9000]
)
def test_hostile_texts_take_no_time(bait: str) -> None:
    with effort(500):
        for language in ("en", "ko", "ja"):
            POINTERS.of(article(bait, language), ())


def test_an_official_text_is_told_before_a_report_whatever_came_first() -> None:
    said = (
        Pointed(Pointer("report", "p", 0.8), 3, 1, "2031 a", placeholder=True), Pointed(Pointer("second", "p", 0.8), 2, 1, "2031 c"),
        Pointed(Pointer("first", "p", 0.8), 1, 1, "2031 b"), Pointed(Pointer("alone", "p", 0.8), 4, 2, "2031 d", placeholder=True),
    )  # fmt: skip
    for order in permutations(said):
        assert sorted((one.sentence, one.statement_id, one.confidence) for one in unnamed(order)) == [("alone", 4, 0.6), ("first", 1, 0.8)]
