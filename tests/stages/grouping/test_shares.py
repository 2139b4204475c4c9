"""How much of a lead's text another article carries."""

from __future__ import annotations

import pytest

from scraper.stages.grouping import carried, fingerprint
from tests.stages.grouping.samples import JOINT, KOREAN, NEWS, PRINCIPLES, READOUT_B

LONG = " ".join(f"word{number} other{number * 3} third{number * 7}" for number in range(1500))


def share(text: str, lead: str, language: str = "en") -> float | None:
    return carried(fingerprint(text, language), fingerprint(lead, language))


def test_a_full_copy_carries_all_and_so_does_a_longer_page() -> None:
    assert share(JOINT, JOINT) == 1.0
    assert share(f"{PRINCIPLES} {JOINT} {READOUT_B}", JOINT) == 1.0


@pytest.mark.parametrize("lines", [2, 4, 6])
def test_an_excerpt_carries_its_part(lines: int) -> None:
    every = JOINT.splitlines()
    told = share("\n".join(every[:lines]), JOINT)
    assert told is not None
    assert abs(told - len(" ".join(every[:lines])) / len(JOINT)) < 0.08


def test_another_text_carries_nothing_and_no_lead_tells_nothing() -> None:
    assert share(NEWS, JOINT) == 0.0
    assert share("", JOINT) == 0.0
    assert share(JOINT, "") is None
    assert share(KOREAN, KOREAN, "ko") == 1.0


def test_a_sampled_sketch_is_an_estimate() -> None:
    half = LONG[: len(LONG) // 2]
    assert share(LONG, LONG) == 1.0
    for text, lead, least, most in ((half, LONG, 0.4, 0.6), (NEWS, LONG, 0.0, 0.0), (f"{LONG} {JOINT}", JOINT, 0.9, 1.0)):
        told = share(text, lead)
        assert told is not None
        assert least <= told <= most
