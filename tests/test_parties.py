"""Who is named, in three languages, every order and spelling."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise, permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.config.notes import Notes
from scraper.config.watching import read_watch
from scraper.model.watch import Party, Watch
from scraper.parties import Parties, alternation, level_case, level_width

CONFIG = Path(__file__).resolve().parents[1] / "config" / "watch.toml"


@pytest.fixture(scope="module")
def parties() -> Parties:
    watch = read_watch(tomllib.loads(CONFIG.read_text(encoding="utf-8")), Notes(CONFIG.name))
    assert watch is not None
    return Parties(watch)


STRONG = [
    ("US, Japan, S. Korea hold talks", "US, Japan, S. Korea"),
    ("the United States, Japan, and the Republic of Korea (ROK) met", "United States, Japan, and the Republic of Korea (ROK"),
    ("U.S.–Japan–ROK dialogue", "U.S.–Japan–ROK"),
    ("US – Japan – Republic of Korea", "US – Japan – Republic of Korea"),
    ("South Korean, US and Japanese officials", "South Korean, US and Japanese"),
    ("Seoul, Washington and Tokyo agreed", "Seoul, Washington and Tokyo"),
    ("SOUTH KOREA/JAPAN/UNITED STATES", "SOUTH KOREA/JAPAN/UNITED STATES"),
    ("한미일 정상회의", "한미일"),
    ("日米韓国際ネットワーク", "日米韓"),
    ("日米韓中小企業フォーラム", "日米韓"),
    ("日米韓独自の取組", "日米韓"),
    ("한∙미∙일 3국", "한∙미∙일"),
    ("미한일 협의", "미한일"),
    ("한국과 미국, 일본은", "한국과 미국, 일본"),
    ("日米韓外相会合", "日米韓"),
    ("韓米日が訓練", "韓米日"),
    ("会議中日米韓が", "日米韓"),
    ("日本、米国、韓国の3か国", "日本、米国、韓国"),
    ("日本・米国・韓国", "日本・米国・韓国"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "compound"), STRONG)
def test_the_parties_in_one_compound(parties: Parties, text: str, compound: str) -> None:
    assert [text[naming.start : naming.end] for naming in parties.together(text)] == [compound]
    assert parties.all_named(text)
    assert not parties.other_trios(text)


@pytest.mark.parametrize("order", list(permutations(["Japan", "the United States", "South Korea"])))
def test_every_order_counts(parties: Parties, order: tuple[str, ...]) -> None:
    assert parties.together("{}, {} and {}".format(*order))


@pytest.mark.parametrize(
    "text",
    ["join us, Japan and Korea", "10月29日米韓首脳会談", "Japan, the U.S. and North Korea", "Japan, the Democratic People’s Republic of Korea and the US",
     "한일·한미 연쇄 회담", "日米・日韓首脳会談", "日中韓サミット", "日米豪", "한일중 정상회의", "한미 정상회담", "Japan-U.S.-Australia", "Japan, South Korea, the US and Australia", "日米韓豪4か国"],
)  # fmt: skip
def test_others_and_pairs_are_no_such_compound(parties: Parties, text: str) -> None:
    assert not parties.together(text)


@pytest.mark.parametrize(
    ("text", "own", "others"),
    [
        ("the Sea of Japan and the Korean Peninsula", set(), set()),
        ("Latin America and the South China Sea", set(), set()),
        ("Washington and Beijing", {"US"}, {"CN"}),
        ("인도·태평양에서 한미 협력", {"KR", "US"}, set()),
        ("インド太平洋と豪州", set(), {"AU"}),
        ("USAID in Koreatown", set(), set()),
        ("북한과 중국", set(), {"KP", "CN"}),
    ],
)
def test_who_is_named(parties: Parties, text: str, own: set[str], others: set[str]) -> None:
    assert parties.named(text) == own
    assert parties.others(text) == others


def test_pairs_and_foreign_company(parties: Parties) -> None:
    text = "The Japan-U.S. and Japan-ROK summits, and Japan-Australia talks"
    assert [sorted(group.countries) for group in parties.pairs(text)] == [["JP", "US"], ["JP", "KR"]]
    assert [text[naming.start : naming.end] for naming in parties.other_trios(text)] == ["Japan-Australia"]


@pytest.mark.parametrize("text", ["Trilateral talks", "our three nations", "3국 협력", "３カ国の外相", "three-way call"])
def test_weak_words(parties: Parties, text: str) -> None:
    assert len(parties.weak(text)) == 1
    assert not parties.weak("bilateral talks between the thirty-three")


@pytest.mark.parametrize(
    ("host", "party"),
    [("www.mofa.go.kr", "KR"), ("kr.usembassy.gov", "US"), ("mod.go.jp", "JP"), ("nogo.jp", ""), ("example.com", ""), ("", "")],
)
def test_party_of_a_host(parties: Parties, host: str, party: str) -> None:
    assert parties.party_of(host) == party


def test_another_trio_needs_no_code() -> None:
    watch = Watch(
        "x", (Party("A", "A", {"en": ("Ruritania",)}, short={"ja": ("甲",)}), Party("B", "B", {"en": ("Syldavia",)}, short={"ja": ("乙",)}))
    )
    two = Parties(watch)
    assert two.together("Syldavia and Ruritania signed")
    assert two.together("甲乙協議")
    assert not two.other_trios("Syldavia and Japan")
    assert not two.weak("trilateral")
    assert two.party_of("a.example") == ""


@given(st.text(max_size=300))
def test_levelling_keeps_every_offset(text: str) -> None:
    assert len(level_width(text)) == len(text)
    assert len(level_case(text)) == len(text)


def test_levelling_makes_forms_alike() -> None:
    assert level_width("Ｕ．Ｓ．—Japan’s １６日") == "U.S.-Japan's 16日"
    assert level_case("İZMİR\tIn") == "İzmİr in"


@given(st.text(alphabet="한미일日米韓中豪 ·-,andUSJapKore.()0", max_size=200))
def test_scanning_gives_true_and_separate_places(parties: Parties, text: str) -> None:
    groups = parties.scan(text).groups
    assert all(0 <= group.start < group.end <= len(text) for group in groups)
    assert all(left.end <= right.start for left, right in pairwise(groups))


def test_hostile_text_comes_to_an_end(parties: Parties) -> None:
    text = "U.S.-Japan, the Republic of " * 20_000 + "한·" * 50_000
    groups = parties.scan(text).groups
    assert all(left.end <= right.start for left, right in pairwise(groups))


def test_alternation_takes_the_longest_whole_word_and_patterns() -> None:
    pattern = re.compile(alternation(["foreign minister", "vice foreign minister", "外相", r"/\d+th round/", ""]))
    assert [m.group() for m in pattern.finditer("a vice foreign  minister, foreign ministers, 外相 and the 5th round")] == [
        "外相",
        "5th round",
    ]
    assert pattern.search("vice foreign minister")
    assert not re.search(alternation([]), "anything")
