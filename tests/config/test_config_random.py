"""Whatever stands in the files, loading gives a Config or raises ConfigError."""

from __future__ import annotations

import string
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from scraper.config import Config, load
from scraper.errors import ConfigError

STEMS = ("sources", "watch", "initiatives", "alerts", "stock_phrases", "windows")
KEYS = [
    "window",
    "briefing",
    "ics",
    "start",
    "end",
    "days",
    "minutes",
    "source",
    "id",
    "name",
    "kind",
    "url",
    "url_file",
    "defaults",
    "fetch",
    "include",
    "selectors",
    "item",
    "interval",
    "party",
    "other",
    "level",
    "words",
    "names",
    "en",
    "zone",
    "initiative",
    "related",
    "parent",
    "first_mentioned",
    "channel",
    "digest_times",
    "heartbeat_url",
    "password",
    "password_file",
    "recipients",
    "port",
    "enabled",
    "together",
    "office",
    "domains",
    "stop",
]
WORDS = [
    "builtin",
    "feed",
    "listing",
    "https://a.example/",
    "${HOME}",
    "${",
    "/(/",
    "AA",
    "email",
    "Asia/Seoul",
    "07:30",
    ".",
    "\0",
    "en",
    "",
]
SCALARS = (
    st.sampled_from(WORDS)
    | st.text(string.printable + "é한\u202e", max_size=8)
    | st.integers(-(2**70), 2**70)
    | st.booleans()
    | st.sampled_from([0.0, -1.5, float("inf"), float("nan")])
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5), max_leaves=12
)
TABLES = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6)


def toml(value: object) -> str:
    """Return an inline TOML value."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(character):08X}" for character in value) + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}" = {toml(inner)}' for key, inner in value.items()) + "}"
    return str(value)


def lines(table: dict[str, object]) -> Iterator[str]:
    """Yield the lines of a TOML file."""
    for key, value in table.items():
        yield f'"{key}" = {toml(value)}'


def outcome(folder: Path, *, strict: bool = False) -> Config | ConfigError:
    """Return what loading gives or raises."""
    try:
        return load(folder, {"HOME": "x"}, builtin=folder, strict=strict)
    except ConfigError as error:
        return error


def is_sound(result: Config | ConfigError) -> bool:
    """Tell whether it is a configuration, or says what is wrong with one."""
    return isinstance(result, Config) or (bool(result.problems) and all(problem.message for problem in result.problems))


@settings(max_examples=150, deadline=None)
@given(st.lists(TABLES, min_size=6, max_size=6), st.booleans())
@example(
    [
        {"source": [{"id": "a", "url_file": "\0"}]},
        {"party": [{"id": 1}, 2]},
        {"initiative": {}},
        {"channel": [{"port": True}]},
        {"words": {"en": [1]}},
        {"window": [{"start": 1}], "briefing": [{"days": [1]}]},
    ],
    True,
)
def test_nothing_but_config_errors(tables: list[dict[str, object]], strict: bool) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        for stem, table in zip(STEMS, tables, strict=True):
            (folder / f"{stem}.toml").write_text("\n".join(lines(table)), encoding="utf-8")
        assert is_sound(outcome(folder, strict=strict))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_nothing_but_config_errors_of_any_bytes(data: bytes) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        for stem in STEMS:
            (folder / f"{stem}.toml").write_bytes(data)
        assert isinstance(outcome(folder), ConfigError)
