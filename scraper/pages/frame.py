"""The frame of every page: templates, the style sheet, and how times, words and links are written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from datasette.utils import tilde_encode
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from scraper import __version__
from scraper.errors import ConfigError
from scraper.model.revision import Piece
from scraper.model.wording import Watched
from scraper.pages.asking import HTML, JOINT, Answer, Ask
from scraper.urls import web

HERE = Path(__file__).parent
LANGUAGES = {"en": "English", "ko": "Korean", "ja": "Japanese", "zh": "Chinese"}
_WORDS = {**LANGUAGES, "verbatim": "Verbatim copy", "": ""}
"""Fixed words of the tables that read otherwise than they are written."""
_MINUTE = 16
"""Characters of a time as stored up to its minute: ``2026-03-01T05:00``."""


def page(ask: Ask, template: str, *, status: int = 200, **values: Any) -> Answer:
    """Return a page of ours: the template gets the values, ``ask`` and ``to``."""
    made = _templates().get_template(template).render(ask=ask, to=ask.to, party=cache(partial(name, ask)), **values)
    return Answer(made, status, HTML)


def watched(ask: Ask) -> Watched:
    """Return the formulae that are watched; none where the configuration cannot be read."""
    try:
        return ask.site.config.wording
    except ConfigError:
        return Watched()


def fault(ask: Ask, status: int, title: str, told: str) -> Answer:
    """Return a page that says what went wrong, in the frame."""
    return page(ask, "fault.html", status=status, title=title, told=told)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters |= {"when": when, "day": day, "words": words, "web": web_link, "count": count, "lang": lang, "diff": diff}
    made.globals |= {"style": static_name("pages.css"), "version": __version__, "data": data}
    return made


def name(ask: Ask, key: str | None) -> str:
    """Return how a side or party is called: joint, or the name that the configuration gives."""
    return "Joint" if key == JOINT else ask.site.party(key or "")


def when(value: str | None) -> Markup:
    """Return a stored time (UTC) as a ``time`` element that says its zone, a bare date as one without; nothing as a dash."""
    if not value:
        return Markup("–")
    if len(value) < _MINUTE:
        return day(value)
    shown = f"{_day(value)}, {value[11:_MINUTE]} UTC"
    return Markup('<time datetime="{}">{}</time>').format(value, shown)


def day(value: str | None) -> Markup:
    """Return a date as stored as a ``time`` element; nothing as a dash."""
    return Markup('<time datetime="{}">{}</time>').format(value[:10], _day(value)) if value else Markup("–")


def _day(value: str) -> str:
    try:
        found = datetime.fromisoformat(value[:10])
    except ValueError:
        return value[:10]
    return f"{found.day} {found:%B %Y}"


def words(value: str | None) -> str:
    """Return a fixed word of the tables as a reader knows it: ``joint_statement`` as ``Joint statement``; nothing as nothing."""
    plain = (value or "").replace("_", " ")
    return _WORDS.get(plain, plain[:1].upper() + plain[1:])


def web_link(url: str | None, label: object) -> Markup:
    """Return a link to a page elsewhere, or the label alone where the address is not one of the web."""
    safe = web(url or "")
    return Markup('<a href="{}" rel="noopener noreferrer external">{}</a>').format(safe, label) if safe else escape(label)


def diff(pieces: Iterable[Sequence[str] | Piece]) -> Markup:
    """Return a word diff, what went in ``del`` and what came in ``ins``, white space outside of both."""
    return Markup("").join(_piece(*((piece.op, piece.text) if isinstance(piece, Piece) else piece)) for piece in pieces)


def _piece(op: str, text: str) -> Markup:
    core = text.strip()
    tag = {"gone": Markup("<del>{}</del>"), "new": Markup("<ins>{}</ins>")}.get(op)
    if tag is None or not core:
        return escape(text)
    start, end = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return escape(start) + tag.format(core) + escape(end)


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: ``1 copy``, ``2,301 copies``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def lang(code: str | None) -> Markup:
    """Return the attribute that says the language of an element, where it is known: what is no code of a language gives none."""
    known = code or ""
    return Markup(' lang="{}"').format(known) if known.isascii() and known.replace("-", "").isalnum() else Markup("")


def data(ask: Ask, table: str, key: object = None, **query: object) -> str:
    """Return the address of a table, row or query in Datasette, of the database where ``table`` is empty."""
    parts = [part for part in (tilde_encode(ask.database), table, "" if key is None else tilde_encode(str(key))) if part]
    return f"{ask.base}{'/'.join(parts)}{'?' + urlencode(query) if query else ''}"


@lru_cache(maxsize=8)
def static(name: str) -> tuple[str, bytes]:
    """Return a file of the folder ``static`` with the name it has in addresses, which changes with its content; raises OSError."""
    body = (HERE / "static" / name).read_bytes()
    stem, dot, ending = name.rpartition(".")
    return f"{stem}-{hashlib.sha256(body).hexdigest()[:12]}{dot}{ending}", body


def static_name(name: str) -> str:
    """Return the name that a file of the folder ``static`` has in addresses."""
    return static(name)[0]
