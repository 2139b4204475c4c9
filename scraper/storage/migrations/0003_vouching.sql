-- The watched parties, and from when until when each was one: a government that no source watches is blind, and not quiet.
CREATE TABLE parties (
  id TEXT NOT NULL, since TEXT NOT NULL, until TEXT, PRIMARY KEY (id, since)
) WITHOUT ROWID;

-- From when until when a source was one by which its government is watched (see the view posts); written with the catalogue.
CREATE TABLE terms (
  source_id TEXT NOT NULL REFERENCES sources(id), party TEXT NOT NULL, since TEXT NOT NULL, until TEXT, PRIMARY KEY (source_id, since)
) WITHOUT ROWID;
INSERT INTO terms
  SELECT p.id, p.party, coalesce((SELECT min(c.day) || 'T00:00:00Z' FROM coverage_days c WHERE c.source_id = p.id),
    (SELECT min(q.started_at) FROM polls q WHERE q.source_id = p.id), (SELECT min(q.started_at) FROM polls q),
    strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), NULL FROM posts p;
INSERT OR IGNORE INTO terms
  SELECT c.source_id, c.party, min(c.day) || 'T00:00:00Z', date(max(c.day), '+1 day') || 'T00:00:00Z' FROM coverage_days c
  WHERE c.source_id NOT IN (SELECT t.source_id FROM terms t) GROUP BY c.source_id;

DROP VIEW watch_days;
DROP VIEW coverage;
DROP VIEW coverage_by_source;

-- The days since the first poll, ten years at most; today's ends now. Written ones are read from coverage_days.
CREATE VIEW calendar AS
  WITH RECURSIVE
  times AS (SELECT CAST(strftime('%s', max(strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
    coalesce((SELECT finished_at FROM polls ORDER BY id DESC LIMIT 1), ''),
    coalesce((SELECT value FROM marks WHERE name = 'last_tick'), ''))) AS INTEGER) AS horizon),
  edge AS (SELECT horizon, (SELECT max(day) FROM coverage_days) AS last_written, (SELECT max(min(day), date(horizon, 'unixepoch', '-3660 days'))
    FROM (SELECT min(day) AS day FROM coverage_days UNION ALL SELECT min(day) FROM poll_days
      UNION ALL SELECT (SELECT date(started_at) FROM polls ORDER BY id LIMIT 1))) AS first_day FROM times),
  days(day, begins) AS (
    SELECT first_day, CAST(strftime('%s', first_day) AS INTEGER) FROM edge WHERE first_day IS NOT NULL
    UNION ALL SELECT date(day, '+1 day'), begins + 86400 FROM days, edge WHERE begins + 86400 < horizon)
  SELECT d.day, d.begins, min(d.begins + 86400, e.horizon) AS ends, e.horizon, coalesce(d.day <= e.last_written, 0) AS written FROM days d, edge e;

-- The terms in seconds; a source that nobody enrolled (rows from elsewhere) counts from its first poll.
CREATE VIEW duties AS
  SELECT source_id, party, CAST(strftime('%s', since) AS INTEGER) AS since,
    coalesce(CAST(strftime('%s', until) AS INTEGER), 253402300800) AS until FROM terms
  UNION ALL
  SELECT p.id, p.party, coalesce(CAST(strftime('%s', (SELECT min(q.started_at) FROM polls q WHERE q.source_id = p.id)) AS INTEGER), 0), 253402300800
  FROM posts p WHERE p.id NOT IN (SELECT t.source_id FROM terms t);

