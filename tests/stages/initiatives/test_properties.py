"""What holds of every text: proofs are true, nothing raises, order is nothing, and hostile text takes linear time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.model.initiative import STATUSES, Registry, SeenName
from scraper.stages.initiatives import Finder, firsts, resolve

from .samples import REGISTRY, WATCH

PIECES = [
    "Trilateral", "trilateral ", "the ", "a ", "and ", "of ", "on ", "for ", "Reef ", "Forum ", "Framework ", "mechanism ", "launch ", "exercise ", "(TRF) ", "U.S.-Japan-ROK ",
    "Japan-U.S.-Philippines ", "three countries ", "'", "\u201cBlue Horizon\u201d ", "\u2019s ", ": ", ". ", "\n", "- ", "15th ", "Pacific Lantern ", "RISE ", "(Minerals Stockpile Partnership) ",
    "한미일 ", "한·미·일 ", "3국 ", "'산호 원칙' ", "훈련", "사무국", "을 ", "신설", "대화 ", "제3차 ", "日米韓", "三か国", "珊瑚", "対話", "「ソウル原則」", "枠組み", "に関する", "の", "設置", "。", "第2回",
    "\u3000", "\u00a0", "\ud7a3", "İ", "ﬁ", "Ａ", "①",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
KNOWING, UNKNOWING = Finder(REGISTRY, WATCH), Finder(Registry(), WATCH)


@settings(deadline=None, max_examples=300)
@given(TEXTS, TEXTS, st.sampled_from(["en", "ko", "ja", "zh", "de"]), st.booleans())
def test_every_proof_is_true_of_every_text(title: str, text: str, language: str, known: bool) -> None:
    for mention in (KNOWING if known else UNKNOWING).mentions(title, text, language):
        field = title if mention.field == "title" else text
        assert field[mention.start : mention.end] == mention.name != ""
        assert mention.name in mention.sentence
        assert mention.sentence in field
        assert mention.status in STATUSES
        assert 0 < mention.confidence <= 1
        assert mention.rule
        assert mention.why


@settings(deadline=None, max_examples=100)
@given(TEXTS, st.integers(0, 80), st.integers(0, 80))
def test_a_span_bounds_the_mentions(text: str, one: int, other: int) -> None:
    low, high = min(one, other), max(one, other)
    assert all(low <= m.start < m.end <= high for m in KNOWING.mentions("", text, "en", span=(low, high)))


NAMES = st.sampled_from(
    [
        "Trilateral Reef Forum",
        "Reef Forum",
        "a trilateral reef forum",
        "Reef Framework",
        "한미일 산호 대화",
        "日米韓珊瑚対話",
        "Pacific Lantern",
        "Coral Watch",
        "",
    ]
)
SEEN = st.builds(
    SeenName, mention_id=st.just(0), article_id=st.integers(1, 3), statement_id=st.integers(1, 3), url=st.sampled_from(["https://a.example/", "https://b.example/"]),
    name=NAMES, language=st.sampled_from(["en", "ko"]), initiative_id=st.sampled_from(["", "pacific-lantern", "no-such"]), head=st.just("dialogue"),
    abbreviation=st.sampled_from(["", "TRF", "Reef Forum"]), rule=st.sampled_from(["headed/1", "lowercase/1"]), confidence=st.sampled_from([0.5, 0.8]),
    status=st.sampled_from(["", "announced", "reaffirmed"]), date=st.sampled_from(["", "2024-06-01", "2024-06-02", "2025-01-01"]), published=st.sampled_from(["", "2025-01-01"]),
    official=st.booleans(), grade=st.just("report"),
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.lists(SEEN, max_size=8), st.randoms(use_true_random=False))
def test_conclusions_do_not_depend_on_order(names: list[SeenName], chance: object) -> None:
    ordered = [replace(one, mention_id=number) for number, one in enumerate(names, 1)]
    mixed = list(ordered)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    found = resolve(tuple(ordered), REGISTRY, (), WATCH)
    assert resolve(tuple(mixed), REGISTRY, (), WATCH) == found
    assert firsts(found, tuple(mixed), REGISTRY) == firsts(found, tuple(ordered), REGISTRY)
    assert sorted(key for one in found for key in one.mention_ids) == [one.mention_id for one in ordered]


@pytest.mark.parametrize(
    ("language", "piece"),
    [
        ("en", "Trilateral Reef of the "), ("en", "Reef and "), ("en", "trilateral "), ("en", "A' "), ("en", "programs like Aa Bb "), ("en", "("), ("en", "U.S.-Japan-ROK, "),
        ("en", "Trilateral Forum. "), ("ko", "한미일 "), ("ko", "'"), ("ko", "산호 대화 "), ("ja", "日米韓"), ("ja", "枠組み"), ("ja", "「"), ("ja", "珊瑚対話"),
    ],
)  # fmt: skip
def test_a_hostile_text_comes_to_an_end(language: str, piece: str) -> None:
    text = piece * (80_000 // len(piece))
    assert all(text[one.start : one.end] == one.name for one in KNOWING.mentions("", text, language))
