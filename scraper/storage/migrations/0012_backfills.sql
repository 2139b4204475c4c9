-- Observations: what the history in the configuration says has happened, and where a page on it was found. event_id is a conclusion: the event
-- of ours that it is, which has no statement while no text of it is known.
CREATE TABLE history_events (
  id TEXT PRIMARY KEY, date TEXT NOT NULL, until TEXT NOT NULL, name TEXT NOT NULL, level TEXT NOT NULL, place TEXT NOT NULL,
  document TEXT NOT NULL, names TEXT NOT NULL, addresses TEXT NOT NULL, event_id INTEGER REFERENCES events(id) ON DELETE SET NULL
);
CREATE TABLE history_addresses (
  history_id TEXT NOT NULL REFERENCES history_events(id) ON DELETE CASCADE, canonical_url TEXT NOT NULL, PRIMARY KEY (history_id, canonical_url)
) WITHOUT ROWID;
CREATE INDEX history_addresses_by_url ON history_addresses(canonical_url);
CREATE INDEX history_events_by_event ON history_events(event_id);
CREATE INDEX events_by_date ON events(date);

-- What became of each address of the past: outcome is relevant, known, irrelevant, gone, refused, or failed or doubted (to be asked
-- again); via the archive's address where its copy was read; looks how many in a row came to that outcome.
CREATE TABLE backfills (
  canonical_url TEXT PRIMARY KEY, url TEXT NOT NULL, at TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL, via TEXT NOT NULL,
  looks INTEGER NOT NULL, article_id INTEGER REFERENCES articles(id)
) WITHOUT ROWID;

CREATE VIEW history AS
  SELECT h.date, h.until, h.name, h.level, h.place, h.document, h.event_id, e.name AS event,
    (SELECT count(*) FROM statements s WHERE s.event_id = h.event_id) AS statements,
    a.canonical_url AS url, b.outcome, b.reason, b.via, b.looks, b.at, b.article_id, h.id
  FROM history_events h LEFT JOIN events e ON e.id = h.event_id LEFT JOIN history_addresses a ON a.history_id = h.id
    LEFT JOIN backfills b ON b.canonical_url = a.canonical_url ORDER BY h.date DESC, h.id, a.canonical_url;

-- Events of which no text is known stand in the timeline too.
DROP VIEW timeline;
CREATE VIEW timeline AS
  SELECT e.date, e.name AS event, e.level, e.place, s.id AS statement_id, s.title, s.kind, s.side, a.publisher, a.url,
    (SELECT count(*) FROM articles x WHERE x.statement_id = s.id) AS sightings, s.placeholder, e.id AS event_id, h.name AS history
  FROM events e LEFT JOIN statements s ON s.event_id = e.id LEFT JOIN articles a ON a.id = s.lead_article_id
    LEFT JOIN history_events h ON h.event_id = e.id ORDER BY e.date DESC, s.id;
