from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.stages.extract import tree
from scraper.stages.extract.blocks import BIT, Block, Layout, read, weigh

SENTENCE = "The ministers of the three countries met in the town hall and agreed on the next steps of their work."


def layout(body: str) -> Layout:
    root = tree.parse(f"<html><body>{body}</body></html>")
    assert root is not None
    return read(root)


def texts(body: str) -> list[str]:
    return [block.text for block in layout(body).blocks]


def only(body: str) -> Block:
    found = layout(body).blocks
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>A <b>bold</b>\n  word</p><p>next</p>", ["A bold word", "next"]),
        ("<div>one<br>two<br><br>three<br> <br>four</div>", ["one\ntwo", "three", "four"]),
        ("<div>before<p>inside</p>behind</div>", ["before", "inside", "behind"]),
        ("<table><tr><td>a</td><th>b</th></tr></table>", ["a", "b"]),
        ("<dl><dt>날짜</dt><dd>2026</dd></dl>", ["날짜", "2026"]),
        ("<script>no()</script><style>no</style><select><option>no</option></select><button>no</button>yes", ["yes"]),
        ("<noscript><p>a page for all</p></noscript>", ["a page for all"]),
        ("<br><br><p> </p>&nbsp;<p>\n</p>", []),
        ("<p>so it <img src=x> went on</p>", ["so it went on"]),
        ("<div>said <span><img src=x><em>two ministers</em></span>he then left</div>", ["said", "two ministers", "he then left"]),
        ("<div>said <a href=y><img src=x> two ministers</a>he then left</div>", ["said", "two ministers", "he then left"]),
    ],
)
def test_a_page_is_cut_at_its_blocks(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


@pytest.mark.parametrize(("text", "weight"), [("", 0), ("abcd", 4), ("세나라", 7.5), ("三か国", 7.5), ("a나", 3.5)])
def test_an_east_asian_character_weighs_two_and_a_half(text: str, weight: float) -> None:
    assert weigh(text) == weight


def test_links_and_stress_are_weighed() -> None:
    block = only("<p>go <a href=x>here <b>now</b></a> and <em>there</em></p>")
    assert (block.weight, block.linked, block.stress) == (21, 7, 8)


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        ("One. Two! “Three?” 3.5 percent", 3),
        ("세 나라는 만났다. 합의했다", 2),
        ("세 나라가 합의함", 1),
        ("会った。述べた」。", 2),
        ("no end", 0),
    ],
)
def test_ends_of_sentences(text: str, stops: int) -> None:
    assert only(f"<p>{text}</p>").stops == stops


def test_prose_is_long_enough_ends_a_sentence_and_is_no_link() -> None:
    found = layout(f"<p>{SENTENCE}</p><p>Short one.</p><p><a href=x>{SENTENCE}</a></p><p>{SENTENCE[:-1]}</p>").blocks
    assert [block.prose for block in found] == [True, False, False, False]
    assert only("<p>세 나라 외교장관은 오늘 회의에서 협력 방안을 논의했다고 밝혔다.</p>").prose


@pytest.mark.parametrize(
    ("markup", "hint"),
    [
        ("<aside>{}</aside>", "aside"), ("<div class='related-posts'>{}</div>", "related"), ("<div id='comments'>{}</div>", "comment"),
        ("<div class='x news_copyright'>{}</div>", "legal"), ("<div style='display: none'>{}</div>", "hidden"), ("<div hidden>{}</div>", "hidden"),
        ("<div aria-hidden='true'>{}</div>", "hidden"), ("<section role='navigation'>{}</section>", "menu"), ("<div class='articleBody'>{}</div>", "content"),
        ("<ul><li>{}</li></ul>", "list"),
    ],
)  # fmt: skip
def test_hints_by_tag_and_by_name(markup: str, hint: str) -> None:
    block = layout(markup.format("Word") + f"<p>{SENTENCE}</p>").blocks[0]
    assert block.zone.flags & BIT[hint]
    assert block.zone.near & BIT[hint]


def test_a_hint_on_most_of_the_prose_says_nothing() -> None:
    found = layout(f"<div class='sidebar-wrap main'><p>{SENTENCE}</p></div>").blocks[0]
    assert not found.zone.flags & BIT["side"]
    assert not only(f"<body class='comments-open'><p>{SENTENCE}</p></body>").zone.flags & BIT["comment"]


def test_zones_sum_up_what_stands_under_them() -> None:
    found = layout(f"<main><p>{SENTENCE}</p><p><a href=x>abcd</a></p></main><div>abcdef</div>")
    main = next(zone for zone in found.zones if zone.tag == "main")
    assert (main.mass, main.linked, main.prose, main.pieces, main.share) == (len(SENTENCE) + 4, 4, len(SENTENCE), 2, 1.0)
    assert found.zones[0].outer is found.zones[0]
    assert main.dense == pytest.approx(4 / main.mass)


def test_zones_that_look_alike_have_one_sign() -> None:
    a, b, c = (block.zone.sign for block in layout("<p class=t>a</p><p class=t>b</p><p>c</p>").blocks)
    assert a == b != c


def test_what_stands_behind_very_many_elements_is_not_read() -> None:
    assert len(layout("<p>x</p>" * 90_000).blocks) == 79_999  # the body is an element too


@given(
    st.text(max_size=300)
    | st.lists(st.sampled_from(["<div>", "</div>", "<p>", "x. ", "<br>", "<td>", "<a>", "<img>", "<span>", "</span>"])).map("".join)
)
def test_any_page_is_read_without_loss_of_order(body: str) -> None:
    found = layout(body)
    assert all(block.text.strip() and block.linked <= block.weight + 1 for block in found.blocks)
    assert found.zones[0].pieces == len(found.blocks)
