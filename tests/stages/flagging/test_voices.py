"""First named by a party: by its own text or a joint one, after somebody else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scraper.stages.flagging import first_by_party

from .made import PARTIES, life, seen


def told(*names: object) -> list[tuple[int, str, int]]:
    found = first_by_party(life(*names), PARTIES)  # type: ignore[arg-type]
    return [(one.statement_id, one.party, one.comparator_id) for one in found]


def test_the_first_of_all_is_nobodys_first() -> None:
    assert told(seen(1, "2031-01-01", side="US")) == []
    assert told(seen(1, "2031-01-01", side="joint"), seen(2, "2031-02-01", side="KR")) == []


def test_a_party_that_follows_another() -> None:
    names = (
        seen(1, "2031-01-01", side="US"),
        seen(2, "2031-02-01", side="JP"),
        seen(3, "2031-03-01", side="JP"),
        seen(4, "2031-04-01", side="KR"),
    )
    assert told(*names) == [(4, "KR", 3), (2, "JP", 1)]


def test_a_joint_text_is_one_of_all_who_had_not_named_it() -> None:
    names = (seen(1, "2031-01-01", side="US"), seen(2, "2031-02-01", side="joint"))
    assert told(*names) == [(2, "KR,JP", 1)]
    (found,) = first_by_party(life(*names), PARTIES)
    assert "by US on 2031-01-01" in found.reason
    assert told(seen(1, "2031-01-01", side=""), seen(2, "2031-02-01", side="joint")) == [(2, "KR,US,JP", 1)]


def test_of_what_is_older_than_our_data_nobody_can_be_sure() -> None:
    names = (seen(1, "2031-01-01", side="US"), seen(2, "2031-02-01", side="KR"))
    (thin,) = first_by_party(life(*names, known=True, first="2029-05"), PARTIES)
    assert (thin.confidence, thin.reason.endswith("older than our data")) == (0.4, True)
    (sure,) = first_by_party(life(*names, known=True, first="2031-01"), PARTIES)
    assert sure.confidence == 0.9


def test_two_sides_at_one_event_are_one_finding_at_the_first_of_them() -> None:
    names = (seen(1, "2031-01-01", side="US"), seen(2, "2031-02-01", side="KR"), seen(3, "2031-02-01", side="JP", event=2))
    assert told(*names) == [(2, "KR,JP", 1)]


def test_at_the_same_event_nobody_was_before() -> None:
    assert told(seen(1, "2031-01-01", side="US"), seen(2, "2031-01-02", side="KR", event=1)) == []
    assert told(seen(1, "2031-01-01", side="US"), seen(2, "2031-01-01", side="KR")) == []


def test_reports_and_copies_are_no_partys_words() -> None:
    names = (seen(1, "2031-01-01", side="US"), seen(2, "2031-02-01", side="KR", placeholder=True, grade="report", official=False))
    assert told(*names) == []
    assert told(names[0], seen(2, "2031-02-01", side="KR", lead=False, official=False, grade="verbatim")) == []
    assert told(names[0], seen(2, "2031-02-01", side="KR", lead=True, official=False, grade="verbatim")) == [(2, "KR", 1)]
    assert told(names[0], seen(2, "", side="KR")) == []


@given(st.permutations(range(7)), st.lists(st.sampled_from(["KR", "US", "JP", "joint", ""]), min_size=7, max_size=7))
def test_the_order_of_arrival_does_not_matter(order: list[int], sides: list[str]) -> None:
    names = [seen(number + 1, f"2031-0{1 + number // 2}-01", side=sides[number], event=1 + number // 2) for number in range(7)]
    made = first_by_party(life(*(names[at] for at in order)), PARTIES)
    assert made == first_by_party(life(*names), PARTIES)
    assert len({one.event_id for one in made}) == len(made)
    parties = [party for one in made for party in one.party.split(",")]
    assert len(set(parties)) == len(parties)
