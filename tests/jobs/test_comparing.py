"""The wording followed through the corridor: rows, flags and alerts, in whatever order statements arrive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from threading import Event

import pytest

from scraper.config import defaults_folder
from scraper.errors import NotFound
from scraper.jobs import comparing, digest, intake, poll, rereading, reviewing
from scraper.jobs.reviewing import Author
from scraper.jobs.rooms import Rooms
from scraper.model.settings import AlertSettings, Channel
from scraper.model.wording import ABSENT, Watched

from .house import START, Clock, Item, Sheet, Site, desk, jsonl, one, rooms, rows, sound, statement

PENINSULA = "They support the complete denuclearization of the Korean Peninsula."
DPRK = "They support the complete denuclearization of North Korea."
TOPIC = "They spoke of denuclearization at length over supper."
OBJECT = "denuclearization-object"
TOLD = AlertSettings(channels=(Channel("out", "file", path="out/digest.html"),), max_age_hours=72)


def item(place: str, days: int, said: str) -> Item:
    """A joint statement of some days ago that says a sentence."""
    made = statement(place, at=START - timedelta(days=days, hours=2))
    head, _, rest = made.text.rpartition("\n\n")
    return replace(made, text=f"{head} {said}\n\n{rest}")


OLD, MIDDLE, NEW = item("Seoul", 900, PENINSULA), item("Tokyo", 400, DPRK), item("Honolulu", 0, DPRK)


def take(made: Rooms, folder: Path, *items: Item, alert: bool = False) -> None:
    for number, each in enumerate(items):
        assert intake.run(made, [jsonl(folder / f"{number}-{each.path[1:]}.jsonl", each)], alert=alert).new == 1


def flags(made: Rooms, formula: str = OBJECT) -> list[tuple[str, str]]:
    """The flags in force: the date of the statement, and of the one that it is compared with."""
    return rows(
        made,
        "SELECT s.date, c.date AS before FROM flags f JOIN statements s ON s.id = f.statement_id JOIN statements c ON c.id = f.comparator_id "
        "WHERE f.kind = 'wording' AND f.formula = ? AND f.superseded_at IS NULL ORDER BY s.date",
        formula,
    )


def day(each: Item) -> str:
    return each.at.date().isoformat()


def waiting(made: Rooms) -> list[str]:
    return [key for (key,) in rows(made, "SELECT key FROM alerts WHERE kind = 'wording' ORDER BY id")]


def test_what_stands_is_stored_and_a_change_is_flagged_and_told_once(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=TOLD) as made:
        take(made, tmp_path, OLD, NEW, alert=True)
        assert rows(made, "SELECT variant, sentence FROM formulae WHERE formula = ? ORDER BY statement_id", OBJECT) == [
            ("peninsula", PENINSULA), ("dprk", DPRK),
        ]  # fmt: skip
        assert flags(made) == [(day(NEW), day(OLD))]
        number = one(made, "SELECT statement_id FROM flags WHERE kind = 'wording'")
        assert waiting(made) == [f"wording:{OBJECT}:{number}"]
        reason = one(made, "SELECT reason FROM flags WHERE kind = 'wording'")
        assert reason == f"Denuclearization of: the DPRK; the Korean Peninsula in statement 1 of {day(OLD)}"
        assert rows(made, "SELECT basis, initiative_id, mention_id FROM flags WHERE kind = 'wording'") == [("in_our_data", None, None)]
        said = one(made, "SELECT sentence FROM flagged WHERE kind = 'wording'")
        assert said == DPRK, "the sentence that proves it"
        sound(made)


@pytest.mark.parametrize("order", list(permutations((OLD, MIDDLE, NEW))))
def test_the_order_of_arrival_does_not_matter(tmp_path: Path, clock: Clock, order: Sequence[Item]) -> None:
    with rooms(tmp_path, clock, alerts=TOLD) as made:
        take(made, tmp_path, *order)
        assert flags(made) == [(day(MIDDLE), day(OLD))]
        sound(made)


def test_a_backfill_between_supersedes_the_flag_and_takes_back_the_alert(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=TOLD) as made:
        take(made, tmp_path, OLD, NEW, alert=True)
        assert len(waiting(made)) == 1
        take(made, tmp_path, MIDDLE, alert=True)
        assert flags(made) == [(day(MIDDLE), day(OLD))]
        assert one(made, "SELECT count(*) FROM flags WHERE kind = 'wording' AND superseded_at IS NOT NULL") == 1
        assert waiting(made) == []  # the change is older than what is alerted


def test_a_text_of_the_same_event_that_is_compared_with_others_leaves_a_flag_alone(tmp_path: Path, clock: Clock) -> None:
    told = (
        "The three ministers dined together in Honolulu on {day}. The delegations spoke of whales, of the price of sugar, and of sailing."
    )
    sheet = Item(
        "/sheet", "Fact Sheet: United States, Republic of Korea and Japan Trilateral Foreign Ministers' Meeting in Honolulu", told, NEW.at
    )
    sheet = replace(sheet, text=told.format(day=f"{NEW.at:%B} {NEW.at.day}, {NEW.at.year}") + " " + DPRK)
    with rooms(tmp_path, clock, alerts=TOLD) as made:
        take(made, tmp_path, OLD, NEW)
        take(made, tmp_path, sheet)
        assert rows(made, "SELECT count(*), count(DISTINCT event_id) FROM statements WHERE NOT placeholder") == [(3, 2)]
        assert flags(made) == [(day(NEW), day(OLD))]


def test_another_comparator_is_no_second_flag(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=TOLD) as made:
        take(made, tmp_path, OLD, NEW, alert=True)
        take(made, tmp_path, item("Tokyo", 400, PENINSULA), alert=True)
        assert flags(made) == [(day(NEW), day(MIDDLE))]
        assert one(made, "SELECT count(*) FROM flags WHERE kind = 'wording'") == 1
        assert len(waiting(made)) == 1


def test_a_formula_that_is_left_out_where_its_topic_is_spoken_of(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=TOLD) as made:
        take(made, tmp_path, OLD, item("Tokyo", 400, ""), item("Honolulu", 0, TOPIC))
        assert flags(made) == [(day(NEW), day(OLD))]
        told = rows(
            made,
            "SELECT s.date, f.variant FROM formulae f JOIN statements s ON s.id = f.statement_id WHERE f.formula = ? ORDER BY 1",
            OBJECT,
        )
        assert told == [(day(OLD), "peninsula"), (day(NEW), ABSENT)]


def test_several_changes_of_one_statement_are_each_told(tmp_path: Path, clock: Clock) -> None:
    both = item("Honolulu", 0, f"{DPRK} They back Taiwan's meaningful participation in such bodies.")
    before = item("Seoul", 900, f"{PENINSULA} They spoke of Taiwan.")
    with rooms(tmp_path, clock, alerts=TOLD) as made:
        take(made, tmp_path, before, both, alert=True)
        assert {key.split(":")[1] for key in waiting(made)} == {OBJECT, "taiwan-participation"}
        digest.send(made)
        page = (tmp_path / "out" / "digest.html").read_text("utf-8")
        assert "Changed wording" in page
        assert "now: the DPRK; before: the Korean Peninsula" in page
        assert "now: meaningful participation; before: absent" in page
        assert DPRK in page
        assert PENINSULA in page
        take(made, tmp_path, item("Tokyo", 600, f"{PENINSULA} They spoke of Taiwan."), alert=True)
        assert len(waiting(made)) == 2
        assert digest.send(made) == ()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Changed wording", "Denuclearization of", "now: the DPRK; before: the Korean Peninsula")),
        ("ko", ("표현 변화", "비핵화의 대상", "이번: 북한 / 이전: 한반도")),
        ("ja", ("表現の変化", "非核化の対象", "今回：北朝鮮／前回：朝鮮半島")),
    ],
)
def test_a_digest_tells_it_in_the_language_of_its_reader(tmp_path: Path, clock: Clock, language: str, words: Sequence[str]) -> None:
    with rooms(tmp_path, clock, alerts=TOLD) as made:
        take(made, tmp_path, OLD, NEW, alert=True)
        told = digest.preview(made, language=language)
        assert told is not None
        for word in words:
            assert word in told.html
            assert word.lower() in " ".join(told.text.lower().split())


def test_statements_that_are_not_comparable_raise_nothing(tmp_path: Path, clock: Clock) -> None:
    cut = replace(OLD, text=OLD.text.rsplit("\n\n", 1)[0] + "\n\nThey reaffirmed their shared determin")
    with rooms(tmp_path, clock, alerts=TOLD) as made:
        take(made, tmp_path, cut, NEW, alert=True)
        assert flags(made) == []
        assert (
            one(
                made,
                "SELECT variant FROM formulae f JOIN statements s ON s.id = f.statement_id WHERE s.date = ? AND f.formula = ?",
                day(OLD),
                OBJECT,
            )
            == "peninsula"
        )
        assert one(made, "SELECT chain FROM wordings ORDER BY statement_id LIMIT 1") == ""


def test_nothing_is_watched_with_an_empty_configuration(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=TOLD, wording=Watched()) as made:
        take(made, tmp_path, OLD, NEW, alert=True)
        assert one(made, "SELECT count(*) FROM formulae") == one(made, "SELECT count(*) FROM flags WHERE kind = 'wording'") == 0


def test_what_is_watched_no_longer_goes_and_its_flags_are_superseded(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=TOLD) as made:
        take(made, tmp_path, OLD, MIDDLE, NEW, alert=True)
        formulas = made.config.wording.formulas
        others = one(made, "SELECT count(*) FROM formulae WHERE formula <> ?", OBJECT)
        assert (flags(made), others > 0) == ([(day(MIDDLE), day(OLD))], True)
    fewer = Watched(tuple(formula for formula in formulas if formula.id != OBJECT))
    with rooms(tmp_path, clock, alerts=TOLD, wording=fewer) as made:
        with made.store.transaction():
            assert comparing.follow(made, ()).flags == ()
        assert one(made, "SELECT count(*) FROM formulae WHERE formula = ?", OBJECT) == 0
        assert one(made, "SELECT count(*) FROM formulae") == others
        assert flags(made) == []
        assert one(made, "SELECT superseded_at FROM flags WHERE formula = ?", OBJECT)
    with rooms(tmp_path, clock, alerts=TOLD, wording=Watched()) as made:
        with made.store.transaction():
            comparing.unwatch(made.store, made.config.wording)
        assert one(made, "SELECT count(*) FROM formulae") == 0
        assert one(made, "SELECT count(*) FROM flags WHERE kind = 'wording' AND formula IS NOT NULL AND superseded_at IS NULL") == 0
        assert one(made, "SELECT count(*) FROM wordings") == 3
    with rooms(tmp_path, clock, alerts=TOLD) as made:
        with made.store.transaction():
            (raised,) = comparing.follow(made, (1,)).flags
        assert one(made, "SELECT formula FROM flags WHERE id = ?", raised) == OBJECT
        assert flags(made) == [(day(MIDDLE), day(OLD))]
        assert one(made, "SELECT count(*) FROM formulae WHERE formula = ?", OBJECT) == 3


def test_other_rules_are_read_with_the_next_statement_like_it(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=TOLD) as made:
        take(made, tmp_path, OLD, MIDDLE)
        with made.store.transaction():
            made.store.write("UPDATE wordings SET digest = 'older'")
            made.store.write("DELETE FROM formulae")
        take(made, tmp_path, NEW)
        assert one(made, "SELECT count(*) FROM formulae WHERE formula = ?", OBJECT) == 3
        assert flags(made) == [(day(MIDDLE), day(OLD))]


def test_an_edit_of_the_lead_is_read_again(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(NEW)
    with rooms(tmp_path, clock, [replace(site.source(), official=True, party="US")], alerts=TOLD) as made:
        take(made, tmp_path, OLD)
        poll.run(made, made.config.sources)
        assert flags(made) == [(day(NEW), day(OLD))]
        site.pages[NEW.path] = Sheet(replace(NEW, text=NEW.text.replace("North Korea", "the Korean Peninsula")).page())
        clock.advance(hours=1)
        assert len(rereading.run(made, Event()).revisions) == 1
        assert flags(made) == []
        assert waiting(made) == []
        assert {variant for (variant,) in rows(made, "SELECT variant FROM formulae WHERE formula = ?", OBJECT)} == {"peninsula"}


def test_comparing_by_id_and_with_the_last(tmp_path: Path, clock: Clock) -> None:
    cut = replace(MIDDLE, text=MIDDLE.text.rsplit("\n\n", 1)[0] + "\n\nThey reaffirmed their shared determin")
    with rooms(tmp_path, clock) as made:
        take(made, tmp_path, OLD, cut, NEW)
        formulary = desk().formulary
        ids = {date: str(number) for date, number in rows(made, "SELECT date, id FROM statements")}
        last = comparing.with_last(made.store, formulary, ids[day(NEW)])
        assert last.before is not None
        assert (last.before.date, last.refused) == (day(OLD), ())
        assert last.passed == (f"statement {ids[day(MIDDLE)]} of {day(MIDDLE)}, its text breaks off in the middle of a sentence.",)
        assert comparing.compare(made.store, formulary, ids[day(NEW)], ids[day(OLD)]).rows == last.rows
        first = comparing.with_last(made.store, formulary, ids[day(OLD)])
        assert first.before is None
        assert "no whole statement like it" in first.refused[0]
        for key in ("999", "x", "9" * 40):
            with pytest.raises(NotFound):
                comparing.compare(made.store, formulary, key, ids[day(OLD)])


def test_two_statements_that_become_one_leave_no_flag_twice(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=TOLD) as made:
        take(made, tmp_path, OLD, item("Tokyo", 1, DPRK), NEW)
        ids = [str(number) for (number,) in rows(made, "SELECT id FROM statements WHERE date > ? ORDER BY id", day(OLD))]
        reviewing.merge_statements(made, ids[0], ids[1], Author("somebody"))
        assert one(made, "SELECT count(*) FROM statements") == 2
        assert len(flags(made)) == 1
        assert one(made, "SELECT count(*) FROM formulae WHERE formula = ?", OBJECT) == 2
        assert one(made, "SELECT count(*) FROM wordings") == 2
        sound(made)


def test_the_packaged_file_is_where_the_others_are() -> None:
    assert (defaults_folder() / "config" / "wording.toml").is_file()
