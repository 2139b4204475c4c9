"""Writes what the documentation says of the database and of the commands: docs/schema.md, docs/schema.svg, docs/commands.md
and docs/questions.md.

``make docs`` writes them; a test compares, so that ``make check`` fails where they are older than the code.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from scraper.cli import main
from scraper.storage.store import Store
from tests import questions

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
MADE = "<!-- Made by `make docs` from the code. Do not edit. -->"
WIDE = 0x1100
"""From here on a character is drawn wider than a Latin one."""

KINDS = {
    "Observations": "What was seen. Append-only.",
    "Decisions": "What a person decided. Kept for ever.",
    "Conclusions": "What follows from observations and decisions; made again by `trilateral replay`.",
    "Effects": "What was sent. Never made again.",
    "The house itself": "What the daemon works with.",
}
OF_KIND = {
    "Observations": (
        "sources", "polls", "poll_days", "entries", "entry_days", "captures", "articles", "revisions", "mentions", "pointers", "history_events", "history_addresses",
        "backfills", "parties", "terms", "coverage_days",
    ),
    "Decisions": ("reviews", "review_links"),
    "Conclusions": ("events", "statements", "participants", "initiatives", "initiative_names", "initiative_links", "observations", "flags", "formulae"),
    "Effects": ("alerts", "digests", "deliveries", "channel_rounds", "public_archive"),
}  # fmt: skip
DRAWN = (
    ("sources", "polls", "entries", "captures", "articles", "revisions", "mentions"),
    ("events", "participants", "statements", "formulae", "initiatives", "initiative_names", "observations", "flags"),
    ("reviews", "review_links", "alerts", "deliveries", "digests", "public_archive"),
)
"""The tables in the picture: what was seen, what follows, what was decided and sent."""
HEADS = ("Observations", "Conclusions", "Decisions and effects")


@dataclass(frozen=True)
class Table:
    """A table or view with what is said of it; a column is its name, type, key, the table it refers to, and what it means."""

    name: str
    view: bool
    said: dict[str, Any]
    columns: tuple[tuple[str, str, bool, str, str], ...]

    @property
    def kind(self) -> str:
        return next((kind for kind, names in OF_KIND.items() if self.name in names), "The house itself")


def tables() -> tuple[Table, ...]:
    """Every table and view of a new database, in the order of the alphabet, search tables without their machinery."""
    described = json.loads((ROOT / "db" / "metadata.json").read_text("utf-8"))["databases"]["trilateral"]["tables"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trilateral.db"
        Store(path, lambda: datetime(2026, 1, 1, tzinfo=UTC)).close()
        with closing(sqlite3.connect(path)) as connection:
            found = connection.execute("SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name").fetchall()
            named = [(name, sort == "view") for name, sort in found if "_fts_" not in name and not name.startswith("sqlite_")]
            return tuple(
                Table(name, view, described.get(name, {}), _columns(connection, name, described.get(name, {}))) for name, view in named
            )


def _columns(connection: sqlite3.Connection, table: str, said: dict[str, Any]) -> tuple[tuple[str, str, bool, str, str], ...]:
    refers = {row[3]: row[2] for row in connection.execute(f'PRAGMA foreign_key_list("{table}")')}
    meant, units = said.get("columns", {}), said.get("units", {})
    return tuple(
        (
            row[1],
            row[2].lower(),
            bool(row[5]),
            refers.get(row[1], ""),
            meant.get(row[1], "") + (f" ({units[row[1]]}s)" if row[1] in units else ""),
        )
        for row in connection.execute(f'PRAGMA table_info("{table}")')
    )


def schema(found: tuple[Table, ...]) -> str:
    """The page on the database."""
    return "\n".join([MADE, "# The database", "", *_opening(), *_of_kinds(found), "## Views", "", *_views(found)]).rstrip() + "\n"


def _opening() -> Iterator[str]:
    yield "SQLite in WAL mode, in `db/trilateral.db`. Times are UTC as `YYYY-MM-DDTHH:MM:SSZ`; dates of events are those at the place of the meeting. A row of the"
    yield "contract keeps its columns from version to version; others may change. `trilateral serve` shows the same descriptions."
    yield ""
    yield "![The main tables and what refers to what](schema.svg)"
    yield ""
    yield "Do not `VACUUM` the file: search tables go by row numbers, which that may change. `trilateral reindex` makes them again."
    yield ""


def _of_kinds(found: tuple[Table, ...]) -> Iterator[str]:
    for kind, told in KINDS.items():
        yield from (f"## {kind}", "", told, "")
        for table in (one for one in found if not one.view and one.kind == kind):
            yield from _table(table)


def _views(found: tuple[Table, ...]) -> Iterator[str]:
    for table in (one for one in found if one.view):
        yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    yield from (f"### {table.name}", "", table.said.get("description", ""), "", "| column | type | |", "|---|---|---|")
    for name, sort, key, refers, meant in table.columns:
        link = f" → [{refers}](#{refers})" if refers else ""
        yield f"| `{name}`{' (key)' if key else ''} | {sort} | {_cell(meant)}{link} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def commands() -> str:
    """The page on the commands."""
    lines = [MADE, "# Commands", "", *_codes(), *_command(main, ("trilateral",), None)]
    return "\n".join(lines).rstrip() + "\n"


def _codes() -> Iterator[str]:
    yield "Exit codes: 0 ok, 1 some sources failed (of `health`: not awake; of `doctor`: something fails), 2 usage, configuration or database, 3 another"
    yield "instance holds the lock, 4 nothing could be fetched. Every listing takes `--json`."
    yield ""


def _command(command: click.Command, path: tuple[str, ...], parent: click.Context | None) -> Iterator[str]:
    context = click.Context(command, parent, info_name=path[-1])
    yield from (
        f"{'#' * min(len(path) + 1, 4)} {' '.join(path)}",
        "",
        "```",
        f"{' '.join(path)} {' '.join(command.collect_usage_pieces(context))}",
        "```",
        "",
    )
    yield from (" ".join((command.help or "").split("\f")[0].split()), "")
    yield from _options(command, context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None and not below.hidden:
                yield from _command(below, (*path, name), context)


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    records = [record for one in command.get_params(context) if (record := one.get_help_record(context)) and "--help" not in record[0]]
    if records:
        yield from ("| option | |", "|---|---|")
        yield from (f"| `{names.replace('|', chr(92) + '|')}` | {_cell(told or PLAIN.get(names, ''))} |" for names, told in records)
        yield ""


PLAIN = {"--json": "Print JSON, for programs."}
"""What an option means everywhere."""

BOX, ROW, HEAD, GAP, TOP, EDGE = 190, 34, 24, 150, 54, 20


def picture(found: tuple[Table, ...]) -> str:
    """The main tables as boxes in three columns, with a line from each to what it refers to."""
    known = {table.name: table for table in found}
    places = {name: (EDGE + x * (BOX + GAP), TOP + y * (ROW + HEAD)) for x, names in enumerate(DRAWN) for y, name in enumerate(names)}
    lines = [
        line for name in places for refers in _references(known[name]) if refers in places for line in _line(places[name], places[refers])
    ]
    boxes = [line for name, place in places.items() for line in _box(name, known[name], place)]
    heads = [f'<text class="head" x="{EDGE + x * (BOX + GAP)}" y="32">{head}</text>' for x, head in enumerate(HEADS)]
    width, height = 2 * EDGE + 3 * BOX + 2 * GAP + GAP // 2, TOP + max(map(len, DRAWN)) * (ROW + HEAD)
    style = (
        "text{font:13px sans-serif;fill:#1a1a1a}.head{font-weight:bold;font-size:15px}.key{font-size:10px;fill:#555}"
        "rect{fill:#fff;stroke:#345}path{fill:none;stroke:#68a;stroke-width:1.3}circle{fill:#345}.ground{fill:#f6f7f9;stroke:none}"
    )
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="The main tables and what refers to what">',
        f"<style>{style}</style>",
        f'<rect class="ground" width="{width}" height="{height}"/>', *heads, *lines, *boxes, "</svg>", "",
    ])  # fmt: skip


def _references(table: Table) -> list[str]:
    return sorted({refers for *_, refers, _ in table.columns if refers and refers != table.name})


def _box(name: str, table: Table, place: tuple[int, int]) -> Iterator[str]:
    x, y = place
    keys = ", ".join(column for column, _, key, *_ in table.columns if key)
    yield f'<rect x="{x}" y="{y}" width="{BOX}" height="{ROW}" rx="4"/><text x="{x + 10}" y="{y + 15}">{name}</text>'
    yield f'<text class="key" x="{x + 10}" y="{y + 28}">{keys or "no key"}</text>'


def _line(start: tuple[int, int], end: tuple[int, int]) -> Iterator[str]:
    """A curve from the side of one box to the side of another; within a column it goes around at the right. The dot is at what is referred to."""
    right = end[0] >= start[0]
    x1, y1 = start[0] + (BOX if right else 0), start[1] + ROW // 2 - 5
    x2, y2 = end[0] + (BOX if end[0] <= start[0] else 0), end[1] + ROW // 2 + 5
    bend = 30 + abs(y2 - y1) // 6 if start[0] == end[0] else 70
    first, second = (x1 + bend if right else x1 - bend), (x2 + bend if end[0] <= start[0] else x2 - bend)
    yield f'<path d="M{x1} {y1}C{first} {y1} {second} {y2} {x2} {y2}"/><circle cx="{x2}" cy="{y2}" r="3"/>'


def pages() -> dict[Path, str]:
    """What each file has to say."""
    found = tables()
    return {
        DOCS / "schema.md": schema(found),
        DOCS / "schema.svg": picture(found),
        DOCS / "commands.md": commands(),
        DOCS / "questions.md": f"{MADE}\n{questions.page()}",
    }


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, "utf-8")
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
