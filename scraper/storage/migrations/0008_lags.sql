-- When each article came out, at the earliest and at the latest: at its published time where it says one that is over by the time it was
-- seen; else between the last good poll without it and the first with it, narrowed by the bare day it says, wherever on earth that is.
CREATE VIEW brackets AS
  WITH said AS (
    SELECT a.id, a.statement_id, s.event_id, a.party, a.official, a.grade, a.publisher, a.language, a.url, a.first_seen_at,
      coalesce(a.not_seen_before_at, '') AS unseen_at,
      CASE WHEN a.published_precision IN ('second', 'minute') AND length(a.published_at) = 20 AND a.published_at <= a.first_seen_at
        THEN a.published_at END AS told_at,
      CASE WHEN a.published_precision = 'date' THEN strftime('%Y-%m-%dT%H:%M:%SZ', substr(a.published_at, 1, 10), '-14 hours') END AS day_from,
      CASE WHEN a.published_precision = 'date' THEN strftime('%Y-%m-%dT%H:%M:%SZ', substr(a.published_at, 1, 10), '+36 hours') END AS day_to
    FROM articles a JOIN statements s ON s.id = a.statement_id)
  SELECT id AS article_id, statement_id, event_id, party, official, grade, publisher, language, url, told_at IS NOT NULL AS exact,
    coalesce(told_at, nullif(max(unseen_at, CASE WHEN day_from <= first_seen_at THEN day_from ELSE '' END), '')) AS not_before,
    coalesce(told_at, CASE WHEN day_to >= unseen_at THEN min(day_to, first_seen_at) ELSE first_seen_at END) AS not_after
  FROM said;

-- The same for each government: of a statement by the pages that carry its text, of an event by all its own pages on it.
CREATE VIEW side_brackets AS
  SELECT 'statement' AS scope, statement_id AS number, party, count(*) AS pages,
    CASE WHEN count(not_before) = count(*) THEN min(not_before) END AS not_before, min(not_after) AS not_after
  FROM brackets WHERE official AND party <> '' AND grade IN ('official', 'official_translation') GROUP BY statement_id, party
  UNION ALL
  SELECT 'event', event_id, party, count(*), CASE WHEN count(not_before) = count(*) THEN min(not_before) END, min(not_after)
  FROM brackets WHERE official AND party <> '' GROUP BY event_id, party;

-- Who published first, how far behind each other side is (at least and at most), and who has not published.
CREATE VIEW side_lags AS
  WITH
  ranked AS MATERIALIZED (
    SELECT *, row_number() OVER in_order AS place, first_value(party) OVER in_order AS first_party,
      first_value(not_before) OVER in_order AS first_not_before, first_value(not_after) OVER in_order AS first_not_after FROM side_brackets
    WINDOW in_order AS (PARTITION BY scope, number ORDER BY not_after, not_before IS NULL, not_before, party)),
  firsts AS MATERIALIZED (SELECT scope, number, party, not_after FROM ranked WHERE place = 1),
  earliest AS MATERIALIZED (
    SELECT 'statement' AS scope, statement_id AS number, min(not_after) AS not_after FROM brackets GROUP BY statement_id
    UNION ALL SELECT 'event', event_id, min(not_after) FROM brackets GROUP BY event_id),
  looked AS MATERIALIZED (
    SELECT o.party, max(t.last_good_at) AS at FROM sources o JOIN source_states t ON t.source_id = o.id
    WHERE o.official AND o.enabled AND t.last_good_at <> '' GROUP BY o.party),
  sought AS (
    SELECT 'statement' AS scope, id AS number FROM statements WHERE side = 'joint' OR placeholder UNION ALL SELECT 'event', id FROM events)
  SELECT r.scope, r.number, r.place, r.party, r.pages, r.not_before, r.not_after, r.first_party,
    CASE WHEN r.place > 1 THEN CAST(round((julianday(r.not_before) - julianday(r.first_not_after)) * 1440) AS INTEGER) END AS lag_low_minutes,
    CASE WHEN r.place > 1 THEN CAST(round((julianday(r.not_after) - julianday(r.first_not_before)) * 1440) AS INTEGER) END AS lag_high_minutes,
    NULL AS missing_since, NULL AS looked_at
  FROM ranked r
  UNION ALL
  SELECT w.scope, w.number, NULL, p.id, 0, NULL, NULL, f.party, NULL, NULL, coalesce(f.not_after, e.not_after), l.at
  FROM sought w JOIN parties p ON p.until IS NULL JOIN earliest e ON e.scope = w.scope AND e.number = w.number
    LEFT JOIN firsts f ON f.scope = w.scope AND f.number = w.number LEFT JOIN looked l ON l.party = p.id
    LEFT JOIN ranked r ON r.scope = w.scope AND r.number = w.number AND r.party = p.id
  WHERE r.party IS NULL;

CREATE VIEW lags AS
  SELECT s.date, s.id AS statement_id, s.title AS statement, e.name AS event, l.place, l.party, l.not_before, l.not_after, l.first_party,
    l.lag_low_minutes, l.lag_high_minutes, l.missing_since, CAST((julianday('now') - julianday(l.missing_since)) * 24 AS INTEGER) AS missing_hours,
    l.looked_at, l.pages
  FROM side_lags l JOIN statements s ON s.id = l.number JOIN events e ON e.id = s.event_id WHERE l.scope = 'statement'
  ORDER BY s.date DESC, s.id DESC, l.place IS NULL, l.place, l.party;
CREATE VIEW event_lags AS
  SELECT e.date, e.id AS event_id, e.name AS event, l.place, l.party, l.not_before, l.not_after, l.first_party, l.lag_low_minutes,
    l.lag_high_minutes, l.missing_since, CAST((julianday('now') - julianday(l.missing_since)) * 24 AS INTEGER) AS missing_hours, l.looked_at, l.pages
  FROM side_lags l JOIN events e ON e.id = l.number WHERE l.scope = 'event' ORDER BY e.date DESC, e.id DESC, l.place IS NULL, l.place, l.party;

-- Every copy of every statement, best grade first, with its bracket.
CREATE VIEW statement_provenance AS
  SELECT s.date, s.id AS statement_id, s.title AS statement, a.id = s.lead_article_id AS lead, a.grade, a.relation, a.similarity, a.publisher, a.language,
    b.not_before, b.not_after, a.published_at, a.published_precision, a.not_seen_before_at, a.first_seen_at, a.reason, a.url, a.id AS article_id
  FROM articles a JOIN statements s ON s.id = a.statement_id JOIN brackets b ON b.article_id = a.id
  ORDER BY s.date DESC, s.id DESC, a.id <> s.lead_article_id,
    CASE a.grade WHEN 'official' THEN 0 WHEN 'official_translation' THEN 1 WHEN 'verbatim' THEN 2 WHEN 'rewrite' THEN 3 ELSE 4 END, b.not_after, a.id;
