"""A story of two hundred findings whose watch is killed at 50 random points: every finding arrives exactly once on each channel.

Ten sites of three governments and their press publish, edit and take down pages for eight days, in three languages; the watch polls, concludes
and tells on a clock of the story, in a process of its own. It is killed (SIGKILL) while it reads, inside transactions, between storing a
message and sending it, in the middle of the dialogue with a mail server, and after a server accepted a message and before that is written
down; servers have their bad hours besides. What a server accepted from a sender that could not write it down goes out once more, under the
same id and the same to the byte; those are counted.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import signal
import ssl
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from html import unescape
from pathlib import Path
from re import sub
from sqlite3 import connect
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from scraper.model.routing import Rule
from scraper.model.settings import AlertSettings, Channel
from tests.e2e.newsroom import Chronicle, Newsroom, chronicle
from tests.e2e.receivers import LOGIN, PASSWORD, SECRET, Postbox, Scythe, Trouble, mailing, receiving
from tests.e2e.teller import BEGUN, PREPARED, SETTLED, TRANSACTION, Death, Story, live
from tests.jobs.house import closed_port

SEED = int(os.environ.get("TRILATERAL_SEED") or 20260805)
TIMES = int(os.environ.get("TRILATERAL_TIMES") or 1)
"""How many times as long the story is, and as many its deaths."""

START = datetime(2026, 8, 7, 0, 0, tzinfo=UTC)
DAYS, MEETINGS, KILLS = 8 * TIMES, 44 * TIMES, 50 * TIMES
AFTERWARDS = 3 + (1 - (START + timedelta(DAYS + 3)).weekday()) % 7
"""Days in which nothing is published: the last edits, claims that waited, and a Monday morning come in them."""

LEAST = 175 * TIMES
PATIENCE = 120.0
"""Seconds after which a life that takes a second hangs."""

AT_WORK = {"read": (7, 12), TRANSACTION: (9, 200), PREPARED: (5, 4), BEGUN: (4, 4), SETTLED: (5, 4)}
TALKING = {"desk EHLO": (2, 2), "desk STARTTLS": (1, 2), "desk AUTH": (1, 2), "desk RCPT": (1, 2), "desk DATA": (2, 2), "vault MAIL": (1, 2),
           "vault DATA": (1, 2), "hook asked": (2, 2)}  # fmt: skip
ACCEPTED = {"desk accepted": (2, 2), "desk QUIT": (1, 2), "vault accepted": (2, 2), "vault QUIT": (1, 2), "hook accepted": (3, 2)}
"""Of each phase how many of 50 deaths, and after how many of its events at most. What was accepted then is not known to have been."""

OF_ITS_OWN = {TRANSACTION, PREPARED, BEGUN, SETTLED}
"""Phases that nobody else sees."""

TROUBLES = {
    "desk": (Trouble(20, 36, "451"), Trouble(64, 72, "drop"), Trouble(110, 120, "535"), Trouble(126, 134, "lost")),
    "vault": (Trouble(40, 92, "down"), Trouble(130, 144, "lost")),
    "hook": (Trouble(96, 108, "500"), Trouble(140, 152, "lost")),
}
AT_ONCE = ("new_statement", "official_edit", "official_takedown", "official_return")


@dataclass(frozen=True)
class House:
    """The servers of one story."""

    story: Story
    room: Newsroom
    scythe: Scythe
    boxes: dict[str, Postbox]


@dataclass
class Deaths:
    """How often each phase was the end, and for each channel how many messages had been begun and not written down then."""

    phases: Counter[str] = field(default_factory=Counter)
    open: Counter[str] = field(default_factory=Counter)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1, its key beside it."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs the openssl program to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject, *files], check=True, capture_output=True
    )
    return folder / "cert.pem"


def channels(desk: int, vault: int, hook: str, ca_file: Path) -> tuple[Channel, ...]:
    """Mail by STARTTLS, mail by TLS, a webhook and a feed, each in its own zone and language."""
    login = {"host": "127.0.0.1", "username": LOGIN, "password": PASSWORD, "ca_file": str(ca_file), "sender": "watch@desk.example"}
    return (
        Channel("desk", "email", port=desk, security="starttls", zone="Asia/Seoul", recipients=("reader@to.example",), **login),
        Channel(
            "vault", "email", port=vault, security="tls", zone="America/New_York", language="ko", recipients=("reader@to.example",), **login
        ),
        Channel("hook", "webhook", url=hook, secret=SECRET, allow_private=True, zone="Asia/Tokyo", language="ja"),
        Channel("feed", "atom", path="out/feed.xml", host="desk.example"),
    )


@contextmanager
def house(folder: Path, certificate: Path, told: Chronicle) -> Iterator[House]:
    """The sites and the servers, with a story to be lived between them."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate, certificate.with_name("key.pem"))
    scythe = Scythe(lambda: int((room.now - START) / timedelta(hours=1)))
    room = Newsroom(told, START, lambda _: scythe.passes("read"))
    boxes = {name: Postbox(name, scythe, troubles) for name, troubles in TROUBLES.items()}
    desk, vault = closed_port(), closed_port()
    with ExitStack() as stack:
        stack.enter_context(room)
        stack.enter_context(mailing(boxes["desk"], desk, tls, starttls=True))
        stack.enter_context(mailing(boxes["vault"], vault, tls, starttls=False))
        hook = stack.enter_context(receiving(boxes["hook"]))
        rules = (Rule("never", ("source_recovered",), channels=("vault",)), Rule("digest", AT_ONCE, channels=("feed",)))
        settings = AlertSettings(channels(desk, vault, hook, certificate), zone="Asia/Seoul", rules=rules, quiet="23:00-05:00")
        yield House(Story(folder, settings, room.url, START, (DAYS + AFTERWARDS) * 24), room, scythe, boxes)


