"""Which articles are one statement, which statements one event, and who stands how to whom."""

from __future__ import annotations

import random
import re
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.model.grouping import GRADES, RELATIONS, EventGroup, Review, Sighting
from scraper.stages.grouping import EVENT, components, event_name, regroup
from tests.stages.grouping.samples import (
    FACT_SHEET,
    JAPANESE,
    JOINT,
    KOREAN,
    NEWS,
    NEWS_2,
    PRINCIPLES,
    READOUT_A,
    READOUT_B,
    SPUN,
    STOCK_ONLY,
    by_event,
    grades,
    official,
    partition,
    relations,
    reprint,
    sighting,
)  # fmt: skip

FURNITURE = (
    "Home World Politics Sport Weather\nSubscribe to our evening letter\n\n{}\n\nRead more: cats of the harbour. Ten soups for autumn."
)


def cut(text: str) -> str:
    """The text with every fifth sentence gone."""
    return " ".join(line for at, line in enumerate(re.split(r"(?<=\.)\s", text)) if at % 5 != 2)


def swapped(text: str) -> str:
    """The text with every seventh long word changed for another."""
    words = iter(range(10_000))
    return re.sub(r"\b[a-z]{6,}\b", lambda m: "marzipan" if next(words) % 7 == 0 else m.group(), text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("furniture", FURNITURE.format(JOINT)),
        ("cut", cut(JOINT)),
        ("swapped", swapped(JOINT)),
        ("excerpt", " ".join(JOINT.splitlines()[:3])),
        ("shouted", JOINT.upper()),
        ("same", JOINT),
    ],
)
def test_a_copy_is_found_by_its_text_alone(name: str, text: str) -> None:
    """Without a date, level or place, and under another headline."""
    copy = sighting(2, text, date="", level="", place="", published="", date_stated=False, title="Something else")
    found = regroup((official(1, JOINT), copy))
    assert partition(found) == {frozenset({1, 2})}, name
    assert relations(found) == {1: "original", 2: "copy"}
    assert grades(found) == {1: "official", 2: "verbatim"}


def test_one_title_in_two_years_is_two_statements() -> None:
    later = (
        STOCK_ONLY
        + "They visited the observatory at Evora, and promised to lend it a spectrograph, two engineers and a donkey for the steep road."
    )
    first = official(1, STOCK_ONLY + JOINT, title="Joint Statement on the Trilateral Meeting")
    second = official(2, later, title="Joint Statement on the Trilateral Meeting", date="2032-05-14", published="2032-05-14")
    assert by_event(regroup((first, second))) == {frozenset({1}), frozenset({2})}


def test_stock_phrases_alone_do_not_join() -> None:
    first = official(1, STOCK_ONLY + PRINCIPLES, date="2031-01-10", published="2031-01-10", place="Evora")
    second = official(2, STOCK_ONLY + FACT_SHEET, date="2031-05-14")
    assert partition(regroup((first, second))) == {frozenset({1}), frozenset({2})}


def test_readouts_of_two_sides_and_the_joint_statement_are_three_statements_of_one_event() -> None:
    found = regroup((official(1, JOINT), official(2, READOUT_A, "AA"), official(3, READOUT_B, "BB")))
    assert partition(found) == {frozenset({1}), frozenset({2}), frozenset({3})}
    assert by_event(found) == {frozenset({1, 2, 3})}
    assert [group.side for group in found[0].statements] == ["joint", "AA", "BB"]
    assert set(relations(found).values()) == {"original"}


def test_a_fact_sheet_and_principles_beside_the_joint_statement_are_statements_of_one_event() -> None:
    found = regroup((official(1, JOINT), official(2, FACT_SHEET, "AA", kind="fact_sheet"), official(3, PRINCIPLES), reprint(4, PRINCIPLES)))
    assert partition(found) == {frozenset({1}), frozenset({2}), frozenset({3, 4})}
    assert by_event(found) == {frozenset({1, 2, 3, 4})}


def test_two_texts_of_one_side_and_day_stay_apart() -> None:
    """An announcement beforehand and the readout share who, where and when."""
    before = "Secretary Helen Marsh will meet Minister Ogawa Renzo and Minister Bae Sung-min in Lisbon on May 14 to discuss the Harbor Lantern exercise."
    after = "Secretary Helen Marsh met Minister Ogawa Renzo and Minister Bae Sung-min in Lisbon on May 14. She pressed them about eels, customs sheds and jazz."
    found = regroup((official(1, before, "AA"), official(2, after, "AA")))
    assert partition(found) == {frozenset({1}), frozenset({2})}
    assert by_event(found) == {frozenset({1, 2})}


