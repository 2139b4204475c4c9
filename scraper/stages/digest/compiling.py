"""Material into a digest: in order, cleaned of what outside text may hold, cut to what a reader takes in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any, TypeVar

from scraper.model.digest import (
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
from scraper.model.flag import STRENGTH
from scraper.model.initiative import Near
from scraper.model.revision import Piece
from scraper.text import clean
from scraper.urls import host

MAX_PUBLISHERS = 3
MAX_NEAREST = 3
MAX_TITLE = 300
MAX_SENTENCE = 700
MAX_DIFF = 1200
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u2028\u2029]+")
_DECEIVING = re.compile(r"[\"<>\\]|\A(?i:https?)://[^/?#]*@")
"""What no address holds (RFC 3986 2), and a user's name before the host, which reads like a host."""

_SPACE = re.compile(r"\s+")
_Record = TypeVar("_Record", Edit, NewStatement, NewInitiative, Notable, Publication, Rewording, SourceTrouble, WatchReport, Near)


def compile(material: Material) -> Digest:  # noqa: A001  the field's own word
    """Return the digest of ``material``: newest statements first, surest initiatives first, new troubles first."""
    newest = sorted(material.statements, key=lambda item: (item.date, item.id), reverse=True)
    surest = sorted(material.initiatives, key=lambda item: (-item.confidence, item.name, item.id))
    troubles = sorted(material.troubles, key=lambda item: (not item.new, item.name, item.id))
    inside = {item.name: getattr(material, item.name) for item in fields(material)}
    return Digest(
        **inside
        | {
            "sides": tuple((line(key), line(name)) for key, name in material.sides),
            "statements": tuple(_statement(item) for item in newest),
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
        }
    )


def line(text: str, limit: int = MAX_TITLE) -> str:
    """Return ``text`` as one line without control and direction characters, at most ``limit`` characters with an ellipsis."""
    plain = _piece(text[: limit * 4]).strip()
    return plain if len(plain) <= limit else plain[: limit - 1].rstrip() + "…"


def link(url: str) -> str:
    """Return ``url`` where it is an http or https address without white space, control characters, quotes, angle brackets and a user's name,
    else ``""``."""
    is_web = url[:8].lower().startswith(("http://", "https://")) and host(url) != ""
    return url if is_web and not any(sign.search(url) for sign in (_CONTROL, _SPACE, _DECEIVING)) else ""


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


def _statement(item: NewStatement) -> NewStatement:
    return replace(
        _tidy(item),
        url=link(item.url),
        published=tuple(replace(_tidy(one), url=link(one.url)) for one in item.published),
        publishers=_distinct(line(name) for name in item.publishers)[:MAX_PUBLISHERS],
        languages=_distinct(line(code) for code in item.languages),
    )


def _initiative(item: NewInitiative) -> NewInitiative:
    sentence, mark = _evidence(item.sentence, item.mark)
    return replace(
        _tidy(item),
        sentence=sentence,
        mark=mark,
        before=line(item.before, MAX_SENTENCE),
        after=line(item.after, MAX_SENTENCE),
        url=link(item.url),
        nearest=tuple(_tidy(near) for near in item.nearest[:MAX_NEAREST]),
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
        url=link(item.url),
        comparator_url=link(item.comparator_url),
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
    return replace(_tidy(item), url=link(item.url), pieces=kept, withdrawn=_distinct(line(name) for name in item.withdrawn))


def _rewording(item: Rewording) -> Rewording:
    return replace(
        _tidy(item),
        before=tuple(line(name) for name in item.before),
        after=tuple(line(name) for name in item.after),
        sentence=line(item.sentence, MAX_SENTENCE),
        before_sentence=line(item.before_sentence, MAX_SENTENCE),
        url=link(item.url),
        before_url=link(item.before_url),
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
