"""Moments as people write them on the command line."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scraper.cli.when import moment
from scraper.errors import InputError

NOW = datetime(2026, 9, 8, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "zone", "found"),
    [
        ("24h", "Asia/Seoul", "2026-09-07T12:00"),
        ("7d", "Asia/Seoul", "2026-09-01T12:00"),
        ("0h", "UTC", "2026-09-08T12:00"),
        ("2026-09-01", "UTC", "2026-09-01T00:00"),
        ("2026-09-01", "Asia/Seoul", "2026-08-31T15:00"),
        ("2026-09-01", "America/New_York", "2026-09-01T04:00"),
        ("2026-09-08", "Asia/Seoul", "2026-09-07T15:00"),
        ("2026-09-01T07:30", "Asia/Seoul", "2026-09-01T07:30"),
        (" 2026-09-01 07:30:15 ", "Asia/Seoul", "2026-09-01T07:30:15"),
        ("2026-09-01T07:30Z", "Asia/Seoul", "2026-09-01T07:30"),
        ("2026-09-01T07:30+09:00", "UTC", "2026-08-31T22:30"),
    ],
)
def test_moments(value: str, zone: str, found: str) -> None:
    assert moment(value, "--since", NOW, zone) == datetime.fromisoformat(found).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        *((value, "is no moment: write 24h, 7d") for value in ("", "soon", "7", "d", "-7d", "７d", "7 d", "1e3d", "123456d", "2026-W36-2", "20260901", "2026-9-1")),
        *((value, "is no such moment") for value in ("2026-02-30", "2026-13-01", "2026-09-01T25:00", "0000-01-01", "0001-01-01", "0001-01-01T00:00+09:00", "2026-09-01T07:30+99:00")),
        *((value, "lies in the future") for value in ("2026-09-09", "2026-09-08T12:01", "9998-12-31")),
        ("9" * 5000, "9…"),
    ],
)  # fmt: skip
def test_what_is_none(value: str, said: str) -> None:
    with pytest.raises(InputError, match="--since") as caught:
        moment(value, "--since", NOW, "Asia/Seoul")
    assert said in str(caught.value)
    assert len(str(caught.value)) < 150
    assert "\n" not in str(caught.value)
