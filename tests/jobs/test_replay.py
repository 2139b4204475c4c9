"""Replay: conclusions drawn anew on a copy are those that stand; what differs is told, and written only when asked."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from scraper import app
from scraper.errors import DatabaseFull
from scraper.jobs import intake, naming, poll, replay, rereading, reviewing
from scraper.jobs import take as take_in
from scraper.jobs.difference import counts, difference
from scraper.jobs.reviewing import Author
from scraper.jobs.rooms import Desk, Rooms
from scraper.model.history import Act
from scraper.model.initiative import Registry
from scraper.model.replay import Change
from scraper.storage import articles, history, picture, replaying, revisions

from .house import Clock, Item, Sheet, Site, desk, one, place, rooms, rows, sound

OPENING = "The Foreign Ministers of the Republic of Korea, {us} and Japan met in {city} on {day}. "
SEOUL = OPENING + (
    "They announced the launch of the Trilateral Harbor Lights Initiative, which will put lamps on every pier from Busan to Osaka. "
    "The ministers welcomed Freedom Edge and thanked the rescuers who had dug out the village of Samcheok after the landslide."
)
HAWAII = OPENING + (
    "The ministers spoke of fisheries, coral reefs and weather balloons. They reviewed the Trilateral Harbor Lights Initiative and decided to "
    "establish the Trilateral Reef Observatory, where students of the three countries will count fish for ten years, with the help of the Trilateral Secretariat."
)
TOKYO = OPENING + "They praised the crews of Freedom Edge, agreed on twelve new ports for them, and will meet again in the autumn."


@dataclass(frozen=True)
class Page:
    """A text at an address; ``us`` is what it calls one of the three."""

    url: str
    city: str
    day: str
    text: str
    us: str = "the United States"
    before: str = ""

    def line(self) -> str:
        when = datetime.strptime(self.day, "%Y-%m-%d").replace(tzinfo=UTC)
        told = self.text.format(city=self.city, us=self.us, day=f"{when:%B} {when.day}, {when.year}")
        title = f"Joint Statement of the Foreign Ministers of the Republic of Korea, {self.us} and Japan"
        return json.dumps({"url": self.url, "title": title, "date": self.day, "language": "en", "text": self.before + told})


PAGES = (
    Page("https://www.mofa.go.kr/a", "Seoul", "2025-03-04", SEOUL),
    Page("https://www.state.gov/a", "Seoul", "2025-03-04", SEOUL),
    Page("https://courier.example/a", "Seoul", "2025-03-04", SEOUL, before="SEOUL - Here is what the three put out.\n\n"),
    Page("https://www.state.gov/b", "Honolulu", "2025-06-17", HAWAII),
    Page("https://www.mofa.go.jp/b", "Honolulu", "2025-06-17", HAWAII),
    Page("https://courier.example/c", "Tokyo", "2025-09-30", TOKYO, "Columbia"),
)


def take(made: Rooms, folder: Path, pages: Sequence[Page] = PAGES, *, alert: bool = False) -> None:
    for number, page in enumerate(pages):
        file = folder / f"{number}.jsonl"
        file.write_text(page.line(), "utf-8")
        assert intake.run(made, [file], alert=alert).new == 1


@contextmanager
def filled(folder: Path, clock: Clock, pages: Sequence[Page] = PAGES, **changed: Any) -> Iterator[Rooms]:
    with rooms(folder, clock, made=lenient(), **changed) as made:
        take(made, folder, pages)
        yield made


@cache
def lenient() -> Desk:
    """The rules of a day on which Columbia is a name of the United States; by those of today it is none."""
    config = desk().config
    parties = tuple(
        replace(party, names={**party.names, "en": (*party.names["en"], "Columbia")}) if party.id == "US" else party
        for party in config.watch.parties
    )
    return app.desk(replace(config, watch=replace(config.watch, parties=parties)))


def told(found: replay.Replayed, section: str, action: str) -> list[str]:
    return [change.subject for change in found.changes if (change.section, change.action) == (section, action)]


def everything(made: Rooms) -> list[str]:
    """Every row of the database, as SQL."""
    return list(made.store.db.conn.iterdump())


def left(made: Rooms) -> list[str]:
    return [path.name for path in made.home.database.parent.iterdir() if replaying.SUFFIX in path.name]


def interrupting(made: Rooms, stop: int) -> Callable[[int, int], None]:
    """Ctrl-C when so much is done."""

    def interrupt(done: int, _: int) -> None:
        assert left(made) == []  # nothing to find, even for who is killed now
        if done == stop:
            raise KeyboardInterrupt

    return interrupt


@pytest.mark.parametrize("seed", range(5))
def test_what_was_concluded_in_any_order_is_concluded_again(tmp_path: Path, clock: Clock, seed: int) -> None:
    pages = list(PAGES)
    random.Random(seed).shuffle(pages)
    with filled(tmp_path, clock, pages) as made:
        before = everything(made)
        done = replay.run(made)
        assert (done.changes, done.articles, done.read, done.applied) == ((), len(PAGES), len(PAGES), False)
        assert one(made, "SELECT count(*) FROM flags WHERE kind = 'new_initiative' AND superseded_at IS NULL") == 2
        assert everything(made) == before
        assert left(made) == []


def test_decisions_are_kept_to(tmp_path: Path, clock: Clock) -> None:
    with filled(tmp_path, clock) as made:
        first, second = (str(number) for (number,) in rows(made, "SELECT id FROM statements ORDER BY date LIMIT 2"))
        reviewing.merge_statements(made, first, second, Author("me"))
        assert replay.run(made).changes == ()
        assert one(made, "SELECT count(*) FROM statements") == 2


def test_what_people_call_initiatives_is_kept_to(tmp_path: Path, clock: Clock) -> None:
    with filled(tmp_path, clock) as made:
        harbor, reef = (slug for (slug,) in rows(made, "SELECT id FROM initiatives WHERE known = 0 ORDER BY id"))
        naming.rename(made, harbor, "Lamps of the Three", Author("me"))
        assert replay.run(made).changes == ()
        naming.dismiss(made, reef, Author("me"))
        assert replay.run(made).changes == ()
        assert rows(made, "SELECT f.id FROM flags f WHERE f.superseded_at IS NULL AND f.initiative_id = ?", reef) == []


@pytest.mark.parametrize("decide", [naming.confirm, lambda made, slug, author: naming.rename(made, slug, "Three Rakes", author)])
def test_what_a_person_said_of_a_name_without_a_head_noun_changes_no_kind(
    tmp_path: Path, clock: Clock, decide: Callable[..., object]
) -> None:
    page = replace(
        PAGES[0], text=OPENING + "They decided to hold the first trilateral exercise, Salt Rake, in the summer off Busan, with nine ships."
    )
    later = replace(
        PAGES[3], text=OPENING + "They welcomed Salt Rake, and spoke of coral reefs, of weather balloons and of those who mend nets."
    )
    with filled(tmp_path, clock, [page, later]) as made:
        ((slug, kind),) = rows(made, "SELECT id, kind FROM initiatives WHERE known = 0")
        assert kind == "exercise"
        decide(made, slug, Author("me"))
        done = replay.run(made)
        assert "kind" not in str(done.changes)
        assert replay.run(made, apply=True).changes == done.changes
        assert rows(made, "SELECT id, kind FROM initiatives WHERE known = 0") == [(slug, kind)]
        assert replay.run(made).changes == ()
        sound(made)


def test_what_an_edit_took_out_stays_withdrawn(tmp_path: Path, clock: Clock) -> None:
    with filled(tmp_path, clock) as made:
        row = articles.find(made.store, "https://www.state.gov/b")
        assert row is not None
        seen = replaying.article(row)
        assert seen is not None
        text = seen.text.replace("the Trilateral Reef Observatory, where", "a place where")
        reading = take_in.read(
            made.desk, replace(seen, text=text, statement=(0, len(text))), fetched_at=row["fetched_at"], first_seen_at=row["first_seen_at"]
        )
        with made.store.transaction():
            number = revisions.add(made.store, row, "substance")
            lost = revisions.rewrite(made.store, row["id"], reading, number)
            take_in.conclude(made, (row["id"],), alert=False, lost=lost)
        assert one(made, "SELECT count(*) FROM mentions WHERE revision_id IS NOT NULL") == 1
        assert replay.run(made).changes == ()
        (kept,) = (number for (number,) in rows(made, "SELECT count(*) FROM revisions"))
        assert kept == 1


def test_links_silences_and_pointers_are_concluded_again(tmp_path: Path, clock: Clock) -> None:
    pilots = "They convened the Trilateral Harbor Pilots Dialogue"
    pages = (
        replace(
            PAGES[0],
            day="2023-03-04",
            text=OPENING + pilots + ", and settled on several new trilateral initiatives for the coasts of rice and salt.",
        ),
        replace(
            PAGES[3], text=OPENING + pilots + ", spoke of coral reefs and weather balloons, and thanked those who mend nets in winter."
        ),
        replace(
            PAGES[3],
            url="https://www.state.gov/d",
            city="Busan",
            day="2025-07-02",
            text=TOKYO + " They launched the Trilateral Harbor Pilots Network.",
        ),
    )
    with filled(tmp_path, clock, pages) as made:
        kept = {
            "initiative_links": rows(made, "SELECT initiative_id, other_id, kind, reason FROM initiative_links ORDER BY 1, 2, 3"),
            "silences": rows(made, "SELECT * FROM silences ORDER BY initiative_id, until"),
            "pointers": rows(made, "SELECT * FROM pointers ORDER BY article_id"),
        }
        assert all(kept.values()), kept
        assert replay.run(made).changes == ()
        for table in kept:
            made.store.write(f"DELETE FROM {table}")
        found = replay.run(made, apply=True)
        assert [change.section for change in found.changes] == ["links"]
        assert rows(made, "SELECT initiative_id, other_id, kind, reason FROM initiative_links ORDER BY 1, 2, 3") == kept["initiative_links"]
        assert rows(made, "SELECT * FROM silences ORDER BY initiative_id, until") == kept["silences"]
        assert rows(made, "SELECT * FROM pointers ORDER BY article_id") == kept["pointers"]
        assert replay.run(made).changes == ()


def test_an_act_of_history_without_a_text_stays(tmp_path: Path, clock: Clock) -> None:
    acts = (
        Act("autumn", "2025-09-30", "Foreign ministers meet", level="foreign_ministers", place="Tokyo"),
        Act("spring", "2024-04-02", "Call"),
    )
    with filled(tmp_path, clock) as made:
        with made.store.transaction():
            history.enlist(made.store, acts)
        assert replay.run(made).changes == ()
        strict = replace(made, desk=desk())
        assert replay.run(strict, apply=True).applied
        told_of = rows(made, "SELECT h.id, e.date FROM history_events h JOIN events e ON e.id = h.event_id ORDER BY h.id")
        assert told_of == [("autumn", "2025-09-30"), ("spring", "2024-04-02")]
        sound(made)


def test_what_stands_wrongly_is_told_and_mended(tmp_path: Path, clock: Clock) -> None:
    with filled(tmp_path, clock) as made:
        right = picture.read(made.store)
        made.store.write("UPDATE flags SET superseded_at = '2026' WHERE kind = 'new_initiative' AND initiative_id LIKE '%reef%'")
        made.store.write("UPDATE statements SET level = 'envoys' WHERE date = '2025-09-30'")
        kept, moved = (number for (number,) in rows(made, "SELECT id FROM statements ORDER BY date LIMIT 2"))
        made.store.write("UPDATE articles SET statement_id = ? WHERE statement_id = ?", (kept, moved))
        found = replay.run(made)
        assert told(found, "statements", "came apart") == [right.statements[kept].name]
        assert told(found, "statements", "changed") == [group.name for group in right.statements.values() if group.date == "2025-09-30"]
        assert "new_initiative: Trilateral Reef Observatory" in told(found, "flags", "new")
        assert replay.run(made, apply=True).applied
        assert difference(right, picture.read(made.store)) == ()
        assert one(made, "SELECT count(*) FROM articles WHERE statement_id = ?", kept) == 3
        assert replay.run(made, apply=True).applied is False
        sound(made)


def test_what_other_rules_no_longer_take_is_told_and_taken_out(tmp_path: Path, clock: Clock) -> None:
    with filled(tmp_path, clock) as made:
        before, whole = everything(made), picture.read(made.store)
        (gone,) = (number for (number,) in rows(made, "SELECT id FROM statements WHERE date = '2025-09-30'"))
        stricter = desk()
        found = replay.run(made, desk=stricter)
        assert [(change.url, change.date) for change in found.changes if change.section == "articles"] == [
            ("https://courier.example/c", "2025-09-30")
        ]
        assert len(told(found, "statements", "gone")) == len(told(found, "events", "gone")) == 1
        assert everything(made) == before

        strict = replace(made, desk=stricter)
        done = replay.run(strict, apply=True)
        assert (done.applied, done.changes) == (True, found.changes)
        sound(made)
        assert rows(made, "SELECT id FROM statements WHERE id = ?", gone) == []
        assert one(made, "SELECT count(*) FROM articles") == len(PAGES)
        assert one(made, "SELECT new_id FROM aliases WHERE kind = 'statement' AND old_id = ?", str(gone)) == ""
        kept = rows(made, "SELECT r.kind, r.text, m.name FROM mentions m JOIN revisions r ON r.id = m.revision_id")
        assert kept == [("rules", None, "Freedom Edge")]
        assert rows(made, "SELECT * FROM edits") == []
        assert rows(made, "SELECT * FROM observations o JOIN mentions m ON m.id = o.mention_id WHERE m.revision_id IS NOT NULL") == []
        assert replay.run(strict).changes == ()

        back = replay.run(made, apply=True)
        assert told(back, "articles", "new") == told(found, "articles", "gone")
        assert difference(whole, picture.read(made.store)) == ()
        assert one(made, "SELECT max(id) FROM statements") > gone
        assert rows(made, "SELECT * FROM alerts") == []
        sound(made)


def test_an_edit_does_not_put_back_what_was_taken_out(tmp_path: Path, clock: Clock, site: Site) -> None:
    told_by = json.loads(PAGES[-1].line())
    item = Item("/c", told_by["title"], told_by["text"])
    site.publish(item)
    with rooms(tmp_path, clock, [site.source(official=False, party="")], made=lenient()) as made:
        poll.run(made, made.config.sources)
        strict = replace(made, desk=replace(desk(), config=made.config))
        assert replay.run(strict, apply=True).applied
        site.pages[item.path] = Sheet(replace(item, text=item.text.replace("twelve new ports", "thirteen more harbours")).page())
        clock.advance(hours=1)
        assert len(rereading.run(strict, Event()).revisions) == 1
        assert rows(made, "SELECT statement_id FROM articles") == [(None,)]
        assert replay.run(strict).changes == ()
        sound(made)


def test_when_nothing_is_left_nothing_stands(tmp_path: Path, clock: Clock) -> None:
    with filled(tmp_path, clock, PAGES[-1:]) as made:
        strict = replace(made, desk=desk())
        assert replay.run(strict, apply=True).applied
        assert picture.read(made.store).statements == {}
        assert rows(made, "SELECT id FROM flags WHERE superseded_at IS NULL") == []
        assert rows(made, "SELECT id FROM initiatives WHERE first_statement_id IS NOT NULL") == []
        assert replay.run(strict).changes == ()
        sound(made)


def test_without_the_registry_known_ones_are_new(tmp_path: Path, clock: Clock) -> None:
    with filled(tmp_path, clock) as made:
        before = everything(made)
        bare = app.desk(replace(made.config, registry=Registry()))
        found = replay.run(made, desk=bare)
        assert "new_initiative: Trilateral Secretariat" in told(found, "flags", "new")
        assert not any("Harbor Lights" in subject for subject in told(found, "flags", "superseded"))
        assert everything(made) == before


def test_since_leaves_out_what_is_of_earlier_statements(tmp_path: Path, clock: Clock) -> None:
    with filled(tmp_path, clock) as made:
        made.store.write("UPDATE flags SET superseded_at = '2026'")
        whole, later = (replay.run(made, since=day).changes for day in ("", "2025-06-01"))
        assert {change.date for change in whole} > {change.date for change in later} >= {"2025-06-17"}
        assert later == tuple(change for change in whole if change.date >= "2025-06-01")
        assert counts(later)["flags"]["new"] == len([change for change in later if change.section == "flags"])


def test_what_is_told_was_alerted_or_not_stays_so(tmp_path: Path, clock: Clock) -> None:
    recent = tuple(replace(page, day="2026-07-08") for page in PAGES[:2])
    with rooms(tmp_path, clock, made=lenient()) as made:
        take(made, tmp_path, recent, alert=True)
        alerts = rows(made, "SELECT * FROM alerts")
        assert alerts
        made.store.write("UPDATE flags SET superseded_at = '2026'")
        assert replay.run(made, apply=True).applied
        assert len(rows(made, "SELECT * FROM alerts")) <= len(alerts)
        assert rows(made, "SELECT * FROM deliveries") == []


def test_a_text_that_is_not_kept_stays_as_it_was_read(tmp_path: Path, clock: Clock) -> None:
    with filled(tmp_path, clock) as made:
        made.store.write(
            "UPDATE articles SET statement_text = NULL, statement_start = NULL, statement_end = NULL, text = substr(text, 1, 300)"
        )
        made.store.write('UPDATE mentions SET "start" = NULL, "end" = NULL WHERE field = ?', ("text",))
        done = replay.run(made, desk=desk())
        assert (done.read, done.articles) == (0, len(PAGES))
        assert told(done, "articles", "gone") == []
        assert {change.section for change in done.changes} <= {"formulae"}


def test_interrupted_at_any_time_nothing_is_half_done(tmp_path: Path, clock: Clock) -> None:
    with filled(tmp_path, clock) as made:
        made.store.write("UPDATE flags SET superseded_at = '2026'")
        before = everything(made)
        steps: list[int] = []
        replay.run(made, tell=lambda done, _: steps.append(done))
        assert steps[-1] == 2 * len(PAGES)

        for stop in steps:
            with pytest.raises(KeyboardInterrupt):
                replay.run(made, apply=True, tell=interrupting(made, stop))
            assert everything(made) == before
            assert left(made) == []


def test_what_a_killed_one_left_is_removed(tmp_path: Path, clock: Clock) -> None:
    with filled(tmp_path, clock, PAGES[:1]) as made:
        for end in ("", "-wal"):
            (made.home.database.parent / f"{made.home.database.name}{replaying.SUFFIX}{end}").write_bytes(b"half a copy")
        assert replay.run(made).changes == ()
        assert left(made) == []


def test_a_disk_without_room_is_said_before_anything_is_written(tmp_path: Path, clock: Clock) -> None:
    with (
        filled(tmp_path, clock, PAGES[:1]) as made,
        pytest.raises(DatabaseFull, match=r"a copy of trilateral.db needs \d+ MB beside it, and 1 MB are free"),
        replaying.copied(made.store, spare=lambda _: 1_000_000),
    ):
        pass
    assert place(tmp_path).database.exists()


def test_a_party_gone_from_a_host_is_gone_from_its_texts(tmp_path: Path, clock: Clock) -> None:
    config = lenient().config
    parties = tuple(replace(party, domains=()) if party.id == "US" else party for party in config.watch.parties)
    with filled(tmp_path, clock) as made:
        found = replay.run(made, desk=app.desk(replace(config, watch=replace(config.watch, parties=parties))))
        changed = {
            change.url: (change.before, change.after)
            for change in found.changes
            if (change.section, change.action) == ("articles", "changed")
        }
        assert changed["https://www.state.gov/a"] == (("party US", "official 1"), ("party -", "official 0"))


def test_a_change_reads_as_a_row() -> None:
    made = (Change("flags", "new", "b"), Change("flags", "new", "a"), Change("articles", "gone", "c"))
    assert counts(made) == {"flags": {"new": 2}, "articles": {"gone": 1}}
