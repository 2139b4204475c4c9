"""Material into a digest: in order, cleaned of what outside text may hold, cut to what a reader takes in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any, TypeVar

from scraper.model.digest import (
    Addresses,
    Attendance,
    Change,
    Comparable,
    Deciding,
    Difference,
    Digest,
    Edit,
    Material,
    NewInitiative,
    NewStatement,
    Notable,
    Publication,
    Rewording,
    SourceTrouble,
    WatchReport,
)
from scraper.model.flag import JOINT, STRENGTH
from scraper.model.initiative import Near
from scraper.model.revision import Piece
from scraper.text import clean
from scraper.urls import web

MAX_PUBLISHERS = 3
MAX_NEAREST = 3
MAX_TITLE = 300
MAX_SENTENCE = 700
MAX_DIFF = 1200
_HEIGHT = (
    "leaders", "foreign_ministers", "defence_ministers", "security_advisers", "ministers_other", "chiefs_of_defence", "vice_ministers", "envoys",
    "officials", "forces",
)  # fmt: skip
"""The levels, the highest first."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u2028\u2029]+")
_SPACE = re.compile(r"\s+")
_Record = TypeVar(
    "_Record", Attendance, Change, Comparable, Difference, Edit, NewStatement, NewInitiative, Notable, Publication, Rewording, SourceTrouble,
    WatchReport, Near,
)  # fmt: skip
_Links = TypeVar("_Links", Addresses, Deciding)


def compile(material: Material) -> Digest:  # noqa: A001  the field's own word
    """Return the digest of ``material``: the weightiest statements first (joint ones, the highest level, the newest; those of which only
    reports are known behind them), surest initiatives first, new troubles first."""
    newest = sorted(material.statements, key=lambda item: (item.date, item.id), reverse=True)
    statements = _told_once(_statement(item) for item in sorted(newest, key=_rank))
    surest = sorted(material.initiatives, key=lambda item: (-item.confidence, item.name, item.id))
    troubles = sorted(material.troubles, key=lambda item: (not item.new, item.name, item.id))
    inside = {item.name: getattr(material, item.name) for item in fields(material)}
    return Digest(
        **inside
        | {
            "sides": tuple((line(key), line(name)) for key, name in material.sides),
            "statements": statements,
            "initiatives": tuple(_initiative(item) for item in surest),
            "notable": tuple(_notable(item) for item in sorted(material.notable, key=_weight)),
            "edits": tuple(_edit(item) for item in sorted(material.edits, key=lambda item: item.id)),
            "wording": tuple(
                _rewording(item) for item in sorted(material.wording, key=lambda item: (item.statement_date, item.id), reverse=True)
            ),
            "known": _distinct(line(name) for name in material.known),
            "troubles": tuple(_tidy(item) for item in troubles),
            "recovered": _distinct(line(name) for name in material.recovered),
            "notices": _distinct(line(said) for said in material.notices),
            "watch": material.watch and _tidy(material.watch),
            "attendance": tuple(replace(_tidy(one), silent=_distinct(map(line, one.silent))) for one in material.attendance),
        }
    )


def line(text: str, limit: int = MAX_TITLE) -> str:
    """Return ``text`` as one line without control and direction characters, at most ``limit`` characters with an ellipsis."""
    plain = _piece(text[: limit * 4]).strip()
    return plain if len(plain) <= limit else plain[: limit - 1].rstrip() + "…"


def _piece(text: str) -> str:
    """White space at the ends stays, as one space: it parts this piece from its neighbour."""
    return _SPACE.sub(" ", _CONTROL.sub(" ", clean(text)))


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _tidy(item: _Record) -> _Record:
    """Return ``item`` with each of its strings as one clean line."""
    values = ((field.name, getattr(item, field.name)) for field in fields(item))
    strings: dict[str, Any] = {name: line(value) for name, value in values if isinstance(value, str)}
    return replace(item, **strings)


def _rank(item: NewStatement) -> tuple[bool, bool, int]:
    return item.placeholder, item.side != JOINT, _HEIGHT.index(item.level) if item.level in _HEIGHT else len(_HEIGHT)


def _told_once(items: Iterable[NewStatement]) -> tuple[NewStatement, ...]:
    """Where the sides of an event differ is told with the first of its statements."""
    told: set[Difference] = set()
    kept = []
    for item in items:
        kept.append(replace(item, differences=tuple(one for one in item.differences if one not in told)))
        told.update(item.differences)
    return tuple(kept)


