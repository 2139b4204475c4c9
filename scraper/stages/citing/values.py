"""What every form of a citation needs: text on one line, an address that is safe to print, the parts of a date, a stable key."""

from __future__ import annotations

import re
from urllib.parse import quote

from scraper.model.citation import Citation
from scraper.text import clean, squeeze

LONGEST = 2_000
"""Characters of a title or name; what is longer is cut."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")
_WEB = re.compile(r"(?i)https?://[^/?#\s]")
_TIME = re.compile(r"[0-9-]{10}T([0-9]{2}:[0-9]{2})")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}")
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:T|$)")
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


def line(text: str) -> str:
    """Return a text on one line, without control characters and marks that turn the direction of writing."""
    return squeeze(_CONTROL.sub(" ", clean(text[: LONGEST * 4])))[:LONGEST]


def address(url: str) -> str:
    """Return a web address in ASCII, with all that a format could take for its own percent-encoded (RFC 3987 3.1): braces, quotes, backslashes,
    angle brackets, white space; nothing where it is no http or https address."""
    plain = _CONTROL.sub("", url.strip())
    return quote(plain, safe="%/:=&?~#+!$,;'@()*[]-._") if _WEB.match(plain) else ""


def parts(day: str) -> tuple[int, ...]:
    """Return year, month and day of ``YYYY-MM-DD``, ``YYYY-MM``, ``YYYY`` or a time that begins so; nothing of anything else."""
    found = _DAY.match(day)
    numbers = tuple(int(part) for part in found.groups() if part) if found else ()
    sound = numbers and numbers[0] > 0 and all(0 < number <= most for number, most in zip(numbers[1:], (12, 31), strict=False))
    return numbers if sound else ()


def iso(day: str) -> str:
    """Return the date of a moment as far as it is known: ``2026-07-09``, ``2026-07``, ``2026`` or empty."""
    return "-".join(f"{number:04d}" if place == 0 else f"{number:02d}" for place, number in enumerate(parts(day)))


def spoken(day: str) -> str:
    """Return the date as American English writes it: July 9, 2026; July 2026; 2026; empty where there is none."""
    found = parts(day)
    if len(found) < 2:
        return f"{found[0]}" if found else ""
    month = _MONTHS[found[1] - 1]
    return f"{month} {found[2]}, {found[0]}" if len(found) == 3 else f"{month} {found[0]}"


def clock(moment: str) -> str:
    """Return date and time as ``2026-07-09 12:00 UTC`` of ``YYYY-MM-DDTHH:MM:SSZ``, the date alone where there is no time."""
    return f"{iso(moment)} {minute(moment)}".strip()


def minute(moment: str) -> str:
    """Return the time of day of a moment as ``12:00 UTC``, empty where it has none."""
    found = _TIME.match(moment)
    return f"{found[1]} UTC" if found else ""


def key(citation: Citation) -> str:
    """Return the citation key: the statement's id never changes and is never given again, so nothing that may be corrected stands in it."""
    return f"trilateral-{citation.number}"


def names(citation: Citation) -> tuple[str, ...]:
    """Return who is named as the author: the people who signed a report, else the body whose page it is."""
    people = () if citation.official else tuple(name for name in map(line, citation.authors) if name)
    return people or ((line(citation.author),) if line(citation.author) else ())


def language(citation: Citation) -> str:
    """Return the code of the language (``ko``, ``zh-Hant``), nothing where what is said is none."""
    return citation.language if _LANGUAGE.fullmatch(citation.language) else ""


def copy_told(citation: Citation) -> str:
    """Return where the copy lies that is kept, in English; empty where nothing is known of one."""
    held = line(citation.capture)
    return f"capture {held}" if held else ""
