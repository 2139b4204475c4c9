"""What waits for a decision, for whoever is signed in: the list writes nothing, a button leads to the page that asks, and that one decides."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from datasette import hookimpl
from datasette.plugins import pm

from scraper import app
from scraper.errors import InputError, NotFound
from scraper.jobs import awaiting, linking, reviewing
from scraper.jobs.naming import Author
from scraper.model.links import LONGEST_WHO, ReviewLink, read_link
from scraper.storage import review_links

from .launches import KELP, KELP_ID, REEF, REEF_ID, WHO, Desk, decide, token_of
from .looking import plain, sound
from .showroom import HOSTILE


def sign_in(desk: Desk, actor: dict[str, Any] | None = None) -> Desk:
    desk.cookies["ds_actor"] = desk.datasette.sign({"a": actor or {"id": WHO}}, "actor")
    return desk


@pytest.fixture
def signed(desk: Desk) -> Iterator[Desk]:
    return sign_in(desk)


def led(desk: Desk, decision: str = "confirm", initiative: str = KELP_ID) -> Any:
    """The answer to a button of the list."""
    return desk.ask("/review", "POST", {"csrftoken": token_of(desk.ask("/review")), "initiative": initiative, "decision": decision})


def test_whoever_is_not_signed_in_is_told_how(desk: Desk) -> None:
    before = desk.all()
    for method in ("GET", "POST"):
        answer = desk.ask("/review", method)
        assert answer.status_code == 403
        sound(answer)
        assert "trilateral serve --root" in plain(answer.text)
        assert KELP not in answer.text
    assert desk.all() == before


@pytest.mark.parametrize("actor", [{"id": ""}, {"id": None}, {"id": "  "}, {"name": "kim"}])
def test_an_actor_without_a_name_is_nobody(desk: Desk, actor: dict[str, Any]) -> None:
    assert sign_in(desk, actor).ask("/review").status_code == 403


def test_the_list_has_what_waits_with_its_proof(signed: Desk) -> None:
    answer = signed.ask("/review")
    shown = plain(answer.text)
    assert f"You are signed in as {WHO}. 2 initiatives wait" in shown
    assert f"The ministers announced the launch of the {KELP}, under which the three governments will share what they learn." in shown
    assert f"<mark>{REEF}</mark>" in answer.text
    assert f'href="/initiative/{KELP_ID}"' in answer.text
    assert "no-store" in answer.headers["cache-control"]
    sound(answer)


def test_whoever_is_signed_in_finds_the_list_from_every_page(signed: Desk) -> None:
    assert '<a href="/review">Review</a>' in signed.ask("/charts").text
    assert '<a href="/review" aria-current="page">Review</a>' in signed.ask("/review").text


def test_whoever_is_not_signed_in_is_not_led_to_the_list(desk: Desk) -> None:
    assert 'href="/review"' not in desk.ask("/charts").text


def test_looking_writes_nothing_not_even_a_key(signed: Desk) -> None:
    review_links.key_path(signed.home.database).unlink()
    before, files = signed.all(), sorted(path.name for path in signed.home.folder.iterdir())
    assert signed.ask("/review").status_code == 200
    assert signed.ask("/review", "HEAD").status_code == 200
    assert signed.all() == before
    assert [path.name for path in sorted(signed.home.folder.iterdir()) if not path.name.endswith(("-wal", "-shm"))] == [
        name for name in files if not name.endswith(("-wal", "-shm"))
    ]


def test_a_button_leads_to_the_page_that_asks_and_that_one_decides(signed: Desk) -> None:
    before = signed.all()
    answer = led(signed)
    assert answer.status_code == 303
    assert signed.all() == before
    asking = signed.ask(answer.headers["location"])
    assert f"By whom {WHO}" in plain(asking.text)
    assert signed.press(answer.headers["location"]).status_code == 200
    assert signed.rows("SELECT who, action, subject, value, note FROM reviews") == [(WHO, "confirm", KELP_ID, "", linking.NOTE)]
    shown = plain(signed.ask("/review").text)
    assert "1 initiative waits" in shown
    assert KELP not in shown


def test_the_link_holds_for_an_hour_and_is_of_the_person(signed: Desk) -> None:
    token = led(signed, f"merge {REEF_ID}").headers["location"].removeprefix("/review/")
    link = read_link(token, signed.secret, app.now())
    assert link == ReviewLink("merge", KELP_ID, WHO, link.until, REEF_ID)
    left = datetime.fromisoformat(link.until) - app.now()
    assert timedelta(minutes=55) < left <= timedelta(hours=awaiting.HOURS)


def test_without_a_key_one_is_made_when_a_button_is_pressed(signed: Desk) -> None:
    review_links.key_path(signed.home.database).unlink()
    answer = led(signed, "dismiss")
    assert answer.status_code == 303
    assert signed.press(answer.headers["location"]).status_code == 200
    assert signed.rows("SELECT action FROM reviews") == [("dismiss",)]


@pytest.mark.parametrize(("decision", "initiative", "status"), [
    ("", KELP_ID, 400), ("drop", KELP_ID, 400), ("merge", KELP_ID, 400), ("merge ", KELP_ID, 400), (f"confirm {REEF_ID}", KELP_ID, 400),
    (f"merge {KELP_ID}", KELP_ID, 400), ("confirm", "nope", 404), ("confirm", "", 400), ("merge nope", KELP_ID, 404), ("confirm", HOSTILE, 404),
])  # fmt: skip
def test_what_is_no_decision_leads_nowhere(signed: Desk, decision: str, initiative: str, status: int) -> None:
    before = signed.all()
    assert led(signed, decision, initiative).status_code == status
    assert signed.all() == before


def test_a_form_of_somebody_else_leads_nowhere(signed: Desk) -> None:
    signed.ask("/review")
    for form in ({}, {"csrftoken": "x"}):
        answer = signed.ask("/review", "POST", {"initiative": KELP_ID, "decision": "confirm", **form})
        assert answer.status_code in {400, 403}
        assert "location" not in answer.headers
    lone = Desk(signed.root)  # without cookies, as a form on another site would be sent
    with closing(lone):
        assert lone.ask("/review", "POST", {"initiative": KELP_ID, "decision": "confirm"}).status_code == 403


class Proxy:
    """Signs people in by a header, as a proxy in front would have it."""

    @hookimpl  # type: ignore[untyped-decorator]
    def actor_from_request(self, request: Any) -> dict[str, str] | None:
        return {"id": WHO} if request.headers.get("x-proxy") else None


def test_a_form_without_any_cookie_leads_nowhere(desk: Desk) -> None:
    """Datasette checks no form that comes without cookies; behind a proxy that signs people in, another site could send one."""
    pm.register(Proxy(), name="proxy of a test")
    try:
        assert KELP in plain(desk.ask("/review", X_Proxy="1").text)
        desk.cookies.clear()
        answer = desk.ask("/review", "POST", {"initiative": KELP_ID, "decision": "confirm"}, X_Proxy="1")
    finally:
        pm.unregister(name="proxy of a test")
    assert answer.status_code == 400
    assert "The form was not ours" in plain(answer.text)


def test_what_the_registry_knows_does_not_wait(signed: Desk) -> None:
    with closing(sqlite3.connect(signed.home.database)) as connection, connection:
        connection.execute("UPDATE initiatives SET known = 1 WHERE id = ?", (KELP_ID,))
        connection.execute("UPDATE initiatives SET gone_at = '2026-01-01T00:00:00Z' WHERE id = ?", (REEF_ID,))
        connection.execute("DELETE FROM initiative_links")
    assert "Nothing waits." in plain(signed.ask("/review").text)


def test_what_was_decided_waits_no_more_and_what_was_taken_back_does(signed: Desk) -> None:
    with signed.rooms() as rooms:
        decide(rooms, "dismiss", KELP_ID)
    assert KELP not in plain(signed.ask("/review").text)
    with signed.rooms() as rooms:
        reviewing.undo(rooms, 1, Author("me"))
    assert KELP in plain(signed.ask("/review").text)


def test_the_list_has_pages(signed: Desk) -> None:
    with closing(sqlite3.connect(signed.home.database)) as connection, connection:
        for number in range(70):
            connection.execute(
                "INSERT INTO initiatives (id, name, kind, scope, status, first_seen_at, known, trilateral) VALUES (?, ?, 'body', '', 'announced', '', 0, 1)",
                (f"n{number}", f"Number {number}"),
            )
            connection.execute(
                "INSERT INTO flags (kind, basis, initiative_id, flagged_at, reason, confidence) VALUES ('new_initiative', 'in_our_data', ?, ?, '', 1)",
                (f"n{number}", f"2020-01-01T00:{number % 60:02d}:00Z"),
            )
    first, last = signed.ask("/review"), signed.ask("/review?after=60")
    assert "42 more" in plain(first.text)
    assert first.text.count("<article") == 30
    assert last.text.count("<article") == 12
    assert 'href="/review?after=30" rel="prev"' in last.text
    for odd in ("-1", "x", "%F0%9F%98%80", "1" * 50, "１"):
        assert signed.ask(f"/review?after={odd}").text.count("<article") == 30
    assert "Nothing waits beyond these." in plain(signed.ask("/review?after=999").text)


def test_hostile_names_are_shown_as_they_are(signed: Desk) -> None:
    with closing(sqlite3.connect(signed.home.database)) as connection, connection:
        connection.execute(
            "UPDATE initiatives SET name = ?, nearest = json_array(json_object('id', ?, 'name', ?, 'why', ?)) WHERE id = ?",
            (HOSTILE,) * 4 + (KELP_ID,),
        )
        connection.execute("UPDATE mentions SET sentence = ?", (HOSTILE,))
    answer = sign_in(signed, {"id": HOSTILE}).ask("/review")
    assert answer.status_code == 200
    sound(answer)
    assert "&lt;script&gt;alert(1)" in answer.text
    led_to = led(signed, f"merge {REEF_ID}")
    assert re.fullmatch(r"/review/[A-Za-z0-9_.-]+", led_to.headers["location"])


def test_a_long_name_of_a_person_is_cut(desk: Desk) -> None:
    with desk.rooms() as rooms:
        token = awaiting.token(rooms.config, desk.home, rooms.store, "confirm", KELP_ID, "", "김 " * 400)
        assert len(read_link(token, desk.secret, app.now()).who) <= LONGEST_WHO
        with pytest.raises(InputError):
            awaiting.token(rooms.config, desk.home, rooms.store, "rename", KELP_ID, "", WHO)
        with pytest.raises(NotFound):
            awaiting.token(rooms.config, desk.home, rooms.store, "confirm", "nope", "", WHO)


def test_what_is_near_comes_from_proposals_first(desk: Desk) -> None:
    with desk.rooms() as rooms, rooms.store.transaction():
        rooms.store.write("DELETE FROM initiative_links")
        rooms.store.write(
            "INSERT INTO initiative_links (initiative_id, other_id, kind, reason, at) VALUES (?, ?, 'variant', 'the same words', '2026-01-01T00:00:00Z')",
            (KELP_ID, REEF_ID),
        )
        rows, total = awaiting.waiting(rooms.desk, rooms.store, limit=9)
        near = {one.slug: [row["id"] for row in one.near] for one in rows}
        assert total == 2
        assert near[KELP_ID][0] == REEF_ID
        assert near[REEF_ID][0] == KELP_ID


def test_the_root_token_of_datasette_signs_in(launches: Path, tmp_path: Path) -> None:
    shutil.copytree(launches, tmp_path / "home")
    with closing(Desk(tmp_path / "home")) as desk:
        desk.datasette._root_token = "a-token-of-one-use"
        answer = desk.ask("/-/auth-token?token=a-token-of-one-use")
        assert answer.status_code == 302
        assert "signed in as root" in plain(desk.ask("/review").text)