-- The time between two good polls is watched where the second comes within three intervals of the first (an hour at least), else it is
-- blind from the one to the other; so is the time before a source's first good poll. Those of its stand-ins count. What lies after the
-- last good poll is open until the next one comes or its time has passed. The longest spot is counted from where it began, up to a
-- day back, so that midnight does not make two short ones of it.
CREATE VIEW coverage_by_source AS
  WITH
  cal AS MATERIALIZED (SELECT * FROM calendar WHERE NOT written),
  edge AS MATERIALIZED (SELECT min(day) AS first_day, max(horizon) AS horizon FROM cal),
  duty AS MATERIALIZED (
    SELECT u.source_id AS post, u.party, c.day, c.begins AS dawn, u.since, max(c.begins, u.since) AS begins, min(c.ends, u.until) AS ends
    FROM cal c JOIN duties u ON u.since < c.ends AND u.until > c.begins),
  held AS MATERIALIZED (SELECT s.id AS post, s.publisher, s.language, s.rank FROM sources s WHERE s.id IN (SELECT post FROM duty)),
  vouchers AS MATERIALIZED (
    SELECT h.post, v.id AS source_id, max(3 * v.interval, 60) * 60 AS holds FROM held h JOIN sources v ON v.id = h.post
      OR (v.publisher = h.publisher AND v.publisher <> '' AND v.language = h.language AND v.rank > h.rank)),
  attempts AS MATERIALIZED (
    SELECT v.post, p.outcome IN ('ok', 'not_modified') AS good, p.source_id = v.post AS own, date(p.finished_at) AS day,
      CAST(strftime('%s', p.finished_at) AS INTEGER) AS at, CAST(strftime('%s', p.finished_at) AS INTEGER) + v.holds AS until
    FROM edge CROSS JOIN vouchers v CROSS JOIN polls p ON p.source_id = v.source_id
      AND p.started_at >= date(edge.first_day, '-' || CAST(v.holds / 86400 + 2 AS INTEGER) || ' days')
    WHERE CAST(strftime('%s', p.finished_at) AS INTEGER) <= edge.horizon),
  points AS (
    SELECT post, at, until, 0 AS last FROM attempts WHERE good
    UNION ALL SELECT u.source_id, u.until, u.until, 0 FROM duties u, edge WHERE u.source_id IN (SELECT post FROM held) AND u.until <= edge.horizon
    UNION ALL SELECT h.post, edge.horizon, edge.horizon, 1 FROM held h, edge
    UNION ALL SELECT h.post, 0, 0, 0 FROM held h),
  spans AS (
    SELECT post, at AS ends, last, lag(at) OVER by_time AS begins,
      max(until) OVER (by_time ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach FROM points WINDOW by_time AS (PARTITION BY post ORDER BY at, last)),
  spots AS MATERIALIZED (SELECT post, begins, ends, last, reach < ends AS dark FROM spans WHERE begins < ends AND (last OR reach < ends)),
  cut AS (
    SELECT d.post, d.party, d.day, d.dawn, d.ends, s.last, s.dark, min(s.ends, d.ends) - max(s.begins, d.begins) AS share,
      max(s.begins, d.since, d.dawn - 86400) AS spot_from, min(s.ends, d.ends) AS spot_to
    FROM duty d LEFT JOIN spots s ON s.post = d.post AND s.begins < d.ends AND s.ends > d.begins),
  summed AS (
    SELECT post, party, day, dawn, spot_from, spot_to, coalesce(sum(share) FILTER (WHERE dark), 0) AS blind,
      coalesce(sum(share) FILTER (WHERE NOT dark), 0) AS open, max(CASE WHEN dark THEN spot_to - spot_from ELSE 0 END) AS longest,
      sum(last AND dark AND cut.ends = edge.horizon) AS dark_now, sum(last AND NOT dark) AS waiting, edge.horizon
    FROM cut, edge GROUP BY post, day),
  hours AS (SELECT post, day, sum(ends - begins) AS seconds FROM duty GROUP BY post, day),
  counts AS (SELECT post, day, sum(own) AS polls, sum(good) AS good FROM attempts GROUP BY post, day)
  SELECT day, source_id, party, polls, good, minutes, blind_minutes, 0 AS open_minutes, longest_blind_minutes, blind_from, blind_to,
    'settled' AS tail FROM coverage_days
  UNION ALL
  SELECT s.day, s.post, s.party, coalesce(c.polls, 0), coalesce(c.good, 0), CAST(h.seconds / 60 AS INTEGER), CAST(s.blind / 60 AS INTEGER),
    CAST((s.blind + s.open) / 60 AS INTEGER) - CAST(s.blind / 60 AS INTEGER), CAST(s.longest / 60 AS INTEGER),
    CASE WHEN s.longest > 0 THEN strftime('%Y-%m-%dT%H:%M:%SZ', s.spot_from, 'unixepoch') END,
    CASE WHEN s.longest > 0 THEN strftime('%Y-%m-%dT%H:%M:%SZ', s.spot_to, 'unixepoch') END,
    CASE WHEN s.dark_now THEN 'blind' WHEN s.waiting OR s.dawn + 86400 > s.horizon THEN 'open' ELSE 'settled' END
  FROM summed s JOIN hours h ON h.post = s.post AND h.day = s.day LEFT JOIN counts c ON c.post = s.post AND c.day = s.day;

-- How long no source at all was on duty for a party, day by day.
CREATE VIEW unattended AS
  WITH
  cal AS MATERIALIZED (SELECT * FROM calendar),
  roll AS (
    SELECT id AS party, date(since) AS first_day, coalesce(date(until), '9999-12-31') AS last_day FROM parties
    UNION ALL SELECT party, date(min(since), 'unixepoch'), '9999-12-31' FROM duties WHERE party NOT IN (SELECT id FROM parties) GROUP BY party),
  spells AS (
    SELECT party, since, until FROM duties UNION ALL SELECT DISTINCT party, 0, 0 FROM roll
    UNION ALL SELECT DISTINCT party, 253402300800, 253402300800 FROM roll),
  gaps AS MATERIALIZED (
    SELECT party, max(until) OVER (PARTITION BY party ORDER BY since, until ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS begins,
      since AS ends FROM spells),
  cut AS (
    SELECT c.day, r.party, c.begins AS dawn, c.ends AS dusk, c.horizon, min(g.ends, c.ends) - max(g.begins, c.begins) AS share,
      max(g.begins, c.begins - 86400, (SELECT min(begins) FROM cal)) AS spot_from, min(g.ends, c.ends) AS spot_to
    FROM cal c JOIN roll r ON c.day BETWEEN r.first_day AND r.last_day
    LEFT JOIN gaps g ON g.party = r.party AND g.begins < g.ends AND g.begins < c.ends AND g.ends > c.begins),
  summed AS (
    SELECT day, party, dawn, dusk, horizon, spot_from, spot_to, coalesce(sum(share), 0) AS blind, max(coalesce(spot_to - spot_from, 0)) AS longest,
      sum(spot_to = horizon) AS dark_now FROM cut GROUP BY day, party)
  SELECT day, party, CAST((dusk - dawn) / 60 AS INTEGER) AS minutes, CAST(blind / 60 AS INTEGER) AS blind_minutes,
    CAST(longest / 60 AS INTEGER) AS longest_blind_minutes, CASE WHEN longest > 0 THEN strftime('%Y-%m-%dT%H:%M:%SZ', spot_from, 'unixepoch') END AS blind_from,
    CASE WHEN longest > 0 THEN strftime('%Y-%m-%dT%H:%M:%SZ', spot_to, 'unixepoch') END AS blind_to,
    CASE WHEN dark_now THEN 'blind' WHEN dawn + 86400 > horizon THEN 'open' ELSE 'settled' END AS tail FROM summed;

-- Who was watched and who was blind, and how long: a government is as blind as the blindest of its sources. UTC days; today's until now.
-- Blind for more than three hours on end, for most of the day, or at this moment, is not watched.
CREATE VIEW coverage AS
  WITH
  lines AS (
    SELECT day, party, source_id, polls, good > 0 OR blind_minutes < minutes OR minutes = 0 AS answered, minutes, blind_minutes, open_minutes,
      longest_blind_minutes, blind_from, blind_to, tail, 0 AS nobody FROM coverage_by_source
    UNION ALL SELECT day, party, NULL, 0, NULL, minutes, 0, 0, longest_blind_minutes, blind_from, blind_to, tail, blind_minutes FROM unattended),
  ranked AS (SELECT *, row_number() OVER (PARTITION BY day, party ORDER BY longest_blind_minutes DESC, blind_from IS NULL, source_id) AS place FROM lines)
  SELECT day, party, count(source_id) AS sources, coalesce(sum(answered), 0) AS answered, sum(polls) AS polls,
    max(minutes) - max(blind_minutes + open_minutes) - sum(nobody) AS watched_minutes, max(blind_minutes) + sum(nobody) AS blind_minutes,
    max(longest_blind_minutes) AS longest_blind_minutes,
    max(CASE WHEN place = 1 AND longest_blind_minutes > 0 THEN source_id END) AS blind_source,
    max(CASE WHEN place = 1 AND longest_blind_minutes > 0 THEN blind_from END) AS blind_from,
    max(CASE WHEN place = 1 AND longest_blind_minutes > 0 THEN blind_to END) AS blind_to,
    CASE WHEN count(source_id) > 0 AND sum(answered) = count(source_id) AND max(longest_blind_minutes) <= 180
      AND max(blind_minutes) + sum(nobody) <= max(180, max(minutes) / 2) AND sum(tail = 'blind') = 0 THEN 'watched' ELSE 'blind' END AS watch,
    sum(tail <> 'settled') = 0 AS settled
  FROM ranked GROUP BY day, party ORDER BY day DESC, party;
CREATE VIEW watch_days AS
  SELECT c.day, count(*) AS parties, sum(c.watch = 'watched') AS parties_watched, sum(c.sources) AS sources, sum(c.answered) AS answered,
    max(c.longest_blind_minutes) AS longest_blind_minutes,
    (SELECT count(*) FROM statements s WHERE s.first_seen_at >= c.day AND s.first_seen_at < date(c.day, '+1 day')) AS statements,
    CASE WHEN sum(c.watch <> 'watched') THEN 'watch incomplete'
      WHEN EXISTS (SELECT 1 FROM statements s WHERE s.first_seen_at >= c.day AND s.first_seen_at < date(c.day, '+1 day')) THEN 'watch complete'
      WHEN min(c.settled) THEN 'confirmed quiet' ELSE 'quiet so far' END AS verdict
  FROM coverage c GROUP BY c.day ORDER BY c.day DESC;
