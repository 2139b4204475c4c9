-- What remains of polls and rejected entries after their time: sums of days.
CREATE TABLE poll_days (
  source_id TEXT NOT NULL REFERENCES sources(id), day TEXT NOT NULL, outcome TEXT NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (source_id, day, outcome)
) WITHOUT ROWID;
CREATE TABLE entry_days (
  source_id TEXT NOT NULL REFERENCES sources(id), day TEXT NOT NULL, decision TEXT NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (source_id, day, decision)
) WITHOUT ROWID;
CREATE INDEX entries_by_capture ON entries(capture_id) WHERE capture_id IS NOT NULL;
CREATE INDEX articles_by_capture ON articles(capture_id) WHERE capture_id IS NOT NULL;
CREATE INDEX statements_by_sight ON statements(first_seen_at);

-- How each official source was watched on days that are over, written once; later changes of the catalogue leave it as it was.
CREATE TABLE coverage_days (
  day TEXT NOT NULL, source_id TEXT NOT NULL REFERENCES sources(id), party TEXT NOT NULL, polls INTEGER NOT NULL, good INTEGER NOT NULL,
  minutes INTEGER NOT NULL, blind_minutes INTEGER NOT NULL, longest_blind_minutes INTEGER NOT NULL, blind_from TEXT, blind_to TEXT,
  PRIMARY KEY (day, source_id)
) WITHOUT ROWID;

-- The sources that a government is watched by: of each publisher and language those of the first rank. Later ranks stand in for them.
CREATE VIEW posts AS
  SELECT s.id, s.party, s.publisher, s.language, s.rank FROM sources s
  WHERE s.official AND s.enabled AND s.party <> '' AND NOT EXISTS (SELECT 1 FROM sources b
    WHERE b.enabled AND b.publisher = s.publisher AND b.publisher <> '' AND b.language = s.language AND b.rank < s.rank);

