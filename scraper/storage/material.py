"""What a digest is compiled from, read from the database as frozen records."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta

from scraper.model.digest import NewInitiative, NewStatement, Publication, SourceTrouble, WatchReport
from scraper.model.flag import JOINT
from scraper.model.initiative import Near
from scraper.model.moment import parse_utc, utc
from scraper.model.source import VOUCHING
from scraper.storage import precedents
from scraper.storage.entries import older_than
from scraper.storage.store import Row, Store

WATCH_DAYS = 7


def new_statement(store: Store, number: int, *, max_age_hours: float) -> NewStatement | None:
    """Return a statement as a digest tells it, or None where it is gone."""
    row = store.row(
        "SELECT s.*, a.url, a.language FROM statements s LEFT JOIN articles a ON a.id = s.lead_article_id WHERE s.id = ?",
        (number,),
    )
    if row is None:
        return None
    seen = store.rows("SELECT * FROM articles WHERE statement_id = ? ORDER BY official DESC, first_seen_at, id", (number,))
    others = [a for a in seen if not a["official"]]
    return NewStatement(
        id=row["id"], title=row["title"], kind=row["kind"], date=row["date"] or "", level=row["level"] or "", place=row["place"] or "",
        side=row["side"] or "", url=row["url"] or "", language=row["language"] or "", published=tuple(_publication(a) for a in seen if a["official"]),
        copies=len(others), publishers=tuple(dict.fromkeys(a["publisher"] for a in others)), placeholder=bool(row["placeholder"]) or len(others) == len(seen),
        languages=tuple(sorted({a["language"] for a in seen})), late=_late(row, max_age_hours), event_id=row["event_id"],
        elsewhere=_elsewhere(store, row), capture_id=_captured(row, seen),
    )  # fmt: skip


def _captured(row: Row, seen: Sequence[Row]) -> int:
    """The article whose page was archived: the lead, else a government's own before any other; 0 where none was."""
    kept = [article["id"] for article in seen if article["capture_id"] is not None]
    return row["lead_article_id"] if row["lead_article_id"] in kept else next(iter(kept), 0)


_BESIDE = """SELECT DISTINCT a.party FROM articles a JOIN statements s ON s.id = a.statement_id
  WHERE s.event_id = ? AND s.id <> ? AND a.official AND a.party <> '' ORDER BY a.party"""


def _elsewhere(store: Store, row: Row) -> tuple[str, ...]:
    """The parties with pages of their own in other statements of the event; a joint text is everybody's, and no other stands for it."""
    if row["side"] == JOINT or row["placeholder"]:
        return ()
    return tuple(one["party"] for one in store.rows(_BESIDE, (row["event_id"], row["id"])))


def _late(row: Row, hours: float) -> bool:
    return bool(row["date"]) and older_than(row["date"], hours, row["first_seen_at"])


def _publication(article: Row) -> Publication:
    return Publication(
        side=article["party"], publisher=article["publisher"], url=article["url"], published_at=article["published_at"] or "",
        seen_after=article["not_seen_before_at"] or "", seen_before=article["first_seen_at"], language=article["language"],
    )  # fmt: skip


_PROOF = """SELECT f.basis, f.confidence, f.reason, f.statement_id, f.mention_id, i.id, i.name, i.kind, i.nearest, m.name AS form, m.sentence, m.sentence_before, m.sentence_after,
  m.language, m.why, a.publisher, a.url, a.party, CASE WHEN a.capture_id IS NOT NULL THEN a.id ELSE 0 END AS captured, s.title AS statement_title, s.date AS statement_date, s.side,
  NOT EXISTS (SELECT 1 FROM articles x WHERE x.statement_id = s.id AND x.official) AS press_only
  FROM flags f JOIN initiatives i ON i.id = f.initiative_id JOIN mentions m ON m.id = f.mention_id JOIN articles a ON a.id = m.article_id
  LEFT JOIN statements s ON s.id = f.statement_id
  WHERE f.initiative_id = ? AND f.kind = 'new_initiative' AND f.superseded_at IS NULL ORDER BY f.id DESC"""


