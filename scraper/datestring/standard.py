"""The two forms that programs write (RFC 5322 3.3, RFC 3339), read at once: a feed's every item has one."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache

from scraper.datestring.clock import zone_of
from scraper.model.moment import Moment, exact

_MONTHS = {
    name: number for number, name in enumerate(("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1)
}
_CLOCK = r"(\d\d):(\d\d):(\d\d)"
_OFFSET = r"(?:(GMT|UTC|Z)|([+-])([01]\d|2[0-3]):?([0-5]\d))"
_MAIL = re.compile(
    rf"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d\d?) ({'|'.join(_MONTHS)}) ((?:199|20\d)\d) {_CLOCK}(?: {_OFFSET})?", re.ASCII
)
_ISO = re.compile(rf"((?:199|20\d)\d)-(\d\d)-(\d\d)[T ]{_CLOCK}(?:\.\d{{1,9}})?{_OFFSET}?", re.ASCII)


def read_standard(raw: str, zone: str = "UTC") -> Moment | None:
    """Return the Moment of a string that is RFC 5322 or RFC 3339 to the letter, seconds included; else None, which means nothing but
    that the general reader is to be asked. ``zone`` (IANA) holds where no offset is said. Where both read a string they agree."""
    found = _ISO.fullmatch(raw)
    if found:
        year, month, day, *rest = found.groups()
        return _moment(raw, (int(year), int(month), int(day)), rest, zone)
    found = _MAIL.fullmatch(raw)
    if found is None:
        return None
    day, name, year, *rest = found.groups()
    return _moment(raw, (int(year), _MONTHS[name], int(day)), rest, zone)


def _moment(raw: str, date: tuple[int, int, int], rest: list[str], zone: str) -> Moment | None:
    hour, minute, second, greenwich, sign, hours, minutes = rest
    try:
        local = datetime(*date, int(hour), int(minute), int(second))  # noqa: DTZ001 - its offset is taken away below
    except ValueError:
        return None
    if greenwich:
        at = local
    elif sign:
        at = local - _ahead(sign, hours, minutes)
    else:
        return exact(local.replace(tzinfo=zone_of(zone)), raw)
    return Moment(f"{at.isoformat()}Z", "second", raw, "{}-{:02}-{:02}".format(*date))


@lru_cache(maxsize=256)
def _ahead(sign: str, hours: str, minutes: str) -> timedelta:
    ahead = timedelta(hours=int(hours), minutes=int(minutes))
    return -ahead if sign == "-" else ahead
