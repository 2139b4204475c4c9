"""health, for monitors: its figures, its exit codes, and what it needs to be read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from scraper import __version__, app
from scraper.jobs.signs import LAST_TICK
from scraper.storage import sources
from scraper.storage.store import Store

from .conftest import Caller

HEAVY = {
    "scraper.stages.extract",
    "scraper.stages.initiatives",
    "scraper.fetch",
    "scraper.pressroom",
    "trafilatura",
    "httpx",
    "apscheduler",
    "datasette",
}


def test_a_home_that_never_watched_is_not_awake(fresh: Caller) -> None:
    told = fresh.json("health", exit_code=1)
    assert (told["awake"], told["version"], told["last_tick_age_seconds"], told["last_backup"]) == (False, __version__, None, None)
    assert told["parties"] == {party: {"last_good_poll": None, "age_seconds": None} for party in ("KR", "US", "JP")}
    assert told["deliveries"] == {"pending": 0, "failed": 0}
    assert told["problems"] == ["no daemon watches", *(f"no good poll of {party} in 6 hours" for party in ("KR", "US", "JP"))]


def test_a_poll_and_a_copy_show(filled: Caller) -> None:
    filled("backup")
    told = filled.json("health", exit_code=1)
    assert told["last_backup"] is not None
    assert all(0 <= polled["age_seconds"] < 3600 for polled in told["parties"].values())
    assert told["disk"]["database_bytes"] > 0
    assert told["disk"]["captures_bytes"] > 0
    assert told["disk"]["free_bytes"] > 0
    assert told["problems"] == ["no daemon watches"]
    assert "no daemon watches" in filled("health").stdout


def test_a_house_that_cannot_be_looked_at_is_told_as_json_too(fresh: Caller) -> None:
    fresh("health")
    (fresh.home / "db" / "trilateral.db").write_bytes(b"spoiled" * 1000)
    told = fresh.json("health", exit_code=2)
    assert told["awake"] is False
    assert "trilateral.db" in told["problems"][0]


def test_it_reads_nothing_that_reads_pages(fresh: Caller) -> None:
    """A monitor asks every minute: what takes a second to load is left out."""
    code = (
        "import sys; from scraper.cli import main\n"
        "try: main(['--home', sys.argv[1], 'health', '--json'])\n"
        "except SystemExit: pass\n"
        "print('LOADED', *sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(fresh.home)], check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2]
    )
    assert set(run.stdout.split("LOADED")[1].split()) & HEAVY == set()


def test_a_strict_monitor_hears_of_every_problem(tmp_path: Path) -> None:
    caller = Caller(tmp_path / "home")
    assert Caller()("init", caller.home).exit_code == 0
    assert caller("health").exit_code == 1
    with Store(tmp_path / "home" / "db" / "trilateral.db", app.now) as store:
        sources.mark(store, LAST_TICK, store.now())
    assert caller("health").exit_code == 0
    assert caller("health", "--strict").exit_code == 1
