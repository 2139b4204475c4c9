"""Opening the database, and the transaction."""

from __future__ import annotations

import ast
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from scraper.errors import DatabaseBusy, DatabaseFull, DatabaseNewer, NotOurDatabase, StorageError
from scraper.storage import sources
from scraper.storage.migrations import NAMES
from scraper.storage.store import APPLICATION_ID, Store, copy_to

from .made import START, Clock

CONTRACT = {
    "sources", "polls", "entries", "articles", "revisions", "events", "statements", "participants", "initiatives", "initiative_names",
    "mentions", "observations", "flags", "formulae", "reviews", "alerts", "deliveries",
}  # fmt: skip


def write(store: Store, *statements: tuple[str, tuple[object, ...]]) -> None:
    """Run statements in one transaction."""
    with store.transaction():
        for sql, values in statements:
            store.write(sql, values)


def nested(store: Store) -> None:
    """A nested block that ends well in an outer one that does not."""
    with store.transaction():
        with store.transaction():
            sources.mark(store, "inner", "yes")
        assert store.db.conn.in_transaction
        raise KeyError


def test_a_new_file_gets_every_table_and_the_right_settings(tmp_path: Path, clock: Clock) -> None:
    with Store(tmp_path / "far" / "away" / "new.db", clock, backups=tmp_path / "backups") as store:
        assert set(store.db.table_names()) >= CONTRACT
        settings = {name: store.db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "foreign_keys", "application_id")}
    assert settings == {"journal_mode": "wal", "foreign_keys": 1, "application_id": APPLICATION_ID}
    assert not (tmp_path / "backups").exists()


def test_what_was_stored_is_there_when_it_is_opened_again(tmp_path: Path, clock: Clock) -> None:
    with Store(tmp_path / "x.db", clock) as store, store.transaction():
        sources.mark(store, "said", "yes")
    with Store(tmp_path / "x.db", clock) as again:
        assert sources.marked(again, "said") == "yes"
        assert [row["name"] for row in again.rows("SELECT name FROM _sqlite_migrations")] == list(NAMES)


def test_migrations_import_nothing_live() -> None:
    import scraper.storage.migrations as package

    tree = ast.parse(Path(str(package.__file__)).read_text("utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert not {module for module in modules if module and module.startswith("scraper")}


def test_every_migration_has_a_file_and_every_file_is_registered() -> None:
    import scraper.storage.migrations as package

    files = sorted(path.stem for path in Path(str(package.__file__)).parent.glob("*.sql"))
    assert files == list(NAMES) == sorted(NAMES)


def test_two_processes_that_open_a_new_database_at_once_both_get_it(tmp_path: Path) -> None:
    code = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path; from scraper.storage.store import Store\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "with Store(Path(sys.argv[1]), lambda: datetime(2026, 7, 9, tzinfo=UTC), busy_ms=60000) as store:\n"
        "    print(store.row('SELECT count(*) AS n FROM _sqlite_migrations')['n'])\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "x.db")]
    runs = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    assert [run.stdout.readline() for run in runs if run.stdout] == ["ready\n"] * 4
    for run in runs:
        assert run.stdin
        run.stdin.write("go\n")
        run.stdin.flush()
    told = [run.communicate(timeout=60) for run in runs]
    assert [out.strip() for out, _ in told] == [str(len(NAMES))] * 4, told


def test_a_newer_database_is_refused_and_left_alone(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "x.db"
    with Store(path, clock) as store:
        store.write("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('trilateral', '9999_later', '')")
    before = path.read_bytes()
    with pytest.raises(DatabaseNewer, match="9999_later"):
        Store(path, clock, backups=tmp_path / "backups")
    assert path.read_bytes() == before
    assert not (tmp_path / "backups").exists()


@pytest.mark.parametrize("table", ["somebody", "_sqlite_migrations"])
def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path, clock: Clock, table: str) -> None:
    path = tmp_path / "x.db"
    other = sqlite3.connect(path)
    other.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, applied_at TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(NotOurDatabase, match=table):
        Store(path, clock)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"%PDF-1.7 not a database at all" * 200, b"SQLite format 3\x00" + b"\xff" * 4000])
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, clock: Clock, content: bytes) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(content)
    with pytest.raises(NotOurDatabase, match=r"x\.db"):
        Store(path, clock)
    assert path.read_bytes() == content


