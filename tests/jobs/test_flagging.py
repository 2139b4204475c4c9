"""Flags through the corridor: what an edit takes out, what is recomputed in whatever order texts arrive, and what a digest says of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from threading import Event

import pytest

from scraper.jobs import digest, intake, poll, rereading
from scraper.jobs.rooms import Rooms
from scraper.model.settings import AlertSettings, Channel
from scraper.model.wording import Watched

from .house import START, SUBJECTS, Clock, Item, Sheet, Site, jsonl, one, rooms, rows, sound, statement

NAME = "Lantern Keepers' Working Group"
TOLD = AlertSettings(channels=(Channel("out", "file", path="out/digest.html"),), max_age_hours=72)
IN_FORCE = """SELECT f.kind, coalesce(f.initiative_id, f.formula, ''), s.date, s.side, c.date, f.party, f.instance, f.detail, f.sentence, f.reason, f.confidence,
  e.name FROM flags f JOIN statements s ON s.id = f.statement_id JOIN events e ON e.id = s.event_id LEFT JOIN statements c ON c.id = f.comparator_id
  WHERE f.superseded_at IS NULL AND f.kind NOT IN ('wording') ORDER BY 1, 2, 3, 4"""


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        yield made


def again(made: Rooms, clock: Clock, **by: float) -> tuple[int, ...]:
    clock.advance(**by)
    return rereading.run(made, Event()).revisions


def in_force(made: Rooms, kind: str) -> list[tuple[str, str]]:
    return rows(made, "SELECT initiative_id, sentence FROM flags WHERE kind = ? AND superseded_at IS NULL ORDER BY 1", kind)


def test_what_an_official_edit_takes_out_is_withdrawn(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement(name=NAME)
    site.publish(item)
    with rooms(tmp_path, clock, [site.source()], alerts=TOLD) as made:
        poll.run(made, made.config.sources)
        ((slug,),) = rows(made, "SELECT initiative_id FROM flags WHERE kind = 'new_initiative'")
        site.pages[item.path] = Sheet(replace(item, text=statement().text).page())
        assert again(made, clock, hours=1) == (1,)
        ((said, sentence),) = in_force(made, "withdrawn")
        assert said == slug
        assert NAME in sentence
        assert rows(made, "SELECT revision_id FROM flags WHERE kind = 'withdrawn'") == [(1,)]
        assert rows(made, "SELECT kind FROM alerts WHERE initiative_id IS NOT NULL") == [
            ("withdrawn",)
        ]  # nobody had been told that it was new
        digest.send(made)
        page = (tmp_path / "out" / "digest.html").read_text("utf-8")
        assert "withdrawn by an edit" in page
        assert page.count("edited</span>") == 1
        site.pages[item.path] = Sheet(item.page())
        assert again(made, clock, hours=6) == (2,)
        assert in_force(made, "withdrawn") == []
        assert one(made, "SELECT count(*) FROM flags WHERE kind = 'withdrawn' AND superseded_at IS NOT NULL") == 1
        sound(made)


def test_what_a_copy_takes_out_is_not_withdrawn(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement(name=NAME)
    site.publish(item)
    with rooms(tmp_path, clock, [site.source(official=False, party="")], alerts=TOLD) as made:
        poll.run(made, made.config.sources)
        site.pages[item.path] = Sheet(replace(item, text=statement().text).page())
        again(made, clock, hours=1)
        assert in_force(made, "withdrawn") == []


def test_what_a_person_dismissed_is_not_withdrawn(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement(name=NAME)
    site.publish(item)
    with rooms(tmp_path, clock, [site.source()], alerts=TOLD) as made:
        poll.run(made, made.config.sources)
        ((slug,),) = rows(made, "SELECT initiative_id FROM flags WHERE kind = 'new_initiative'")
        decided = {"at": made.store.now(), "who": "ann", "action": "dismiss", "subject": slug, "value": "", "note": ""}
        with made.store.transaction():
            made.store.insert("reviews", decided)
        site.pages[item.path] = Sheet(replace(item, text=statement().text).page())
        again(made, clock, hours=1)
        assert in_force(made, "withdrawn") == []


# --- the order of arrival

SAID = (
    (1400, "Seoul", "The ministers announced the launch of the Trilateral Lantern Dialogue and of the Trilateral Reef Network."),
    (1200, "Tokyo", "They spoke of boats."),
    (1000, "Honolulu", "They spoke of salt and of rain."),
    (800, "Seoul", "They spoke of ropes and of new trilateral initiatives."),
    (700, "Tokyo", "They welcomed the Trilateral Reef Network."),
    (600, "Honolulu", "They convened the second Trilateral Lantern Dialogue and welcomed the Trilateral Reef Network."),
    (500, "Seoul", "They welcomed the Trilateral Lantern Dialogue and the Trilateral Reef Network."),
    (400, "Tokyo", "They welcomed the Trilateral Lantern Dialogue."),
    (300, "Honolulu", "They convened the third Trilateral Lantern Dialogue."),
    (1, "Seoul", "They spoke of nothing in particular."),
)


def calendar() -> list[Item]:
    """Joint statements of four years."""
    made = []
    for days, place, said in SAID:
        item = statement(place, at=START - timedelta(days=days, hours=2))
        made.append(replace(item, text=item.text.replace(SUBJECTS[place], f"{said} {SUBJECTS[place]} They counted {days} lamps.")))
    return made


def arrive(folder: Path, clock: Clock, items: Sequence[Item]) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Let items arrive one by one; return the flags in force, and what waits to be told."""
    with rooms(folder, clock, alerts=TOLD) as made:
        for number, item in enumerate(items):
            assert intake.run(made, [jsonl(folder / f"{number}.jsonl", item)], alert=True).new == 1
        sound(made)
        waiting = rows(
            made,
            "SELECT a.kind, a.initiative_id, s.date FROM alerts a JOIN statements s ON s.id = a.statement_id WHERE a.flag_id IS NOT NULL ORDER BY 1, 2",
        )
        return rows(made, IN_FORCE), waiting


