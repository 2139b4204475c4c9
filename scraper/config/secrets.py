"""Secrets from outside the files: ``${NAME}`` from the environment, ``key_file`` from a file.

A secret's value never stands in a message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from scraper.config.notes import Notes, Table, join

_REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]{0,127})\}")
_SECRET_KEY = re.compile(r"(?i)(?:password|passwd|token|secret|api_?key)$")
_SECRET_PARAMETER = re.compile(r"(?i)[?&](?:token|api_?key|servicekey|secret|password)=[^&#]")
MAX_FILE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Secrets:
    """Where secrets come from: the environment, and files (relative ones from ``folder``)."""

    environ: Mapping[str, str]
    folder: Path

    def resolve(self, table: Table, keys: frozenset[str], path: str, notes: Notes, *, needed: bool) -> Table:
        """Return ``table`` with the string values under ``keys`` expanded and ``key_file`` read into ``key``.

        What is missing is a problem only where it is ``needed``; otherwise the reference is left as it stands.
        """
        resolved: Table = {}
        for key, value in table.items():
            place = join(path, key)
            stem = key.removesuffix("_file")
            if stem != key and stem in keys and key not in keys:
                notes.require(stem not in table, place, f"cannot stand beside {stem}")
                resolved[stem] = self._from_file(value, place, notes, needed=needed)
            else:
                resolved[key] = self._expand(key, value, place, notes, needed=needed) if key in keys or _SECRET_KEY.search(key) else value
        return resolved

    def missing(self, value: object) -> tuple[str, ...]:
        """Return the names that a string refers to and the environment does not have, each once."""
        named = _REFERENCE.findall(value) if isinstance(value, str) else []
        return tuple(dict.fromkeys(name for name in named if not self.environ.get(name)))

    def _expand(self, key: str, value: object, place: str, notes: Notes, *, needed: bool) -> object:
        if isinstance(value, list):
            return [self._expand(key, item, place, notes, needed=needed) for item in value]
        if not isinstance(value, str):
            return value
        if is_plain_secret(key, value):
            notes.problem(place, f"is a secret written plainly: write ${{NAME}} or {key}_file")
        return self._replaced(value, place, notes, needed=needed)

    def _replaced(self, value: str, place: str, notes: Notes, *, needed: bool) -> str:
        if "${" in _REFERENCE.sub("", value):
            notes.problem(place, "holds a broken reference: write ${NAME}")
        missing = self.missing(value)
        if missing and needed:
            notes.problem(place, f"the environment variable {', '.join(missing)} is not set or empty")
        return value if missing else _REFERENCE.sub(lambda found: self.environ[found[1]], value)

    def _from_file(self, value: object, place: str, notes: Notes, *, needed: bool) -> str:
        if not isinstance(value, str) or not value or "\0" in value:
            notes.problem(place, "must be the path of a file")
            return ""
        text = _first_line(self.folder / value)
        if needed and not text:
            notes.problem(place, "the file cannot be read as text or is empty")
        return text


def _first_line(path: Path) -> str:
    """Return the first line of a file without white space around it; ``""`` where it cannot be read."""
    try:
        with path.open("rb") as stream:
            lines = stream.read(MAX_FILE).decode("utf-8-sig").strip().splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    return lines[0].strip() if lines else ""


def is_plain_secret(key: str, value: str) -> bool:
    """Tell whether ``value`` holds a secret itself: under a secret's key, as credentials or as a secret parameter of a URL."""
    plain = _REFERENCE.sub("", value)
    if _SECRET_KEY.search(key):
        return bool(value) and plain == value
    if "://" not in plain:
        return False
    return bool(_SECRET_PARAMETER.search(plain)) or _has_password(plain)


def _has_password(url: str) -> bool:
    try:
        return bool(urlsplit(url).password)
    except ValueError:
        return False


def without_references(value: str) -> str:
    """Return ``value`` with every reference replaced by a letter, so that what is around it can be checked."""
    return _REFERENCE.sub("x", value)
