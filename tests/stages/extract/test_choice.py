from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.stages.extract import tree
from scraper.stages.extract.blocks import read
from scraper.stages.extract.choice import chosen, context, judge, judged
from scraper.stages.extract.render import render
from scraper.stages.extract.signs import signs
from scraper.stages.extract.weights import CONTEXT, SIGNS

SENTENCE = "The ministers of the three countries met in the town hall and agreed on the next steps of their work."
PARAGRAPHS = "".join(f"<p>{SENTENCE} It was meeting number {number}, they said.</p>" for number in range(6))
LINKS = "".join(f"<li><a href='/{number}'>Another story of the day</a></li>" for number in range(8))


def held(body: str) -> list[list[str]]:
    root = tree.parse(f"<html><body>{body}</body></html>")
    assert root is not None
    return signs(read(root))


def main_text(body: str) -> list[str]:
    root = tree.parse(f"<html><body>{body}</body></html>")
    assert root is not None
    return render(chosen(judge(read(root)))).split("\n\n")


@pytest.mark.parametrize(
    ("body", "sign"),
    [
        ("<p>Read more about it</p>", "cue"), ("<p>관련 기사 보기</p>", "cue"), ("<p>写真 外務省</p>", "cue"), ("<p>a@b.example</p>", "at"),
        ("<p>and so on</p>", "lower"), ("<p>Home | News</p>", "bar"), ("<p>one<br>two</p>", "lines"), ("<p>x</p><p>x</p>", "repeated"),
        ("<p>Details:</p>", "colon"), ("<p>Done.</p>", "ends"), ("<p>Open</p>", "open"), ("<blink>x</blink>", "tag-other"), ("<h5>x</h5>", "tag-h4"),
        ("<img src=x><p>Words</p>", "pictured"), ("<p><b>All of it</b></p>", "stressed0"), (PARAGRAPHS, "paragraph"), ("<nav>Home</nav>", "in-nav"),
        ("<footer><div><p>Words</p></div></footer>", "under-footer"), ("<p>x</p>", "first"), ("<p>x</p>", "last"), ("<p>2026.01.10 10:20</p>", "digits3"),
    ],
)  # fmt: skip
def test_signs_of_a_block(body: str, sign: str) -> None:
    assert sign in held(body)[0]


def test_neighbours_are_signs() -> None:
    first, second = held(f"<div><p>{SENTENCE}</p><p><a href=x>Go</a></p></div>")
    assert {"after-x0k", "after-same", "after-p"} <= set(first)
    assert {"before-p2u", "before-same", "before-p"} <= set(second)


def test_the_tables_fit_what_they_weigh() -> None:
    root = tree.parse(PARAGRAPHS)
    assert root is not None
    layout = read(root)
    assert all(len(row) == len(CONTEXT) for row in context(layout, [1.0] * len(layout.blocks)))
    known = {sign for body in (PARAGRAPHS, f"<nav><ul>{LINKS}</ul></nav>") for own in held(body) for sign in own}
    assert len(known & set(SIGNS)) > 40


def test_the_article_without_what_stands_around_it() -> None:
    found = main_text(f"<nav><ul>{LINKS}</ul></nav><article>{PARAGRAPHS}</article><aside><h3>Most read</h3><ul>{LINKS}</ul></aside>")
    assert len(found) == 6
    assert all(line.startswith(SENTENCE) for line in found)


def test_scores_just_below_between_good_ones_are_taken() -> None:
    root = tree.parse("".join(f"<p>{word} word</p>" for word in "abcdef"))
    assert root is not None
    blocks = read(root).blocks
    assert [block.text[0] for block in chosen(judged(blocks, [1.0, -0.2, 1.0, -0.2, -3.0, 1.0]))] == ["a", "b", "c", "f"]


def test_links_alone_behind_the_text_go() -> None:
    root = tree.parse(f"<p>{SENTENCE}</p><p><a href=x>Back to the list</a></p>")
    assert root is not None
    assert [block.text for block in chosen(judged(read(root).blocks, [2.0, 2.0]))] == [SENTENCE]


def test_the_head_of_a_sheet_goes_and_its_tables_stay() -> None:
    sheet = f"<tr><th>Office</th><td>Press</td></tr><tr><td colspan=2>{SENTENCE}</td></tr>"
    data = "<table><tr><td>Ships</td><td>12</td></tr></table>"
    root = tree.parse(f"<table>{sheet}</table>{data}")
    assert root is not None
    blocks = read(root).blocks
    assert render(chosen(judged(blocks, [2.0] * len(blocks)))).split("\n\n") == [SENTENCE, "Ships | 12"]
    lone = tree.parse(data)
    assert lone is not None
    assert render(chosen(judged(read(lone).blocks, [2.0] * 2))) == "Ships | 12"


def test_doubt_is_the_part_of_the_text_with_scores_near_zero() -> None:
    root = tree.parse(f"<p>{SENTENCE * 3}</p><p>{SENTENCE * 3}</p>")
    assert root is not None
    blocks = read(root).blocks
    assert [judged(blocks, scores).doubt for scores in ([3.0, 3.0], [3.0, 0.5], [-3.0, -3.0])] == [0.0, 0.5, 1.0]


def test_a_list_of_very_many_blocks_is_not_judged_one_by_one() -> None:
    found = main_text(f"<p>{SENTENCE}</p><p>Menu</p>" * 6000)
    assert found == [SENTENCE] * 6000


def test_a_page_without_blocks() -> None:
    assert main_text("<img src=x>") == [""]


@given(
    st.lists(
        st.sampled_from(
            ["<div>", "</div>", "<p>", SENTENCE, "<br>", "<td>", "<table>", "<a href=x>", "<img>", "세 나라는 만났다. ", "<li>"]
        ),
        max_size=40,
    ).map("".join)
)
def test_any_page_is_judged(body: str) -> None:
    root = tree.parse(f"<html><body>{body}</body></html>")
    assert root is not None
    verdict = judge(read(root))
    assert 0.0 <= verdict.doubt <= 1.0
    assert len(verdict.scores) == len(verdict.blocks)
