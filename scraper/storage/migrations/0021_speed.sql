-- Reads of a large database go through indexes. An article's statement, grade and relation lie behind its text in the row; what listings and
-- lags ask of them stands in the index, which is read in place of a thousand times as many pages.
DROP INDEX articles_by_statement;
CREATE INDEX articles_by_statement ON articles(statement_id, official, party, grade, relation, language, publisher, published_precision,
  published_at, first_seen_at, not_seen_before_at);
CREATE INDEX articles_by_source ON articles(source_id, first_seen_at);

-- The last poll of a source, and its polls of some days by their outcome.
DROP INDEX polls_by_source;
CREATE INDEX polls_by_source ON polls(source_id, started_at, outcome);
CREATE INDEX polls_in_order ON polls(source_id);

-- The statements that one is comparable with, the latest before it first.
CREATE INDEX statements_by_kind ON statements(level, kind, side, date);

-- Whether a flag or a statement was told of, and what first named an initiative.
CREATE INDEX alerts_by_flag ON alerts(flag_id) WHERE flag_id IS NOT NULL;
CREATE INDEX alerts_by_statement ON alerts(statement_id) WHERE statement_id IS NOT NULL;
CREATE INDEX initiatives_by_first ON initiatives(first_statement_id) WHERE first_statement_id IS NOT NULL;

-- How often an initiative is named.
DROP INDEX mentions_by_initiative;
CREATE INDEX mentions_by_initiative ON mentions(initiative_id, revision_id, article_id);

-- What side_lags says of statements, worked out of their official pages alone: only where there is none are the others looked at.
DROP VIEW lags;
CREATE VIEW lags AS
  WITH
  said AS (
    SELECT statement_id AS number, party, count(*) AS pages, CASE WHEN count(not_before) = count(*) THEN min(not_before) END AS not_before,
      min(not_after) AS not_after
    FROM brackets WHERE official AND party <> '' AND grade IN ('official', 'official_translation') GROUP BY statement_id, party),
  ranked AS MATERIALIZED (
    SELECT *, row_number() OVER in_order AS place, first_value(party) OVER in_order AS first_party,
      first_value(not_before) OVER in_order AS first_not_before, first_value(not_after) OVER in_order AS first_not_after FROM said
    WINDOW in_order AS (PARTITION BY number ORDER BY not_after, not_before IS NULL, not_before, party)),
  looked AS MATERIALIZED (
    SELECT o.party, max(t.last_good_at) AS at FROM sources o JOIN source_states t ON t.source_id = o.id
    WHERE o.official AND o.enabled AND t.last_good_at <> '' GROUP BY o.party),
  sought AS MATERIALIZED (
    SELECT w.id AS number, f.party AS first_party,
      coalesce(f.not_after, (SELECT min(b.not_after) FROM brackets b WHERE b.statement_id = w.id)) AS missing_since
    FROM statements w LEFT JOIN ranked f ON f.number = w.id AND f.place = 1 WHERE w.side = 'joint' OR w.placeholder),
  each AS (
    SELECT number, place, party, not_before, not_after, first_party,
      CASE WHEN place > 1 THEN CAST(round((julianday(not_before) - julianday(first_not_after)) * 1440) AS INTEGER) END AS lag_low_minutes,
      CASE WHEN place > 1 THEN CAST(round((julianday(not_after) - julianday(first_not_before)) * 1440) AS INTEGER) END AS lag_high_minutes,
      NULL AS missing_since, NULL AS looked_at, pages
    FROM ranked
    UNION ALL
    SELECT w.number, NULL, p.id, NULL, NULL, w.first_party, NULL, NULL, w.missing_since, l.at, 0
    FROM sought w JOIN parties p ON p.until IS NULL LEFT JOIN looked l ON l.party = p.id LEFT JOIN ranked r ON r.number = w.number AND r.party = p.id
    WHERE w.missing_since IS NOT NULL AND r.party IS NULL)
  SELECT s.date, s.id AS statement_id, s.title AS statement, e.name AS event, l.place, l.party, l.not_before, l.not_after, l.first_party,
    l.lag_low_minutes, l.lag_high_minutes, l.missing_since, CAST((julianday('now') - julianday(l.missing_since)) * 24 AS INTEGER) AS missing_hours,
    l.looked_at, l.pages
  FROM each l JOIN statements s ON s.id = l.number JOIN events e ON e.id = s.event_id
  ORDER BY s.date DESC, s.id DESC, l.place IS NULL, l.place, l.party;
