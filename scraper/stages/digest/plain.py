"""The text part of a digest."""

from __future__ import annotations

from collections.abc import Iterable

from scraper.model.digest import Digest
from scraper.stages.digest.compose import compose
from scraper.stages.digest.sheet import Fact, Item, Part, Section, Sheet
from scraper.stages.digest.wrapping import columns, wrap

MIN_WIDTH = 24
_INDENT = "   "


def render_text(digest: Digest, width: int = 78) -> str:
    """Return the text part in lines of at most ``width`` columns (at least 24; addresses are never broken), ended by a line end."""
    return text_of(compose(digest), width)


def text_of(sheet: Sheet, width: int = 78) -> str:
    """Return a Sheet as :func:`render_text` does."""
    return "\n".join(_sheet(sheet, max(width, MIN_WIDTH))) + "\n"


def _sheet(sheet: Sheet, width: int) -> list[str]:
    head = [*wrap(sheet.title, width), "=" * min(columns(sheet.title), width), *wrap(sheet.made, width), "", *wrap(sheet.summary, width)]
    head += wrap(sheet.watch, width) if sheet.watch else []
    body = [line for section in sheet.sections for line in _section(section, width)]
    return [*head, *body, *(["", *wrap(sheet.closing, width)] if sheet.closing else [])]


def _section(section: Section, width: int) -> list[str]:
    lines = ["", "", *wrap(section.title.upper(), width), "-" * min(columns(section.title), width)]
    if section.note:
        lines += wrap(section.note, width)
    for number, item in enumerate(section.items, 1):
        lines += ["", *_item(item, f"{number}. " if section.numbered else _INDENT, _INDENT, width)]
    return lines


def _item(item: Item, lead: str, indent: str, width: int) -> list[str]:
    badges = "".join(f" [{badge}]" for badge in item.badges)
    lines = wrap(item.heading.text + badges, width, lead, indent)
    if item.under:
        lines += wrap(item.under, width, indent, indent)
    if item.heading.url:
        lines += wrap(item.heading.url, width, indent, indent)
    if item.quote:
        lines += ["", *wrap(_joined(item.quote), width, indent + "| ", indent + "| "), ""]
    lines += _facts(item.facts, indent, width)
    for inner in item.within:
        lines += ["", *_item(inner, indent + "* ", indent + "  ", width)]
    if item.within and (item.more or item.links or item.actions):
        lines.append("")
    lines += _facts(item.more, indent, width)
    for part in (*item.links, *item.actions):
        lines += wrap(f"{part.text}: {part.url}", width, indent, indent + "  ")
    return lines


def _facts(facts: Iterable[Fact], indent: str, width: int) -> list[str]:
    return [line for fact in facts for line in _fact(fact, indent, width)]


def _fact(fact: Fact, indent: str, width: int) -> list[str]:
    if len(fact.rows) == 1:
        return _row(fact.rows[0], width, f"{indent}{fact.label}: ", indent + "  ")
    lines = wrap(fact.label + ":", width, indent, indent)
    for row in fact.rows:
        lines += _row(row, width, indent + "- ", indent + "  ")
    return lines


def _row(row: tuple[Part, ...], width: int, first: str, rest: str) -> list[str]:
    """One value, and each address under it on a line of its own."""
    lines = wrap(_joined(row), width, first, rest)
    for part in row:
        if part.url and part.url != part.text:
            lines += wrap(part.url, width, rest, rest)
    return lines


def _joined(parts: Iterable[Part]) -> str:
    return "".join(_shown(part) for part in parts)


def _shown(part: Part) -> str:
    """A stretch with the signs that stand for its colours; a word diff as wdiff writes it."""
    if part.gone or part.new:
        before, after = ("[-", "-]") if part.gone else ("{+", "+}")
        return f"{before}{part.text.strip()}{after} "
    return f"**{part.text}**" if part.marked else part.text
