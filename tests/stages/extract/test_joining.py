from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.stages.extract.joining import Joiner, normal, tight, width

SPACED = ["세 나라 장관은 ", "오늘 하버시티에", "서 만나 협력을 ", "논의하였다고 말", "하였으며 다시 만", "나기로 합의하였"]
RAGGED = [
    "세 나라 장관은 오늘 하버시티에서",
    "만나 협력을 논의하고 훈련",
    "계획을 정하였으며 내년에 하버",
    "도시에서 다시 모이기로 했고",
    "이후 부품 공급망",
    "점검을 이어 가기로",
]


@pytest.mark.parametrize(
    ("document", "lines", "expected"),
    [
        (SPACED, SPACED[:3], "세 나라 장관은 오늘 하버시티에서 만나 협력을"),
        (SPACED, SPACED[3:5], "논의하였다고 말하였으며 다시 만"),
        (RAGGED, RAGGED[1:3], "만나 협력을 논의하고 훈련 계획을 정하였으며 내년에 하버"),
        (["장관은 하버시티 등대를 보았다"], ["하버시", "티 등대"], "하버시티 등대"),
        (["장관은 해양 안전 점검을 하였다"], ["이번 해양", "안전 점검"], "이번 해양 안전 점검"),
        ([], ["정보를 공유하", "는 체계"], "정보를 공유하는 체계"),
        ([], ["협력 방안을 논", "의하기로 한다"], "협력 방안을 논의하기로 한다"),
        ([], ["협력 방안을", "논의한다"], "협력 방안을 논의한다"),
        ([], ["회의는 끝났다.", "다음 회의"], "회의는 끝났다. 다음 회의"),
        (["they praised the cooperation of all"], ["the well cooper-", "ation of"], "the well cooperation of"),
        (["a re-examined plan of theirs"], ["the re-", "examined plan"], "the re-examined plan"),
        ([], ["the plan (cooper-", "(x)"], "the plan (cooper- (x)"),
        ([], ["三か国は", "ABCと"], "三か国はABCと"),
        ([], ["the ABC", "and"], "the ABC and"),
        ([], ["", " ", "the lamps", "", "are lit"], "the lamps are lit"),
        ([], [], ""),
    ],
)  # fmt: skip
def test_lines_of_a_paragraph_are_one(document: list[str], lines: list[str], expected: str) -> None:
    assert Joiner(document).join(lines) == expected


def test_letters_as_printers_have_them() -> None:
    assert normal("\ufb01rst of\ufb01ce \ufb03 ½ ① Ａ") == "first office ffi ½ ① Ａ"
    assert normal("本\u2f47") == "本日"
    assert tight("三 か 国 の ABC と 日 本") == "三か国の ABC と日本"
    assert tight("세 나라 a b") == "세 나라 a b"


def test_how_wide_a_text_is() -> None:
    assert width("세나라") == 3.0
    assert width("ill") < width("mow")
    assert 20 < width("The officers of the three ministries met in the hall.") < 27


@given(st.lists(st.text(max_size=20), max_size=10))
def test_any_lines_are_joined(lines: list[str]) -> None:
    joined = Joiner(lines).join(lines)
    assert "\n" not in joined
    assert joined == joined.strip()
