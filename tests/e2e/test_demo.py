"""What the demo promises: one meeting, one statement with its copies, one new initiative, and nothing twice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from scraper.jobs.rooms import Home
from scraper.pressroom import NEW_INITIATIVE

from .house import archived, command, rows, sound

MEETING = "/us-ministry/releases/joint-statement-trilateral-foreign-ministers-busan/"
LAST = f"(SELECT s.event_id FROM statements s JOIN articles a ON a.id = s.lead_article_id WHERE a.url LIKE '%{MEETING}')"


@dataclass(frozen=True)
class Shown:
    """What the demo printed, split at its polls, and the home it left."""

    place: Home
    backlog: str
    news: str
    digest: str
    again: str
    after: str
    end: str


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """One run of ``trilateral demo`` from another folder."""
    folder = tmp_path_factory.mktemp("demo")
    done = command("--home", folder / "home", "demo", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    parts = re.split(r"^\d\. (?=The backlog|A joint|The digest|Polled|What follows)|^(?=Stored: )", done.stdout, flags=re.MULTILINE)
    assert len(parts) == 7, done.stdout
    return Shown(Home(folder / "home", folder / "home" / "config", folder / "home" / "db" / "trilateral.db"), *parts[1:])


def test_the_backlog_is_stored_in_silence(demo: Shown) -> None:
    assert re.search(r"^ +\d+ new statements, 0 new flags, 0 alerts, \d+ too old to alert\.$", demo.backlog, re.MULTILINE)


def test_the_news_are_one_statement_and_one_initiative(demo: Shown) -> None:
    assert re.search(r"^ +1 new statements, 1 new flags, 2 alerts, 0 too old to alert\.$", demo.news, re.MULTILINE)


def test_the_digest_tells_them_with_their_proof(demo: Shown) -> None:
    flat = " ".join(demo.digest.replace("|", " ").replace("**", "").split())
    assert "1 new initiative, 1 new statement" in flat
    assert f"announced the launch of the {NEW_INITIATIVE['en']} (TUCRI)." in flat
    assert all(side in flat for side in ("Department of State (demo)", "외교부(데모)", "外務省（デモ）"))
    assert "Daily Reprint (demo)" in flat
    known = flat.split("KNOWN INITIATIVES MENTIONED")[1]
    assert all(name in known for name in ("Freedom Edge", "Trilateral Indo-Pacific Dialogue", "Trilateral Secretariat"))
    assert NEW_INITIATIVE["en"] not in known


def test_the_third_poll_brings_nothing(demo: Shown) -> None:
    assert re.findall(r", (\d+) new$", demo.again, re.MULTILINE) == ["0"] * 6
    assert "0 new statements, 0 new flags, 0 alerts, 0 too old to alert." in demo.again


def test_then_comes_what_a_database_holds_after_a_while(demo: Shown) -> None:
    assert re.findall(r", (\d+) new$", demo.after, re.MULTILINE) == ["0", "1", "1", "0", "0", "1"]
    assert "3 new statements, 0 new flags, 0 alerts, 3 too old to alert." in demo.after
    assert "is confirmed." in demo.after


def test_an_official_text_was_edited(demo: Shown) -> None:
    edited = rows(demo.place, "SELECT kind, official, diff FROM edits")
    assert [(kind, official) for kind, official, _ in edited] == [("substance", 1)]
    assert '["gone", "24"], ["new", "18"]' in edited[0][2]
    assert rows(demo.place, "SELECT kind FROM alerts WHERE id NOT IN (SELECT alert_id FROM deliveries WHERE alert_id IS NOT NULL)") == [
        ("official_edit",)
    ]


def test_a_decision_stands_and_the_initiative_counts_as_new_still(demo: Shown) -> None:
    assert rows(demo.place, "SELECT who, action, subject FROM reviews") == [
        ("demo", "confirm", "trilateral-undersea-cable-resilience-initiative")
    ]


def test_it_says_what_to_look_at_next(demo: Shown) -> None:
    assert f"trilateral --home {demo.place.root} serve" in demo.end
    page = re.search(r"^The digest as a page: (.+)$", demo.end, re.MULTILINE)
    assert page
    assert NEW_INITIATIVE["en"] in Path(page[1]).read_text("utf-8")


def test_one_event_with_one_joint_statement_seen_five_times(demo: Shown) -> None:
    assert rows(demo.place, f"SELECT place, level FROM events WHERE id = {LAST}") == [("Busan", "foreign_ministers")]
    assert rows(demo.place, "SELECT count(*) FROM events WHERE place = 'Busan'") == [(1,)]
    assert rows(demo.place, f"SELECT kind, side FROM statements WHERE event_id = {LAST}") == [("joint_statement", "joint")]
    seen = rows(
        demo.place, f"SELECT source_id, relation FROM articles WHERE statement_id IN (SELECT id FROM statements WHERE event_id = {LAST})"
    )
    assert seen == [
        ("daily-reprint", "copy"), ("harbour-post", "report"), ("jp-ministry", "translation"), ("kr-ministry", "translation"),
        ("us-ministry", "original"),
    ]  # fmt: skip


def test_one_new_initiative_under_its_names_in_three_languages(demo: Shown) -> None:
    flagged = rows(
        demo.place,
        "SELECT i.id, i.name, i.known FROM flags f JOIN initiatives i ON i.id = f.initiative_id "
        "WHERE f.kind = 'new_initiative' AND f.superseded_at IS NULL",
    )
    assert [(name, known) for _, name, known in flagged] == [(NEW_INITIATIVE["en"], 0)]
    names = {name for (name,) in rows(demo.place, f"SELECT name FROM initiative_names WHERE initiative_id = '{flagged[0][0]}'")}
    assert set(NEW_INITIATIVE.values()) <= names


def test_the_unrelated_is_left_out(demo: Shown) -> None:
    assert not rows(demo.place, "SELECT url FROM articles WHERE source_id = 'other-trio'")
    assert rows(demo.place, "SELECT count(*) FROM articles") == [(15,)]
    assert rows(demo.place, "SELECT count(*), count(DISTINCT canonical_url) FROM entries") == [(31, 31)]


def test_each_alert_is_told_once_on_each_channel(demo: Shown) -> None:
    assert rows(demo.place, "SELECT kind FROM alerts") == [("new_initiative",), ("new_statement",), ("official_edit",)]
    assert rows(demo.place, "SELECT channel, state, count(*) FROM deliveries WHERE alert_id IS NOT NULL GROUP BY 1, 2") == [
        ("file", "sent", 2),
        ("screen", "sent", 2),
    ]


def test_everything_is_sound(demo: Shown) -> None:
    assert sound(demo.place)
    assert archived(demo.place).captures


def test_a_folder_that_is_not_the_demos_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("mine", "utf-8")
    done = command("--home", tmp_path, "demo")
    assert done.returncode == 2
    assert "left alone" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["precious.txt"]


def test_it_is_run_again_in_its_own_home(demo: Shown) -> None:
    done = command("--home", demo.place.root, "demo")
    assert done.returncode == 0, done.stderr
    assert rows(demo.place, "SELECT count(*) FROM articles") == [(15,)]


def test_the_commands_it_names_work(demo: Shown) -> None:
    listed = command("--home", demo.place.root, "initiatives", "list", "--new")
    assert listed.returncode == 0
    assert "Undersea Cable" in " ".join(listed.stdout.split())
