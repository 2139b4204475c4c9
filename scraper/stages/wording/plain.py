"""A comparison as plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from scraper.model.revision import Piece
from scraper.model.wording import ABSENT, Comparison, FormulaRow, Row, Stand, Watched, Worded
from scraper.stages.wording.records import counts
from scraper.text import has_cjk

WIDTH = 100
_SIGNS = {"kept": "=", "reworded": "~", "moved": ">", "dropped": "-", "new": "+"}


def render_text(made: Comparison, watched: Watched, *, kept: bool = False, width: int = WIDTH) -> str:
    """Return a comparison as text for a terminal, ended by a line end; a word diff as wdiff writes it. Kept sentences only where asked."""
    lines = [*(_head("Before", made.before) if made.before else ()), *_head("After ", made.after), *_passed(made, width), ""]
    if made.refused:
        lines += ["Not comparable:", *(line for why in made.refused for line in _wrapped(why, "  - ", width))]
        return "\n".join(lines) + "\n"
    lines += [said_counts(made.rows), "", "Formulae", *(line for row in made.formulae for line in _formula(row, watched, width))]
    lines += [*(() if made.formulae else ["  none of the watched ones stands in either"]), "", "Sentences"]
    for row in made.rows:
        if kept or row.op != "kept":
            lines += ["", *_row(row, width)]
    return "\n".join(lines) + "\n"


def said_counts(rows: Sequence[Row]) -> str:
    """Return how many sentences became what, in one line."""
    return ", ".join(f"{count} {op}" for op, count in counts(rows).items()) + "."


def place(row: Row) -> str:
    """Return where a sentence stood and stands, counted from 1: ``3``, ``3 -> 7``."""
    before, after = row.before_at + 1, row.after_at + 1
    return f"{before} -> {after}" if before and after and before != after else str(after or before)


def variants(stands: Sequence[Stand], watched: Watched) -> str:
    """Return the names of the variants that stand in a statement; a dash where its topic is not spoken of."""
    return "; ".join(ABSENT if s.variant == ABSENT else watched.named(s.formula, s.variant, "en") for s in stands) or "-"


def _head(label: str, one: Worded) -> Iterator[str]:
    what = " · ".join(word for word in (one.date, one.level.replace("_", " "), one.kind.replace("_", " "), one.side, one.language) if word)
    yield f"{label}  {one.id}: {' '.join(one.title.split())}"
    yield f"        {what}"
    if one.url:
        yield f"        {one.url}"


def _passed(made: Comparison, width: int) -> Iterator[str]:
    """What stands between the two by date, and why it was passed over."""
    for why in made.passed:
        yield from _wrapped(f"Passed over: {why}", "        ", width)


def _formula(row: FormulaRow, watched: Watched, width: int) -> Iterator[str]:
    sign = "~" if row.changed else " "
    before, after = variants(row.before, watched), variants(row.after, watched)
    told = after if before == after else f"{before}  ->  {after}"
    yield from _wrapped(f"{watched.title(row.formula, 'en')}: {told}", f"{sign} ", width)


def _row(row: Row, width: int) -> Iterator[str]:
    yield f"{_SIGNS[row.op]} {row.op} ({place(row)})"
    yield from _wrapped(marked(row.pieces) if row.pieces else row.after or row.before, "    ", width)


def marked(pieces: Sequence[Piece]) -> str:
    """Return a word diff in one line: what went as [-...-], what came as {+...+}."""
    signs = {"gone": "[-{}-]", "new": "{{+{}+}}", "same": "{}"}
    return " ".join("".join(spaced(piece.text, signs[piece.op]) for piece in pieces).split())


def spaced(text: str, sign: str) -> str:
    """Return a stretch of a word diff in its sign, its white space outside: where words are not parted, none is added."""
    core = text.strip()
    start, end = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return start + sign.format(core) + end if core else text


def _wrapped(text: str, lead: str, width: int) -> list[str]:
    width = width * 6 // 10 if has_cjk(text) else width  # most of its letters take two columns
    wide = textwrap.TextWrapper(width=width, initial_indent=lead, subsequent_indent=" " * len(lead), break_on_hyphens=False)
    return wide.wrap(" ".join(text.split())) or [lead]
