"""What a channel is told: each finding with what it stands against, where it is shown, and how the governments were seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scraper.jobs import digest, intake, poll, proving, routing
from scraper.jobs.linking import secret
from scraper.jobs.rooms import Rooms
from scraper.jobs.telling import told
from scraper.model.digest import Attendance, Comparable, Digest
from scraper.model.links import read_link, sealed
from scraper.model.settings import AlertSettings, Channel
from scraper.model.watch import Party, Term, Watch
from scraper.stages.digest import compile, render_text, subject
from scraper.storage import sources

from .house import START, Clock, Item, Site, closed_port, jsonl, packaged, rooms, statement

NAME = "Trilateral Kelp Forest Initiative"
CHANNEL = Channel("desk", "file", path="out/digest.html", recipients=("ann@desk.example",))
ALERTS = AlertSettings((CHANNEL,), watch_report="")
OURS = "https://monitor.example.org/"
WATCH = packaged().watch


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        yield made


def item(place: str, days: int, said: str, name: str = "") -> Item:
    """A joint statement of some days ago that says a sentence."""
    made = statement(place, at=START - timedelta(days=days, hours=2), name=name)
    head, _, rest = made.text.rpartition("\n\n")
    return replace(made, text=f"{head} {said}\n\n{rest}")


OLD = item("Seoul", 900, "They support the complete denuclearization of the Korean Peninsula.")
NEW = item("Tokyo", 0, "They support the complete denuclearization of North Korea.", NAME)


def take(made: Rooms, folder: Path, *items: Item, alert: bool = True) -> None:
    for number, each in enumerate(items):
        intake.run(made, [jsonl(folder / f"{number}{each.path[1:]}.jsonl", each)], alert=alert)


def telling(made: Rooms, channel: Channel = CHANNEL, *, whole: bool = True) -> Digest:
    return compile(told(made, routing.waiting(made, channel), channel, report=False, whole=whole))


def test_a_statement_is_told_with_its_mention_and_what_changed(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=ALERTS) as made:
        take(made, tmp_path, OLD, NEW)
        found = telling(made)
        (one,), (name,) = found.statements, found.initiatives
        assert (name.name, name.statement_id, name.paragraph, name.earlier, name.since) == (NAME, one.id, 2, 1, "2024")
        assert one.comparable is not None
        assert (one.comparable.id, one.comparable.title, one.comparable.url) == (1, OLD.title, f"https://www.state.gov{OLD.path}")
        (change, *_) = one.comparable.changes
        assert (change.kind, change.formula, change.before, change.after) == (
            "moved",
            "Denuclearization of",
            ("the Korean Peninsula",),
            ("the DPRK",),
        )
        assert "in none of" not in render_text(found)
        assert "not in the one earlier statement, of 2024" in " ".join(render_text(found).split())
        assert subject(found) == "NEW joint statement, FMs + first mention: Trilateral Kelp…"


def test_what_it_stands_against_is_the_same_whatever_arrives_first(tmp_path: Path, clock: Clock) -> None:
    seen = []
    for order in ((OLD, NEW), (NEW, OLD)):
        folder = tmp_path / order[0].path[1:]
        folder.mkdir()
        with rooms(folder, clock, alerts=ALERTS) as made:
            take(made, folder, *order)
            (one,) = telling(made).statements
            assert one.comparable is not None
            seen.append((replace(one.comparable, id=0), [replace(name, statement_id=0) for name in telling(made).initiatives]))
    assert seen[0] == seen[1]


def test_a_first_statement_is_compared_with_nothing(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=ALERTS) as made:
        take(made, tmp_path, NEW)
        (one,) = telling(made).statements
        assert one.comparable is None
        assert telling(made).initiatives[0].earlier == 0


@pytest.mark.parametrize(
    ("language", "place", "formula", "now"), [("ko", "도쿄", "비핵화의 대상", "북한"), ("ja", "東京", "非核化の対象", "北朝鮮")]
)
def test_places_and_formulae_are_named_in_the_language_of_the_reader(
    tmp_path: Path, clock: Clock, language: str, place: str, formula: str, now: str
) -> None:
    with rooms(tmp_path, clock, alerts=ALERTS) as made:
        take(made, tmp_path, OLD, NEW)
        (one,) = telling(made, replace(CHANNEL, language=language)).statements
        assert one.place == place
        assert isinstance(one.comparable, Comparable)
        assert (one.comparable.changes[0].formula, one.comparable.changes[0].after) == (formula, (now,))


def test_where_the_sides_differ_is_told_of_the_event(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=ALERTS) as made:
        take(made, tmp_path, OLD, NEW)
        shared = {
            "kind": "divergence",
            "basis": "in_our_data",
            "statement_id": 2,
            "flagged_at": made.store.now(),
            "reason": "r",
            "confidence": 1.0,
        }
        formula = {"formula": "denuclearization-object", "party": "US", "detail": "JP", "comparator_id": 1}
        slug = made.store.rows("SELECT initiative_id FROM flags WHERE kind = 'new_initiative'")[0]["initiative_id"]
        for extra in (formula, {"initiative_id": slug, "party": "US", "detail": "KR,JP"}):
            made.store.insert("flags", {**shared, **extra})
        (one,) = telling(made).statements
        assert [(d.name, d.parties, d.others, d.here, d.there) for d in one.differences] == [
            ("Denuclearization of", ("US",), ("JP",), ("the DPRK",), ("the Korean Peninsula",)),
            (NAME, ("US",), ("KR", "JP"), (), ()),
        ]


def test_addresses_are_given_where_our_pages_are_served(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(replace(NEW, at=clock() - timedelta(hours=2)))
    with rooms(tmp_path, clock, [site.source()], alerts=replace(ALERTS, pages_url=OURS)) as made:
        take(made, tmp_path, OLD, alert=False)
        poll.run(made, made.config.sources)
        found = telling(made)
        (one,), (name,) = found.statements, found.initiatives
        places = {key: getattr(one.addresses, key).removeprefix(OURS) for key in ("page", "capture", "cite", "compare")}
        assert places == {"page": "statement/2", "capture": "capture/2", "cite": "statement/2/cite", "compare": "compare/1/2"}
        assert (name.addresses.page, name.addresses.statement) == (f"{OURS}initiative/{name.id}", f"{OURS}statement/2")
        assert found == telling(made), "two previews of one state are equal"


def test_without_served_pages_there_is_no_address_of_ours(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=ALERTS) as made:
        take(made, tmp_path, OLD, NEW)
        found = telling(made)
        assert not any((*_all(found.statements[0].addresses), *_all(found.initiatives[0].addresses), *_all(found.initiatives[0].deciding)))


def _all(record: object) -> list[str]:
    return [getattr(record, name) for name in record.__dataclass_fields__]  # type: ignore[attr-defined]


def test_a_reader_may_decide_and_a_public_feed_may_not(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=replace(ALERTS, pages_url=OURS, review_secret="of-the-house")) as made:
        take(made, tmp_path, OLD, NEW)
        (name,) = telling(made).initiatives
        assert name.deciding.confirm.startswith(f"{OURS}review/")
        acting = sealed(name.deciding.confirm, secret(made))
        link = read_link(urlsplit(acting).path.rpartition("/")[2], secret(made), clock())
        assert (link.action, link.subject, link.who) == ("confirm", name.id, "ann@desk.example")
        assert bool(name.deciding.merge) == bool(name.nearest)
        (public,) = telling(made, replace(CHANNEL, kind="atom")).initiatives
        assert not any(_all(public.deciding))
        assert public.addresses == name.addresses


def test_how_the_governments_were_seen(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(NEW)
    gone = f"http://127.0.0.1:{closed_port()}/feed"
    polled = [
        site.source("state"), replace(site.source("whitehouse"), url=gone), replace(site.source("gaimusho", party="JP"), url=gone),
        site.source("paper", "/press", official=False, party="KR"), site.source("off", party="KR", enabled=False),
    ]  # fmt: skip
    with rooms(tmp_path, clock, polled, alerts=ALERTS) as made:
        assert telling(made).attendance == (), "nobody was asked yet"
        poll.run(made, made.config.sources)
        looked = sources.states(made.store)["state"].last_good_at
        assert telling(made).attendance == (
            Attendance("KR", "Seoul"), Attendance("US", "Washington", 1, 2, ("Whitehouse",), looked), Attendance("JP", "Tokyo", 0, 1, ("Gaimusho",)),
        )  # fmt: skip
        assert subject(telling(made)) == "WATCH INCOMPLETE: Seoul, Tokyo unconfirmed · 1 new statement"
        assert subject(telling(made, whole=False)).startswith("NEW joint statement")
        assert [one.place for one in telling(made, replace(CHANNEL, language="ko")).attendance] == ["서울", "워싱턴", "도쿄"]
        clock.advance(days=2)
        assert telling(made).blind == ("Seoul", "Washington", "Tokyo")


def test_a_home_that_only_imports_watches_nobody(tmp_path: Path, clock: Clock, site: Site) -> None:
    with rooms(tmp_path, clock, [site.source()], alerts=ALERTS) as made:
        take(made, tmp_path, NEW)
        assert telling(made).attendance == ()
        shown = digest.preview(made)
        assert shown is not None
        assert shown.subject.startswith("NEW joint statement")


@pytest.mark.parametrize(
    ("party", "language", "name"),
    [
        (WATCH.parties[0], "ja", "ソウル"),
        (WATCH.parties[0], "fr", "Republic of Korea"),
        (Party("AA", "Aland", {"en": ("Republic of Aland",), "ko": ("알란드",)}), "ko", "알란드"),
        (Party("AA", "Aland", {}), "ko", "Aland"),
        (Party("AA", "Aland", {"en": ("Aland",)}, capitals={"en": ("Alandia",)}), "en", "Alandia"),
    ],
)
def test_what_stands_for_a_government(party: Party, language: str, name: str) -> None:
    assert proving.capital(party, language) == name


@pytest.mark.parametrize(
    ("place", "language", "said"),
    [
        ("Reef", "ko", "암초"),
        ("Reef", "en", "Reef"),
        ("Reef", "ja", "Reef"),
        ("Nowhere", "ko", "Nowhere"),
        ("", "ko", ""),
        ("Bay", "ko", "Bay"),
    ],
)
def test_what_a_place_is_called(place: str, language: str, said: str) -> None:
    watch = Watch("", (), places=(Term("Reef", {"en": ("Great Reef",), "ko": ("/암.초/", "암초")}), Term("Bay", {"ko": ("/만.*/",)})))
    assert proving.place_in(watch, place, language) == said
