"""What a server's headers say of an answer's age."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.fetch.answers import fresh_for

NOW = datetime(2026, 7, 9, 12, 0, tzinfo=UTC)
NOON, ONE = "Thu, 09 Jul 2026 12:00:00 GMT", "Thu, 09 Jul 2026 13:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"cache-control": "public"}, None),
        ({"cache-control": "max-age=900"}, 900),
        ({"cache-control": "Public, Max-Age=900, must-revalidate"}, 900),
        ({"cache-control": 'max-age="900"'}, 900),
        ({"cache-control": "max-age = 900"}, 900),
        ({"cache-control": "s-maxage=900"}, None),
        ({"cache-control": "stale-max-age=900"}, None),
        ({"cache-control": "s-maxage=86400, max-age=60"}, 60),
        ({"cache-control": "max-age=-5"}, None),
        ({"cache-control": "max-age=soon"}, None),
        ({"cache-control": "max-age=900, no-cache"}, 0),
        ({"cache-control": "no-store"}, 0),
        ({"cache-control": "max-age=900", "age": "300"}, 600),
        ({"cache-control": "max-age=900", "age": "1000"}, 0),
        ({"cache-control": "max-age=900", "age": "old"}, 900),
        ({"cache-control": "max-age=99999999999999999999"}, 10 * 365 * 86_400),
        ({"cache-control": "max-age=900", "expires": "0"}, 900),
        ({"expires": ONE, "date": NOON}, 3600),
        ({"expires": ONE}, 3600),
        ({"expires": ONE, "date": "today"}, 3600),
        ({"expires": NOON, "date": ONE}, 0),
        ({"expires": "0"}, 0),
        ({"expires": "-1" * 100}, 0),
        ({"expires": "Thu, 09 Jul 2026 13:00:00 -0000", "date": NOON}, 3600),
    ],
)
def test_how_long_an_answer_is_fresh(headers: Mapping[str, str], seconds: float | None) -> None:
    assert fresh_for(headers, NOW) == seconds


@given(st.fixed_dictionaries({}, optional={name: st.text(max_size=2000) for name in ("cache-control", "expires", "date", "age")}))
def test_headers_of_any_kind_are_read(headers: Mapping[str, str]) -> None:
    found = fresh_for(headers, NOW)
    assert found is None or 0 <= found <= 10 * 365 * 86_400
