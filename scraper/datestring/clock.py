"""The time of day beside a date, and its zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_TIME = re.compile(
    r"(?<![+\d:.-])(?P<half>오전|오후|午前|午後|(?<![a-z])[ap]\.?m\.?)?\s?(?<![\d:])(?P<h>\d{1,2})"
    r"(?::(?P<mi>\d\d)(?!\d)(?::(?P<s>\d\d)(?!\d)(?:[.,]\d{1,9})?)?"
    r"|\s?[時시](?:\s?(?P<mi2>\d{1,2})\s?[分분](?:\s?(?P<s2>\d{1,2})\s?[秒초])?|\s?(?P<thirty>반|半))?"
    r"|(?=\s?[ap]\.?\s?m\b))"
    r"\s?(?P<after>[ap]\.?\s?m\b\.?)?\s?[(\[]?(?P<zone>z\b|(?:gmt|utc)?\s?[+-]\d\d?(?::?[0-5]\d)?(?!\d)|[a-z]{2,4}\b)?"
)
_COMPACT = re.compile(r"^[t ]?(?P<h>\d\d)(?P<mi>\d\d)(?P<s>\d\d)?(?P<zone>z\b|[+-]\d\d:?[0-5]\d)?(?!\d)")
_OFFSET = re.compile(r"([+-])(\d\d?):?(\d\d)?$")
_NOON = 12
_WORDS_BETWEEN = 12
_WINDOW = 60
# RFC 5322 4.3 names the American zones; the others are in daily use and mean one offset each in news, in minutes.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 60, "west": 60, "cet": 60, "cest": 120, "eet": 120, "eest": 180, "msk": 180,
    "ist": 330, "sgt": 480, "hkt": 480, "kst": 540, "jst": 540, "aest": 600, "aedt": 660, "est": -300, "edt": -240, "et": -300,
    "cst": -360, "cdt": -300, "ct": -360, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "pt": -480, "hst": -600,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, whether its seconds were said, and the offset it names (None: the reader's zone holds)."""

    at: time
    to_the_second: bool
    zone: tzinfo | None


def clock_beside(after: str, before: str, within: str) -> Clock | None:
    """Return the time that belongs to a date: right behind it, else right before it, else inside of it; None where none stands there.

    All three are of the lower-cased text, ``after`` and ``before`` cut at the next and the last date. A weekday, a label or *at* may
    stand between, a sentence may not.
    """
    found = _COMPACT.match(after) or _behind(after[:_WINDOW]) or _before(before[-_WINDOW:]) or _TIME.search(within)
    return _clock(found) if found else None


def _behind(text: str) -> re.Match[str] | None:
    found = _TIME.search(text)
    return found if found and _letters(text[: found.start()]) <= _WORDS_BETWEEN else None


def _before(text: str) -> re.Match[str] | None:
    every = [*_TIME.finditer(text)]
    found = every[-1] if every else None
    return found if found and len(text[found.end() :].strip(" ,|-()")) <= _WORDS_BETWEEN else None


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _clock(found: re.Match[str]) -> Clock | None:
    parts = found.groupdict()
    half = (parts.get("half") or parts.get("after") or "").lower()
    minute = parts["mi"] or parts.get("mi2") or ("30" if parts.get("thirty") else "0")
    second = parts["s"] or parts.get("s2")
    try:
        # A leap second has no place in a datetime.
        at = time(_hour(int(parts["h"]), half), int(minute), min(int(second or 0), 59))
    except ValueError:
        return None
    return Clock(at, second is not None, offset_of(parts["zone"] or ""))


def _hour(hour: int, half: str) -> int:
    if half in {"오후", "午後"} or half.startswith("p"):
        return hour + _NOON if hour < _NOON else hour
    return 0 if half and hour == _NOON else hour


def offset_of(name: str) -> tzinfo | None:
    """Return the fixed offset of a zone as written beside a time (``kst``, ``+09:00``, ``gmt+9``), lower-case; None where it is none."""
    word = name.replace(" ", "")
    if word in _ZONES:
        return timezone(timedelta(minutes=_ZONES[word]))
    found = _OFFSET.search(word)
    if not found:
        return None
    ahead = timedelta(hours=int(found.group(2)), minutes=int(found.group(3) or 0))
    return timezone(-ahead if found.group(1) == "-" else ahead) if ahead < timedelta(hours=24) else None


@lru_cache(maxsize=64)
def zone_of(name: str) -> tzinfo:
    """Return the zone of the IANA database, UTC for a name that is not in it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
