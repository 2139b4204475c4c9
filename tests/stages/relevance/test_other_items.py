"""Items written without a look at the rules or the stream: ordinary ones that name the three, and acts of theirs; and one sentence
said of the three, of other trios and of pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from scraper.model.article import Article, Relevance
from scraper.model.moment import Moment
from scraper.stages.relevance import Judge

from .frames import FOREIGN, OWN, of_two, told_of

ITEMS = Path(__file__).parent / "items"
LANGUAGES = ("en", "ko", "ja")
LEAST = {"ordinary": 150, "acts": 60}
Rule = Callable[..., Relevance]


def written(kind: str, language: str) -> list[tuple[str, str, str]]:
    items = []
    for line in (ITEMS / f"{kind}.{language}.txt").read_text("utf-8").splitlines():
        title, text = line.split(" || ", 1)
        items.append((language, title, text.replace("\\n", "\n\n")))
    return items


def judged_wrong(judge: Judge, items: Iterable[tuple[str, str, str]], *, relevant: bool) -> list[tuple[str, str, object]]:
    wrong: list[tuple[str, str, object]] = []
    for number, (language, title, text) in enumerate(items):
        found = judge.judge(Article(f"https://news.example/{number}", title, text, language, Moment("2026-06-04", "date")))
        if found.relevant is not relevant:
            wrong.append((title, text, found.reasons))
    return wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_ordinary_items_that_name_the_three_are_not_relevant(judge: Judge, language: str) -> None:
    items = written("ordinary", language)
    assert len(items) >= LEAST["ordinary"]
    assert judged_wrong(judge, items, relevant=False) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_acts_of_the_three_are_relevant_however_they_are_told(judge: Judge, language: str) -> None:
    items = written("acts", language)
    assert len(items) >= LEAST["acts"]
    assert judged_wrong(judge, items, relevant=True) == []


def test_one_sentence_is_relevant_of_the_three_and_of_nobody_else(judge: Judge) -> None:
    assert judged_wrong(judge, told_of(OWN), relevant=True) == []
    assert judged_wrong(judge, told_of(FOREIGN), relevant=False) == []
    assert judged_wrong(judge, of_two(), relevant=False) == []


DECIDED = [
    ("Talks in Lima", "The foreign ministers of Japan, the ROK and the U.S. met in Lima.", "+0.50 sentence 1 tells of an act of the parties: 'foreign ministers of Japan, the ROK and the U.S. met'"),
    ("회의 결과", "한미일 외교장관이 3일 서울에서 만나 공급망을 논의했다.", "+0.50 sentence 1 tells of an act of the parties: '한미일 외교장관이 3일 서울에서 만나'"),
    ("会合の結果", "日米韓の外相は3日、リマで会談した。", "+0.50 sentence 1 tells of an act of the parties: '日米韓の外相は3日、リマで会談'"),
    ("Scholars meet", "North Korea condemned drills by the United States, South Korea and Japan on Sunday.", "-0.60 the first sentence tells what others say or do"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "reason"), DECIDED)
def test_a_reason_names_the_words_that_decided(ruling: Rule, title: str, text: str, reason: str) -> None:
    assert reason in ruling(title, text, "2026-06-04").reasons


def test_long_words_of_a_reason_are_cut_in_the_middle(ruling: Rule) -> None:
    text = f"The foreign minister of Japan, {'an old friend of the house, ' * 6}met the foreign ministers of the ROK and the U.S. for three-way talks in Lima."
    (reason, *_) = ruling("Lima", text, "2026-06-04").reasons
    assert " … " in reason
    assert len(reason) < 150