def deaths_to_come(luck: random.Random) -> list[Death]:
    """Every phase as often as it is to be, in any order, spread over the days in which something happens."""
    planned = [(phase, most) for phase, (number, most) in (AT_WORK | TALKING | ACCEPTED).items() for _ in range(number * TIMES)]
    luck.shuffle(planned)
    span = DAYS * 24 * 0.8
    return [Death(phase, int(place * span / len(planned)), luck.randint(1, most)) for place, (phase, most) in enumerate(planned)]


def lived(made: House, planned: list[Death]) -> Deaths:
    """Live the story through all its deaths, then to its end."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.e2e.teller"])
    deaths = Deaths()
    for lives, death in enumerate([*planned, None]):
        process = context.Process(target=live, args=(made.story, lives, death))
        process.start()
        assert process.pid is not None
        made.scythe.arm(process.pid, death)
        process.join(PATIENCE if death is not None else 3 * PATIENCE)
        ended = process.exitcode
        process.kill()
        process.join()
        if death is None:
            assert ended == 0
            assert made.scythe.fell == {phase: times for phase, times in deaths.phases.items() if phase not in OF_ITS_OWN}
            return deaths
        assert ended == -signal.SIGKILL, f"{death} never came: {ended}, {deaths.phases}"
        deaths.phases[death.phase] += 1
        deaths.open.update(begun(made.story.folder))
    raise AssertionError


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    """The rows of a query beside nobody: whoever wrote is dead."""
    connection = connect(folder / "db" / "trilateral.db")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def begun(folder: Path) -> list[str]:
    """The channel of each message that was begun and of which nobody knows what became of it."""
    found = rows(
        folder, "SELECT DISTINCT g.channel, g.id FROM deliveries d JOIN digests g ON g.id = d.digest_id WHERE d.begun_at IS NOT NULL"
    )
    return [str(channel) for channel, _ in found]


# --- what arrived


def squashed(text: str) -> str:
    """A text without its white space: lines are broken anywhere."""
    return "".join(text.split())


def texts(box: Postbox) -> dict[str, str]:
    """What a reader of a channel was told, by the id that the product gave the message; one that came again was the same to the byte."""
    once: dict[str, bytes] = {}
    for identity, body in box.taken:
        assert once.setdefault(identity, body) == body, (box.name, identity)
    return {_plain(identity): _read(box.name, body) for identity, body in once.items()}


def _plain(identity: str) -> str:
    return identity.strip("<>").partition("@")[0]


def _read(name: str, body: bytes) -> str:
    if name == "hook":
        return squashed(json.dumps(json.loads(body), ensure_ascii=False).replace('\\"', '"'))
    part = message_from_bytes(body, policy=default).get_body(("plain",))  # type: ignore[attr-defined]
    return squashed(part.get_content())


def feed(path: Path) -> dict[str, str]:
    """What stands in a feed, by the id of the message."""
    atom = "{http://www.w3.org/2005/Atom}"
    entries = ET.parse(path).getroot().findall(f"{atom}entry")  # noqa: S314  our own file
    found = [(entry.findtext(f"{atom}id", "").rpartition(":")[2], entry.findtext(f"{atom}content", "")) for entry in entries]
    assert len({identity for identity, _ in found}) == len(found)
    return {identity: squashed(unescape(sub("<[^>]+>", "", content))) for identity, content in found}


# --- what was to arrive


def findings(folder: Path) -> dict[str, str]:
    """Every alert by its key: its kind, and of a failing channel that one's name."""
    return {str(key): f"{kind} {about}".strip() for key, kind, about in rows(folder, "SELECT key, kind, channel FROM alerts")}


