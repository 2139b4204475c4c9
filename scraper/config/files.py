"""TOML files from disk: one table a file, or problems."""

from __future__ import annotations

import tomllib
from pathlib import Path

from scraper.config.notes import Notes, Table

NAMES = (
    "sources.toml",
    "watch.toml",
    "initiatives.toml",
    "alerts.toml",
    "stock_phrases.toml",
    "windows.toml",
    "wording.toml",
    "history.toml",
)
OPTIONAL = frozenset({"windows.toml", "wording.toml", "history.toml"})
"""Files that neither the folder nor the packaged defaults need to have."""

MAX_DEPTH = 16
MAX_INTEGER = 2**63


def defaults_folder() -> Path:
    """Return the folder that holds the packaged ``config/`` and ``db/``.

    A wheel brings them inside the package (``scraper/defaults``); a checkout or an editable install has them beside it.
    """
    package = Path(__file__).resolve().parent.parent
    packed = package / "defaults"
    return packed if packed.is_dir() else package.parent


def find(folder: Path, builtin: Path, name: str) -> tuple[Path, str]:
    """Return the path of file ``name`` and what to call it in messages: the folder's own, else the packaged one."""
    own = folder / name
    return (own, name) if own.exists() else (builtin / name, f"builtin {name}")


def read(path: Path, notes: Notes) -> Table | None:
    """Return the table of one TOML file, or None with the problem noted: unreadable, not UTF-8, a syntax error (with its line)."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        notes.problem("", f"is not UTF-8 text (byte {error.start + 1})")
        return None
    except OSError as error:
        notes.problem("", f"cannot be read: {error.strerror or error}")
        return None
    return parse(text, notes)


def parse(text: str, notes: Notes) -> Table | None:
    """Return the table of a TOML text, or None with the problem noted."""
    try:
        table: Table = tomllib.loads(text)
    except RecursionError:
        notes.problem("", f"is nested deeper than {MAX_DEPTH} levels")
        return None
    except ValueError as error:  # TOMLDecodeError, and int() refusing thousands of digits
        notes.problem("", f"is not valid TOML: {error}")
        return None
    return table if _is_sane(table, notes) else None


def _is_sane(table: Table, notes: Notes) -> bool:
    """Refuse what TOML 1.0 does not promise to carry either: bottomless nesting and integers beyond 64 bits."""
    waiting: list[tuple[object, int]] = [(table, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > MAX_DEPTH:
            notes.problem("", f"is nested deeper than {MAX_DEPTH} levels")
            return False
        if isinstance(value, int) and abs(value) >= MAX_INTEGER:
            notes.problem("", "holds a whole number beyond 64 bits")
            return False
        waiting += [(inner, depth + 1) for inner in _inside(value)]
    return True


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
