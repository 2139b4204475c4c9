"""Sketches: what stays the same, what differs, and how much of one text is seen in another."""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.model.watch import Party, Watch
from scraper.parties import Parties
from scraper.stages.grouping import NO_STOCK, fingerprint, overlap, stock_of
from scraper.stages.grouping.fingerprint import SAMPLED, WHOLE
from scraper.stages.grouping.overlap import Panel
from scraper.stages.grouping.tokens import full_runs, run_hashes
from tests.stages.grouping.samples import JAPANESE, JOINT, KOREAN, STOCK, STOCK_ONLY, sighting

LONG = " ".join(f"word{n} of page{n % 97}" for n in range(2000))
PARTIES = Parties(
    Watch(
        "three",
        (
            Party("AA", "Arland", {"en": ("Arland",)}),
            Party("BB", "Borduria", {"en": ("Borduria",)}),
            Party("CC", "Syldavia", {"en": ("Syldavia",)}),
        ),
    )
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Ministers” met in Évora — late", "ministers MET in  évora - late"),
        ("ＡＢＣ desk opened today", "abc desk opened today"),
        ("a b c d", "a, b; c: d!"),
        ("", "   "),
    ],
)
def test_folding_does_not_show(one: str, other: str) -> None:
    assert fingerprint(one, "en") == fingerprint(other, "en")


def test_a_known_value_does_not_change_between_versions() -> None:
    assert fingerprint("four words and more", "en") == fingerprint("four words and more", "de")
    assert fingerprint("four words and more", "en") == (13364144548095747796,)


@given(st.text(max_size=300), st.sampled_from(["en", "ko", "ja", "", "es"]))
def test_a_sketch_is_sorted_distinct_and_64_bits(text: str, language: str) -> None:
    sketch = fingerprint(text, language, STOCK)
    assert list(sketch) == sorted(set(sketch))
    assert all(0 <= value < 1 << 64 for value in sketch)


def test_a_long_text_is_sampled_and_still_compared() -> None:
    whole, part = sighting(1, LONG), sighting(2, " ".join(LONG.split()[:600]))
    assert len(part.sketch) <= WHOLE
    assert whole.sketch[-1] < SAMPLED
    assert 1000 < len(whole.sketch) < 2000
    found = overlap(whole, part)
    assert (found.share, found.plain) == (1.0, 1.0)
    assert found.own == pytest.approx(600, rel=0.3)
    assert overlap(part, whole) == found


def test_stock_language_is_marked() -> None:
    assert all(value & 1 for value in fingerprint("They reaffirmed their commitment to peace and stability", "en", STOCK))
    assert not any(value & 1 for value in fingerprint("They reaffirmed their commitment to peace and stability", "en"))
    assert not any(value & 1 for value in fingerprint("seven donkeys carried lenses uphill", "en", STOCK))
    assert all(value & 1 for value in fingerprint("한반도의 완전한 비핵화", "ko", STOCK))
    assert all(value & 1 for value in fingerprint("朝鮮半島の完全な非核化", "ja", STOCK))
    assert not any(value & 1 for value in fingerprint("朝鮮半島の完全な非核化", "ja"))


def test_phrases_of_rare_words_are_stock_where_they_stand_in_their_order() -> None:
    table = stock_of((), {"en": ("wombats of the first water", "too short")})
    assert [value & 1 for value in fingerprint("wombats of the first", "en", table)] == [1]
    assert [value & 1 for value in fingerprint("first the of wombats", "en", table)] == [0]


def test_the_order_of_the_parties_does_not_show() -> None:
    one, other = "The Arland-Borduria-Syldavia desk of eels opened", "The Syldavia-Arland-Borduria desk of eels opened"
    assert fingerprint(one, "en", NO_STOCK, PARTIES) == fingerprint(other, "en", NO_STOCK, PARTIES)
    assert fingerprint(one, "en") != fingerprint(other, "en")


