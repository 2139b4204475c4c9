"""What a source is known to send, and how what it sends now differs: which of its selectors rot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scraper.model.catalogue import Expected
from scraper.model.source import Entry, Source

FINEST_FIRST = ("second", "minute", "date", "inferred")
"""Precisions of dates, the finest first."""

FEW = 0.5
"""Below this share of the usual number of entries, or of the entries that hold a field, something is wrong."""

_SELECTED = {"title": "title", "published": "date", "summary": "summary", "html": "html"}
"""The selector that fills each field of an entry."""

_BY_SELECTOR = frozenset({"listing", "json", "xml"})
_WORDS = {"title": "title", "published": "date", "summary": "summary", "html": "full text"}


@dataclass(frozen=True, slots=True)
class Drift:
    """One difference: the ``part`` it is in (entries, title, published, precision, summary, html, body), the ``selector`` that rots as it stands
    in the source (empty where the format itself has the part) and a sentence."""

    part: str
    selector: str
    sentence: str


def record(source: Source, entries: Sequence[Entry], usual: int = 0) -> Expected:
    """Return what a page of ``entries`` says of its source; ``usual`` is how many it really holds as a rule (0: unknown)."""
    fields = tuple(name for name in _needed(source) if entries and _held(entries, name) >= FEW * len(entries))
    return Expected(usual, fields, _finest(entries) if "published" in fields else "")


def _needed(source: Source) -> tuple[str, ...]:
    """The fields that matter: the summary where pages are never followed, the full text where the source brings it."""
    summary = ("summary",) if source.follow == "never" or source.selectors.summary else ()
    return ("title", "published", *summary, *(("html",) if source.full_text else ()))


def _held(entries: Sequence[Entry], name: str) -> int:
    return sum(bool(getattr(entry, name)) for entry in entries)


def _finest(entries: Sequence[Entry]) -> str:
    given = {entry.published.precision for entry in entries if entry.published}
    return next((precision for precision in FINEST_FIRST if precision in given), "")


def compare(source: Source, entries: Sequence[Entry], notes: Sequence[str], expected: Expected) -> tuple[Drift, ...]:
    """Return how the entries of today differ from what is expected: too few, fields that are gone, dates not read or coarser.

    ``notes`` are those of the page (dates that were not understood are told there). More than is expected is no difference.
    """
    if not entries:
        return (_drift(source, "entries", "item", "there is no entry"),)
    found = [_few(source, len(entries), expected.entries)] if len(entries) < FEW * expected.entries else []
    for name in expected.fields:
        count = _held(entries, name)
        if count < FEW * len(entries):
            found.append(_lost(source, name, count, len(entries), notes))
    coarser = "published" in expected.fields and _coarser(_finest(entries), expected.precision)
    if coarser:
        found.append(_drift(source, "precision", "date", f"dates are known to the {_finest(entries)}, not to the {expected.precision}"))
    return tuple(found)


def body(source: Source, extractor: str) -> tuple[Drift, ...]:
    """Return whether the source's own selector of an article's text found it; ``extractor`` is what did."""
    if not source.selectors.body or extractor.startswith("selector"):
        return ()
    return (
        Drift(
            "body", f"body = {source.selectors.body!r}", f"the article's text was found by {extractor or 'nothing'}, not by the selector"
        ),
    )


def _few(source: Source, count: int, usual: int) -> Drift:
    return _drift(source, "entries", "item", f"there are {count} entries, {usual} are usual")


def _lost(source: Source, name: str, count: int, total: int, notes: Sequence[str]) -> Drift:
    word = _WORDS[name]
    told = f"{count or 'none'} of {total} entries {'have' if count > 1 else 'has'} a {word}"
    unread = next((note for note in notes if name == "published" and note.startswith("date not")), "")
    return _drift(source, name, _SELECTED[name], f"{told}; {unread}" if unread else told)


def _drift(source: Source, part: str, selector: str, told: str) -> Drift:
    """With the selector that fills the part, where one does."""
    chosen = getattr(source.selectors, selector) if source.kind in _BY_SELECTOR else ""
    return Drift(part, f"{selector} = {chosen!r}" if chosen else "", told)


def _coarser(now: str, then: str) -> bool:
    return bool(now and then) and FINEST_FIRST.index(now) > FINEST_FIRST.index(then)
