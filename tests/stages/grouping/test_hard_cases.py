"""What people who group such texts get wrong: each case with texts of our own."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from scraper.config import load
from scraper.model.article import Article
from scraper.model.grouping import Sighting
from scraper.stages.grouping import regroup
from scraper.stages.relevance import Judge
from tests.stages.grouping.samples import (
    FACT_SHEET,
    JOINT,
    NEWS,
    PRINCIPLES,
    READOUT_A,
    READOUT_B,
    SPUN,
    STOCK_ONLY,
    by_event,
    official,
    partition,
    relations,
    reprint,
    sighting,
)  # fmt: skip
from tests.stages.grouping.test_translations import PACT

CONFIG = Path(__file__).parents[3] / "config"
NOTHING = {"date": "", "date_stated": False, "place": "", "level": "", "published": ""}
TITLE = "Joint Statement on the Trilateral Ministerial Meeting"


def annual(year: int, city: str, guest: str, band: str) -> str:
    """The statement of a meeting held every year: three quarters of it stand in every one."""
    return (
        f"The ministers held the yearly session of the harbour commission in {city}, with {guest} in the chair. "
        "They went through the list of lighthouses whose lamps are to be changed, beginning with those on the northern skerries. "
        "They heard the pilots, who asked for longer ladders, and the tug masters, who asked for shorter meetings. "
        "They thanked the ropemakers of all three coasts for cordage given to the training ships without charge. "
        "They agreed that bells shall be rung in fog at every pier, and that nobody shall whistle on the bridge. "
        f"In {year} they opened {band}, and set aside a sum for it that will be counted again next spring by auditors from two towns."
    )


def test_a_government_says_again_what_it_said_a_year_before_and_more() -> None:
    """Every sentence of the first stands in the second: both state their day, so they are two; a page of the first alone is a copy."""
    first = annual(2030, "Porto", "Mr Alves", "a school for pilots")
    longer = f"{first} {annual(2031, 'Faro', 'Ms Reis', 'two lighthouses')} They also agreed on buoys, on nets and on the price of a berth in winter."
    pages = (
        official(1, first, date="2030-06-01", published="2030-06-01"),
        official(2, longer, date="2031-06-02", published="2031-06-02"),
        official(3, first, "AA", date="2030-09-01", published="2030-09-01"),
    )
    assert partition(regroup(pages[:2])) == {frozenset({1}), frozenset({2})}
    assert partition(regroup((pages[0], pages[2]))) == {frozenset({1, 3})}


def test_one_title_twice_a_year_apart() -> None:
    first = official(1, STOCK_ONLY + JOINT, title=TITLE)
    second = official(2, STOCK_ONLY + PACT, title=TITLE, date="2032-05-14", published="2032-05-14")
    copies = (reprint(3, STOCK_ONLY + PACT, title=TITLE, date="2032-05-15", date_stated=False), reprint(4, STOCK_ONLY + JOINT, **NOTHING))
    assert partition(regroup((first, second, *copies))) == {frozenset({1, 4}), frozenset({2, 3})}


def test_an_annual_meeting_with_nearly_the_same_text() -> None:
    one, two = (
        annual(2031, "Oporto", "a retired judge", "a museum of buoys"),
        annual(2032, "Cadiz", "the eldest pilot", "a school for divers"),
    )
    first, second = official(1, one), official(2, two, date="2032-05-12", published="2032-05-12", place="Cadiz")
    assert partition(regroup((first, second))) == {frozenset({1}), frozenset({2})}
    inferred = official(3, two, date="2032-05-12", date_stated=False, published="2032-05-12", place="")
    assert partition(regroup((first, inferred))) == {frozenset({1}), frozenset({3})}
    late = reprint(4, one, date="2032-05-12", date_stated=False, published="2032-05-12", place="")
    assert partition(regroup((first, second, late))) == {frozenset({1, 4}), frozenset({2})}


@pytest.mark.parametrize("lines", [(0, 2), (2, 4), (4, 6), (6, 9)])
def test_an_excerpt_of_two_sentences_without_a_date(lines: tuple[int, int]) -> None:
    part = " ".join(JOINT.splitlines()[slice(*lines)])
    found = regroup((official(1, JOINT), official(2, PACT), sighting(3, part, **NOTHING, title="What was said")))
    assert partition(found) == {frozenset({1, 3}), frozenset({2})}
    assert relations(found)[3] == "copy"


def test_a_short_excerpt_of_a_very_long_text() -> None:
    """Of a text of a hundred pages three lines were printed, from anywhere in it."""
    pages = [
        f"Article {n} gives the {n * 7} keepers of pier {n * 3} a boat, {n} oars and the right to fish by lamp until bell {n * 11}."
        for n in range(900)
    ]
    whole = official(1, " ".join(pages))
    for start in range(0, 900, 90):
        part = sighting(2, " ".join(pages[start : start + 3]), **NOTHING)
        assert partition(regroup((whole, part))) == {frozenset({1, 2})}, start


def test_spun_copies_beside_a_report() -> None:
    found = regroup((official(1, JOINT), sighting(2, SPUN), sighting(3, NEWS), official(4, READOUT_A, "AA")))
    assert partition(found) == {frozenset({1, 2}), frozenset({4}), frozenset({3})} or partition(found) == {
        frozenset({1, 2, 3}),
        frozenset({4}),
    }
    assert (relations(found)[2], relations(found)[3]) == ("rewrite", "report")


def test_a_fact_sheet_and_two_readouts_beside_the_joint_statement() -> None:
    day = (official(1, JOINT), official(2, FACT_SHEET, "AA", kind="fact_sheet"), official(3, READOUT_A, "AA"), official(4, READOUT_B, "BB"))
    found = regroup(day)
    assert partition(found) == {frozenset({1}), frozenset({2}), frozenset({3}), frozenset({4})}
    assert by_event(found) == {frozenset({1, 2, 3, 4})}


def test_two_readouts_of_one_call_are_two_statements_of_one_event() -> None:
    calls = (official(1, READOUT_A, "AA", place=""), official(2, READOUT_B, "BB", place="", date="2031-05-15"))
    found = regroup(calls)
    assert partition(found) == {frozenset({1}), frozenset({2})}
    assert by_event(found) == {frozenset({1, 2})}


def test_a_corrected_release_is_another_edition() -> None:
    corrected = "CORRECTED COPY. " + JOINT.replace("sixty young welders", "sixteen young welders")
    found = regroup((official(1, JOINT), official(2, corrected, published="2031-05-16", title="Corrected: late dinner in Lisbon")))
    assert relations(found) == {1: "original", 2: "copy"}


def test_a_joint_statement_quoted_whole_inside_a_readout() -> None:
    """A side's own account that quotes the joint text at the end is a statement of that side; a page that adds a line to it is an edition."""
    account = f"{READOUT_A}\n{READOUT_B}\n{FACT_SHEET}\n{PRINCIPLES}\nThe joint text follows.\n{JOINT}"
    found = regroup((official(1, JOINT), official(2, account, "AA")))
    assert partition(found) == {frozenset({1}), frozenset({2})}
    assert by_event(found) == {frozenset({1, 2})}
    short = f"The minister's office hands the joint text on to readers at home.\n{JOINT}"
    assert partition(regroup((official(1, JOINT), official(2, short, "AA")))) == {frozenset({1, 2})}


