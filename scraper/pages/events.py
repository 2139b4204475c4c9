"""An event: who met, and the sides' texts side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scraper.model.wording import COMPARED_KINDS, Watched, Worded
from scraper.pages.asking import Answer, Ask, moved
from scraper.pages.frame import name, page, watched, words
from scraper.pages.marking import Paragraph, paragraphs
from scraper.storage import formulae, reading, showing
from scraper.storage.store import Row

SHOWN = 3
"""Paragraphs of a text that stand open; the rest opens."""
MOST_TEXTS = 12


@dataclass(frozen=True, slots=True)
class Text:
    """Words at an event as one page has them: a statement's own (``article_id`` 0), or a version of it on the page of another ``party``."""

    statement_id: int
    head: str
    title: str
    language: str
    url: str
    publisher: str
    paragraphs: tuple[Paragraph, ...]
    cut: str = ""
    article_id: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table whose columns are the texts: what it is about, where it leads, and what each text says of it (empty: nothing)."""

    name: str
    href: str
    cells: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether the texts that speak of it say different things."""
        return len({cell for cell in self.cells if cell}) > 1


def event(ask: Ask) -> Answer:
    """Answer ``/event/ID``; an id that was merged away leads to the one that stands."""
    number, other = ask.standing("event")
    shown = reading.event(ask.store, str(number))
    if other:
        return moved(ask, "event", number)
    ids = [row["id"] for row in shown["statements"]]
    own = _own(ask, shown["statements"])
    told = showing.flags(ask.store, ids)
    return page(
        ask,
        "event.html",
        one=shown,
        texts=_texts(ask, own),
        heads=[_head(ask, one) for one in own],
        shown=SHOWN,
        differences=[flag for flag in told if flag["kind"] == "divergence"],
        flags=[flag for flag in told if flag["kind"] != "divergence"],
        formulae=list(_formulae(ask, [one.id for one in own])),
        initiatives=list(_initiatives(ask, [one.id for one in own])),
        pages=sum(row["sightings"] for row in shown["statements"]),
        watched=watched(ask),
    )


def _own(ask: Ask, statements: list[Row]) -> list[Worded]:
    """The statements that a side made, the joint one first, with their words."""
    own = [row["id"] for row in statements if not row["placeholder"] and row["kind"] in COMPARED_KINDS][:MOST_TEXTS]
    found = {one.id: one for one in formulae.worded(ask.store, own)}
    return [found[number] for number in own if number in found]


def _head(ask: Ask, one: Worded, party: str = "", language: str = "") -> str:
    """What a column is of: whose words, their kind and language, the statement's number, and on whose page."""
    side = name(ask, one.side) if one.side else "Nobody’s own"
    parts = (side, words(one.kind).lower(), words(language or one.language), f"on the page of {name(ask, party)}" if party else "")
    return f"{', '.join(part for part in parts if part)} ({one.id})"


def _texts(ask: Ask, own: list[Worded]) -> list[Text]:
    """The words of each statement, and behind them those of its versions on the pages of other governments or in other languages."""
    versions = showing.versions(ask.store, [one.id for one in own])
    texts = []
    for one in own:
        texts.append(Text(one.id, _head(ask, one), one.title, one.language, one.url, one.publisher, paragraphs(one.text), one.cut))
        texts += [_version(ask, one, row) for row in versions if row["statement_id"] == one.id]
    return texts


def _version(ask: Ask, one: Worded, row: Row) -> Text:
    head = _head(ask, one, row["party"], row["language"])
    return Text(one.id, head, row["title"], row["language"], row["url"], row["publisher"], paragraphs(row["text"]), article_id=row["id"])


def _formulae(ask: Ask, ids: list[int]) -> Iterable[Line]:
    known: Watched = watched(ask)
    rows = showing.stands(ask.store, ids)
    for formula in dict.fromkeys(row["formula"] for row in rows):
        cells = tuple(
            "; ".join(
                known.named(formula, row["variant"], "en") for row in rows if (row["formula"], row["statement_id"]) == (formula, number)
            )
            for number in ids
        )
        yield Line(known.title(formula, "en"), "", cells)


def _initiatives(ask: Ask, ids: list[int]) -> Iterable[Line]:
    rows = showing.named(ask.store, ids)
    for slug, known_as in dict.fromkeys((row["id"], row["name"]) for row in rows):
        cells = tuple("named" if any((row["id"], row["statement_id"]) == (slug, number) for row in rows) else "" for number in ids)
        yield Line(known_as, ask.to("initiative", slug), cells)
