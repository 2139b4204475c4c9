"""A signed link behind Datasette: three deeds, each once, and whatever must do nothing."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from urllib.parse import urlencode

import httpx
import pytest

from scraper.catalogues import CATALOGUES
from scraper.catalogues.phrases import phrases
from scraper.jobs import linking, reviewing
from scraper.jobs.naming import Author
from scraper.model.links import ReviewLink, review_links, sealed, signed
from scraper.pages.reviewing import STATUS
from scraper.storage import review_links as links
from scraper.storage.lock import Lock

from .launches import FAR, KELP, KELP_ID, PAST, REEF, REEF_ID, WHO, Desk, decide, token_of, told

REVIEWS = "SELECT who, action, subject, value, note FROM reviews"


# What a link does


def test_confirm(desk: Desk) -> None:
    done = desk.press(desk.link("confirm"))
    assert (done.status_code, told(done).startswith(f"Confirmed “{KELP}” counts as an initiative of its own.")) == (200, True)
    assert desk.rows(REVIEWS) == [(WHO, "confirm", KELP_ID, "", linking.NOTE)]
    assert "trilateral reviews undo 1" in done.text


def test_merge(desk: Desk) -> None:
    shown = desk.ask(desk.link("merge", into=REEF_ID))
    assert KELP in told(shown)
    assert f"It is the same as “{REEF}”, and goes by that name." in told(shown)
    done = desk.press(desk.link("merge", into=REEF_ID))
    assert (done.status_code, told(done).startswith("Merged")) == (200, True)
    assert desk.rows(REVIEWS) == [(WHO, "merge", KELP_ID, REEF_ID, linking.NOTE)]
    assert desk.rows("SELECT DISTINCT initiative_id FROM mentions WHERE name LIKE '%Kelp%'") == [(REEF_ID,)]


def test_not_new(desk: Desk) -> None:
    done = desk.press(desk.link("dismiss"))
    assert (done.status_code, told(done).startswith("Dismissed")) == (200, True)
    assert desk.rows(REVIEWS) == [(WHO, "dismiss", KELP_ID, "", linking.NOTE)]
    assert desk.rows(f"SELECT count(*) FROM flags WHERE initiative_id = '{KELP_ID}' AND superseded_at IS NULL") == [(0,)]


def test_the_page_shows_what_is_decided_by_whom_and_why(desk: Desk) -> None:
    shown = desk.ask(desk.link("confirm"))
    text = told(shown)
    assert f"The ministers announced the launch of the {KELP} , under which" in text
    assert f"By whom {WHO}" in text
    assert "Decided so far Nothing" in text
    assert f"<mark>{KELP}</mark>" in shown.text
    assert shown.text.count('<button type="submit">') - shown.text.count("Search</button>") == 1


def test_what_was_decided_before_is_told(desk: Desk) -> None:
    with desk.rooms() as rooms:
        decide(rooms, "dismiss", KELP_ID)
    assert "Decided so far Dismissed by somebody else" in told(desk.ask(desk.link("confirm")))
    with desk.rooms() as rooms:
        reviewing.undo(rooms, 1, Author("me"))
    assert "Decided so far Nothing" in told(desk.ask(desk.link("confirm")))


def test_the_links_of_a_digest_act_when_they_were_sent(desk: Desk) -> None:
    with desk.rooms() as rooms:
        secret = linking.secret(rooms)
    made = review_links("https://monitor.example.org/", secret, KELP_ID, (), WHO, datetime(2198, 12, 25, tzinfo=UTC), 7)
    (_, url), *_ = made
    path = url.removeprefix("https://monitor.example.org")
    before = desk.all()
    assert desk.ask(path).status_code == desk.ask(path, "POST").status_code == 403
    assert "stored digest" in told(desk.ask(path))
    assert desk.all() == before
    assert desk.press(sealed(path, secret)).status_code == 200


def test_a_decision_by_a_link_is_taken_back_as_any_other(desk: Desk) -> None:
    desk.press(desk.link("dismiss"))
    with desk.rooms() as rooms:
        reviewing.undo(rooms, 1, Author("me"))
    assert desk.rows(
        f"SELECT count(*) FROM flags WHERE initiative_id = '{KELP_ID}' AND superseded_at IS NULL AND kind = 'new_initiative'"
    ) == [(1,)]
    again = desk.ask(desk.link("dismiss"))
    assert again.status_code == 409


def test_it_works_beside_another_process_that_writes(desk: Desk) -> None:
    script = (
        "import sqlite3, sys\n"
        "made = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)\n"
        "print('ready', flush=True)\n"
        "for number in range(400):\n"
        "    made.execute('BEGIN IMMEDIATE')\n"
        "    made.execute('INSERT INTO marks (name, value) VALUES (?, ?)', (f'beside:{number}', 'x'))\n"
        "    made.execute('COMMIT')\n"
        "    if number == 20: print('well on', flush=True)\n"
        "    if number == 20: sys.stdin.readline()\n"
    )
    command = [sys.executable, "-c", script, str(desk.home.database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdin is not None
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        assert writer.stdout.readline() == "well on\n"
        shown = desk.ask(desk.link("confirm"))
        writer.stdin.write("\n")
        writer.stdin.flush()
        done = desk.ask(desk.link("confirm"), "POST", {"csrftoken": token_of(shown)})
        assert writer.wait() == 0
    assert done.status_code == 200
    assert desk.rows("SELECT count(*) FROM marks WHERE name LIKE 'beside:%'") == [(400,)]
    assert len(desk.rows(REVIEWS)) == 1


def test_a_button_pressed_twice_at_once_acts_once(desk: Desk) -> None:
    path = desk.link("confirm")
    shown = desk.ask(path)
    body, headers = urlencode({"csrftoken": token_of(shown)}), {"Content-Type": "application/x-www-form-urlencoded"}
    headers["Cookie"] = f"ds_csrftoken={desk.cookies['ds_csrftoken']}"

    async def both() -> list[httpx.Response]:
        return await asyncio.gather(*(desk.datasette.client.post(path, content=body, headers=headers) for _ in range(3)))

    assert sorted(response.status_code for response in desk.run(both())) == [200, 409, 409]
    assert len(desk.rows(REVIEWS)) == 1


@pytest.mark.parametrize(
    ("language", "spoken", "question", "done", "again"),
    [
        ("ko", "ko", "새 이니셔티브가 맞습니까?", "확정했습니다", "이미 처리되었습니다"),
        ("ja", "ja", "新しいイニシアティブですか", "確定しました", "すでに処理されています"),
        ("xx", "en", "Is this a new initiative?", "Confirmed", "Done already"),
    ],
)
def test_it_speaks_the_language_of_the_digest(desk: Desk, language: str, spoken: str, question: str, done: str, again: str) -> None:
    path = desk.link(language=language)
    shown, acted, later = desk.ask(path), desk.press(path), desk.ask(path)
    assert [told(shown).startswith(question), told(acted).startswith(done), told(later).startswith(again)] == [True] * 3
    assert all(f'<div lang="{spoken}">' in one.text for one in (shown, acted, later))
    assert f"<mark>{KELP}</mark>" in shown.text


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_every_failure_has_a_heading(language: str) -> None:
    say = phrases(language, "review")
    assert len({say[code] for code in STATUS}) == len(STATUS)


def test_the_lock_of_a_running_daemon_is_not_asked_for(desk: Desk) -> None:
    with Lock(desk.home.database):
        assert desk.press(desk.link("confirm")).status_code == 200


# What changes nothing


def test_looking_changes_nothing_however_often(desk: Desk) -> None:
    before, path = desk.all(), desk.link("dismiss")
    agents = [{}, {"Purpose": "prefetch"}, {"Sec_Purpose": "prefetch;prerender"}, {"X_Purpose": "preview"}, {"User_Agent": "Mail scanner"}]
    for headers in agents * 4:
        assert desk.ask(path, **headers).status_code == 200
        assert desk.ask(path, "HEAD", **headers).status_code == 200
    assert desk.all() == before
    assert desk.press(path).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_do_nothing(desk: Desk, method: str) -> None:
    before = desk.all()
    assert desk.ask(desk.link(), method).status_code in {403, 405}
    assert desk.all() == before


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_a_forged_link(desk: Desk, method: str) -> None:
    before = desk.all()
    forged = f"/review/{signed(ReviewLink('dismiss', KELP_ID, WHO, FAR), 'a secret of somebody else')}"
    desk.ask(desk.link())
    response = desk.ask(forged, method, {"csrftoken": desk.cookies["ds_csrftoken"]} if method == "POST" else None)
    assert response.status_code == 403
    assert method == "HEAD" or "was not signed here" in told(response)
    assert desk.all() == before


def test_another_action_put_into_a_signed_link(desk: Desk) -> None:
    before, path = desk.all(), desk.link("confirm")
    payload, _, signature = path.removeprefix("/review/").partition(".")
    other = desk.link("dismiss").removeprefix("/review/").partition(".")[0]
    changed = [f"/review/{other}.{signature}", f"/review/{payload}.{signature}?action=dismiss", f"/review/{payload}.{signature}/dismiss"]
    assert desk.ask(changed[0]).status_code == 403
    assert desk.ask(changed[2]).status_code == 404
    shown = desk.ask(changed[1])
    assert "Is this a new initiative?" in told(shown)
    assert desk.all() == before
    done = desk.ask(changed[1], "POST", {"csrftoken": token_of(shown), "action": "dismiss", "subject": REEF_ID, "who": "me"})
    assert done.status_code == 200
    assert [row[:3] for row in desk.rows(REVIEWS)] == [(WHO, "confirm", KELP_ID)]


@pytest.mark.parametrize("path", ["x", "%00", "a.b", "..%2f..%2f", "a" * 5000, "%F0%9F%90%9F", "'%22%3E%3Cscript%3E"])
def test_what_is_no_link(desk: Desk, path: str) -> None:
    before = desk.all()
    response = desk.ask(f"/review/{path}")
    assert response.status_code == 404
    assert "<script" not in response.text
    assert desk.all() == before


def test_an_expired_link(desk: Desk) -> None:
    before, path = desk.all(), desk.link(until=PAST)
    response = desk.ask(path)
    assert (response.status_code, "held until 2020-01-01" in told(response)) == (410, True)
    desk.ask(desk.link())
    assert desk.ask(path, "POST", {"csrftoken": desk.cookies["ds_csrftoken"]}).status_code == 410
    assert desk.all() == before


def test_a_link_that_acted_says_by_whom_and_when_and_does_nothing(desk: Desk) -> None:
    path = desk.link("confirm")
    shown = desk.ask(path)
    assert desk.ask(path, "POST", {"csrftoken": token_of(shown)}).status_code == 200
    after = desk.all()
    at = desk.rows("SELECT at FROM reviews")[0][0]
    for response in (desk.ask(path), desk.ask(path, "POST", {"csrftoken": token_of(shown)})):
        assert response.status_code == 409
        assert told(response).startswith(f"Done already This was done already: {WHO} did it at {at} (review 1).")
    assert desk.all() == after


@pytest.mark.parametrize(
    ("form", "opened"),
    [
        ({}, False),
        ({"csrftoken": ""}, False),
        ({"csrftoken": "é"}, False),
        ({}, True),
        ({"csrftoken": ""}, True),
        ({"csrftoken": "x"}, True),
    ],
)
def test_a_form_that_is_not_ours(desk: Desk, form: dict[str, str], opened: bool) -> None:
    before, path = desk.all(), desk.link("dismiss")
    if opened:
        desk.ask(path)
    assert desk.ask(path, "POST", form).status_code == 403
    assert desk.all() == before


def test_a_token_of_another_browser(desk: Desk) -> None:
    before, path = desk.all(), desk.link("dismiss")
    theirs = token_of(desk.ask(path))
    desk.cookies.clear()
    assert desk.ask(path, "POST", {"csrftoken": theirs}).status_code == 403
    desk.ask(path)
    assert desk.ask(path, "POST", {"csrftoken": theirs}).status_code == 403
    assert desk.ask(path, "POST", {"csrftoken": theirs}, Authorization="Bearer x").status_code == 403
    assert desk.all() == before


def test_an_initiative_that_was_merged_away_meanwhile(desk: Desk) -> None:
    path = desk.link("dismiss")
    shown = desk.ask(path)
    with desk.rooms() as rooms:
        decide(rooms, "merge", KELP_ID, REEF_ID)
    before = desk.all()
    for response in (desk.ask(path), desk.ask(path, "POST", {"csrftoken": token_of(shown)})):
        assert response.status_code == 409
        assert f"goes by the name of {REEF}" in told(response)
        assert "Nothing was changed" in told(response)
    assert desk.all() == before


def test_two_that_are_one_already(desk: Desk) -> None:
    path = desk.link("merge", into=REEF_ID)
    shown = desk.ask(path)
    with desk.rooms() as rooms:
        decide(rooms, "merge", REEF_ID, KELP_ID)
    before = desk.all()
    response = desk.ask(path, "POST", {"csrftoken": token_of(shown)})
    assert (response.status_code, "are one initiative already" in told(response)) == (409, True)
    assert desk.all() == before


@pytest.mark.parametrize(("subject", "into"), [("no-such", ""), (KELP, ""), (KELP_ID, "no-such")])
def test_an_initiative_that_there_is_not(desk: Desk, subject: str, into: str) -> None:
    before, path = desk.all(), desk.link("merge" if into else "confirm", subject, into)
    desk.ask(desk.link())
    for response in (desk.ask(path), desk.ask(path, "POST", {"csrftoken": desk.cookies["ds_csrftoken"]})):
        assert response.status_code == 404
    assert desk.all() == before


def test_a_database_that_another_holds(desk: Desk) -> None:
    path = desk.link("confirm")
    shown = desk.ask(path)
    before = desk.all()
    with closing(sqlite3.connect(desk.home.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        response = desk.ask(path, "POST", {"csrftoken": token_of(shown)})
        assert (response.status_code, response.headers["retry-after"]) == (503, "30")
        assert told(response).startswith("Busy: try again in a minute Nothing was changed.")
        assert desk.ask(path).status_code == 200
        other.execute("ROLLBACK")
    assert desk.all() == before
    assert desk.ask(path, "POST", {"csrftoken": token_of(shown)}).status_code == 200


def test_a_home_where_no_link_was_ever_signed(desk: Desk) -> None:
    path = desk.link()
    links.key_path(desk.home.database).unlink()
    assert desk.ask(path).status_code == 403
    assert not links.key_path(desk.home.database).exists()


def test_every_answer_is_kept_nowhere_and_tells_no_other_site(desk: Desk) -> None:
    path = desk.link("confirm")
    shown = desk.ask(path)
    done = desk.ask(path, "POST", {"csrftoken": token_of(shown)})
    for response in (shown, done, desk.ask(path), desk.ask(path, "HEAD"), desk.ask("/review/x"), desk.ask(desk.link(until=PAST))):
        assert "no-store" in response.headers["cache-control"]
        assert response.headers["referrer-policy"] == "no-referrer"
        assert "noindex" in response.headers["x-robots-tag"]
        assert "default-src 'none'" in response.headers["content-security-policy"]


def test_hostile_names_stand_inert_on_the_page(desk: Desk) -> None:
    hostile = "<script>alert(1)</script>\"'>\u202e"
    with closing(sqlite3.connect(desk.home.database)) as connection, connection:
        connection.execute("UPDATE initiatives SET name = ? WHERE id = ?", (hostile, KELP_ID))
        connection.execute("UPDATE mentions SET sentence = ?, name = ?", (hostile, hostile))
        connection.execute("UPDATE articles SET url = 'javascript:alert(1)', publisher = ?", (hostile,))
    shown = desk.ask(desk.link(who=hostile))
    assert shown.status_code == 200
    assert "<script" not in shown.text
    assert "javascript:" not in shown.text