def test_five_orders_of_arrival_come_to_the_same_flags(tmp_path: Path, clock: Clock) -> None:
    items = calendar()
    told, waiting = arrive(tmp_path / "in-order", clock, items)
    assert {row[0] for row in told} >= {"new_initiative", "new_instance", "revived", "omitted", "unnamed"}
    for seed in range(5):
        shuffled = list(items)
        Random(seed).shuffle(shuffled)
        assert arrive(tmp_path / f"order-{seed}", clock, shuffled) == (told, waiting)


def test_without_formulae_what_is_comparable_is_still_known(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=replace(TOLD, omitted_after=1), wording=Watched()) as made:
        intake.run(made, [jsonl(tmp_path / "all.jsonl", *calendar()[4:])])
        assert one(made, "SELECT count(*) FROM formulae") == 0
        assert one(made, "SELECT count(*) FROM flags WHERE kind = 'omitted' AND superseded_at IS NULL") > 1


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Also noticed", "left out this time")),
        ("ko", ("그 밖의 특이 사항", "이번에는 언급 없음")),
        ("ja", ("その他の注目点", "今回は言及なし")),
    ],
)
def test_a_digest_tells_it_in_the_language_of_its_reader(tmp_path: Path, clock: Clock, language: str, words: Sequence[str]) -> None:
    items = calendar()
    with rooms(tmp_path, clock, alerts=replace(TOLD, omitted_after=1)) as made:
        intake.run(made, [jsonl(tmp_path / "all.jsonl", *items)], alert=True)
        told = digest.preview(made, language=language)
        assert told is not None
        for word in words:
            assert word in told.html
            assert word.upper() in told.text.upper()
        assert "They convened the third" in " ".join(told.text.split())