def test_two_meetings_on_one_day_at_one_place_at_different_levels() -> None:
    ministers, leaders = official(1, JOINT), official(2, PACT, level="leaders")
    told = (sighting(3, NEWS), sighting(4, "The three heads of government dined apart from their ministers.", level="leaders"))
    assert by_event(regroup((ministers, leaders, *told))) == {frozenset({1, 3}), frozenset({2, 4})}


def test_a_page_that_lists_several_statements_does_not_merge_them() -> None:
    listing = official(1, f"Statements of the week\n{JOINT}\n{PACT}\n{PRINCIPLES}", title="Statements")
    singles = (official(2, JOINT), official(3, PACT), official(4, PRINCIPLES))
    copies = (reprint(5, JOINT), reprint(6, PACT), reprint(7, PRINCIPLES))
    parts = partition(regroup((listing, *singles, *copies)))
    assert all(len(part & {2, 3, 4}) <= 1 for part in parts)
    for single, copy in ((2, 5), (3, 6), (4, 7)):
        assert any({single, copy} <= part for part in parts), (single, copy)


def test_two_joint_texts_of_one_day_that_share_people_and_formulae() -> None:
    alike = "Helen Marsh, Ogawa Renzo and Bae Sung-min met. " + STOCK_ONLY.splitlines()[0][:160]
    found = regroup((official(1, alike + PACT), reprint(2, alike + JOINT)))
    assert partition(found) == {frozenset({1}), frozenset({2})}


