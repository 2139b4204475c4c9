"""What Datasette must not tell, in whatever SQL it is asked: what was sent, where to, and the links that act."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

SETTINGS = json.loads((Path(__file__).parents[2] / "db" / "settings.json").read_text("utf-8"))
SECRET = "for your eyes only"

ROWS = f"""
INSERT INTO digests (id, channel, made_at, subject, message_id, text, html, watch_report, short, payload)
  VALUES (900, 'mail', '2026-03-01T07:30:00Z', 'Two findings', '{SECRET}', '{SECRET}', '{SECRET}', NULL, '{SECRET}', '{SECRET}');
INSERT INTO deliveries (id, digest_id, channel, state, attempts, answer) VALUES (900, 900, 'mail', 'sent', 1, '{SECRET}');
INSERT INTO alerts (id, key, kind, raised_at, channel, detail) VALUES (900, 'x', 'channel_failing', '2026-03-01T07:30:00Z', 'mail', '{SECRET}');
INSERT INTO reviews (id, at, who, action, subject, value, note) VALUES (900, '2026-03-01T08:00:00Z', 'kim', 'confirm', 'x', '', '');
INSERT INTO review_links (id, used_at, review_id) VALUES ('{SECRET}', '2026-03-01T08:00:00Z', 900);
"""


@pytest.fixture(scope="module")
def guarded(site: Any, db_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The site over the sample, with a message that was sent and a link that was used."""
    folder = tmp_path_factory.mktemp("guarded") / "db"
    shutil.copytree(db_folder, folder)
    with closing(sqlite3.connect(folder / "trilateral.db")) as connection, connection:
        connection.executescript(ROWS)
        assert {row[0] for row in connection.execute("SELECT payload FROM digests")} == {SECRET}
    _forget_what_is_closed(folder / "metadata.json")
    opened = type(site)(folder)
    yield opened
    opened.close()


def _forget_what_is_closed(metadata: Path) -> None:
    """The metadata of an older home, which closes no table, or of one that opens it."""
    said = json.loads(metadata.read_text("utf-8"))
    tables = said["databases"]["trilateral"]["tables"]
    assert [name for name in sorted(tables) if tables[name].pop("allow", None) is False] == ["digests", "review_links"]
    tables["digests"]["allow"] = True
    metadata.write_text(json.dumps(said), "utf-8")


@pytest.mark.parametrize("sql", [
    "select text from digests",
    "select * from digests",
    'SELECT "TEXT" FROM Digests',
    "select [html] from main.digests as d",
    "select subject from digests where text like 'for%'",
    "select (select short from digests limit 1) as found",
    "with sent as (select payload as said from digests) select said from sent",
    "select group_concat(message_id) from digests",
    "select d.id from deliveries d join digests g on g.id = d.digest_id order by g.text",
    "select id from digests natural join (select html from digests)",
    "select id from review_links",
    "select max(id) from review_links",
])  # fmt: skip
@pytest.mark.parametrize("form", ["", ".json", ".csv"])
def test_what_was_sent_is_refused(guarded: Any, sql: str, form: str) -> None:
    answer = guarded.get(f"trilateral{form}", sql=sql)
    assert answer.status_code == (200 if form == ".csv" else 400)  # Datasette has begun to stream
    assert SECRET not in answer.text
    assert "prohibited" in answer.text or (form == ".csv" and not answer.text.strip())


@pytest.mark.parametrize("sql", [
    "select * from deliveries", "select detail as said from alerts", "select id from alerts where detail like 'for%'", "select answer as said from deliveries", "select id from deliveries where answer like 'for%'",
    "select coalesce(answer, 'none') as said from deliveries", "select count(*) as n from deliveries where answer is not null",
])  # fmt: skip
def test_what_a_server_said_is_empty(guarded: Any, sql: str) -> None:
    answer = guarded.get("trilateral.json", sql=sql, _shape="objects")
    assert answer.status_code == 200
    assert SECRET not in answer.text
    assert all(
        row.get("answer") is None and row.get("detail") is None and row.get("said") in {None, "none"} and not row.get("n")
        for row in answer.json()["rows"]
    )