def wanted(channel: str, kind: str) -> bool:
    """Whether the rules send a kind of finding to a channel."""
    return kind != f"channel_failing {channel}" and (channel, kind) != ("vault", "source_recovered")


def check(folder: Path, channel: str, told: dict[str, str]) -> None:
    """Every finding is in one message of a channel, which tells it; and what the database says of a message is what the server took."""
    known = findings(folder)
    deliveries = rows(
        folder, "SELECT a.key, g.message_id, d.state FROM deliveries d JOIN digests g ON g.id = d.digest_id JOIN alerts a ON a.id = d.alert_id "
                f"WHERE g.channel = '{channel}'")  # fmt: skip
    assert {str(state) for _, _, state in deliveries} == {"sent"}
    assert Counter(str(key) for key, _, _ in deliveries) == Counter(key for key, kind in known.items() if wanted(channel, kind)), channel
    held: dict[str, list[str]] = {}
    for key, identity, _ in deliveries:
        held.setdefault(str(identity), []).append(str(key))
    made = {str(identity): json.loads(str(payload)) for identity, payload in rows(
        folder, f"SELECT message_id, payload FROM digests WHERE channel = '{channel}' ORDER BY id")}  # fmt: skip
    assert sorted(told) == sorted(made)
    of, gone, before = subjects(folder), withdrawn(folder), set[tuple[str, str]]()
    for identity, payload in made.items():
        stands = [(of[key], gone.get(key, "9") > payload["made_at"] and of[key].isdisjoint(before)) for key in held.get(identity, ())]
        matched(payload["findings"], stands)
        before |= {one for one in map(brief, payload["findings"]) if one[0] in ("new_statement", "new_initiative")}
        absent = [word for one in payload["findings"] for word in shown(one) if squashed(word) not in told[identity]]
        assert absent == [], (channel, identity)


def matched(told: list[dict[str, Any]], held: list[tuple[set[tuple[str, str]], bool]]) -> None:
    """Whether a message tells each of its alerts, and nothing else as news; of what did not hold any more by then,
    or became one with what was told before, it need not speak."""
    found = Counter(brief(one) for one in told)
    found.pop(NO_NEWS, None)
    assert [one for one, stands in held if stands and one.isdisjoint(found)] == []
    assert found.keys() <= set().union(*(one for one, _ in held))
    for nameless in (("flag", ""), ("wording", ""), ("notice", "")):
        counted = [stands for one, stands in held if nameless in one]
        assert counted.count(True) <= found[nameless] <= len(counted)


NO_NEWS = ("", "")


def brief(one: dict[str, Any]) -> tuple[str, str]:
    """A finding of a message by its kind and what it is of, where the message says that by an id."""
    kind = one["kind"]
    if kind in ("new_statement", "new_initiative"):
        return kind, str(one[kind.removeprefix("new_")]["id"])
    if kind == "source_failing" and one.get("new"):
        return kind, str(one["source"])
    if kind.startswith("official_edit"):
        return "edit", one["url"]
    if kind in ("watch_report", "source_failing"):
        return NO_NEWS
    return ("flag", "") if "kinds" in one else (kind, one.get("name", "").lower())


def subjects(folder: Path) -> dict[str, set[tuple[str, str]]]:
    """For each alert how a message may tell it: what it was of when it was raised, or what that has become since."""
    onward = {(str(kind), str(old)): str(new) for kind, old, new in rows(folder, "SELECT kind, old_id, new_id FROM aliases")}
    pages = {
        str(number): str(url) for number, url in rows(folder, "SELECT v.id, r.url FROM revisions v JOIN articles r ON r.id = v.article_id")
    }
    made: dict[str, set[tuple[str, str]]] = {}
    for key, kind in findings(folder).items():
        family, _, subject = key.partition(":")
        if kind in ("new_statement", "new_initiative"):
            made[key] = {(kind, subject)}
            while subject := onward.get((kind.removeprefix("new_"), subject), ""):
                made[key].add((kind, subject))
        elif kind.startswith("official_"):
            made[key] = {("edit", pages[subject])}
        elif kind in ("source_failing", "source_recovered"):
            made[key] = {(kind, subject.partition(":")[0])}
        else:
            made[key] = {({"channel_failing": "notice", "wording": "wording"}.get(family, "flag"), "")}
    return made


def withdrawn(folder: Path) -> dict[str, str]:
    """When the flag of an alert ceased to hold: what one channel was told in the morning need not hold when another is told."""
    found = rows(folder, "SELECT a.key, f.superseded_at FROM alerts a JOIN flags f ON f.id = a.flag_id WHERE f.superseded_at IS NOT NULL")
    return {str(key): str(at) for key, at in found}