def test_a_transcript_taken_for_a_report_is_not_put_to_a_joint_text_it_does_not_tell_of() -> None:
    spoken = "Good evening, everybody. I am told that the soup was cold. Thank you for waiting in the rain. Any questions? No? Then good night to all of you."
    beside = regroup((official(1, JOINT), official(2, READOUT_B, "BB"), sighting(3, spoken)))
    assert partition(beside) == {frozenset({1}), frozenset({2}), frozenset({3})}
    assert partition(regroup((official(1, JOINT), sighting(3, spoken)))) == {frozenset({1, 3})}


def judged(number: int, article: Article, party: str = "") -> Sighting:
    """A sighting of an article as the shipped configuration judges it."""
    said = Judge(load(CONFIG, {}, builtin=CONFIG, strict=False).watch).judge(article)
    assert said.relevant, said.reasons
    return sighting(
        number, article.text, url=article.url, title=article.title, language=article.language, kind=said.kind, side=said.side, level=said.level,
        date=said.date, date_stated=said.date_stated, place=said.place, official=bool(party), party=party,
    )  # fmt: skip


def test_the_reprint_of_a_japanese_readout_is_no_report_of_the_joint_statement() -> None:
    outline = (
        "外務省・新着情報\n\n10月3日、東京において、田村大助外務事務次官は、ジェーン・ロウ米国務副長官及び朴在烈韓国外交部第一次官との間で日米韓次官協議を"
        "行ったところ、概要は以下のとおりです。\n\n1 三者は、離島の診療所に灯台の電話を引くことを確認しました。\n2 田村次官から、鯨の調査について説明しました。"
    )
    joint = (
        "The following is the joint statement released by the vice foreign ministers of Japan, the United States and the Republic of Korea.\n"
        "Begin text\nThe Vice Foreign Ministers met in Tokyo on October 3, 2031, and agreed to give each island a doctor who can swim, "
        "a boat with two engines, and a telephone that works when the lamps are out. They will meet again before the geese leave."
    )
    reprinted = judged(1, Article("https://kiji.example/1", "日米韓次官協議", outline, "ja"))
    released = judged(2, Article("https://aa.example/2", "Joint Statement of the Vice Ministers of Japan, the United States and the Republic of Korea", joint, "en"), "US")  # fmt: skip
    assert reprinted.side
    found = regroup((reprinted, released))
    assert partition(found) == {frozenset({1}), frozenset({2})}


def test_every_subject_of_the_shipped_table_has_a_name_in_every_script() -> None:
    """A trail of subjects that one language cannot name would be shorter in it; abbreviations are written alike in all."""
    table = tomllib.loads((CONFIG / "stock_phrases.toml").read_text("utf-8"))["subjects"]
    for subject, names in table.items():
        latin = [name for name in names if name.isascii()]
        hangul = [name for name in names if any("가" <= sign <= "힣" for sign in name)]
        other = [name for name in names if not name.isascii() and name not in hangul]
        assert latin, subject
        assert (hangul and other) or any(name.isupper() or any(sign.isdigit() for sign in name) for name in latin), subject
