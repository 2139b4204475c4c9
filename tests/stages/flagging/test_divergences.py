"""Where the sides' texts of one event differ, and what an edit took out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scraper.model.flag import Gone, Voice
from scraper.model.wording import ABSENT, Formula, Variant, Watched
from scraper.stages.flagging import divergences, withdrawn

from .made import PARTIES

WATCHED = Watched((Formula("tide", (Variant("high", {"en": ("high tide",)}), Variant("low", {"en": ("low tide",)})), {"en": ("tide",)}),))
EVERYWHERE = {"reef": frozenset({"en", "ko", "ja"}), "lamp": frozenset({"en"})}


def voice(number: int, side: str, *named: str, tide: str = "", language: str = "en", kind: str = "readout", event: int = 1) -> Voice:
    stands = {"tide": frozenset(tide.split())} if tide else {}
    return Voice(
        number, event, side, kind, language, "2031-01-01", str(number), dict.fromkeys(named, number * 10), stands,
        {"tide": f"The tide is {tide}."} if tide else {},
    )  # fmt: skip


def told(*voices: Voice) -> list[tuple[str, str, int, int, str, str]]:
    made = divergences(voices, PARTIES, EVERYWHERE, WATCHED)
    return [(one.initiative_id, one.formula, one.statement_id, one.comparator_id, one.party, one.detail) for one in made]


def test_an_initiative_in_one_and_not_in_the_other() -> None:
    assert told(voice(1, "US", "reef"), voice(2, "KR")) == [("reef", "", 1, 2, "US", "KR")]
    assert told(voice(1, "US", "reef"), voice(2, "KR"), voice(3, "JP")) == [("reef", "", 1, 2, "US", "KR,JP")]
    assert told(voice(1, "US", "reef"), voice(2, "KR"), voice(3, "JP", "reef")) == [("reef", "", 1, 2, "US,JP", "KR")]


def test_what_all_or_none_name_is_no_divergence() -> None:
    assert told(voice(1, "US", "reef"), voice(2, "KR", "reef")) == []
    assert told(voice(1, "US"), voice(2, "KR")) == []
    assert told(voice(1, "US", "reef")) == []


def test_any_text_of_a_side_speaks_for_it() -> None:
    assert told(voice(1, "US", "reef"), voice(2, "US"), voice(3, "KR", "reef")) == []
    assert told(voice(1, "US", "reef"), voice(2, "US")) == []


def test_like_is_compared_with_like() -> None:
    assert told(voice(1, "US", "reef"), voice(2, "KR", kind="remarks")) == []
    assert told(voice(1, "US", "reef"), voice(2, "KR", event=2)) == []


def test_a_text_in_a_language_without_a_name_for_it_says_nothing() -> None:
    assert told(voice(1, "US", "lamp"), voice(2, "KR", language="ko")) == []
    assert told(voice(1, "US", "lamp"), voice(2, "KR", language="ko"), voice(3, "JP")) == [("lamp", "", 1, 3, "US", "JP")]
    assert told(voice(1, "US", "no-such"), voice(2, "KR")) == []


def test_a_formula_that_differs_or_is_absent() -> None:
    assert told(voice(1, "KR", tide="high"), voice(2, "US", tide="low")) == [("", "tide", 1, 2, "KR", "US")]
    assert told(voice(1, "KR", tide=ABSENT), voice(2, "US", tide="low")) == [("", "tide", 2, 1, "US", "KR")]
    (made,) = divergences((voice(1, "KR", tide="high"), voice(2, "US", tide=ABSENT)), PARTIES, {}, WATCHED)
    assert made.sentence == "The tide is high."
    assert made.reason == "tide: high in the text of KR; absent in that of US"


def test_a_formula_of_which_a_side_does_not_speak_or_says_the_same() -> None:
    assert told(voice(1, "KR", tide="high"), voice(2, "US")) == []
    assert told(voice(1, "KR", tide="high low"), voice(2, "US", tide="low high")) == []
    assert told(voice(1, "KR", tide=ABSENT), voice(2, "US", tide=ABSENT)) == []
    assert told(voice(1, "KR", tide="high"), voice(2, "US", tide="low"), voice(3, "US", tide="high")) == [("", "tide", 2, 1, "US", "KR")]


@given(
    st.permutations(range(6)),
    st.lists(st.tuples(st.sampled_from(PARTIES), st.sets(st.sampled_from(["reef", "lamp"])), st.sampled_from(["", "high", "low", ABSENT])), min_size=6, max_size=6),
)  # fmt: skip
def test_the_order_of_arrival_does_not_matter(order: list[int], said: list[tuple[str, set[str], str]]) -> None:
    voices = [voice(number + 1, side, *sorted(named), tide=tide, event=1 + number // 4) for number, (side, named, tide) in enumerate(said)]
    made = divergences([voices[at] for at in order], PARTIES, EVERYWHERE, WATCHED)
    assert made == divergences(voices, PARTIES, EVERYWHERE, WATCHED)
    assert len({one.key for one in made}) == len(made)


def test_what_an_edit_took_out_is_withdrawn_if_no_official_text_names_it() -> None:
    gone = (Gone("reef", 1, 1, 1, 5, "2031-01-02"), Gone("reef", 2, 1, 1, 7, "2031-01-03"), Gone("lamp", 3, 2, 2, 6, "2031-01-02"))
    made = withdrawn(gone, frozenset({(2, "lamp"), (3, "reef")}))
    assert [(one.initiative_id, one.revision_id, one.statement_id) for one in made] == [("reef", 7, 1)]
    assert "2031-01-03" in made[0].reason
    assert withdrawn(reversed(gone), frozenset({(2, "lamp")})) == made
    assert withdrawn((), frozenset()) == ()
