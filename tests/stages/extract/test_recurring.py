from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.stages.extract import Surround, isolate, recurring, surround
from scraper.stages.extract.recurring import MOST, WINDOW, digest

BOX = "Capital Wire carries releases to readers in ninety countries, every day of the year."
STOCK = "They reaffirmed the importance of trilateral cooperation."


def text(number: int, *behind: str) -> str:
    first = f"The three ministers met in town number {number} on Monday and went through a list of {number + 3} projects of theirs."
    second = f"They agreed to build bridge number {number}, and their officials will report on it before the autumn comes."
    return "\n\n".join((first, second, *behind))


def seen(number: int, *behind: str, title: str = "") -> Surround:
    page = text(number, *behind)
    name = title or f"Ministers meet in town number {number}"
    start, end, _ = isolate(page, "", name)
    return surround(name, page, (start, end))


def test_what_stands_on_three_pages_is_furniture() -> None:
    assert recurring([seen(n, BOX) for n in range(2)]) == {}
    assert recurring([seen(n, BOX) for n in range(3)]) == {digest(BOX): 3}
    assert recurring([seen(n, f"  {BOX.upper()}") for n in range(4)]) == {digest(BOX): 4}


def test_what_stands_outside_the_statement_is_furniture_too() -> None:
    pages = [seen(n, "Related Articles", "Signal lamps and how to mend them") for n in range(3)]
    assert recurring(pages) == {digest("Related Articles"): 3, digest("Signal lamps and how to mend them"): 3}


@pytest.mark.parametrize(
    "stock",
    [
        STOCK,
        "The three sides will continue to consult closely.",
        "The next meeting is planned for the autumn in Westmark.",
        "This text is authentic in all three languages.",
        "We thank the people of the town for their welcome, and we look forward to the next round.",
        "세 장관은 앞으로도 긴밀히 협력해 나가기로 하였다.",
        "다음 장관회의는 내년 봄 웨스트마르크에서 열린다.",
        "三大臣は、引き続き緊密に連携していくことで一致した。",
        "次回会合は来春ウェストマルクで開かれる。",
    ],
)
def test_a_phrase_that_statements_share_is_never_furniture(stock: str) -> None:
    assert recurring([seen(n, stock) for n in range(12)]) == {}
    inside = [surround(f"Title {n}", f"{text(n)}\n\n{stock}\n\n{text(n + 50)}", (0, 10_000)) for n in range(12)]
    assert recurring(inside) == {}


def test_a_sentence_within_the_text_is_not_furniture_though_it_recurs() -> None:
    pages = [surround(f"Title {n}", f"{text(n)}\n\n{BOX}\n\n{text(n + 50)}", (0, 10_000)) for n in range(12)]
    assert recurring(pages) == {}


def test_copies_of_one_page_count_once() -> None:
    assert recurring([seen(1, BOX, title=f"Ministers meet, version {n}") for n in range(5)]) == {}
    assert recurring([seen(n, BOX, title="Ministers meet in a town by the sea") for n in range(5)]) == {}


def test_what_stands_on_few_of_many_pages_is_none() -> None:
    pages = [seen(n, BOX) for n in range(3)] + [seen(n) for n in range(3, 20)]
    assert recurring(pages) == {}
    assert recurring(pages[:12]) == {digest(BOX): 3}


def test_only_the_latest_pages_count() -> None:
    assert recurring([seen(n) for n in range(WINDOW)] + [seen(n, BOX) for n in range(100, 200)]) == {}


def test_there_is_a_bound_to_what_is_kept() -> None:
    boxes = "\n\n".join(f"Box with the number {n} in it" for n in range(200))
    assert len(seen(1, "Related Articles", boxes).paragraphs) == MOST
    assert len(recurring([seen(n, "Related Articles", boxes) for n in range(4)])) == MOST


@given(st.text(max_size=200), st.text(max_size=60), st.integers(0, 200), st.integers(0, 200))
def test_any_page_can_be_looked_at(page: str, title: str, start: int, end: int) -> None:
    found = surround(title, page, (start, end))
    assert all(len(paragraph) == 16 for paragraph in (found.title, found.body, *found.paragraphs))
    assert recurring([found] * 3) == {}
