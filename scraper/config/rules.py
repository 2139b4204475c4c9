"""Rules for single values that several files share. Each returns what is wrong as a sentence without the value, or ``""``."""

from __future__ import annotations

import codecs
import ipaddress
import math
import re
from email.utils import parseaddr
from functools import cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from scraper import catalogues

LANGUAGES = catalogues.LANGUAGES
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252}[A-Za-z0-9])?\.?|[0-9A-Fa-f:.]{2,45}")
_ADDRESS = re.compile(r"[^\s@<>,;:\x00-\x1f]{1,64}@[^\s@<>,;:\x00-\x1f]{1,255}")


def identifier(value: str) -> str:
    """An id: Latin letters, digits, dot, dash, underscore; at most 100."""
    return "" if _ID.fullmatch(value) else "must be of letters, digits, '.', '-' and '_', starting with a letter or digit"


@cache
def zone(value: str) -> str:
    """A time zone of the IANA database (``Asia/Seoul``)."""
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):  # unknown; a path out of the database; one of its folders
        return "is no time zone of the IANA database (for example Asia/Seoul)"
    return ""


def address(value: str) -> str:
    """An http or https URL with a host."""
    try:
        parts = urlsplit(value)
        name, _ = parts.hostname, parts.port
    except ValueError:
        return "is not a valid address"
    if parts.scheme not in ("http", "https") or not name or _CONTROL.search(value) or " " in value:
        return "must be an http:// or https:// address"
    return "" if host_name(_ascii(name)) == "" else "has no valid host"


def _ascii(name: str) -> str:
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def host_name(value: str) -> str:
    """A host: a domain name or an address."""
    return "" if _HOST.fullmatch(value) else "must be a host name or address"


def ip_address(value: str) -> str:
    """An IPv4 or IPv6 address."""
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return "must be an IP address"
    return ""


def language(value: str) -> str:
    """A language code (``ko``, ``zh-Hant``)."""
    return "" if _LANGUAGE.fullmatch(value) else "must be a language code such as en, ko, ja"


def clock(value: str) -> str:
    """A time of day, HH:MM."""
    return "" if _TIME.fullmatch(value) else 'must be a time of day as "HH:MM"'


def span(value: str) -> str:
    """Hours of the day, HH:MM-HH:MM; they may go over midnight."""
    times = value.split("-")
    return (
        ""
        if len(times) == 2 and all(_TIME.fullmatch(part) for part in times) and times[0] != times[1]
        else 'must be hours as "22:00-06:00"'
    )


def weekday(value: str) -> str:
    """An English day of the week in lower case, or empty."""
    return "" if value == "" or value in WEEKDAYS else "must be a day of the week (monday ... sunday) or empty"


def encoding(value: str) -> str:
    """A character encoding that Python knows, or empty."""
    try:
        known = not value or codecs.lookup(value) is not None
    except (LookupError, ValueError):
        known = False
    return "" if known else "is no known character encoding"


def mailbox(value: str) -> str:
    """An e-mail address, with a display name or without (RFC 5322 3.4)."""
    plain = "" if _CONTROL.search(value) else parseaddr(value)[1]
    return "" if _ADDRESS.fullmatch(plain) else "must be an e-mail address"


def pattern(value: str) -> str:
    """A regular expression."""
    try:
        re.compile(value)
    except (re.error, OverflowError, RecursionError):
        return "is not a valid regular expression"
    return ""


def positive(value: float) -> str:
    """A finite number above zero."""
    return "" if math.isfinite(value) and value > 0 else "must be above 0"


def not_negative(value: float) -> str:
    """A finite number, zero or above."""
    return "" if math.isfinite(value) and value >= 0 else "must be 0 or above"


def one_of(value: str, allowed: tuple[str, ...]) -> str:
    """One of ``allowed``."""
    return "" if value in allowed else f"must be one of {', '.join(allowed)}"


def filled(value: str) -> str:
    """A string with something in it besides white space and without control characters."""
    return "" if value.strip() and not _CONTROL.search(value) else "must not be empty or hold control characters"
