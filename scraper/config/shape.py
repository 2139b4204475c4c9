"""Tables into records: which keys a record takes comes from its dataclass alone, so a new field is a new key.

A field that is a tuple of records is an array of tables under its singular name: ``parties`` is ``[[party]]``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields, is_dataclass
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, TypeVar, cast, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

from scraper.config.notes import Notes, Table, join

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Record = TypeVar("Record")
_LABEL = re.compile(r"[\w-][\w.-]{0,63}")


@dataclass(frozen=True, slots=True)
class Member:
    """One field of a record: its name, the record inside it (or None), and whether it holds many of them."""

    field: str
    record: type | None = None
    many: bool = False


def singular(word: str) -> str:
    """Return the singular of a regular English plural: parties, channels."""
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


@cache
def members(record: type) -> dict[str, Member]:
    """Return the fields of a dataclass by the key they have in TOML."""
    hints = get_type_hints(record)
    found = (_member(item.name, hints[item.name]) for item in fields(record))
    return {singular(member.field) if member.many else member.field: member for member in found}


def _member(name: str, hint: object) -> Member:
    inner = get_args(hint)[0] if get_origin(hint) is tuple else hint
    if isinstance(inner, type) and is_dataclass(inner):
        return Member(name, inner, many=inner is not hint)
    return Member(name)


def label(table: object, position: int) -> str:
    """Return what a table of an array is called in a key: its id or name, else ``[n]``, the first being 1."""
    names = (table.get("id"), table.get("name")) if isinstance(table, dict) else ()
    return next((name for name in names if isinstance(name, str) and _LABEL.fullmatch(name)), f"[{position}]")


def tables(parent: Table, key: str, notes: Notes) -> list[tuple[str, Table]]:
    """Return the tables of the array ``[[key]]`` with the dotted key of each; anything else there is a problem."""
    value = parent.get(key, [])
    if not isinstance(value, list):
        notes.problem(key, f"must be written as [[{key}]]")
        return []
    found = [(join(key, label(item, n)), item) for n, item in enumerate(value, 1)]
    for name, item in found:
        notes.require(isinstance(item, dict), name, f"must be a table: [[{key}]]")
    return [(name, cast("Table", item)) for name, item in found if isinstance(item, dict)]


def section(parent: Table, key: str, notes: Notes) -> Table:
    """Return the table ``[key]``, empty where there is none; anything else there is a problem."""
    value = parent.get(key, {})
    if isinstance(value, dict):
        return value
    notes.problem(key, f"must be a table: [{key}]")
    return {}


def warn_unknown(table: Table, known: set[str], path: str, notes: Notes) -> None:
    """Warn of every key of ``table`` that is not ``known``, with the nearest one that is."""
    for key in table:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            notes.warn(join(path, key), "unknown key" + (f"; did you mean {near[0]}?" if near else ""))


def build(record: type[Record], table: Table, path: str, notes: Notes) -> Record | None:
    """Return the record of ``table``, or None with its problems noted; unknown keys are warned of and left out.

    Types are strict (``"yes"`` is no boolean); an unquoted TOML date or time is taken as the string it is.
    """
    fitted = _fit(record, table, path, notes)
    try:
        return cast("Record", _adapter(cast("type", record)).validate_json(json.dumps(fitted, default=str), strict=True))
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=False, include_input=False):
            notes.problem(join(path, _dotted(record, fitted, detail["loc"])), _sentence(detail))
        return None


@cache
def _adapter(record: type) -> TypeAdapter[object]:
    return TypeAdapter(record)


def _fit(record: type, table: Table, path: str, notes: Notes) -> Table:
    known = members(record)
    warn_unknown(table, set(known), path, notes)
    return {known[key].field: _fit_value(known[key], value, join(path, key), notes) for key, value in table.items() if key in known}


def _fit_value(member: Member, value: object, path: str, notes: Notes) -> object:
    if member.record is None:
        return value
    if isinstance(value, dict) and not member.many:
        return _fit(member.record, value, path, notes)
    if isinstance(value, list) and member.many:
        return [_fit_item(member.record, item, join(path, label(item, n)), notes) for n, item in enumerate(value, 1)]
    return value


def _fit_item(record: type, item: object, path: str, notes: Notes) -> object:
    return _fit(record, item, path, notes) if isinstance(item, dict) else item


def _dotted(record: type, fitted: object, place: tuple[int | str, ...]) -> str:
    """Return the key of a pydantic location in the words of the file."""
    keys = {member.field: key for key, member in members(record).items()}
    parts: list[str] = []
    value = fitted
    for step in place:
        inside = value
        value = _step_into(inside, step)
        parts.append(keys.get(str(step), str(step)) if inside is fitted else _name_of(step, value))
    return join(*parts)


def _step_into(value: object, step: int | str) -> object:
    if isinstance(value, list) and isinstance(step, int):
        return value[step]
    return value.get(step) if isinstance(value, dict) else None


def _name_of(step: int | str, value: object) -> str:
    return label(value, step + 1) if isinstance(step, int) else step


def _sentence(detail: ErrorDetails) -> str:
    if detail["type"] == "missing":
        return "is required"
    message = detail["msg"].replace("Input should be", "must be")
    return message[:1].lower() + message[1:]
