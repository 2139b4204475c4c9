"""Documents that the product takes for statements and their copies: what is imported when placing is measured, and killed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks.copies import corpus

_FIRST = date(2000, 1, 3)
_PLACES = ("Seoul", "Tokyo", "Washington", "Honolulu", "Jeju", "Kyoto", "Busan", "Singapore")
_LEVELS = ("Foreign Ministers", "Defense Ministers", "Vice Foreign Ministers", "National Security Advisors")
_OPENING = """The following is the text of a joint statement by the {level} of the United States of America, Japan and the Republic of Korea.
The {level} of the United States, Japan and the Republic of Korea met in {place} on {day} for a trilateral meeting."""


def lines(documents: int, *, a_day: float = 1.0, copies: int = 5) -> Iterator[str]:
    """Yield JSON lines: joint statements, on average ``a_day`` documents for a day, each with ``copies`` less one copies by the press.

    The copies are whole, between furniture, cut, an excerpt and reworded, in the days after; they stand in no order.
    """
    order = list(range(documents))
    corpus.drawn("order").shuffle(order)
    for number in order:
        event, copy = divmod(number, copies)
        yield json.dumps(_document(event, copy, _FIRST + timedelta(days=int(event * copies / a_day))))


def write(path: Path, documents: int, *, a_day: float = 1.0, copies: int = 5) -> Path:
    """Write :func:`lines` into a file and return it."""
    path.write_text("\n".join(lines(documents, a_day=a_day, copies=copies)) + "\n", "utf-8")
    return path


def _document(event: int, copy: int, day: date) -> dict[str, str]:
    chance = corpus.drawn(f"event {event}")
    level, place = chance.choice(_LEVELS), chance.choice(_PLACES)
    said = f"{day:%B} {day.day}, {day.year}"
    opening = _OPENING.format(level=level, place=place, day=said)
    body = [line.split() for line in chance.sample(corpus.STOCK, 3)] + corpus.prose(chance, chance.randint(150, 450))
    host = "www.state.gov" if copy == 0 else f"press{copy % 97}.example"
    seen = day + timedelta(days=min(copy, 2))
    return {
        "url": f"https://{host}/{event}/{copy}", "title": f"Joint Statement of the {level} of the United States, Japan and the Republic of Korea",
        "date": seen.isoformat(), "language": "en", "text": f"{opening}\n\n{corpus.said(_changed(body, copy, event))}",
    }  # fmt: skip


def _changed(body: corpus.Sentences, copy: int, event: int) -> corpus.Sentences:
    chance = corpus.drawn(f"copy {event} {copy}")
    if copy % 4 == 1:
        return corpus.framed(body, copy)
    if copy % 4 == 2:
        return corpus.cut(body, chance)
    return body[: max(3, len(body) // 2)] if copy % 4 == 3 else body
