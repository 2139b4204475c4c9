"""What decides when a channel is told: the facts of alerts, and until when each channel was told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from scraper.model.moment import utc
from scraper.model.routing import AlertFacts
from scraper.storage.alerts import NEWS_DAYS
from scraper.storage.store import Row, Store


@dataclass(frozen=True, slots=True)
class Round:
    """How far a channel was told (UTC): alerts raised from ``since`` on are news to it, and its last digest was due at ``told_until``."""

    since: str
    told_until: str


def muster(store: Store, channels: Sequence[str], told_until: str) -> dict[str, Round]:
    """Return the rounds of the channels that are on; part of no transaction.

    One that is new, or was off, begins now: of the past it is told NEWS_DAYS, and its digests count from ``told_until``. One that is no
    longer on is forgotten.
    """
    known = rounds(store)
    if known.keys() != set(channels):
        begins = utc(store.clock() - timedelta(days=NEWS_DAYS))
        with store.transaction():
            for name in known.keys() - set(channels):
                store.write("DELETE FROM channel_rounds WHERE channel = ?", (name,))
            for name in set(channels) - known.keys():
                store.insert("channel_rounds", {"channel": name, "since": begins, "told_until": told_until})
        known = rounds(store)
    return known


def rounds(store: Store) -> dict[str, Round]:
    """Return how far each channel that is on was told."""
    return {row["channel"]: Round(row["since"], row["told_until"]) for row in store.rows("SELECT * FROM channel_rounds")}


def told(store: Store, channel: str, until: str) -> None:
    """Write that the digest of a channel was due or sent; part of the transaction in hand. A channel that has no round yet gets none."""
    store.write("UPDATE channel_rounds SET told_until = ? WHERE channel = ?", (until, channel))


_FACTS = """SELECT a.id, a.kind, a.raised_at, a.channel, coalesce(s.level, '') AS level, coalesce(s.side, '') AS side,
  s.id AS statement, coalesce(f.party, '') AS flagged, coalesce(c.party, '') AS party, coalesce(c.language, '') AS language,
  coalesce(r.party, '') AS edited, (SELECT group_concat(DISTINCT x.party) FROM articles x WHERE x.statement_id = s.id AND x.official) AS parties,
  (SELECT group_concat(DISTINCT x.language) FROM articles x WHERE x.statement_id = s.id) AS languages
  FROM alerts a LEFT JOIN revisions e ON e.id = a.revision_id LEFT JOIN articles r ON r.id = e.article_id
  LEFT JOIN statements s ON s.id = coalesce(a.statement_id, r.statement_id) LEFT JOIN flags f ON f.id = a.flag_id
  LEFT JOIN sources c ON c.id = a.source_id WHERE a.id IN (SELECT value FROM json_each(?))"""


def facts(store: Store, alert_ids: Iterable[int]) -> dict[int, AlertFacts]:
    """Return what rules ask of alerts, by id, as the tables say it now."""
    return {row["id"]: _facts(row) for row in store.rows(_FACTS, (json.dumps(list(alert_ids)),))}


def _facts(row: Row) -> AlertFacts:
    parties = [row["side"], row["party"], row["edited"], *row["flagged"].split(","), *(row["parties"] or "").split(",")]
    languages = [row["language"], *(row["languages"] or "").split(",")]
    return AlertFacts(
        row["kind"],
        row["raised_at"],
        frozenset(filter(None, parties)),
        row["level"],
        frozenset(filter(None, languages)),
        row["statement"] is not None and row["parties"] is None,
        row["channel"],
    )