@pytest.mark.parametrize(("text", "language"), [(JOINT, "en"), (KOREAN, "ko"), (JAPANESE, "ja")])
def test_half_a_text_stands_in_the_whole(text: str, language: str) -> None:
    half = text[: len(text) // 2]
    found = overlap(sighting(1, text, language=language), sighting(2, half, language=language))
    assert found.share > 0.9
    assert found.own > 20


def test_stock_weighs_little() -> None:
    found = overlap(sighting(1, STOCK_ONLY + JOINT), sighting(2, STOCK_ONLY + LONG[:2000]))
    assert found.share < 0.15
    assert found.plain > 2 * found.share
    assert overlap(sighting(1, ""), sighting(2, JOINT)).plain == 0.0


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_overlap_is_symmetric_and_a_share(one: str, other: str) -> None:
    a, b = sighting(1, one), sighting(2, other)
    found = overlap(a, b)
    assert found == overlap(b, a)
    assert 0.0 <= found.share <= 1.0
    assert 0.0 <= found.plain <= 1.0
    assert overlap(a, a).share == (1.0 if a.sketch else 0.0)


@pytest.mark.parametrize("text", ["a" * 2_000_000, "A. " * 400_000, "1,111," * 200_000, "한" * 500_000, " " * 2_000_000])
def test_a_hostile_text_comes_to_an_end(text: str) -> None:
    sketch = fingerprint(text, "en", STOCK)
    assert list(sketch) == sorted(set(sketch))


def sketches(most: int) -> st.SearchStrategy[tuple[int, ...]]:
    values = st.integers(0, 40) | st.integers(SAMPLED - 20, SAMPLED + 20) | st.integers(0, 2**64 - 1)
    return st.frozensets(values, max_size=most).map(lambda some: tuple(sorted(some)))


@given(sketches(30), sketches(30))
def test_one_pair_is_compared_as_on_a_panel(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    a, b = (replace(sighting(number), sketch=sketch) for number, sketch in ((1, one), (2, other)))
    assert overlap(a, b) == Panel((a, b)).overlap(0, 1)


@given(st.lists(sketches(8), min_size=1, max_size=4), st.data())
def test_a_panel_of_many_alike_says_of_each_pair_what_the_pair_alone_does(some: list[tuple[int, ...]], data: st.DataObject) -> None:
    drawn = data.draw(st.lists(st.sampled_from(some), min_size=2, max_size=8))
    many = [replace(sighting(number), sketch=sketch) for number, sketch in enumerate(drawn)]
    panel = Panel(many)
    for at, one in enumerate(many):
        assert panel.own(at) == {value for value in one.sketch if not value & 1}
        assert [panel.overlap(at, other) for other in range(len(many))] == [overlap(one, other) for other in many]


@given(st.lists(st.sampled_from(["a", "b", "한", "x" * 30, "\ud800"]), max_size=12), st.integers(1, 8))
def test_a_run_is_hashed_from_its_words_and_their_places_alone(words: list[str], size: int) -> None:
    made = run_hashes(words, size)
    alone = tuple(run_hashes(words[at : at + size], size)[0] for at in range(max(0, len(words) - size + 1)))
    assert made == alone
    marks = bytes(at % 2 for at in range(len(made)))
    assert run_hashes(words, size, marks) == tuple(value | mark for value, mark in zip(made, marks, strict=True))
    assert full_runs(bytes(word == "a" for word in words), size) == bytes(
        all(word == "a" for word in words[at : at + size]) for at in range(len(made))
    )


def test_the_hash_of_a_run_is_that_of_the_first_version() -> None:
    numbers = [int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big") for word in ("four", "words", "and", "more")]
    expected = (numbers[0] << 3 ^ numbers[1] << 2 ^ numbers[2] << 1 ^ numbers[3]) & (1 << 64) - 2
    assert run_hashes(["four", "words", "and", "more"], 4) == (expected,)


def test_more_tokens_than_are_remembered_change_no_hash() -> None:
    many = " ".join(f"w{number}" for number in range(70_000))
    assert fingerprint(many, "en") == fingerprint(many, "en")
