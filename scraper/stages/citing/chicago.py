"""A footnote for a web page in Chicago style, notes and bibliography (Chicago Manual of Style, 18th edition, 14.104)."""

from __future__ import annotations

from scraper.model.citation import Citation
from scraper.stages.citing.values import address, line, minute, names, spoken

_ENDS = ("?", "!", "？", "！")


def chicago(citation: Citation) -> str:
    """Return the footnote as one line of plain text, without its number, ended by a full stop.

    Author, "title," genre, date, address, the archived copy with its date, and when the page was read: the house gives the last always, since
    official pages are edited. A report names its newspaper behind its title.
    """
    told = [*_head(citation), _when(citation), address(citation.url), _archived(citation), _read(citation)]
    text = ""
    for part in filter(None, told):
        text += part if not text else f" {part}" if text.endswith("”") and _closed(text) else f", {part}"
    return text if text.endswith(".") else f"{text}."


def _head(citation: Citation) -> list[str]:
    """Author and title, then what the page is; the comma behind a title stands inside the quotation marks (6.9)."""
    own = names(citation)
    site = "" if citation.official or line(citation.author) in own else line(citation.author)
    return [_joined(own), _quoted(line(citation.title)), site, line(citation.genre)]


def _joined(people: tuple[str, ...]) -> str:
    if len(people) > 2:
        return ", ".join(people[:-1]) + f", and {people[-1]}"
    return " and ".join(people)


def _quoted(title: str) -> str:
    """The title in double quotation marks, those inside it single (6.11)."""
    inner = title.replace("“", "‘").replace("”", "’")
    while inner.count('"') > 1:
        inner = inner.replace('"', "‘", 1).replace('"', "’", 1)
    inner = inner.replace('"', "’")
    return f"“{inner}{'' if inner.endswith(_ENDS) else ','}”" if inner else ""


def _closed(text: str) -> bool:
    """Whether the quotation before needs no comma of its own: it has one inside, or ends with a mark that is enough."""
    return text[-2] in (",", *_ENDS)


def _when(citation: Citation) -> str:
    return spoken(citation.published) or "n.d."


def _archived(citation: Citation) -> str:
    where, day = address(citation.archived_url), spoken(citation.archived_at)
    return f"archived {day + ', ' if day else ''}at {where}" if where else ""


def _read(citation: Citation) -> str:
    read = ", ".join(filter(None, (spoken(citation.retrieved), minute(citation.retrieved))))
    return f"accessed {read}" if read else ""