def test_translations_are_one_statement() -> None:
    found = regroup(
        (
            official(1, JOINT),
            official(2, KOREAN, language="ko", party="AA"),
            official(3, JAPANESE, language="ja", title="共同声明(仮訳)", published="2031-05-13"),
        )
    )
    assert partition(found) == {frozenset({1, 2, 3})}
    assert sorted(relations(found).values()) == ["original", "translation", "translation"]
    assert relations(found)[3] == "translation"
    assert grades(found)[3] == "official_translation"


def test_a_translation_that_fits_two_texts_equally_joins_neither() -> None:
    vague = "세 장관은 오늘 만나 여러 가지를 논의하고 다시 만나기로 하였다. 자세한 내용은 다음과 같다. 장관들은 악수하고 사진을 찍었다."
    found = regroup((official(1, JOINT), official(2, PRINCIPLES), official(3, vague, language="ko")))
    assert partition(found) == {frozenset({1}), frozenset({2}), frozenset({3})}


def test_a_translation_far_too_short_for_a_text_still_casts_doubt_on_the_others() -> None:
    """What fits the long text by evidence but not by length must not fall to the short one beside it."""
    short = "三者は会合の後に手を振り、港の食堂を出て、それぞれの宿へ歩いて帰った。"
    found = regroup((official(1, JOINT), official(2, NEWS), official(3, short, language="ja")))
    assert partition(found) == {frozenset({1}), frozenset({2}), frozenset({3})}


def test_a_translation_of_another_day_joins_nothing() -> None:
    found = regroup((official(1, JOINT), official(2, KOREAN, language="ko", date="2031-06-20", published="2031-06-20", place="")))
    assert partition(found) == {frozenset({1}), frozenset({2})}


def test_the_language_most_carriers_are_in_is_the_originals() -> None:
    found = regroup(
        (official(1, KOREAN, "AA", language="ko", published="2031-05-13"), official(2, READOUT_A, "AA"), reprint(3, READOUT_A, "AA"))
    )
    assert found[0].statements[0].lead_article_id == 2
    assert relations(found) == {1: "translation", 2: "original", 3: "copy"}


def test_a_reprint_in_another_language_is_a_copy_and_a_report_a_report() -> None:
    found = regroup(
        (
            official(1, JOINT),
            reprint(2, JAPANESE, language="ja"),
            sighting(3, "세 장관이 리스본에서 늦은 저녁을 먹었다고 한다.", language="ko"),
        )
    )
    assert relations(found) == {1: "original", 2: "copy", 3: "report"}
    assert partition(found) == {frozenset({1, 2, 3})}


def test_a_reprint_without_its_original_is_a_copy_that_leads() -> None:
    found = regroup((reprint(1, JOINT, marked=True, published="2031-05-15"), reprint(2, FURNITURE.format(cut(JOINT)))))
    (group,) = found[0].statements
    assert not group.placeholder
    assert (group.lead_article_id, group.side, group.kind) == (1, "joint", "joint_statement")
    assert relations(found) == {1: "copy", 2: "copy"}
    assert "not in our data" in group.placements[0].reason


def test_a_reworded_joint_text_is_a_rewrite_by_its_people() -> None:
    spun = """Helen Marsh, Renzo Ogawa and Sung-min Bae sat down together over supper in Lisbon, and this is the statement that came of it.
    Eleven months of naval games were looked back upon; more will follow near the islands. Storm tracks go to skippers quickly from now on."""
    found = regroup((official(1, JOINT), reprint(2, spun)))
    assert relations(found) == {1: "original", 2: "rewrite"}
    stranger = reprint(
        3, "Three ministers we will not name issued a joint text about eels. It was long. It was read aloud in a barn by a bishop."
    )
    assert partition(regroup((official(1, JOINT), stranger))) == {frozenset({1}), frozenset({3})}


def test_a_text_half_changed_is_a_rewrite_of_its_original() -> None:
    lines = JOINT.splitlines()
    half = (
        " ".join(lines[:3])
        + " "
        + " ".join(
            f"Then the {word} came by with a lantern, a ladder and nine hats."
            for word in ("baker", "bishop", "plumber", "judge", "tailor", "cook")
        )
    )
    found = regroup((official(1, JOINT), reprint(2, half)))
    assert relations(found)[2] in ("copy", "rewrite")
    assert partition(found) == {frozenset({1, 2})}
    other_side = replace(reprint(2, half + " " + READOUT_B), side="BB", kind="readout")
    assert partition(regroup((official(1, JOINT), other_side))) == {frozenset({1}), frozenset({2})}


