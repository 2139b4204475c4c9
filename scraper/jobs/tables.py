"""Tables written as CSV, JSON Lines and Parquet, a file each, and what a Data Package says of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, Final

from scraper.errors import InputError
from scraper.storage.dictionary import Column, Table
from scraper.storage.exporting import Part

Tell = Callable[[int], object]
"""Called with how many more rows were written."""

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
"""What a cell begins with that a spreadsheet takes for a formula (OWASP, CSV Injection), and the apostrophe that marks it as text."""

_BATCH: Final = 500
_TYPES: Final = {"integer": "integer", "real": "number", "text": "string"}


def cell(value: object) -> object:
    """Return a value as a cell that no spreadsheet computes: text that begins as a formula gets an apostrophe in front, and so does text
    that begins with one, so that taking one away gives back what it was."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def write_csv(folder: Path, part: Part, tell: Tell, *, raw: bool) -> int:
    """Write ``<table>.csv`` (RFC 4180, UTF-8) and return the rows; text is quoted always, nothing is an empty cell.

    With a byte-order mark and cells by :func:`cell`, for spreadsheets; ``raw`` is without either, for programs.
    """
    with (folder / f"{part.table.name}.csv").open("w", encoding="utf-8" if raw else "utf-8-sig", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
        writer.writerow([column.name for column in part.table.columns])
        done = 0
        for batch in _batches(part, tell):
            writer.writerows(batch if raw else [[cell(value) for value in row] for row in batch])
            done += len(batch)
    return done


def write_jsonl(folder: Path, part: Part, tell: Tell) -> int:
    """Write ``<table>.jsonl``, an object a line in UTF-8, and return the rows."""
    names = [column.name for column in part.table.columns]
    done = 0
    with (folder / f"{part.table.name}.jsonl").open("w", encoding="utf-8", newline="\n") as file:
        for batch in _batches(part, tell):
            file.writelines(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n" for row in batch)
            done += len(batch)
    return done


def write_parquet(folder: Path, part: Part, tell: Tell) -> int:
    """Write ``<table>.parquet`` with the types of the dictionary and return the rows; raises InputError where pyarrow is not installed."""
    arrow, parquet = arrow_modules()
    types = {"integer": arrow.int64(), "real": arrow.float64(), "text": arrow.string()}
    about = {column.name: {"meaning": column.meaning, "unit": column.unit} for column in part.table.columns}
    fields = [arrow.field(column.name, types[column.kind], metadata=about[column.name]) for column in part.table.columns]
    schema = arrow.schema(fields)
    done = 0
    with parquet.ParquetWriter(folder / f"{part.table.name}.parquet", schema, compression="zstd") as writer:
        for batch in _batches(part, tell):
            columns = [_typed(column, [row[place] for row in batch]) for place, column in enumerate(part.table.columns)]
            arrays = [arrow.array(values, type=field.type) for values, field in zip(columns, fields, strict=True)]
            writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))
            done += len(batch)
    return done


def arrow_modules() -> tuple[Any, Any]:
    """Return pyarrow and its Parquet part; raises InputError where they are not installed."""
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise InputError("Parquet needs pyarrow, which is not installed: pip install 'trilateral[parquet]'") from error


def _typed(column: Column, values: list[object]) -> list[object]:
    """Values of the type that the dictionary says: SQLite keeps what it is given, and an integer may stand where text is meant."""
    make: Callable[[Any], object] = {"integer": int, "real": float, "text": str}[column.kind]
    return [None if value is None else make(value) for value in values]


def _batches(part: Part, tell: Tell) -> Iterator[list[tuple[object, ...]]]:
    while batch := list(islice(part.rows, _BATCH)):
        yield batch
        tell(len(batch))


def package(form: str, written: Mapping[Table, int], about: Mapping[str, str], rules: Mapping[str, int]) -> str:
    """Return ``datapackage.json`` (Frictionless Data Package 1) of the tables and their rows: the data dictionary of a folder."""
    resources = [_resource(form, table, count) for table, count in written.items()]
    told = {"name": "trilateral-export", "profile": "data-package", "about": dict(about), "rules": dict(rules), "resources": resources}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _resource(form: str, table: Table, count: int) -> dict[str, object]:
    keys = [{"fields": column.name, "reference": {"resource": column.to, "fields": "id"}} for column in table.columns if column.to]
    fields = [
        {"name": column.name, "type": _TYPES[column.kind], "description": column.meaning, **({"unit": column.unit} if column.unit else {})}
        for column in table.columns
    ]
    schema = {"fields": fields, "primaryKey": list(table.key), "foreignKeys": keys, "missingValues": [""]}
    return {
        "name": table.name, "path": f"{table.name}.{form}", "format": form, "encoding": "utf-8", "description": table.meaning, "rows": count,
        "schema": schema,
    }  # fmt: skip
