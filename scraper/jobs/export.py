"""Data out: the tables of the dictionary as CSV, JSON Lines, Parquet or a frozen SQLite file, as they are at one moment, whole or not at all."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import scraper
from scraper.errors import InputError
from scraper.jobs import tables
from scraper.jobs.take import RULES
from scraper.storage import exporting, frozen
from scraper.storage.dictionary import TABLES, USUAL
from scraper.storage.exporting import Part, Scope
from scraper.storage.store import Store

FORMATS: Final = ("sqlite", "csv", "jsonl", "parquet")
PACKAGE: Final = "datapackage.json"
"""Lies in every folder that an export made; only such a folder is replaced."""

_JUDGING: Final = ("history.toml", "initiatives.toml", "sources.toml", "stock_phrases.toml", "watch.toml", "windows.toml", "wording.toml")

Tell = Callable[[str, int, int], object]
"""Called with the table in hand, how many rows of it are written, and of how many."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written where: ``form`` out of FORMATS; a file for sqlite, else a folder. ``names`` of tables, none for the usual ones; ``replace`` an
    earlier export; ``raw``: CSV for programs, every cell as it is."""

    form: str
    output: Path
    names: tuple[str, ...] = ()
    scope: Scope = field(default_factory=Scope)
    raw: bool = False
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: rows by table, and the bytes of it all."""

    output: Path
    rows: Mapping[str, int]
    bytes: int


def export(store: Store, config: Path, wanted: Wanted, tell: Tell = lambda *_: None) -> Exported:
    """Write an export. ``config`` is the folder of the configuration, of which the files that conclusions hang on are told by their hashes.

    Raises InputError where it may not or cannot be written there, StorageError where the database cannot be read.
    """
    _refuse(store, wanted)
    if wanted.form == "parquet":
        tables.arrow_modules()
    names = wanted.names or USUAL
    with _whole(wanted.output) as made, exporting.snapshot(store):
        about, rules = _about(store, config, names, wanted.scope), exporting.rules(store)
        parts = exporting.parts(store, names, wanted.scope)
        frozen_file = wanted.form == "sqlite"
        rows = _frozen(made, parts, about, rules, tell) if frozen_file else _folder(made, wanted, parts, about, rules, tell)
    return Exported(wanted.output, rows, _size(wanted.output))


def _refuse(store: Store, wanted: Wanted) -> None:
    """Raise InputError for what must not be written over: the database itself, and what is no export of ours."""
    output = wanted.output
    if output.resolve() == store.path.resolve():
        raise InputError(f"{output} is the database itself; choose another name")
    if not output.absolute().parent.is_dir():
        raise InputError(f"{output} cannot be written: there is no folder {output.absolute().parent}")
    if not output.exists() and not output.is_symlink():
        return
    if not wanted.replace:
        raise InputError(f"{output} is there already; --replace puts the new export in the place of an earlier one")
    ours = (output / PACKAGE).is_file() if output.is_dir() else frozen.is_frozen(output)
    if not ours or output.is_dir() == (wanted.form == "sqlite"):
        raise InputError(f"{output} is no earlier export of that kind; it is left alone")


@contextmanager
def _whole(output: Path) -> Iterator[Path]:
    """Give a path beside ``output`` to write to; what is there at the end is moved into place, what is left of a failure goes."""
    try:
        work = Path(tempfile.mkdtemp(dir=output.absolute().parent, prefix=f".{output.name}-"))
    except OSError as error:
        raise InputError(f"{output} cannot be written: {error.strerror}") from error
    try:
        made = work / "made"
        yield made
        if output.is_dir() and not output.is_symlink():
            output.rename(work / "before")
        made.replace(output)
    except OSError as error:
        raise InputError(f"{output} cannot be written: {error.strerror}") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _frozen(made: Path, parts: Iterator[Part], about: Mapping[str, str], rules: Mapping[str, int], tell: Tell) -> dict[str, int]:
    count = _Count(tell)
    return frozen.freeze(made, count.over(parts), about, rules, count)


def _folder(
    made: Path, wanted: Wanted, parts: Iterator[Part], about: Mapping[str, str], rules: Mapping[str, int], tell: Tell
) -> dict[str, int]:
    made.mkdir()
    count = _Count(tell)
    written = {part.table: _file(made, wanted, part, count) for part in count.over(parts)}
    (made / PACKAGE).write_text(tables.package(wanted.form, written, about, rules), "utf-8")
    return {table.name: rows for table, rows in written.items()}


def _file(made: Path, wanted: Wanted, part: Part, count: _Count) -> int:
    if wanted.form == "csv":
        return tables.write_csv(made, part, count, raw=wanted.raw)
    return tables.write_jsonl(made, part, count) if wanted.form == "jsonl" else tables.write_parquet(made, part, count)


class _Count:
    """Adds up the rows of the table in hand, and tells."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._name, self._done, self._of = "", 0, 0

    def over(self, parts: Iterator[Part]) -> Iterator[Part]:
        """Yield the parts, each becoming the one in hand."""
        for part in parts:
            self._name, self._done, self._of = part.table.name, 0, part.count
            self(0)
            yield part

    def __call__(self, rows: int) -> None:
        self._done += rows
        self._tell(self._name, self._done, self._of)


def _about(store: Store, config: Path, names: tuple[str, ...], scope: Scope) -> dict[str, str]:
    """What an export says of itself; nothing of it hangs on when it was made, so that the same state gives the same export."""
    return {
        "program": f"trilateral {scraper.__version__}",
        "rules of relevance": RULES,
        "schema": exporting.schema(store),
        "last page read at": exporting.latest(store),
        "since": scope.since or "the beginning",
        "press texts": "of sources whose terms allow it" if scope.press else "left out",
        "left out": ", ".join(name for name in TABLES if name not in names) or "nothing",
        "zone of times": "UTC",
        **{f"sha256 of {name}": _hash(config / name) for name in _JUDGING},
    }


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "the packaged one"


def _size(output: Path) -> int:
    return sum(path.stat().st_size for path in output.iterdir()) if output.is_dir() else output.stat().st_size
