"""How far each channel was told, and the facts of alerts as the tables say them."""

from __future__ import annotations

from datetime import timedelta

from scraper.model.moment import utc
from scraper.model.routing import AlertFacts
from scraper.storage import alerts, routing, sources
from scraper.storage.alerts import NEWS_DAYS, Alert
from scraper.storage.routing import Round
from scraper.storage.store import Store

from .made import AT, Clock, source


def test_a_channel_begins_when_it_is_first_seen_and_again_when_it_was_off(store: Store, clock: Clock) -> None:
    ago = utc(clock() - timedelta(days=NEWS_DAYS))
    assert routing.muster(store, ["a", "b"], AT) == {"a": Round(ago, AT), "b": Round(ago, AT)}
    clock.advance(days=30)
    later = store.now()
    routing.told(store, "a", later)
    assert routing.muster(store, ["a", "c"], later) == {"a": Round(ago, later), "c": Round(utc(clock() - timedelta(days=NEWS_DAYS)), later)}
    clock.advance(days=1)
    assert routing.muster(store, ["a", "b", "c"], store.now())["b"] == Round(utc(clock() - timedelta(days=NEWS_DAYS)), store.now())


def test_what_waits_since_a_channel_began_is_not_forgotten(store: Store, clock: Clock) -> None:
    routing.told(store, "nobody", AT)
    assert routing.rounds(store) == {}
    alerts.raise_once(store, Alert("k", "disk"))
    clock.advance(days=400)
    assert alerts.undelivered(store, "a") == []
    assert [row["key"] for row in alerts.undelivered(store, "a", AT)] == ["k"]


def test_the_facts_of_an_alert_of_a_source_and_of_a_channel(store: Store) -> None:
    sources.sync(store, [source("one", party="KR", language="ko")])
    alerts.raise_once(store, Alert("s", "source_failing", source_id="one"))
    alerts.raise_once(store, Alert("c", "channel_failing", channel="mail"))
    first, second = (row["id"] for row in store.rows("SELECT id FROM alerts ORDER BY id"))
    assert routing.facts(store, (first, second)) == {
        first: AlertFacts("source_failing", AT, frozenset({"KR"}), languages=frozenset({"ko"})),
        second: AlertFacts("channel_failing", AT, about_channel="mail"),
    }


def test_an_attempt_that_was_never_settled_is_counted(store: Store) -> None:
    alerts.raise_once(store, Alert("k", "disk"))
    number = alerts.prepare(store, {"channel": "mail", "made_at": AT, "subject": "s", "message_id": "m", "text": "", "html": ""}, [1])
    counts = []
    for settled in (False, False, True, True):
        alerts.begin(store, number)
        if settled:
            alerts.settle(store, number, "pending", "later")
        counts.append(store.rows("SELECT uncertain FROM deliveries")[0]["uncertain"])
    assert counts == [0, 1, 2, 2]