def test_a_database_that_another_connection_writes_is_busy(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "x.db"
    with Store(path, clock) as holder, Store(path, clock, busy_ms=20) as store:
        with holder.transaction():
            with pytest.raises(DatabaseBusy, match="another writer"), store.transaction():
                pass
            assert store.rows("SELECT * FROM articles") == []
        sources.wish(store, ())
        assert sources.wished(store) is not None


def test_a_new_database_that_another_holds_is_busy_and_not_half_made(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "x.db"
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DatabaseBusy):
        Store(path, clock, busy_ms=20)
    holder.close()
    with Store(path, clock) as store:
        assert set(store.db.table_names()) >= CONTRACT


def test_a_full_disk_is_told_and_nothing_half_written(store: Store) -> None:
    pages = store.db.execute("PRAGMA page_count").fetchone()[0]
    store.db.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(DatabaseFull, match="full"):
        write(store, *(("INSERT INTO marks VALUES (?, ?)", (str(number), "x" * 1000)) for number in range(1000)))
    assert store.rows("SELECT * FROM marks") == []
    assert not store.db.conn.in_transaction


def test_a_database_that_may_not_be_written_is_told(store: Store) -> None:
    store.db.execute("PRAGMA query_only = ON")
    with pytest.raises(DatabaseFull, match="cannot be written"):
        sources.mark(store, "said", "yes")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DatabaseFull, match="folder"):
        Store(tmp_path / "file" / "x.db", clock)


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path, clock: Clock) -> None:
    with pytest.raises(DatabaseFull):
        Store(tmp_path, clock)


def test_an_older_database_is_copied_before_it_is_migrated(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "x.db"
    older = sqlite3.connect(path)
    older.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    older.execute("CREATE TABLE notes (words TEXT)")
    older.execute("INSERT INTO notes VALUES ('of before')")
    older.commit()
    older.close()
    with Store(path, clock, backups=tmp_path / "backups") as store:
        assert set(store.db.table_names()) >= CONTRACT
    (copy,) = (tmp_path / "backups").iterdir()
    assert copy.name == f"x-before-{NAMES[0]}-2026-07-09T120000Z.db"
    kept = sqlite3.connect(copy)
    assert kept.execute("SELECT words FROM notes").fetchall() == [("of before",)]
    assert kept.execute("SELECT count(*) FROM sqlite_master WHERE name = 'articles'").fetchone() == (0,)
    kept.close()


def test_a_migration_that_fails_leaves_the_database_as_it_was(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "x.db"
    odd = sqlite3.connect(path)
    odd.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    odd.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY)")  # in the way of the first migration
    odd.commit()
    odd.close()
    with pytest.raises(StorageError, match="articles"):
        Store(path, clock)
    again = sqlite3.connect(path)
    assert again.execute("SELECT name FROM sqlite_master").fetchall() == [("articles",)]
    again.close()


def test_a_copy_is_whole_while_the_database_is_open(store: Store, tmp_path: Path, clock: Clock) -> None:
    with store.transaction():
        sources.mark(store, "said", "yes")
    copy_to(store.db, tmp_path / "deep" / "copy.db")
    with Store(tmp_path / "deep" / "copy.db", clock) as copy:
        assert sources.marked(copy, "said") == "yes"


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    with pytest.raises(StorageError, match="no such table"):
        write(store, ("INSERT INTO marks VALUES ('said', 'yes')", ()), ("INSERT INTO nowhere VALUES (1)", ()))
    assert sources.marked(store, "said") == ""
    assert not store.db.conn.in_transaction


def test_a_nested_transaction_is_part_of_the_outer_one(store: Store) -> None:
    with pytest.raises(KeyError):
        nested(store)
    assert sources.marked(store, "inner") == ""
    with store.transaction(), store.transaction():
        sources.mark(store, "inner", "yes")
    assert sources.marked(store, "inner") == "yes"


def test_a_foreign_key_that_fails_only_at_the_end_leaves_no_transaction_open(store: Store) -> None:
    event = "INSERT INTO events (id, name, first_seen_at) VALUES (1, '', '')"
    statement = "INSERT INTO statements (event_id, title, kind, lead_article_id, first_seen_at) VALUES (1, '', '', 99, '')"
    with pytest.raises(StorageError, match="FOREIGN KEY"):
        write(store, (event, ()), (statement, ()))
    assert not store.db.conn.in_transaction
    with store.transaction():
        sources.mark(store, "after", "yes")
    assert store.rows("SELECT * FROM events") == []
    assert sources.marked(store, "after") == "yes"


def test_a_foreign_key_holds_at_once(store: Store) -> None:
    with pytest.raises(StorageError, match="FOREIGN KEY"):
        store.write("INSERT INTO polls (source_id, started_at, finished_at, outcome, entries, new) VALUES ('nobody', '', '', 'ok', 0, 0)")


def test_a_fault_of_a_statement_is_no_fault_of_the_file(store: Store) -> None:
    with pytest.raises(StorageError) as caught:
        store.rows("SELECT json_extract('{', '$.full')")
    assert type(caught.value) is StorageError
    assert caught.value.code == "storage"


def test_a_lone_surrogate_is_stored_as_the_replacement_character(store: Store) -> None:
    sources.mark(store, "said", "a\ud800b 한")
    assert sources.marked(store, "said") == "a\ufffdb 한"
    assert store.row("SELECT :x AS x", {"x": "\udfff"}) == {"x": "\ufffd"}


def test_the_time_is_that_of_the_clock(store: Store, clock: Clock) -> None:
    clock.advance(hours=13)
    assert store.now() == "2026-07-10T01:00:00Z"
    assert clock.now > START