def test_a_copy_of_a_rewording_is_a_copy() -> None:
    spun = """Helen Marsh, Renzo Ogawa and Sung-min Bae sat down together over supper in Lisbon, and this is the statement that came of it.
    Eleven months of naval games were looked back upon; more will follow near the islands. Storm tracks go to skippers quickly from now on."""
    found = regroup((official(1, JOINT), reprint(2, spun), reprint(3, FURNITURE.format(spun), published="2031-05-16")))
    assert partition(found) == {frozenset({1, 2, 3})}
    assert relations(found) == {1: "original", 2: "rewrite", 3: "rewrite"}


def test_a_text_of_another_level_is_no_translation() -> None:
    found = regroup(
        (
            official(1, JOINT, level=""),
            official(2, KOREAN, language="ko", level="envoys"),
            official(3, JAPANESE, language="ja", level="leaders"),
        )
    )
    assert not any({2, 3} <= part for part in partition(found))


def test_a_text_gone_through_in_other_words_is_a_rewrite_and_a_line_quoted_makes_a_report() -> None:
    quoting = (
        "Ministers gathered for wine and fish, our correspondent writes, and nobody wanted to be the first to leave the long oak table. "
        * 2
        + JOINT.splitlines()[2]
        + " "
        + NEWS_2
    )
    found = regroup((official(1, JOINT), sighting(2, SPUN), sighting(3, NEWS), sighting(4, quoting)))
    assert relations(found) == {1: "original", 2: "rewrite", 3: "report", 4: "report"}
    assert partition(found) == {frozenset({1, 2, 3, 4})}
    reasons = {placed.article_id: placed.reason for placed in found[0].statements[0].placements}
    assert "subjects named in the same order; same date, level and place" in reasons[2]


def test_where_a_text_names_too_few_subjects_its_wording_tells() -> None:
    short = " ".join(PRINCIPLES.splitlines()[1:4])
    spun = f"{short} {'Our man at the quay counted gulls, trawlers and bishops until the kettle sang and the lamps were lit. ' * 3}"
    found = regroup((official(1, PRINCIPLES), sighting(2, spun)))
    assert relations(found)[2] in ("copy", "rewrite")


def test_a_report_that_quotes_from_a_press_conference_is_a_report() -> None:
    lines = JOINT.splitlines()
    quoting = sighting(2, NEWS + " " + lines[2])
    found = regroup((official(1, JOINT, "AA", kind="press_statement"), quoting))
    assert relations(found) == {1: "original", 2: "report"}


def test_reports_wait_at_a_placeholder_which_the_original_takes_over() -> None:
    reports = (sighting(1, NEWS, published="2031-05-15"), sighting(2, NEWS_2, title="Ministers dine"))
    before = regroup(reports)
    (group,) = before[0].statements
    assert group.placeholder
    assert (group.kind, group.side, group.title, group.lead_article_id) == ("report", "", "Ministers dine", 2)
    assert relations(before) == {1: "report", 2: "report"}
    assert "not yet seen" in group.placements[0].reason
    (group,) = regroup((*reports, official(3, JOINT)))[0].statements
    assert not group.placeholder
    assert group.lead_article_id == 3
    assert {placed.article_id for placed in group.placements} == {1, 2, 3}


def test_reports_beside_readouts_only_share_a_placeholder() -> None:
    found = regroup((official(1, READOUT_A, "AA"), sighting(2, NEWS), sighting(3, NEWS_2)))
    assert partition(found) == {frozenset({1}), frozenset({2, 3})}
    assert [group.placeholder for group in found[0].statements] == [False, True]


