"""The figures of charts. Each query stands in Datasette's metadata too, word for word, so that whoever wants the figures has them there."""

from __future__ import annotations

from scraper.storage.store import Row, Store

STATEMENTS = """select substr(date, 1, 7) as month, coalesce(nullif(level, ''), 'not_said') as level, count(*) as statements
from statements
where date >= coalesce(nullif(:since, ''), '0000')
group by 1, 2
order by 1, 2"""
"""Statements by month of the act and level, from month ``since`` on (empty: all)."""

FIRSTS = """select substr(s.date, 1, 4) as year, coalesce(nullif(i.kind, ''), 'not_said') as kind, count(*) as initiatives
from initiatives i join statements s on s.id = i.first_statement_id
where i.gone_at is null and s.date is not null
group by 1, 2
order by 1, 2"""
"""Initiatives by the year of the first statement that names them and by kind."""

MENTIONS = """select substr(s.date, 1, 7) as month, coalesce(nullif(s.side, ''), 'nobody') as side, count(distinct s.id) as statements, count(*) as mentions
from mentions m join articles a on a.id = m.article_id join statements s on s.id = a.statement_id
where m.initiative_id = :initiative and m.revision_id is null and s.date is not null
group by 1, 2
order by 1, 2"""
"""Statements that name an ``initiative`` by month and side."""

FORMULAE = """select substr(s.date, 1, 4) as year, coalesce(nullif(s.side, ''), 'nobody') as side, f.variant, count(distinct s.id) as statements
from formulae f join statements s on s.id = f.statement_id
where f.formula = :formula and s.date is not null
group by 1, 2, 3
order by 1, 2, 3"""
"""Statements with a ``formula`` by year, side and variant."""

LAGS = """select party, case when place = 1 then 'first' when place is null then 'not_seen' when lag_high_minutes is null then 'not_known'
    when lag_high_minutes <= 60 then 'hour' when lag_high_minutes <= 360 then 'quarter' when lag_high_minutes <= 1440 then 'day' else 'later' end as lag,
  count(*) as statements
from lags
group by 1, 2
order by 1, 2"""
"""How long each government took, at most, after the first to publish a statement of all."""

HEALTH = """with every as (
  select p.source_id, date(p.started_at) as day, count(*) as polls, sum(p.outcome in ('ok', 'not_modified')) as good
  from sources s join polls p on p.source_id = s.id and p.started_at >= coalesce(nullif(:since, ''), date('now', '-29 days'))
  group by 1, 2
  union all
  select source_id, day, sum(n), sum(case when outcome in ('ok', 'not_modified') then n else 0 end)
  from poll_days where day >= coalesce(nullif(:since, ''), date('now', '-29 days'))
  group by 1, 2)
select e.day, case when s.official then coalesce(nullif(s.party, ''), 'press') else 'press' end as party, sum(e.polls) as polls, sum(e.good) as good
from every e join sources s on s.id = e.source_id
group by 1, 2
order by 1, 2"""
"""Polls and good ones by day from ``since`` on (empty: thirty days) and by government; all others are the press."""

QUERIES = {
    "chart_statements": STATEMENTS, "chart_first_named": FIRSTS, "chart_mentions": MENTIONS, "chart_formula": FORMULAE, "chart_lags": LAGS, "chart_health": HEALTH,
}  # fmt: skip
"""The same by their names in Datasette."""


def figures(store: Store, name: str, **parameters: str) -> list[Row]:
    """Return the rows of one of QUERIES; raises KeyError for any other."""
    return store.rows(QUERIES[name], dict(parameters))


def latest_month(store: Store) -> str:
    """Return the month ``YYYY-MM`` of the latest statement, or an empty string."""
    row = store.row("SELECT substr(max(date), 1, 7) AS month FROM statements")
    return (row or {}).get("month") or ""


def named(store: Store, limit: int) -> list[Row]:
    """Return the initiatives that texts name, those named by the most mentions first: ``id``, ``name``, ``mentions``."""
    return store.rows(
        "SELECT i.id, i.name, count(*) AS mentions FROM mentions m JOIN initiatives i ON i.id = m.initiative_id "
        "WHERE m.revision_id IS NULL AND i.gone_at IS NULL GROUP BY i.id ORDER BY mentions DESC, i.id LIMIT ?",
        (limit,),
    )


def formulae(store: Store) -> list[str]:
    """Return the ids of the formulae that stand in statements, the most frequent first."""
    return [
        row["formula"]
        for row in store.rows("SELECT formula, count(*) AS n FROM formulae GROUP BY formula ORDER BY n DESC, formula LIMIT 200")
    ]
