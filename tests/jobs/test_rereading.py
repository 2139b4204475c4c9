from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from scraper.jobs import digest, poll, replay, rereading, tick
from scraper.jobs.rooms import Rooms
from scraper.model.settings import AlertSettings, Channel
from scraper.storage import naming, reading
from tests.jobs.house import START, Clock, Item, Sheet, Site, one, rooms, rows, rss, sound, statement

NAME = "Lantern Keepers' Working Group"
TOLD = AlertSettings(channels=(Channel("out", "file", path="digests"),), max_age_hours=72)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        yield made


def again(made: Rooms, clock: Clock, **by: float) -> tuple[int, ...]:
    """Let time pass and read again what is due."""
    clock.advance(**by)
    return rereading.run(made, Event()).revisions


def taken(made: Rooms) -> None:
    poll.run(made, made.config.sources)
    assert one(made, "SELECT count(*) FROM articles") == 1


def kinds(made: Rooms) -> list[str]:
    return [kind for (kind,) in rows(made, "SELECT kind FROM revisions ORDER BY id")]


def test_an_initiative_that_an_edit_takes_out_stays_with_the_revision(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement(name=NAME)
    site.publish(item)
    with rooms(tmp_path, clock, [site.source()], alerts=TOLD) as made:
        taken(made)
        assert one(made, "SELECT count(*) FROM flags WHERE kind = 'new_initiative' AND superseded_at IS NULL") == 1
        site.pages[item.path] = Sheet(replace(item, text=statement().text).page())
        assert again(made, clock, hours=1) == (1,)
        assert one(made, "SELECT text LIKE ? FROM revisions", f"%{NAME}%") == 1
        assert one(made, "SELECT text LIKE ? FROM articles", f"%{NAME}%") == 0
        former = rows(made, 'SELECT name, "start", revision_id FROM mentions WHERE revision_id IS NOT NULL')
        assert [(start, revision) for _, start, revision in former] == [(None, 1)] * len(former)
        assert NAME in {name for name, _, _ in former}
        assert one(made, "SELECT count(*) FROM flags WHERE kind = 'new_initiative' AND superseded_at IS NULL") == 0
        sound(made)


def test_what_was_observed_before_an_edit_stays_and_is_not_what_the_text_says_now(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement(name=NAME)
    site.publish(item)
    with rooms(tmp_path, clock, [site.source()]) as made:
        taken(made)
        observed = rows(made, "SELECT * FROM observations ORDER BY rowid")
        ((slug, number),) = rows(made, "SELECT initiative_id, statement_id FROM flags WHERE kind = 'new_initiative'")
        mine = [row for row in observed if row[0] == slug]
        assert slug in {row["id"] for row in reading.statement(made.store, str(number))["initiatives"]}
        site.pages[item.path] = Sheet(replace(item, text=statement().text).page())
        assert again(made, clock, hours=1) == (1,)
        assert rows(made, "SELECT * FROM observations ORDER BY rowid") == observed
        assert slug not in {row["id"] for row in reading.statement(made.store, str(number))["initiatives"]}
        assert reading.initiative(made.store, slug)["observations"] == []
        told = naming.timeline(made.store, slug)
        assert [(row["status"], row["taken_out_at"]) for row in told] == [(row[2], made.store.now()) for row in mine]
        assert replay.run(made).changes == ()
        assert rows(made, "SELECT * FROM observations ORDER BY rowid") == observed
        site.pages[item.path] = Sheet(item.page())
        assert again(made, clock, hours=6) == (2,)
        assert [row["taken_out_at"] is None for row in naming.timeline(made.store, slug)] == [False] * len(mine) + [True] * len(mine)
        assert replay.run(made).changes == ()
        sound(made)


def test_a_known_initiative_that_no_text_names_any_more_has_no_first_statement(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = replace(statement(), text=statement().text + "\n\nThe ministers welcomed the exercise Freedom Edge held in the summer.")
    site.publish(item)
    with rooms(tmp_path, clock, [site.source()]) as made:
        taken(made)
        assert one(made, "SELECT first_statement_id FROM initiatives WHERE id = 'freedom-edge'") == 1
        site.pages[item.path] = Sheet(statement(path=item.path).page())
        again(made, clock, hours=1)
        assert one(made, "SELECT first_statement_id FROM initiatives WHERE id = 'freedom-edge'") is None
        assert rows(made, "SELECT kind FROM flags WHERE initiative_id = 'freedom-edge' AND superseded_at IS NULL") == [("withdrawn",)]
        sound(made)


def test_an_initiative_that_an_edit_puts_in_is_found(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    site.publish(item)
    with rooms(tmp_path, clock, [site.source()]) as made:
        taken(made)
        site.pages[item.path] = Sheet(statement(name=NAME).page())
        again(made, clock, hours=1)
        (named,) = rows(made, "SELECT i.name FROM flags f JOIN initiatives i ON i.id = f.initiative_id WHERE f.superseded_at IS NULL")
        assert NAME in named[0]
        found = made.store.rows(
            'SELECT m.name, m."start", m."end", a.text FROM mentions m JOIN articles a ON a.id = m.article_id WHERE m.field = \'text\''
        )
        assert found
        assert all(row["text"][row["start"] : row["end"]] == row["name"] for row in found)


def test_an_edit_that_takes_out_what_was_told_as_new_names_it(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement(name=NAME)
    site.publish(item)
    with rooms(tmp_path, clock, [site.source()], alerts=TOLD) as made:
        taken(made)
        digest.send(made)
        assert rows(made, "SELECT kind FROM alerts WHERE initiative_id IS NOT NULL") == [("new_initiative",)]
        site.pages[item.path] = Sheet(replace(item, text=statement().text).page())
        again(made, clock, hours=1)
        shown = digest.preview(made)
        assert shown is not None
        assert f"Took out: {NAME}" in " ".join(shown.text.split())
        assert "<dt>Took out</dt>" in shown.html
        site.pages[item.path] = Sheet(item.page())
        again(made, clock, hours=6)
        shown = digest.preview(made)
        assert shown is not None
        assert "Took out" not in shown.text  # it stands there again


def test_a_mention_that_stays_keeps_its_id(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement(name=NAME)
    site.publish(item)
    with rooms(tmp_path, clock, [site.source()]) as made:
        taken(made)
        before = rows(made, "SELECT id, name FROM mentions ORDER BY id")
        flagged = rows(made, "SELECT id, superseded_at FROM flags")
        site.pages[item.path] = Sheet(replace(item, text=item.text.replace("next year", "in the spring of next year")).page())
        again(made, clock, hours=1)
        assert rows(made, "SELECT id, name FROM mentions ORDER BY id") == before
        assert rows(made, "SELECT id, superseded_at FROM flags") == flagged


def test_an_official_edit_is_alerted_and_shown_word_by_word(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    site.publish(item)
    with rooms(tmp_path, clock, [site.source()], alerts=TOLD) as made:
        taken(made)
        digest.send(made)
        site.pages[item.path] = Sheet(replace(item, text=item.text.replace("will meet again next year", "will not meet again")).page())
        again(made, clock, hours=1)
        shown = digest.preview(made)
        assert shown is not None
        assert "1 official edit" in shown.subject
        text = " ".join(shown.text.replace("|", " ").split())
        assert "[-next year-]" in text
        assert "{+not+}" in text
        assert "<del>next year </del>" in shown.html
        digest.send(made)
        assert digest.preview(made) is None


def test_press_is_recorded_without_an_alert(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    site.publish(item)
    with rooms(tmp_path, clock, [site.source("wire", official=False, party="")]) as made:
        taken(made)
        site.pages[item.path] = Sheet(replace(item, text=item.text.replace("next year", "in ten years")).page())
        again(made, clock, hours=1)
        assert kinds(made) == ["substance"]
        assert one(made, "SELECT count(*) FROM alerts WHERE revision_id IS NOT NULL") == 0


@pytest.mark.parametrize("cut", [120, 190])
def test_half_a_page_is_believed_at_the_second_look_only(tmp_path: Path, clock: Clock, site: Site, cut: int) -> None:
    item = statement()
    site.publish(item)
    with rooms(tmp_path, clock, [site.source()]) as made:
        taken(made)
        whole = site.pages[item.path]
        site.pages[item.path] = Sheet(replace(item, text=item.text[:cut] + ".").page())
        assert again(made, clock, hours=1) == ()
        site.pages[item.path] = whole
        assert again(made, clock, hours=1) == ()
        site.pages[item.path] = Sheet(replace(item, text=item.text[:cut] + ".").page())
        assert again(made, clock, hours=5) == ()
        assert again(made, clock, hours=1) == (1,)


@pytest.mark.parametrize(
    "bad",
    [
        Sheet(b"", status=200), Sheet(b"<html><body></body></html>"), Sheet(b"<html><title>Just a moment...</title></html>"),
        Sheet(b"<html><title>Just a moment...</title></html>", status=403), Sheet(b"gone fishing", status=500), Sheet(b"%PDF-1.7", "application/pdf"),
    ],
)  # fmt: skip
def test_no_good_text_gives_way_to_an_empty_or_challenged_page(tmp_path: Path, clock: Clock, site: Site, bad: Sheet) -> None:
    item = statement()
    site.publish(item)
    with rooms(tmp_path, clock, [site.source()]) as made:
        taken(made)
        text = one(made, "SELECT text FROM articles")
        site.pages[item.path] = bad
        for _ in range(6):
            again(made, clock, hours=12)
        assert one(made, "SELECT text FROM articles") == text
        assert kinds(made) == []
        assert one(made, "SELECT failures FROM rereadings") > 0


def test_a_takedown_is_told_once_and_its_end_once(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    site.publish(item)
    with rooms(tmp_path, clock, [site.source()], alerts=TOLD) as made:
        taken(made)
        digest.send(made)
        page = site.pages.pop(item.path)
        for _ in range(4):
            again(made, clock, hours=13)
        assert kinds(made) == ["gone"]
        shown = digest.preview(made)
        assert shown is not None
        assert "taken down" in shown.text
        digest.send(made)
        assert one(made, "SELECT gone_at IS NOT NULL FROM rereadings") == 1
        site.pages[item.path] = page
        for _ in range(3):
            again(made, clock, hours=48)
        assert kinds(made) == ["gone", "returned"]
        assert [kind for (kind,) in rows(made, "SELECT kind FROM alerts WHERE revision_id IS NOT NULL")] == [
            "official_takedown",
            "official_return",
        ]
        shown = digest.preview(made)
        assert shown is not None
        assert "there again" in shown.text
        assert "taken down" not in shown.text


def test_a_page_that_goes_back_and_forth_is_no_endless_news(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    site.publish(item)
    other = replace(item, text=item.text.replace("next year", "every spring"))
    with rooms(tmp_path, clock, [site.source()]) as made:
        taken(made)
        for turn in range(12):
            site.pages[item.path] = Sheet((other if turn % 2 == 0 else item).page())
            again(made, clock, hours=30)
        assert 2 <= len(kinds(made)) <= 4


def test_what_the_page_says_first_is_the_baseline_of_a_text_that_its_entry_brought(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    body = "".join(f"<p>{part}</p>" for part in item.text.split("\n\n"))
    feed = rss(site.url, [item]).replace(b"<guid>", f"<description><![CDATA[{body}]]></description><guid>".encode())
    site.pages["/feed"] = Sheet(feed, "application/rss+xml; charset=utf-8")
    longer = replace(item, text=item.text + "\n\nNote to editors: photographs of the meeting are available on request.")
    site.pages[item.path] = Sheet(longer.page())
    with rooms(tmp_path, clock, [site.source(full_text=True)]) as made:
        taken(made)
        assert site.times(item.path) == 0
        assert again(made, clock, hours=1) == ()
        assert site.times(item.path) == 1
        site.pages[item.path] = Sheet(replace(longer, text=longer.text.replace("next year", "in ten years")).page())
        assert again(made, clock, hours=5) == (1,)


def test_an_article_of_older_rules_gets_a_baseline_before_its_edits_count(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    site.publish(item)
    with rooms(tmp_path, clock, [site.source()]) as made:
        taken(made)
        with made.store.transaction():
            made.store.write(
                "UPDATE articles SET rules = 'older', text = 'Something else altogether. ' || text, statement_end = statement_end + 27"
            )
        assert again(made, clock, hours=1) == ()
        site.pages[item.path] = Sheet(replace(item, text=item.text.replace("next year", "in ten years")).page())
        assert again(made, clock, hours=5) == (1,)


def test_pages_are_asked_for_on_condition_and_whole_at_the_end(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    site.publish(item)
    site.pages[item.path] = replace(site.pages[item.path], headers=(("ETag", '"one"'),))
    with rooms(tmp_path, clock, [site.source()]) as made:
        taken(made)
        for hours in (1, 5, 18, 48, 96, 552):
            again(made, clock, hours=hours)
        asked = [headers.get("If-None-Match") for path, headers in site.asked if path == item.path]
        assert asked == [None, '"one"', '"one"', '"one"', '"one"', None, None]
        assert one(made, "SELECT next_at FROM rereadings") is None


def test_what_no_source_answers_for_is_let_go(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(statement())
    with rooms(tmp_path, clock, [site.source()]) as made:
        taken(made)
        bare = replace(made, desk=replace(made.desk, config=replace(made.config, sources=())))
        assert again(bare, clock, hours=2) == ()
        assert rows(made, "SELECT outcome, next_at FROM rereadings") == [("no source", None)]


def test_only_what_may_be_kept_is_read_again(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(statement())
    with rooms(tmp_path, clock, [site.source(store="excerpt")]) as made:
        taken(made)
        assert one(made, "SELECT count(*) FROM rereadings") == 0


def test_a_host_is_asked_for_a_few_pages_a_beat(tmp_path: Path, clock: Clock, site: Site) -> None:
    items: list[Item] = [statement(place, path=f"/{place}-{number}") for number, place in enumerate(("Seoul", "Tokyo", "Honolulu"))]
    site.publish(*items)
    with rooms(tmp_path, clock, [site.source()]) as made:
        poll.run(made, made.config.sources)
        clock.advance(hours=1)
        assert [rereading.run(made, Event()).looks for _ in range(3)] == [2, 1, 0]


def test_the_daemons_beat_reads_again(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    site.publish(item)
    with rooms(tmp_path, clock, [site.source()]) as made:
        taken(made)
        site.pages[item.path] = Sheet(replace(item, text=item.text.replace("next year", "in ten years")).page())
        clock.advance(hours=1)
        tick.tick(made, Event())
        assert kinds(made) == ["substance"]


def test_one_that_is_to_stop_reads_nothing_again(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(statement())
    stop = Event()
    stop.set()
    with rooms(tmp_path, clock, [site.source()]) as made:
        taken(made)
        clock.advance(hours=1)
        assert rereading.run(made, stop).looks == 0
        assert clock() > START
