"""The short form of a message, for a telephone's lock screen: the subject, and under it the first finding with its address."""

from __future__ import annotations

from collections.abc import Iterator

from scraper.stages.digest.compiling import line
from scraper.stages.digest.sheet import Item, Sheet

MAX_LEAD = 200
"""Characters of the second line, its address not counted."""


def short_of(sheet: Sheet, subject: str) -> str:
    """Return two lines without a line end after them: the ``subject``, and what stands first on the sheet with the address that it leads to
    (one line where the sheet has nothing)."""
    told = " ".join(part for part in lead(sheet) if part)
    return "\n".join(part for part in (line(subject), told) if part)


def lead(sheet: Sheet) -> tuple[str, str]:
    """Return the first finding as one line, and its address; of a statement with a first mention that is the one."""
    for section in sheet.sections:
        if section.items:
            first = next(iter(section.items[0].within), section.items[0])
            return _said(first), next(_addresses(first), "")
        if section.note:
            return line(f"{section.title}: {section.note}", MAX_LEAD), ""
    return line(sheet.summary, MAX_LEAD), ""


def _said(item: Item) -> str:
    """The heading, and the evidence without its surroundings where there is any, else the line under the heading or the first fact."""
    quote = "".join(part.text for part in item.quote if not part.dimmed)
    facts = (f"{fact.label}: {row[0].text}" for fact in item.facts for row in fact.rows if row)
    rest = quote or item.under or next(facts, "")
    return line(" - ".join(word for word in (item.heading.text, rest) if word), MAX_LEAD)


def _addresses(item: Item) -> Iterator[str]:
    if item.heading.url:
        yield item.heading.url
    yield from (part.url for fact in item.facts for row in fact.rows for part in row if part.url)