def new_initiative(store: Store, slug: str) -> NewInitiative | None:
    """Return an initiative whose flag still holds, with its proof, or None where it does not."""
    row = store.row(_PROOF, (slug,))
    if row is None:
        return None
    at = max(row["sentence"].find(row["form"]), 0)
    before = precedents.without(store, slug, row["statement_id"])
    return NewInitiative(
        id=row["id"], name=row["name"], kind=row["kind"], language=row["language"], sentence=row["sentence"], mark=(at, at + len(row["form"])),
        before=row["sentence_before"], after=row["sentence_after"], side=row["side"] or row["party"], publisher=row["publisher"], url=row["url"],
        statement_title=row["statement_title"] or "", statement_date=row["statement_date"] or "", confidence=row["confidence"],
        why=row["reason"] or row["why"], nearest=tuple(Near(**near) for near in json.loads(row["nearest"])), basis=row["basis"],
        placeholder=bool(row["press_only"]), statement_id=row["statement_id"] or 0, paragraph=precedents.paragraph(store, row["mention_id"]),
        earlier=before.earlier, since=before.since, capture_id=row["captured"],
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
_POLLS = f"SELECT count(*) AS n, coalesce(sum(outcome IN {_GOOD}), 0) AS good FROM polls WHERE finished_at >= ?"
_ANSWERED = """SELECT count(*) AS official, coalesce(sum(answered), 0) AS answered FROM (SELECT max(c.good > 0 OR c.blind_minutes < c.minutes) AS answered
  FROM posts p LEFT JOIN coverage_by_source c ON c.source_id = p.id AND c.day BETWEEN :first AND :today GROUP BY p.id)"""
_SPOTS = """SELECT day, party, watch, coalesce(blind_source, '') AS source, blind_from, blind_to FROM coverage
  WHERE day BETWEEN :first AND :today ORDER BY party, day"""


def watch_report(store: Store) -> WatchReport | None:
    """Return how well the last seven days were watched (UTC days, today's until now), or None where nothing was polled in them.

    It says what the views ``coverage`` and ``watch_days`` say: complete where no government was blind on any of the days.
    """
    days = {"first": utc(store.clock() - timedelta(days=WATCH_DAYS - 1))[:10], "today": store.now()[:10]}
    since = f"{days['first']}T00:00:00Z"
    polls = store.row(_POLLS, (since,))
    if not polls or not polls["n"]:
        return None
    counted = store.row(_ANSWERED, days) or {"official": 0, "answered": 0}
    found = store.row("SELECT count(*) AS n FROM statements WHERE first_seen_at >= ?", (since,)) or {"n": 0}
    rows = store.rows(_SPOTS, days)
    longest = max(_spots(rows), key=_minutes, default=("", "", ""))
    source, begins, ends = longest if _minutes(longest) else ("", "", "")
    return WatchReport(
        counted["answered"], counted["official"], polls["n"], polls["good"], found["n"],
        bool(rows) and all(row["watch"] == "watched" for row in rows), _minutes(longest), source, begins, ends,
    )  # fmt: skip


def _spots(rows: Sequence[Row]) -> list[tuple[str, str, str]]:
    """The blind spots of the days of each party as (source id, from, to), those that go over midnight as one; no source id where the
    party has no source at all."""
    spots: list[tuple[str, str, str]] = []
    before = ("", "")
    for row in rows:
        if not row["blind_from"]:
            continue
        key = (row["party"], row["source"])
        if spots and before == key and row["blind_from"] <= spots[-1][2]:
            spots[-1] = (row["source"], spots[-1][1], row["blind_to"])
        else:
            spots.append((row["source"], row["blind_from"], row["blind_to"]))
        before = key
    return spots


def _minutes(spot: tuple[str, str, str]) -> int:
    return int((parse_utc(spot[2]) - parse_utc(spot[1])).total_seconds() // 60) if spot[1] else 0
