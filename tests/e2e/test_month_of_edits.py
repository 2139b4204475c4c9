"""A month of edits: each substantive one becomes one revision, each takedown one, cosmetic ones none, whatever faults come between."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from threading import Event

from scraper.jobs import digest, poll, rereading
from scraper.model.settings import AlertSettings, Channel
from tests.jobs.house import START, Clock, Item, Sheet, Site, one, rooms, rows, rss, sound, statement

HOURS = 31 * 24
TOPICS = ("harbour lights", "seed banks", "ferry times", "weather masts", "school exchanges", "river gauges", "museum loans", "tide tables")
FAULTS = (
    Sheet(b"oops", status=500),
    Sheet(b"", status=503),
    Sheet(b"<html><title>Just a moment...</title></html>", status=403),
    Sheet(b"<html><head><title>Access denied</title></head><body>Verify that you are human.</body></html>"),
    Sheet(b"<html><body></body></html>"),
    Sheet(b""),
)
BETWEEN = ((1.2, 5.5), (26.0, 70.0), (180.0, 700.0))
"""Hours after the first reading within which no look is due: an edit in each is seen by itself."""


@dataclass
class Press(Site):
    """A site whose pages are faults now and then, never at the first reading of one."""

    luck: Random = field(default_factory=Random)
    read: Counter[str] = field(default_factory=Counter)

    def answer(self, path: str, headers: object) -> Sheet:
        self.read[path] += 1
        if path.startswith("/story") and self.read[path] > 1 and self.luck.random() < 0.15:
            return self.luck.choice(FAULTS)
        return super().answer(path, headers)  # type: ignore[arg-type]


def story(number: int) -> Item:
    topic = TOPICS[number % len(TOPICS)]
    made = statement(("Seoul", "Tokyo", "Honolulu")[number % 3], at=START - timedelta(hours=1 + number % 5), path=f"/story/{number}")
    own = f"\n\nIn meeting {number} of the series on {topic} the delegations agreed that report {number} on {topic} will be published."
    return replace(made, title=f"{made.title}: {topic} {number}", text=made.text + own)


def cosmetic(item: Item, luck: Random) -> Item:
    change = luck.choice([
        lambda text: text.replace("agreed", "AGREED"), lambda text: text.replace(" and ", "  and\u00a0"), lambda text: text.replace(", ", " , "),
        lambda text: text.replace("series", "“series”"), lambda text: text.replace("Japan", "Ｊａｐａｎ"),
    ])  # fmt: skip
    return replace(item, text=change(item.text))


def substance(item: Item, luck: Random) -> Item:
    number = luck.randrange(10**6)
    change = luck.choice([
        lambda text: text.replace("agreed that report", "hoped that report", 1) if "agreed that report" in text else text + f"\n\nA note was added, number {number}.",
        lambda text: text + f"\n\nThe ministers also spoke of beacon {number} and thanked the keepers of it.",
        lambda text: text.replace("They reaffirmed the importance of trilateral cooperation", f"They underscored, for reason {number}, trilateral cooperation", 1)
        if "They reaffirmed" in text else text + f"\n\nReason {number} was given too.",
    ])  # fmt: skip
    return replace(item, text=change(item.text))


def dated(item: Item) -> Item:
    return replace(item, at=item.at + timedelta(hours=3))


@dataclass
class Plan:
    """What happens to one page: (hour, what) in order."""

    item: Item
    acts: list[tuple[float, str]]
    wanted: list[str]


def plan(number: int, luck: Random) -> Plan:
    acts, wanted = [], []
    gone = False
    for low, high in BETWEEN:
        act = luck.choice(["nothing", "cosmetic", "cosmetic", "date", "substance", "substance", "gone", "home"])
        if gone:
            act = luck.choice(["nothing", "back"])
        if act != "nothing":
            acts.append((luck.uniform(low, high - 1), act))
        if act in {"substance", "gone", "home", "back"}:
            wanted.append({"home": "gone", "back": "returned"}.get(act, act))
        gone = act in {"gone", "home"} or (gone and act != "back")
    return Plan(story(number), acts, wanted)


def act(site: Site, one_plan: Plan, what: str, luck: Random, number: int) -> None:
    made = {
        "cosmetic": lambda: cosmetic(one_plan.item, luck),
        "substance": lambda: substance(one_plan.item, luck),
        "date": lambda: dated(one_plan.item),
    }
    if what in made:
        one_plan.item = made[what]()
    path = one_plan.item.path
    if what == "gone":
        site.pages.pop(path, None)
    elif what == "home":
        site.pages[path] = Sheet(status=302, headers=(("Location", "/"),))
    else:
        site.pages[path] = Sheet(
            one_plan.item.page(), headers=(("ETag", f'"{number}-{what}-{len(one_plan.item.text)}-{one_plan.item.at.isoformat()}"'),)
        )


def test_every_edit_and_takedown_once_and_no_cosmetic_one(tmp_path: Path) -> None:
    seed = int(os.environ.get("TRILATERAL_SEED", "0")) or 20260712
    luck, clock = Random(seed), Clock()
    told = AlertSettings(channels=(Channel("out", "file", path="digests"),), max_age_hours=72)
    with Press(luck=luck) as site, rooms(tmp_path, clock, [site.source()], alerts=told) as made:
        site.pages["/"] = Sheet(
            b"<html><head><title>Ministry</title></head><body><p>Welcome to the ministry and all its rooms.</p></body></html>"
        )
        plans = [plan(number, luck) for number in range(24)]
        for each in plans:
            site.pages[each.item.path] = Sheet(each.item.page(), headers=(("ETag", '"first"'),))
        site.pages["/feed"] = Sheet(rss(site.url, [each.item for each in plans]), "application/rss+xml; charset=utf-8")
        poll.run(made, made.config.sources)
        assert one(made, "SELECT count(*) FROM articles") == len(plans), seed
        coming = sorted((hour, number, what) for number, each in enumerate(plans) for hour, what in each.acts)
        for hour in range(HOURS):
            clock.now = START + timedelta(hours=hour)
            while coming and coming[0][0] <= hour:
                _, number, what = coming.pop(0)
                act(site, plans[number], what, luck, number)
            while rereading.run(made, Event()).looks:
                pass
        found: dict[str, list[str]] = {each.item.path: [] for each in plans}
        for url, kind in rows(made, "SELECT a.url, r.kind FROM revisions r JOIN articles a ON a.id = r.article_id ORDER BY r.id"):
            found[url.removeprefix(site.url)].append(kind)
        wanted = {each.item.path: each.wanted for each in plans}
        assert found == wanted, seed
        assert Counter(kind for kinds in wanted.values() for kind in kinds).keys() >= {"substance", "gone", "returned"}, (
            "the plan holds every kind"
        )
        told_kinds = Counter(kind for (kind,) in rows(made, "SELECT kind FROM alerts WHERE revision_id IS NOT NULL"))
        assert told_kinds == Counter(
            {"substance": "official_edit", "gone": "official_takedown", "returned": "official_return"}[kind]
            for kinds in wanted.values()
            for kind in kinds
        )
        for url, text, title in rows(made, "SELECT url, text, title FROM articles"):
            each = plans[int(url.rsplit("/", 1)[1])]
            if each.wanted and each.wanted[-1] == "substance":
                assert each.item.text.split()[-6:] == text.split()[-6:], (seed, title)
        assert rows(made, "SELECT m.id FROM mentions m JOIN articles a ON a.id = m.article_id WHERE m.revision_id IS NULL AND m.field = 'text' "
                    "AND substr(a.text, m.start + 1, m.end - m.start) <> m.name") == []  # fmt: skip
        assert all(json.loads(diff) for (diff,) in rows(made, "SELECT diff FROM revisions WHERE kind = 'substance'"))
        assert one(made, "SELECT count(*) FROM rereadings WHERE next_at IS NOT NULL") == 0 or hour < 37 * 24
        digest.send(made)
        sound(made)
