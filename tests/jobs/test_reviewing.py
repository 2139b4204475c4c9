"""A person decides, and every later grouping respects it, in whatever order texts and decisions come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest

from scraper.errors import InputError, NotFound
from scraper.jobs import intake, reviewing
from scraper.jobs.reviewing import Author
from scraper.jobs.rooms import Rooms
from scraper.storage import reading

from .house import START, Clock, Item, jsonl, one, rooms, rows, sound, statement

ME = Author("me", "because")
STATE, TIMES, POST = "https://www.state.gov", "https://times.example", "https://post.example"
SEOUL, TOKYO = statement("Seoul"), statement("Tokyo", at=START - timedelta(days=1))
HONOLULU = statement("Honolulu", at=START - timedelta(hours=5))
Given = tuple[Item, str]


def bring(made: Rooms, *given: Given, alert: bool = False) -> None:
    """Take texts in, each from its site."""
    for number, (item, base) in enumerate(given):
        intake.run(made, [jsonl(made.home.folder / f"{number}.jsonl", item, base=base)], alert=alert)


def at(given: Given) -> str:
    return given[1] + given[0].path


def stands(made: Rooms, given: Given) -> tuple[int, int]:
    """The statement and the event in which a text stands."""
    ((number, event),) = rows(
        made, "SELECT s.id, s.event_id FROM articles a JOIN statements s ON s.id = a.statement_id WHERE a.url = ?", at(given)
    )
    return number, event


def statements(made: Rooms) -> set[frozenset[str]]:
    """The addresses that stand together as one statement."""
    return gathered(rows(made, "SELECT statement_id, url FROM articles"))


def events(made: Rooms) -> set[frozenset[str]]:
    """The addresses that stand together in one event."""
    return gathered(rows(made, "SELECT s.event_id, a.url FROM articles a JOIN statements s ON s.id = a.statement_id"))


def gathered(pairs: Sequence[tuple[int, str]]) -> set[frozenset[str]]:
    found: dict[int, set[str]] = {}
    for number, url in pairs:
        found.setdefault(number, set()).add(url)
    return {frozenset(urls) for urls in found.values()}


FIRST, SECOND, THIRD = (SEOUL, STATE), (TOKYO, STATE), (HONOLULU, STATE)
COPY, COPY_2 = (SEOUL, TIMES), (TOKYO, TIMES)


def parts(*given: Sequence[Given]) -> set[frozenset[str]]:
    return {frozenset(at(item) for item in part) for part in given}


def test_two_statements_put_together_are_one_and_the_ids_stay(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock) as made:
        bring(made, FIRST, SECOND, COPY, alert=True)
        assert statements(made) == parts((FIRST, COPY), (SECOND,))
        told = one(made, "SELECT count(*) FROM alerts")
        done = reviewing.merge_statements(made, "1", "2", ME)
        assert done == reviewing.Decided(1, (1,), (1,))
        assert statements(made) == parts((FIRST, COPY, SECOND))
        assert rows(made, "SELECT kind, old_id, new_id FROM aliases ORDER BY kind") == [("event", "2", "1"), ("statement", "2", "1")]
        assert reading.statement(made.store, "2")["id"] == 1
        assert rows(made, "SELECT at, who, action, note FROM reviews") == [("2026-07-09T12:00:00Z", "me", "merge", "because")]
        (urls,) = rows(made, "SELECT subject, value FROM reviews")
        assert urls == (f"{at(FIRST)}\n{at(COPY)}", at(SECOND))
        assert one(made, "SELECT count(*) FROM alerts") <= told
        sound(made)


def test_what_is_taken_out_stands_by_itself_and_nothing_is_told_again(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock) as made:
        bring(made, FIRST, COPY, alert=True)
        assert statements(made) == parts((FIRST, COPY))
        before = rows(made, "SELECT key FROM alerts")
        done = reviewing.split_statement(made, "1", [at(COPY)], ME)
        assert statements(made) == parts((FIRST,), (COPY,))
        assert done.statements == (1, 2)
        assert stands(made, FIRST)[0] == 1
        assert rows(made, "SELECT key FROM alerts") == before
        bring(made, (SEOUL, POST), alert=True)
        assert rows(made, "SELECT key FROM alerts") == before
        sound(made)


def test_an_article_is_named_by_number_or_by_any_form_of_its_address(tmp_path: Path, clock: Clock) -> None:
    for named in ("2", at(COPY), at(COPY).replace("https://times", "http://TIMES") + "#top"):
        with rooms(tmp_path / str(abs(hash(named))), clock) as made:
            bring(made, FIRST, COPY)
            reviewing.split_statement(made, "1", [named], ME)
            assert statements(made) == parts((FIRST,), (COPY,))


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_copies_of_what_was_put_together_follow_before_or_after(tmp_path: Path, clock: Clock, order: tuple[int, ...]) -> None:
    """A decision, a copy of the one and a copy of the other, in every order."""
    with rooms(tmp_path, clock) as made:
        bring(made, FIRST, SECOND)
        steps = (lambda: bring(made, COPY), lambda: bring(made, COPY_2), lambda: reviewing.merge_statements(made, "1", "2", ME))
        for step in order:
            steps[step]()
            clock.advance(minutes=1)
        assert statements(made) == parts((FIRST, SECOND, COPY, COPY_2))
        assert one(made, "SELECT count(*) FROM events") == 1
        sound(made)


def test_a_decision_may_stand_before_the_texts_it_is_about(tmp_path: Path, clock: Clock) -> None:
    lines: list[str] = []
    with rooms(tmp_path / "one", clock) as made:
        bring(made, FIRST, SECOND, COPY, THIRD)
        reviewing.merge_statements(made, "1", "2", ME)
        clock.advance(minutes=1)
        reviewing.split_statement(made, "1", [at(COPY)], ME)
        clock.advance(minutes=1)
        reviewing.merge_events(made, "1", str(stands(made, THIRD)[1]), ME)
        wanted = statements(made), events(made)
        lines = list(reviewing.exported(made.store))
    assert wanted == (parts((FIRST, SECOND), (COPY,), (THIRD,)), parts((FIRST, SECOND, COPY, THIRD)))
    for number, order in enumerate(list(permutations((FIRST, SECOND, COPY, THIRD)))[::4]):
        with rooms(tmp_path / f"{number}", clock) as made:
            cut = number % 4
            bring(made, *order[:cut])
            assert reviewing.import_(made, lines) == (3, 3)
            bring(made, *order[cut:])
            assert (statements(made), events(made)) == wanted, order
            assert reviewing.import_(made, lines) == (3, 0)
            assert list(reviewing.exported(made.store)) == lines
            sound(made)


def test_undone_everything_is_as_the_texts_say_and_undone_again_as_the_person_says(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock) as made:
        bring(made, FIRST, SECOND, COPY)
        alone = statements(made), events(made)
        reviewing.merge_statements(made, "1", "2", ME)
        together = statements(made), events(made)
        clock.advance(minutes=1)
        assert reviewing.undo(made, 1, Author("you")).review == 2
        assert (statements(made), events(made)) == alone
        bring(made, COPY_2)
        assert parts((SECOND, COPY_2)) < statements(made)
        with pytest.raises(InputError, match="review 1 is undone already"):
            reviewing.undo(made, 1, ME)
        clock.advance(minutes=1)
        reviewing.undo(made, 2, ME)
        assert statements(made) == {frozenset().union(*together[0], {at(COPY_2)})}
        assert rows(made, "SELECT id, action, who FROM reviews") == [(1, "merge", "me"), (2, "undo merge", "you"), (3, "merge", "me")]
        sound(made)


def test_the_latest_of_contradictory_decisions_holds(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock) as made:
        bring(made, FIRST, SECOND)
        for _ in range(2):  # in one and the same second
            one_, other = (str(stands(made, given)[0]) for given in (FIRST, SECOND))
            reviewing.merge_statements(made, one_, other, ME)
            assert statements(made) == parts((FIRST, SECOND))
            reviewing.split_statement(made, one_, [at(SECOND)], ME)
            assert statements(made) == parts((FIRST,), (SECOND,))
        sound(made)


def test_events_are_put_together_and_taken_apart(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock) as made:
        bring(made, FIRST, SECOND)
        reviewing.merge_events(made, "1", "2", ME)
        assert (statements(made), events(made)) == (parts((FIRST,), (SECOND,)), parts((FIRST, SECOND)))
        assert reading.event(made.store, "2")["id"] == 1
        clock.advance(minutes=1)
        bring(made, COPY, COPY_2)
        assert events(made) == parts((FIRST, SECOND, COPY, COPY_2))
        number = str(stands(made, SECOND)[0])
        done = reviewing.split_event(made, "2", [number], ME)
        assert events(made) == parts((FIRST, COPY), (SECOND, COPY_2))
        assert len(done.events) == 2
        reviewing.undo(made, 1, ME)
        reviewing.undo(made, 2, ME)
        assert events(made) == parts((FIRST, COPY), (SECOND, COPY_2))
        sound(made)


ASKED: dict[str, Callable[[Rooms, str, str], object]] = {
    "merge": lambda made, first, second: reviewing.merge_statements(made, first, second, ME),
    "merge event": lambda made, first, second: reviewing.merge_events(made, first, second, ME),
    "split": lambda made, first, second: reviewing.split_statement(made, first, [second], ME),
    "split event": lambda made, first, second: reviewing.split_event(made, first, [second], ME),
}
REFUSED = {
    ("merge", "1", "99"): (NotFound, "there is no statement 99"),
    ("merge", "x", "1"): (NotFound, "there is no statement x"),
    ("merge", "1", "1"): (InputError, "give two statements, not one twice"),
    ("merge", "99999999999999999999", "1"): (NotFound, "there is no statement 99999999999999999999"),
    ("split", "1", "https://www.state.gov/elsewhere"): (NotFound, "article https://www.state.gov/elsewhere does not stand in statement 1"),
    ("split", "1", "2"): (NotFound, "article 2 does not stand in statement 1"),
    ("split", "1", "1"): (InputError, "nothing would remain in statement 1"),
    ("merge event", "1", "99"): (NotFound, "there is no event 99"),
    ("split event", "1", "2"): (NotFound, "statement 2 is none of event 1"),
    ("split event", "1", "1"): (InputError, "nothing would remain in event 1"),
    ("split event", "9", "1"): (NotFound, "there is no event 9"),
}


@pytest.mark.parametrize("asked", list(REFUSED))
def test_what_cannot_be_is_refused_with_a_sentence(tmp_path: Path, clock: Clock, asked: tuple[str, str, str]) -> None:
    kind, message = REFUSED[asked]
    action, first, second = asked
    with rooms(tmp_path, clock) as made:
        bring(made, FIRST, SECOND)
        with pytest.raises(kind, match=message):
            ASKED[action](made, first, second)
        with pytest.raises(NotFound, match="there is no review 7"):
            reviewing.undo(made, 7, ME)
        assert one(made, "SELECT count(*) FROM reviews") == 0


def test_one_that_became_another_is_merged_as_that(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock) as made:
        bring(made, FIRST, SECOND, THIRD)
        reviewing.merge_statements(made, "1", "2", ME)
        with pytest.raises(InputError, match="1 and 2 are one statement already"):
            reviewing.merge_statements(made, "1", "2", ME)
        reviewing.merge_statements(made, "2", "3", ME)
        assert statements(made) == parts((FIRST, SECOND, THIRD))


BROKEN = {
    "{": "this is no JSON",
    "[1]": "this is no decision",
    '{"action": "merge", "subject": 7, "at": "2026-07-09T12:00:00Z"}': "this is no decision",
    '{"action": "eat", "subject": "https://a.example/", "at": "2026-07-09T12:00:00Z"}': "a decision has at, subject and an action",
    '{"action": "merge", "subject": "https://a.example/", "at": "soon"}': "a decision has at, subject and an action",
    '{"action": "merge", "subject": " ", "at": "2026-07-09T12:00:00Z"}': "a decision has at, subject and an action",
    "[" * 100_000: "this is no JSON",
}


@pytest.mark.parametrize("line", list(BROKEN), ids=range(len(BROKEN)))
def test_a_broken_line_is_named_and_nothing_is_read(tmp_path: Path, clock: Clock, line: str) -> None:
    good = '{"action": "merge", "subject": "https://a.example/", "value": "https://b.example/", "at": "2026-07-09T12:00:00Z", "who": "me"}'
    with rooms(tmp_path, clock) as made:
        with pytest.raises(InputError, match=f"line 3: {BROKEN[line]}"):
            reviewing.import_(made, [good, "", line])
        assert one(made, "SELECT count(*) FROM reviews") == 0
        assert reviewing.import_(made, [good, good]) == (2, 1)
