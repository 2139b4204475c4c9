"""Assembly: where things lie, and what is opened and closed."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from scraper import app
from scraper.config import defaults_folder
from scraper.errors import ConfigError
from scraper.jobs import home
from scraper.jobs.demo import prepare
from scraper.jobs.rooms import Home
from scraper.storage.store import Store

from .house import Log, packaged, place


def test_a_named_home_has_everything_below_it(tmp_path: Path) -> None:
    made = app.home(str(tmp_path), None, None, {"TRILATERAL_HOME": "elsewhere"})
    assert made == Home(tmp_path, tmp_path / "config", tmp_path / "db" / "trilateral.db")
    assert (made.folder, made.captures, made.backups) == (tmp_path / "db", tmp_path / "db" / "captures", tmp_path / "db" / "backups")
    assert app.home(None, None, None, {"TRILATERAL_HOME": str(tmp_path)}) == made


def test_config_and_database_can_lie_elsewhere(tmp_path: Path) -> None:
    assert app.home(str(tmp_path), "c", "d/x.db", {}) == Home(tmp_path, Path("c"), Path("d/x.db"))


def test_a_home_that_is_named_must_have_its_own_configuration(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        app.configuration(app.home(str(tmp_path), None, None, {}), {})


def test_the_database_is_opened_with_the_catalogue_and_again_without_writing(tmp_path: Path) -> None:
    made, config = place(tmp_path), packaged()
    with app.store(made, config) as store:
        assert store.row("SELECT count(*) AS n FROM initiatives WHERE known") == {"n": len(config.registry.initiatives)}
    with Store(made.database, app.now) as writer, writer.transaction(), app.store(made, config) as reader:
        assert reader.rows("SELECT * FROM articles") == []
    fewer = replace(config, registry=replace(config.registry, initiatives=config.registry.initiatives[:1]))
    with app.store(made, fewer) as store:
        assert store.row("SELECT count(*) AS n FROM initiatives WHERE known") == {"n": 1}


def test_rooms_are_opened_and_closed_in_order(tmp_path: Path) -> None:
    made = place(tmp_path)
    prepare(made, defaults_folder(), ())
    (made.captures).mkdir(parents=True)
    torn = made.captures / "kept-20260709T120000Z-1.warc.gz"
    torn.write_bytes(b"\x1f\x8b\x08\x00torn")
    log = Log()
    with app.rooms(made, {}, log=app.logger(log), alone=False) as rooms:
        assert torn.exists()  # another process may be writing it
        assert rooms.store.rows("SELECT * FROM sources") == []
    with app.rooms(made, {}, log=app.logger(log)) as rooms:
        assert not torn.exists()
        assert rooms.clock().tzinfo is not None
        store = rooms.store
    with pytest.raises(Exception, match="closed"):
        store.rows("SELECT 1")


def test_what_is_odd_in_a_configuration_is_logged_and_stops_nothing(tmp_path: Path) -> None:
    home.make(tmp_path, defaults_folder())
    made = place(tmp_path)
    watch = made.config / "alerts.toml"
    watch.write_text('later = "a key of a later version"\n' + watch.read_text("utf-8"), "utf-8")
    log = Log()
    with app.rooms(made, {"TRILATERAL_SMTP_PASSWORD": "-"}, log=app.logger(log)):
        pass
    (line,) = log.events("config")
    assert "later" in line["problem"]
    with pytest.raises(ConfigError, match="later"):
        app.configuration(made, {"TRILATERAL_SMTP_PASSWORD": "-"}, strict=True)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_log_is_text_on_a_terminal_and_json_elsewhere() -> None:
    file, screen = io.StringIO(), Terminal()
    for stream in (file, screen):
        app.logger(stream).info("poll", source_id="한국")
    line = json.loads(file.getvalue())
    assert (line["event"], line["source_id"], line["level"]) == ("poll", "한국", "info")
    assert line["timestamp"].endswith("Z")
    assert "poll" in screen.getvalue()
    with pytest.raises(ValueError):
        json.loads(screen.getvalue())


def test_memory_is_shared_however_often_it_is_said() -> None:
    app.share_memory()
    app.share_memory()
