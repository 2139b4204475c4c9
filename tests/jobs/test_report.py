"""The report of a month, out of a database: what is in it, in whose words, and the same twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.errors import InputError, NotFound
from scraper.jobs import citing, intake, report
from scraper.jobs.rooms import Rooms
from scraper.stages.citing import cited

from .house import Clock, Item, jsonl, one, rooms, statement

STATE = "https://www.state.gov"
JULY = datetime(2026, 7, 3, 9, tzinfo=UTC)
JANUARY = datetime(2026, 1, 8, 9, tzinfo=UTC)
STRONG = "They reaffirmed their commitment to the complete denuclearization of North Korea."
WEAK = "They reaffirmed their commitment to the complete denuclearization of the Korean Peninsula."


def with_sentence(item: Item, sentence: str) -> Item:
    return Item(item.path, item.title, f"{item.text}\n\n{sentence}", item.at)


@pytest.fixture
def made(tmp_path: Path, clock: Clock) -> Iterator[Rooms]:
    """A home that read a statement of January and one of July, which launches something and is worded otherwise, and a report on a third."""
    press = statement("Honolulu", at=JULY)
    with rooms(tmp_path / "home", clock) as opened:
        items = [
            with_sentence(statement("Seoul", at=JANUARY), STRONG),
            with_sentence(statement("Tokyo", at=JULY, name="Trilateral Seed Bank Dialogue"), WEAK),
        ]
        intake.run(
            opened,
            [jsonl(tmp_path / "official.jsonl", *items, base=STATE), jsonl(tmp_path / "press.jsonl", press, base="https://post.example")],
        )
        yield opened


def test_a_month_has_its_own_and_no_other(made: Rooms) -> None:
    month = report.told(made.config, made.store, "2026-07", "en")
    assert {one_.date for one_ in month.said} == {"2026-07-03"}
    assert len(month.said) == one(made, "SELECT count(*) FROM statements WHERE date LIKE '2026-07%'")
    assert month.events == one(made, "SELECT count(DISTINCT event_id) FROM statements WHERE date LIKE '2026-07%'")
    assert [(new.name, "Trilateral Seed Bank Dialogue" in new.sentence) for new in month.initiated] == [
        ("Trilateral Seed Bank Dialogue", True)
    ]
    assert {number for number, _ in month.notes} >= {one_.id for one_ in month.said}


def test_wording_is_told_against_the_statement_before(made: Rooms) -> None:
    month = report.told(made.config, made.store, "2026-07", "en")
    assert month.reworded
    changed = next(row for row in month.reworded if "Korean Peninsula" in row.sentence)
    assert "North Korea" in changed.sentence_then
    assert (changed.date, changed.date_then) == ("2026-07-03", "2026-01-08")
    assert {changed.statement, changed.comparator} <= {number for number, _ in month.notes}
    assert report.told(made.config, made.store, "2026-01", "en").reworded == ()


def test_words_are_the_readers(made: Rooms) -> None:
    number = one(made, "SELECT id FROM statements WHERE place = 'Tokyo'")
    told = {
        language: next(said for said in report.told(made.config, made.store, "2026-07", language).said if said.id == number)
        for language in ("en", "ko", "ja")
    }
    assert [told[language].place for language in told] == ["Tokyo", "도쿄", "東京"]
    assert len({told[language].kind for language in told}) == 3
    assert {told[language].side for language in told} == {"joint"}


def test_what_nobody_watched_is_said(made: Rooms) -> None:
    assert "Nothing is known of how this month was watched." in report.report(made.config, made.store, "2026-01", "en")


def test_the_same_state_gives_the_same_report(made: Rooms, clock: Clock) -> None:
    first = report.report(made.config, made.store, "2026-01", "en")
    clock.advance(days=3)
    assert report.report(made.config, made.store, "2026-01", "en") == first


@pytest.mark.parametrize("month", ["2026-08", "2026-13", "2026-7", "", "２０２６-07", "2026-07-01", "0000-05"])
def test_no_month_and_one_to_come(made: Rooms, month: str) -> None:
    with pytest.raises(InputError):
        report.report(made.config, made.store, month, "en")


@pytest.mark.parametrize(
    ("now", "month"), [(datetime(2026, 1, 1, tzinfo=UTC), "2025-12"), (datetime(2026, 7, 31, 23, 59, tzinfo=UTC), "2026-06")]
)
def test_the_month_that_ended_last(made: Rooms, clock: Clock, now: datetime, month: str) -> None:
    clock.now = now
    assert report.last_month(made.store) == month


def test_a_statement_without_a_page_has_no_footnote(made: Rooms) -> None:
    number = one(made, "SELECT max(id) FROM statements")
    with made.store.transaction():
        made.store.write("UPDATE statements SET lead_article_id = NULL WHERE id = ?", (number,))
    month = report.told(made.config, made.store, str(one(made, "SELECT substr(date, 1, 7) FROM statements WHERE id = ?", number)), "en")
    assert number in {said.id for said in month.said}
    assert number not in dict(month.notes)
    with pytest.raises(NotFound):
        citing.citation(made.config, made.store, str(number))


# --- citations


def test_the_public_archives_copy_comes_first_then_the_one_that_was_read_then_ours(made: Rooms) -> None:
    number, article, url = made.store.rows(
        "SELECT s.id, a.id AS article, a.canonical_url FROM statements s JOIN articles a ON a.id = s.lead_article_id WHERE a.official LIMIT 1"
    )[0].values()
    with made.store.transaction():
        capture = made.store.insert(
            "captures",
            {
                "url": url,
                "fetched_at": "2026-07-03T10:00:00Z",
                "status": 200,
                "content_type": "text/html",
                "file": "kept-1.warc.gz",
                "offset": 0,
                "length": 9,
                "digest": "sha256:aa",
                "kept": 1,
            },
        )
        made.store.write("UPDATE articles SET capture_id = ? WHERE id = ?", (capture, article))
    public = made.config.alerts
    assert citing.citation(made.config, made.store, str(number)).archived_url == ""
    assert citing.citation(made.config, made.store, str(number)).capture == "kept-1.warc.gz, sha256:aa"
    served = replace(made.config, alerts=replace(public, pages_url="https://monitor.example/"))
    ours = citing.citation(served, made.store, str(number))
    assert (ours.archived_url, ours.archived_at, ours.archive) == (
        f"https://monitor.example/capture/{article}",
        "2026-07-03T10:00:00Z",
        citing.OURS,
    )
    with made.store.transaction():
        made.store.write(
            "INSERT INTO backfills (canonical_url, url, at, outcome, reason, via, looks) VALUES (?, ?, '2026-07-03T10:00:00Z', 'relevant', '', ?, 1)",
            (url, url, f"https://web.archive.org/web/20260702id_/{url}"),
        )
    read = citing.citation(served, made.store, str(number))
    assert (read.archived_at, read.archive) == ("2026-07-02", "Internet Archive")
    with made.store.transaction():
        made.store.insert(
            "public_archive",
            {
                "article_id": article,
                "url": url,
                "state": "saved",
                "archived_url": f"https://archive.example/web/20260703110000/{url}",
                "archived_at": "2026-07-03T11:00:00Z",
            },
        )
    saved = citing.citation(served, made.store, str(number))
    assert (saved.archived_at, saved.archive) == ("2026-07-03T11:00:00Z", "archive.example")


def test_a_report_is_cited_as_what_it_is(made: Rooms) -> None:
    number = one(made, "SELECT s.id FROM statements s JOIN articles a ON a.id = s.lead_article_id WHERE NOT a.official")
    found = citing.citation(made.config, made.store, str(number))
    assert (found.official, found.genre) == (False, "")
    assert cited((found,), "ris").startswith("TY  - NEWS")


def test_each_statement_is_cited_once_and_an_alias_leads_on(made: Rooms) -> None:
    number = one(made, "SELECT min(id) FROM statements")
    with made.store.transaction():
        made.store.insert("aliases", {"kind": "statement", "old_id": "900", "new_id": str(number), "at": "2026-07-09T12:00:00Z"})
    assert [one_.number for one_ in citing.citations(made.config, made.store, [str(number), "900"])] == [number]