def shown(one: dict[str, Any]) -> list[str]:
    """Words of a finding that a reader must see."""
    statement, initiative = one.get("statement", {}), one.get("initiative", {})
    named = [one.get("name", ""), initiative.get("name", "")]
    return [word for word in (*named, statement.get("title", ""), one.get("title", "")) if word]


def told_once(bodies: list[bytes]) -> None:
    """No statement, new initiative or edit is told as news in two messages."""
    seen: Counter[tuple[str, str]] = Counter()
    for body in bodies:
        for one in json.loads(body)["findings"]:
            what = {"new_statement": "statement", "new_initiative": "initiative"}.get(one["kind"])
            if what is not None:
                seen[one["kind"], str(one[what]["id"])] += 1
            elif one["kind"].startswith("official_edit"):
                seen[one["kind"], one["url"]] += 1
    assert {key: times for key, times in seen.items() if times > 1} == {}


def nothing_lost(folder: Path, told: Chronicle) -> None:
    """What the sites did was found: every text, every launch, every edit and takedown of a government's page, every long outage."""
    stored = {str(url) for (url,) in rows(folder, "SELECT url FROM articles")}
    assert {page.url for page in told.pages if page.path != "/museum"} == stored
    untold = "NOT EXISTS (SELECT 1 FROM alerts a WHERE a.key = 'statement:' || s.id)"  # but for what parted from others when it was no news
    assert rows(folder, f"SELECT id FROM statements s WHERE julianday(first_seen_at) - julianday(date) <= 3 AND {untold}") == []
    revised = Counter(str(url) + " " + str(kind) for url, kind in rows(
        folder, "SELECT r.url, a.kind FROM alerts a JOIN revisions v ON v.id = a.revision_id JOIN articles r ON r.id = v.article_id "
                "WHERE a.kind LIKE 'official%'"))  # fmt: skip
    acts = (("official_edit", "edited"), ("official_takedown", "gone"), ("official_return", "back"))
    assert revised == Counter(f"{page.url} {kind}" for page in told.pages for kind, act in acts if page.desk.party and getattr(page, act))
    named = {
        str(name) for (name,) in rows(folder, "SELECT n.name FROM initiative_names n JOIN alerts a ON a.initiative_id = n.initiative_id")
    }
    missing = [names for names in told.launched if named.isdisjoint(names.values())]
    assert missing == []
    troubled = Counter(tuple(row) for row in rows(folder, "SELECT kind, source_id FROM alerts WHERE source_id IS NOT NULL"))
    assert troubled == Counter((kind, name) for name in told.outages for kind in ("source_failing", "source_recovered"))


def counted(made: House, deaths: Deaths) -> None:
    """What came again is bounded from both sides: by what was certainly accepted unheard, and by that with the deaths that nobody can tell of."""
    for name, box in made.boxes.items():
        again = len(box.taken) - len({identity for identity, _ in box.taken})
        unheard = sum(times for phase, times in deaths.phases.items() if phase in ACCEPTED and phase.startswith(name)) + box.unsaid
        most = deaths.open[name] + box.unsaid
        (((attempts,),)) = rows(
            made.story.folder, "SELECT coalesce(sum(u), 0) FROM (SELECT max(uncertain) AS u FROM deliveries d JOIN digests g ON g.id = d.digest_id "
                               f"WHERE g.channel = '{name}' GROUP BY g.id)")  # fmt: skip
        print(f"{name}: {len(box.taken) - again} messages, {again} came again; {unheard} accepted unheard, {deaths.open[name]} deaths in the "
              f"middle of one; bad answers {dict(box.met)}")  # fmt: skip
        assert unheard <= again <= most
        assert attempts == deaths.open[name]
    assert set().union(*(box.met for box in made.boxes.values())) >= {"451", "535", "drop", "down", "500", "lost"}


def test_every_finding_arrives_exactly_once_on_each_channel(tmp_path: Path, certificate: Path) -> None:
    print("seed", SEED)
    told = chronicle(SEED, START, DAYS, MEETINGS)
    with house(tmp_path, certificate, told) as made:
        deaths = lived(made, deaths_to_come(random.Random(SEED)))
    assert deaths.phases.total() == KILLS
    kinds = Counter(findings(tmp_path).values())
    print(dict(kinds), dict(deaths.phases))
    assert kinds.total() >= LEAST
    nothing_lost(tmp_path, told)
    for name, box in made.boxes.items():
        check(tmp_path, name, texts(box))
    check(tmp_path, "feed", feed(tmp_path / "out" / "feed.xml"))
    told_once(list(dict(made.boxes["hook"].taken).values()))
    counted(made, deaths)