def test_when_something_was_sent_can_be_asked(guarded: Any) -> None:
    sql = "select g.made_at, g.channel, g.subject, d.state from digests g join deliveries d on d.digest_id = g.id"
    answer = guarded.get("trilateral.json", sql=sql, _shape="objects")
    assert answer.json()["rows"] == [{"made_at": "2026-03-01T07:30:00Z", "channel": "mail", "subject": "Two findings", "state": "sent"}]
    assert guarded.get("trilateral/deliveries").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["trilateral/digests", "trilateral/digests/900", "trilateral/digests.csv", "trilateral/review_links", "trilateral/review_links.json"],
)
def test_their_pages_are_closed(guarded: Any, path: str) -> None:
    answer = guarded.get(path)
    assert answer.status_code == 403
    assert SECRET not in answer.text


def test_every_canned_query_passes_the_guard(guarded: Any) -> None:
    names = [query["name"] for query in guarded.get("trilateral.json").json()["queries"]]
    assert names
    for name in names:
        answer = guarded.get(f"trilateral/{name}.json", _shape="objects")
        assert "prohibited" not in answer.text, name


def test_the_file_is_the_live_one_and_time_has_a_limit(guarded: Any) -> None:
    database = guarded.datasette.get_database("trilateral")
    assert database.is_mutable
    with closing(sqlite3.connect(database.path)) as daemon, daemon:
        daemon.execute("UPDATE digests SET subject = 'Three findings' WHERE id = 900")
    rows = guarded.get("trilateral.json", sql="select subject from digests where id = 900", _shape="objects").json()["rows"]
    assert rows == [{"subject": "Three findings"}]
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
    assert guarded.get("trilateral.json", sql=endless, _timelimit="20").status_code == 400


@pytest.mark.parametrize("sql", [
    "select length(printf('%*d', 100000000, 1)) as n", "select length(zeroblob(100000000)) as n", "select length(replace(hex(zeroblob(9000000)), '0', 'xx')) as n",
])  # fmt: skip
def test_no_value_takes_the_memory_of_the_machine(guarded: Any, sql: str) -> None:
    answer = guarded.get("trilateral.json", sql=sql, _shape="objects")
    assert "too big" in answer.text or answer.json()["rows"] == [{"n": None}]  # printf gives nothing for what is too long


def test_a_long_text_is_read_whole(guarded: Any) -> None:
    sql = "select length(hex(zeroblob(10000000))) as n"
    assert guarded.get("trilateral.json", sql=sql, _shape="objects").json()["rows"] == [{"n": 20_000_000}]


@pytest.mark.parametrize("sql", [
    "update reviews set who = 'x'", "delete from reviews", "insert into marks values ('a', 'b')", "attach 'other.db' as other", "pragma query_only = off", "vacuum into '/tmp/x.db'",
])  # fmt: skip
def test_nothing_is_written(guarded: Any, sql: str) -> None:
    assert guarded.get("trilateral.json", sql=sql).status_code == 400


def test_the_settings_as_shipped(guarded: Any) -> None:
    told = guarded.datasette.settings_dict()
    assert {name: told[name] for name in SETTINGS} == SETTINGS
    assert (told["allow_download"], told["default_cache_ttl"], told["trace_debug"], told["template_debug"]) == (False, 0, False, False)
    assert told["sql_time_limit_ms"] <= 3000
    assert told["max_returned_rows"] <= 1000


def test_where_the_file_lies_is_not_told(guarded: Any, db_folder: Path) -> None:
    rows = guarded.get("trilateral.json", sql="select name, file from pragma_database_list", _shape="objects").json()["rows"]
    assert rows == [{"name": "main", "file": None}]
