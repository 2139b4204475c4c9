"""The key beside the database: made once, for its owner alone, and shown to nobody."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from scraper import app
from scraper.jobs import linking
from scraper.storage import review_links as links
from scraper.storage.store import Store

from .launches import ROOT, Desk, place


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    database = tmp_path / "db" / "trilateral.db"
    Store(database, lambda: datetime(2026, 3, 2, tzinfo=UTC)).close()
    assert links.key(database) == ""
    made = links.made_key(database)
    assert len(made) == 64
    assert links.made_key(database) == links.key(database) == made
    path = links.key_path(database)
    assert (path.name, path.stat().st_mode & 0o777) == ("trilateral.db.key", 0o600)
    assert sorted(one.name for one in path.parent.iterdir()) == ["trilateral.db", "trilateral.db.key"]


def test_an_empty_key_is_made_anew(tmp_path: Path) -> None:
    links.key_path(tmp_path / "x.db").write_text("\n")
    assert len(links.made_key(tmp_path / "x.db")) == 64


def test_processes_that_make_it_at_once_have_one_key(tmp_path: Path) -> None:
    script = "import sys, pathlib; from scraper.storage.review_links import made_key; sys.stdin.readline(); print(made_key(pathlib.Path(sys.argv[1])))"
    command = [sys.executable, "-c", script, str(tmp_path / "x.db")]
    makers = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(4)]
    for maker in makers:
        assert maker.stdin is not None
        maker.stdin.write("\n")
        maker.stdin.flush()
    assert len({maker.communicate()[0] for maker in makers}) == 1


def test_no_key_without_an_address_and_none_beside_a_secret(launches: Path, tmp_path: Path) -> None:
    shutil.copytree(launches, tmp_path / "home")
    home = place(tmp_path / "home")
    links.key_path(home.database).unlink()
    config = app.configuration(home, {})
    for changed, secret in (({"pages_url": ""}, ""), ({"review_secret": "x" * 16}, "x" * 16)):
        with app.rooms(home, {}, config=replace(config, alerts=replace(config.alerts, **changed))) as rooms:
            assert linking.secret(rooms) == secret
    assert not links.key_path(home.database).exists()


def test_the_key_is_served_to_nobody(desk: Desk) -> None:
    for path in ("/trilateral.db.key", "/-/static/trilateral.db.key", "/static/trilateral.db.key", "/trilateral/trilateral.db.key"):
        response = desk.ask(path)
        assert response.status_code == 404
        assert desk.secret not in response.text
    assert desk.secret not in desk.ask("/-/databases.json").text + desk.ask("/-/metadata.json").text