@pytest.mark.parametrize(
    ("change", "one"),
    [
        ({"date": "2031-05-15"}, True),
        ({"date": "2031-05-18"}, False),
        ({"date": "2031-05-16", "place": ""}, False),
        ({"date": "2031-05-17", "date_stated": False, "place": ""}, True),
        ({"date": "2031-05-17", "date_stated": False, "place": "", "level": ""}, False),
        ({"date": "2031-05-20", "date_stated": False}, True),
        ({"date": "2031-05-22", "date_stated": False}, False),
        ({"level": "leaders"}, False),
        ({"level": "", "place": ""}, True),
        ({"place": "Porto"}, True),
        ({"place": "Porto", "official": True, "party": "AA", "kind": "readout", "side": "AA"}, False),
        ({"place": "Porto", "level": ""}, False),
        ({"date": "", "published": ""}, False),
        ({"date": "", "published": "2031-05-15T09:00:00Z"}, True),
        ({"date": "not a date", "published": "9999-12-31"}, False),
    ],
)
def test_when_two_sightings_tell_of_one_act(change: dict[str, object], one: bool) -> None:
    found = regroup((official(1, JOINT), sighting(2, NEWS, **change)))
    assert by_event(found) == ({frozenset({1, 2})} if one else {frozenset({1}), frozenset({2})})


def test_the_day_of_an_event_is_voted_and_a_wrong_one_outvoted() -> None:
    wrong = official(1, JOINT, date="2031-05-11")
    right = [reprint(n, JOINT, date="2031-05-14") for n in (2, 3, 4)]
    late = [reprint(n, JOINT, date="2031-05-16", date_stated=False) for n in range(5, 9)]
    (event,) = regroup((wrong, *right, *late))
    assert (event.date, event.name, event.statements[0].date) == ("2031-05-14", "Foreign ministers, Lisbon, 2031-05-14", "2031-05-14")


@pytest.mark.parametrize(
    ("level", "place", "day", "name"),
    [
        ("", "", "", "Meeting"),
        ("leaders", "Lisbon", "2031-05-14", "Leaders, Lisbon, 2031-05-14"),
        ("ministers_other", "", "2031-05-14", "Ministers, 2031-05-14"),
        ("chiefs_of_defence", "Lisbon", "", "Chiefs of defence, Lisbon"),
    ],
)
def test_event_names(level: str, place: str, day: str, name: str) -> None:
    assert event_name(level, place, day) == name


def test_a_reason_says_how_much_and_what_else() -> None:
    found = regroup((official(1, JOINT), reprint(2, FURNITURE.format(JOINT)), reprint(3, " ".join(JOINT.splitlines()[:3]))))
    placed = {p.article_id: p for p in found[0].statements[0].placements}
    assert placed[2].reason == "a reprint; contains 100 % of the lead text; same date, level and place"
    assert "of it stands in the lead text" in placed[3].reason
    assert placed[1].similarity == placed[2].similarity == 1.0
    assert 0.8 < placed[3].similarity <= 1.0


def test_two_governments_editions_of_one_text() -> None:
    found = regroup((official(1, JOINT), official(2, FURNITURE.format(JOINT), party="BB", published="2031-05-15")))
    assert relations(found) == {1: "original", 2: "copy"}
    assert grades(found) == {1: "official", 2: "official"}


MANY = (
    official(1, JOINT), reprint(2, cut(JOINT)), reprint(3, swapped(JOINT), date="2031-05-15", date_stated=False), sighting(4, NEWS), sighting(5, NEWS_2),
    official(6, READOUT_A, "AA"), official(7, READOUT_B, "BB"), official(8, FACT_SHEET, "AA", kind="fact_sheet"), official(9, PRINCIPLES),
    reprint(10, PRINCIPLES), official(11, KOREAN, language="ko"), official(12, JAPANESE, language="ja"),
    official(13, STOCK_ONLY, date="2032-01-01", published="2032-01-01", place="Evora"), sighting(14, STOCK_ONLY, date="2032-01-02", place="", date_stated=False),
    sighting(15, "", date="", published=""), sighting(16, "", level="leaders"),
)  # fmt: skip


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(MANY), unique=True), st.randoms(use_true_random=False))
def test_the_order_and_the_ids_do_not_matter(chosen: list[Sighting], chance: random.Random) -> None:
    shuffled = list(chosen)
    chance.shuffle(shuffled)
    found = regroup(tuple(chosen))
    assert regroup(tuple(shuffled)) == found
    moved = regroup(
        tuple(replace(s, article_id=1000 - s.article_id, first_seen_at=f"2031-06-{s.article_id:02d}T00:00:00Z") for s in shuffled)
    )
    assert {frozenset(1000 - at for at in part) for part in partition(moved)} == partition(found)
    assert {1000 - at: relation for at, relation in relations(moved).items()} == relations(found)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(MANY), unique=True))
