"""The report put together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scraper.catalogues import catalogue
from scraper.catalogues.phrases import Phrases, phrases
from scraper.model.flag import JOINT
from scraper.model.report import Initiated, Month, Reworded, Said
from scraper.stages.report.markdown import escaped, noted, row

CONTEXT: Final = "report"
"""Of the messages in the catalogues."""


def monthly(month: Month, language: str = "en") -> str:
    """Return the report in Markdown, ended by a line end: statements by date, new initiatives with their proof, changes of wording,
    coverage, and a footnote for every statement that is spoken of.

    ``language`` is one that has a catalogue, else English; titles and sentences stay in their own. The same month gives the same report.
    """
    say = phrases(language, CONTEXT)
    parts = [
        f"# {say.filled('title', year=month.month[:4], month=_name(month.month, language))}",
        *_summary(month, say),
        *_statements(month, say),
        *_initiatives(month, say),
        *_wording(month, say),
        *_coverage(month, say),
        *_notes(month, say),
    ]
    return "\n\n".join(parts) + "\n"


def _name(month: str, language: str) -> str:
    """The name of a month by itself, as CLDR has it: September, 9월, 9月."""
    return str(catalogue(language).locale.months["stand-alone"]["wide"][int(month[5:7])])


def _side(side: str, say: Phrases) -> str:
    return say["joint"] if side == JOINT else escaped(side)


def _summary(month: Month, say: Phrases) -> Iterator[str]:
    if month.until:
        yield say.filled("until", time=f"{month.until[:10]} {month.until[11:16]} UTC")
    said, new, changed = len(month.said), len(month.initiated), len(month.reworded)
    if said or new or changed:
        yield say.filled("counts", said=said, events=month.events, initiated=new, reworded=changed)
    else:
        yield say["nothing"]


def _statements(month: Month, say: Phrases) -> Iterator[str]:
    if not month.said:
        return
    columns = [say[name] for name in ("date", "statement", "level", "side", "kind", "place")]
    yield f"## {say['statements']}"
    yield "\n".join([row(columns), row(["---"] * len(columns)), *(row(_cells(one, month, say)) for one in month.said)])


def _cells(one: Said, month: Month, say: Phrases) -> list[str]:
    more = f" ({say['reported']})" if one.reported else ""
    facts = [fact or "–" for fact in (escaped(one.level), _side(one.side, say), escaped(one.kind), escaped(one.place))]
    return [one.date, f"{escaped(one.title)}{more}{_mark(one.id, month)}", *facts]


def _mark(number: int, month: Month) -> str:
    """The mark of a footnote, where there is one."""
    return f"[^s{number}]" if any(number == known for known, _ in month.notes) else ""


def _initiatives(month: Month, say: Phrases) -> Iterator[str]:
    if month.initiated:
        yield f"## {say['initiatives']}"
        yield "\n\n".join(_initiative(one, month, say) for one in month.initiated)


def _initiative(one: Initiated, month: Month, say: Phrases) -> str:
    facts = ", ".join(filter(None, (one.date, _side(one.side, say))))
    return f"- **{escaped(one.name)}**{f' ({facts})' if facts else ''}{_mark(one.statement, month)}\n  > {escaped(one.sentence) or '–'}"


def _wording(month: Month, say: Phrases) -> Iterator[str]:
    if month.reworded:
        yield f"## {say['wording']}"
        yield "\n\n".join(_reworded(one, month, say) for one in month.reworded)


def _reworded(one: Reworded, month: Month, say: Phrases) -> str:
    facts = ", ".join(filter(None, (one.date, _side(one.side, say))))
    now = say.filled("now", now=escaped(one.now) or say["absent"])
    then = say.filled("then", then=escaped(one.then) or say["absent"], date=one.date_then)
    head = f"- **{escaped(one.formula)}**{f' ({facts})' if facts else ''}"
    told = ((now, one.statement, one.sentence), (then, one.comparator, one.sentence_then))
    lines = [f"  - {label}{_mark(number, month)}\n    > {escaped(sentence) or '–'}" for label, number, sentence in told]
    return "\n\n".join([head, *lines])


def _coverage(month: Month, say: Phrases) -> Iterator[str]:
    yield f"## {say['coverage']}"
    if not month.watched:
        yield say["uncovered"]
        return
    columns = [say[name] for name in ("government", "days", "whole", "blind", "longest")]
    rows = [
        row([escaped(one.party), str(one.days), str(one.whole), _hours(one.blind_minutes), _hours(one.longest_minutes)])
        for one in month.watched
    ]
    yield "\n".join([row(columns), row(["---", *["---:"] * 4]), *rows])


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.1f}"


def _notes(month: Month, say: Phrases) -> Iterator[str]:
    if month.notes:
        yield f"## {say['notes']}"
        yield "\n".join(f"[^s{number}]: {noted(note)}" for number, note in month.notes)