def _statement(item: NewStatement) -> NewStatement:
    return replace(
        _tidy(item),
        comparable=item.comparable and _comparable(item.comparable),
        differences=tuple(_difference(one) for one in item.differences),
        addresses=_addresses(item.addresses),
        elsewhere=_distinct(map(line, item.elsewhere)),
        url=web(item.url),
        published=tuple(replace(_tidy(one), url=web(one.url)) for one in item.published),
        publishers=_distinct(line(name) for name in item.publishers)[:MAX_PUBLISHERS],
        languages=_distinct(line(code) for code in item.languages),
    )


def _comparable(item: Comparable) -> Comparable:
    return replace(_tidy(item), url=web(item.url), changes=tuple(_change(one) for one in item.changes))


def _change(item: Change) -> Change:
    said = {name: tuple(map(line, getattr(item, name))) for name in ("before", "after")}
    return replace(_tidy(item), before=said["before"], after=said["after"], sentence=line(item.sentence, MAX_SENTENCE))


def _difference(item: Difference) -> Difference:
    names = ("parties", "others", "here", "there")
    parties, others, here, there = (tuple(map(line, getattr(item, name))) for name in names)
    return replace(_tidy(item), parties=parties, others=others, here=here, there=there)


def _addresses(item: _Links) -> _Links:
    found: dict[str, Any] = {field.name: web(getattr(item, field.name)) for field in fields(item)}
    return replace(item, **found)


def _initiative(item: NewInitiative) -> NewInitiative:
    sentence, mark = _evidence(item.sentence, item.mark)
    return replace(
        _tidy(item),
        sentence=sentence,
        mark=mark,
        before=line(item.before, MAX_SENTENCE),
        after=line(item.after, MAX_SENTENCE),
        url=web(item.url),
        nearest=tuple(_tidy(near) for near in item.nearest[:MAX_NEAREST]),
        addresses=_addresses(item.addresses),
        deciding=_addresses(item.deciding),
    )


def _weight(item: Notable) -> tuple[int, str, str, int]:
    """The strongest kinds first, of one kind by name."""
    return min((STRENGTH.index(kind) for kind in item.kinds), default=len(STRENGTH)), item.name, item.statement_date, item.id


def _notable(item: Notable) -> Notable:
    sentence, mark = _evidence(item.sentence, item.mark)
    return replace(
        _tidy(item),
        kinds=tuple(sorted(item.kinds, key=STRENGTH.index)),
        sentence=sentence,
        mark=mark,
        parties=_distinct(line(party) for party in item.parties),
        others=_distinct(line(party) for party in item.others),
        url=web(item.url),
        comparator_url=web(item.comparator_url),
    )


def _edit(item: Edit) -> Edit:
    """An edit with as much of its diff as a reader takes in; an ellipsis tells of the rest."""
    pieces: list[Piece] = []
    room = MAX_DIFF
    for piece in item.pieces:
        text = _piece(piece.text[: room * 4])
        if len(text) > room:
            pieces.append(replace(piece, text=text[:room].rstrip() + "…"))
            break
        pieces.append(replace(piece, text=text))
        room -= len(text)
    kept = tuple(piece for piece in pieces if piece.text.strip())
    return replace(_tidy(item), url=web(item.url), pieces=kept, withdrawn=_distinct(line(name) for name in item.withdrawn))


def _rewording(item: Rewording) -> Rewording:
    return replace(
        _tidy(item),
        before=tuple(line(name) for name in item.before),
        after=tuple(line(name) for name in item.after),
        sentence=line(item.sentence, MAX_SENTENCE),
        before_sentence=line(item.before_sentence, MAX_SENTENCE),
        url=web(item.url),
        before_url=web(item.before_url),
    )


def _evidence(sentence: str, mark: tuple[int, int]) -> tuple[str, tuple[int, int]]:
    """Return the sentence cleaned, cut around the marked name where it is overlong, and the mark in it."""
    start, end = mark if 0 <= mark[0] <= mark[1] <= len(sentence) else (0, 0)
    half = MAX_SENTENCE // 2
    head = _piece(sentence[max(0, start - half) : start]).lstrip()
    tail = _piece(sentence[end : end + half]).rstrip()
    head = head if start <= half else "… " + head
    tail = tail if len(sentence) - end <= half else tail + " …"
    name = line(sentence[start:end])
    return head + name + tail, (len(head), len(head) + len(name))
