"""What a digest is compiled from, read from the database as frozen records."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta

from scraper.model.digest import NewInitiative, NewStatement, Publication, SourceTrouble, WatchReport
from scraper.model.initiative import Near
from scraper.model.moment import utc
from scraper.model.source import VOUCHING
from scraper.storage.entries import older_than
from scraper.storage.store import Row, Store

WATCH_DAYS = 7
BLIND_MINUTES = 180
"""A blind spot of an official source longer than this makes the watch incomplete."""


def new_statement(store: Store, number: int, *, max_age_hours: float) -> NewStatement | None:
    """Return a statement as a digest tells it, or None where it is gone."""
    row = store.row(
        "SELECT s.*, a.url, a.language FROM statements s LEFT JOIN articles a ON a.id = s.lead_article_id WHERE s.id = ?", (number,)
    )
    if row is None:
        return None
    seen = store.rows("SELECT * FROM articles WHERE statement_id = ? ORDER BY official DESC, first_seen_at, id", (number,))
    others = [a for a in seen if not a["official"]]
    return NewStatement(
        id=row["id"], title=row["title"], kind=row["kind"], date=row["date"] or "", level=row["level"] or "", place=row["place"] or "",
        side=row["side"] or "", url=row["url"] or "", language=row["language"] or "", published=tuple(_publication(a) for a in seen if a["official"]),
        copies=len(others), publishers=tuple(dict.fromkeys(a["publisher"] for a in others)), placeholder=bool(row["placeholder"]),
        languages=tuple(sorted({a["language"] for a in seen})), late=_late(row, max_age_hours),
    )  # fmt: skip


def _late(row: Row, hours: float) -> bool:
    return bool(row["date"]) and older_than(row["date"], hours, row["first_seen_at"])


def _publication(article: Row) -> Publication:
    return Publication(
        side=article["party"], publisher=article["publisher"], url=article["url"], published_at=article["published_at"] or "",
        seen_after=article["not_seen_before_at"] or "", seen_before=article["first_seen_at"], language=article["language"],
    )  # fmt: skip


_PROOF = """SELECT f.basis, f.confidence, f.reason, i.id, i.name, i.kind, i.nearest, m.name AS form, m.sentence, m.sentence_before, m.sentence_after,
  m.language, m.why, a.publisher, a.url, a.party, s.title AS statement_title, s.date AS statement_date, s.side
  FROM flags f JOIN initiatives i ON i.id = f.initiative_id JOIN mentions m ON m.id = f.mention_id JOIN articles a ON a.id = m.article_id
  LEFT JOIN statements s ON s.id = f.statement_id
  WHERE f.initiative_id = ? AND f.kind = 'new_initiative' AND f.superseded_at IS NULL ORDER BY f.id DESC"""


def new_initiative(store: Store, slug: str) -> NewInitiative | None:
    """Return an initiative whose flag still holds, with its proof, or None where it does not."""
    row = store.row(_PROOF, (slug,))
    if row is None:
        return None
    at = max(row["sentence"].find(row["form"]), 0)
    return NewInitiative(
        id=row["id"], name=row["name"], kind=row["kind"], language=row["language"], sentence=row["sentence"], mark=(at, at + len(row["form"])),
        before=row["sentence_before"], after=row["sentence_after"], side=row["side"] or row["party"], publisher=row["publisher"], url=row["url"],
        statement_title=row["statement_title"] or "", statement_date=row["statement_date"] or "", confidence=row["confidence"],
        why=row["reason"] or row["why"], nearest=tuple(Near(**near) for near in json.loads(row["nearest"])), basis=row["basis"],
    )  # fmt: skip


def known_initiatives(store: Store, statement_ids: Sequence[int]) -> tuple[str, ...]:
    """Return the names of the registry's initiatives that these statements name."""
    rows = store.rows(
        "SELECT DISTINCT i.name FROM mentions m JOIN articles a ON a.id = m.article_id JOIN initiatives i ON i.id = m.initiative_id "
        "WHERE i.known = 1 AND a.statement_id IN (SELECT value FROM json_each(?)) ORDER BY i.name",
        (json.dumps(list(statement_ids)),),
    )
    return tuple(row["name"] for row in rows)


def troubles(store: Store, told_now: frozenset[str], *, hours: float) -> tuple[SourceTrouble, ...]:
    """Return the enabled sources that have failed for longer than ``hours``; those in ``told_now`` are new to the reader."""
    before = utc(store.clock() - timedelta(hours=hours))
    rows = store.rows("SELECT * FROM source_health WHERE failing_since <> '' AND failing_since <= ?", (before,))
    return tuple(
        SourceTrouble(
            r["source_id"],
            r["name"],
            r["last_outcome"],
            r["failing_since"],
            r["last_good_at"] or "",
            r["error"] or "",
            r["source_id"] in told_now,
        )
        for r in rows
    )


_GOOD = f"({', '.join(repr(outcome) for outcome in sorted(VOUCHING))})"
_BLIND = f"""WITH good AS (SELECT p.source_id, p.finished_at AS at FROM polls p JOIN sources s ON s.id = p.source_id
    WHERE s.official AND s.enabled AND p.outcome IN {_GOOD} AND p.finished_at >= :since
    UNION ALL SELECT id, :now FROM sources WHERE official AND enabled
    UNION ALL SELECT s.id, max(:since, :first) FROM sources s WHERE s.official AND s.enabled),
  spans AS (SELECT source_id, at, lag(at) OVER (PARTITION BY source_id ORDER BY at) AS before FROM good)
  SELECT source_id, before, at, (CAST(strftime('%s', at) AS INTEGER) - CAST(strftime('%s', before) AS INTEGER)) / 60 AS minutes FROM spans WHERE before IS NOT NULL
  ORDER BY minutes DESC, source_id LIMIT 1"""


def watch_report(store: Store) -> WatchReport | None:
    """Return how well the last seven days were watched, or None where nothing was polled in them."""
    now, since = store.now(), utc(store.clock() - timedelta(days=WATCH_DAYS))
    polls = store.row(
        f"SELECT count(*) AS n, coalesce(sum(outcome IN {_GOOD}), 0) AS good, min(started_at) AS first FROM polls WHERE finished_at >= ?",
        (since,),
    )
    if not polls or not polls["n"]:
        return None
    official = store.row("SELECT count(*) AS n FROM sources WHERE official AND enabled")
    answered = store.row(
        f"SELECT count(DISTINCT p.source_id) AS n FROM polls p JOIN sources s ON s.id = p.source_id WHERE s.official AND s.enabled AND p.outcome IN {_GOOD} "
        "AND p.finished_at >= ?",
        (since,),
    )
    found = store.row("SELECT count(*) AS n FROM statements WHERE first_seen_at >= ?", (since,))
    blind = store.row(_BLIND, {"since": since, "now": now, "first": polls["first"]})
    wanted, seen = (official or {"n": 0})["n"], (answered or {"n": 0})["n"]
    minutes = int(blind["minutes"]) if blind else 0
    return WatchReport(
        seen, wanted, polls["n"], polls["good"], (found or {"n": 0})["n"], seen == wanted and wanted > 0 and minutes <= BLIND_MINUTES,
        minutes, blind["source_id"] if blind else "", blind["before"] if blind else "", blind["at"] if blind else "",
    )  # fmt: skip