def test_every_sighting_is_placed_once_and_well_formed(chosen: list[Sighting]) -> None:
    found = regroup(tuple(chosen))
    placed = [p for event in found for group in event.statements for p in group.placements]
    assert sorted(p.article_id for p in placed) == sorted(s.article_id for s in chosen)
    assert all(p.relation in RELATIONS and p.grade in GRADES and 0 <= p.similarity <= 1 and p.reason for p in placed)
    assert all(group.placements[0].article_id == group.lead_article_id for event in found for group in event.statements)
    assert all(sum(group.placeholder for group in event.statements) <= 1 for event in found)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(MANY), unique=True))
def test_what_is_out_of_reach_changes_nothing(chosen: list[Sighting]) -> None:
    whole = regroup(tuple(chosen))
    apart = [event for part in components(chosen) for event in regroup(tuple(s for s in chosen if s.article_id in part))]
    assert sorted(map(repr, apart)) == sorted(map(repr, whole))


def merge(one: int, other: int, **more: str) -> Review:
    """A decision that two articles are of one statement."""
    return Review("merge", f"https://site{one}.example/{one}", f"https://site{other}.example/{other}", **more)


def test_a_person_merges_statements_and_events() -> None:
    pair = (official(1, JOINT), official(2, PRINCIPLES))
    assert partition(regroup(pair, (merge(1, 2),))) == {frozenset({1, 2})}
    far = (official(1, JOINT), official(2, PRINCIPLES, date="2031-09-09", place="Evora"))
    assert partition(regroup(far, (merge(1, 2),))) == {frozenset({1, 2})}
    events = regroup(far, (Review("merge", EVENT + "https://site1.example/1", "http://SITE2.example/2#top"),))
    assert by_event(events) == {frozenset({1, 2})}
    assert partition(events) == {frozenset({1}), frozenset({2})}


def unsaid(events: tuple[EventGroup, ...]) -> str:
    """Events with what a person did left out of the reasons."""
    return re.sub(r"; put [a-z ]+ by a person", "", repr(events))


def test_a_merge_of_what_is_together_already_changes_nothing_but_the_reasons() -> None:
    pair = (official(1, JOINT), reprint(2, JOINT))
    both = (merge(1, 2), Review("merge", EVENT + "https://site1.example/1", "https://site2.example/2"))
    assert unsaid(regroup(pair, both)) == repr(regroup(pair))


def test_a_person_splits_statements_and_events() -> None:
    pair = (official(1, JOINT), reprint(2, JOINT))
    split = Review("split", "https://site2.example/2", "https://site1.example/1")
    assert partition(regroup(pair, (split,))) == {frozenset({1}), frozenset({2})}
    assert partition(regroup((official(1, JOINT), sighting(3, NEWS)), (replace(split, subject="https://site3.example/3"),))) == {
        frozenset({1}),
        frozenset({3}),
    }
    apart = Review("split", EVENT + "https://site2.example/2", "https://site1.example/1")
    assert by_event(regroup((official(1, JOINT), official(2, PRINCIPLES)), (apart,))) == {frozenset({1}), frozenset({2})}
    languages = (official(1, JOINT), official(2, KOREAN, language="ko"))
    assert partition(regroup(languages, (split,))) == {frozenset({1}), frozenset({2})}


def test_the_last_decision_counts_and_strangers_are_passed_over() -> None:
    pair = (official(1, JOINT), reprint(2, JOINT))
    split = Review("split", "https://site1.example/1", "https://site2.example/2", at="2031-06-01T00:00:00Z")
    assert partition(regroup(pair, (merge(1, 2, at="2031-07-01T00:00:00Z"), split))) == {frozenset({1, 2})}
    other = (Review("rename", "lisbon-dinner", "Lisbon"), merge(1, 77), merge(1, 1))
    assert regroup(pair, other) == regroup(pair)


def test_a_large_reach_is_regrouped_quickly() -> None:
    """Three hundred sightings of one event, half of them copies with words of their own."""
    chance = random.Random(5)
    words = JOINT.split()
    copies = [reprint(n, " ".join(w if chance.random() > 0.05 else f"w{chance.randrange(900)}" for w in words)) for n in range(2, 150)]
    reports = [sighting(n, " ".join(chance.choices(words, k=180))) for n in range(150, 301)]
    everything = (official(1, JOINT), *copies, *reports)
    started = time.process_time()
    found = regroup(everything)
    assert time.process_time() - started < 2.0
    assert len(found) == 1
    assert sum(relation == "copy" for relation in relations(found).values()) == len(copies)