-- A good poll vouches until three intervals later, an hour at least; what no poll of a source or of its stand-ins vouches for is blind.
-- Days up to the last one written are read, the others are computed; a day counts for a source from that of its first poll.
CREATE VIEW coverage_by_source AS
  WITH RECURSIVE
  edge AS (SELECT coalesce((SELECT date(max(day), '+1 day') FROM coverage_days), (SELECT date(min(started_at)) FROM polls)) AS first_day,
    CAST(strftime('%s', max(strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), coalesce((SELECT finished_at FROM polls ORDER BY id DESC LIMIT 1), ''),
      coalesce((SELECT value FROM marks WHERE name = 'last_tick'), ''))) AS INTEGER) AS horizon),
  days(day, begins) AS (
    SELECT first_day, CAST(strftime('%s', first_day) AS INTEGER) FROM edge WHERE first_day IS NOT NULL
    UNION ALL SELECT date(day, '+1 day'), begins + 86400 FROM days, edge WHERE begins + 86400 < horizon),
  vouchers AS MATERIALIZED (
    SELECT p.id AS post, v.id AS source_id, max(3 * v.interval, 60) * 60 AS holds FROM posts p JOIN sources v ON v.id = p.id OR (v.enabled
      AND v.publisher = p.publisher AND v.publisher <> '' AND v.language = p.language AND v.rank > p.rank)),
  attempts AS MATERIALIZED (
    SELECT v.post, p.outcome IN ('ok', 'not_modified') AS good, p.source_id = v.post AS own, date(p.finished_at) AS day,
      CAST(strftime('%s', p.finished_at) AS INTEGER) AS at, CAST(strftime('%s', p.finished_at) AS INTEGER) + v.holds AS until
    FROM edge CROSS JOIN vouchers v CROSS JOIN polls p ON p.source_id = v.source_id AND p.started_at >= date(edge.first_day, '-' || CAST(v.holds / 86400 + 1 AS INTEGER) || ' days')),
  points AS (
    SELECT post, at, until FROM attempts WHERE good
    UNION ALL SELECT p.id, edge.horizon, edge.horizon FROM posts p, edge
    UNION ALL SELECT p.id, 0, 0 FROM posts p),
  spans AS (
    SELECT post, at AS ends, max(until) OVER (PARTITION BY post ORDER BY at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS begins
    FROM points),
  blind AS MATERIALIZED (SELECT post, begins, ends FROM spans WHERE begins < ends),
  duty AS (
    SELECT p.id AS post, p.party, d.day, d.begins, min(d.begins + 86400, edge.horizon) AS ends FROM posts p, days d, edge
    WHERE d.day >= coalesce((SELECT min(c.day) FROM coverage_days c WHERE c.source_id = p.id),
      (SELECT date(min(q.started_at)) FROM polls q WHERE q.source_id = p.id), edge.first_day)),
  counts AS (SELECT post, day, sum(own) AS polls, sum(good) AS good FROM attempts GROUP BY post, day),
  cut AS (
    SELECT d.post, d.party, d.day, d.begins, d.ends, max(b.begins, d.begins) AS dark, min(b.ends, d.ends) AS light
    FROM duty d LEFT JOIN blind b ON b.post = d.post AND b.begins < d.ends AND b.ends > d.begins),
  summed AS (
    SELECT post, party, day, begins, ends, coalesce(sum(light - dark), 0) AS blind, max(coalesce(light - dark, 0)) AS longest, dark, light
    FROM cut GROUP BY post, day)
  SELECT day, source_id, party, polls, good, minutes, blind_minutes, longest_blind_minutes, blind_from, blind_to FROM coverage_days
  UNION ALL
  SELECT s.day, s.post, s.party, coalesce(c.polls, 0), coalesce(c.good, 0), CAST((s.ends - s.begins) / 60 AS INTEGER),
    CAST(s.blind / 60 AS INTEGER), CAST(s.longest / 60 AS INTEGER), strftime('%Y-%m-%dT%H:%M:%SZ', s.dark, 'unixepoch'),
    strftime('%Y-%m-%dT%H:%M:%SZ', s.light, 'unixepoch')
  FROM summed s LEFT JOIN counts c ON c.post = s.post AND c.day = s.day;

-- Who was watched and who was blind, and how long: a government is as blind as the blindest of its sources. UTC days; today's until now.
CREATE VIEW coverage AS
  WITH ranked AS (
    SELECT *, row_number() OVER (PARTITION BY day, party ORDER BY longest_blind_minutes DESC, source_id) AS place FROM coverage_by_source)
  SELECT day, party, count(*) AS sources, sum(good > 0) AS answered, sum(polls) AS polls, max(minutes) - max(blind_minutes) AS watched_minutes,
    max(blind_minutes) AS blind_minutes, max(longest_blind_minutes) AS longest_blind_minutes,
    max(CASE WHEN place = 1 AND blind_minutes > 0 THEN source_id END) AS blind_source,
    max(CASE WHEN place = 1 AND blind_minutes > 0 THEN blind_from END) AS blind_from,
    max(CASE WHEN place = 1 AND blind_minutes > 0 THEN blind_to END) AS blind_to,
    CASE WHEN sum(good > 0) = count(*) AND max(longest_blind_minutes) <= 180 THEN 'watched' ELSE 'blind' END AS watch
  FROM ranked GROUP BY day, party ORDER BY day DESC, party;
CREATE VIEW watch_days AS
  SELECT c.day, count(*) AS parties, sum(c.watch = 'watched') AS parties_watched, sum(c.sources) AS sources, sum(c.answered) AS answered,
    max(c.longest_blind_minutes) AS longest_blind_minutes, n.statements,
    CASE WHEN sum(c.watch <> 'watched') THEN 'watch incomplete' WHEN n.statements THEN 'watch complete' ELSE 'confirmed quiet' END AS verdict
  FROM coverage c JOIN (SELECT d.day, (SELECT count(*) FROM statements s WHERE s.first_seen_at >= d.day AND s.first_seen_at < date(d.day, '+1 day'))
    AS statements FROM (SELECT DISTINCT day FROM coverage_by_source) d) n ON n.day = c.day
  GROUP BY c.day ORDER BY c.day DESC;
