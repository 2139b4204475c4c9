-- Observations: what was seen. Append-only.
CREATE TABLE sources (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, publisher TEXT NOT NULL, country TEXT NOT NULL, party TEXT NOT NULL,
  language TEXT NOT NULL, kind TEXT NOT NULL, url TEXT NOT NULL, official INTEGER NOT NULL, enabled INTEGER NOT NULL,
  interval REAL NOT NULL, rank INTEGER NOT NULL, follow TEXT NOT NULL, store TEXT NOT NULL
);
CREATE TABLE source_states (
  source_id TEXT PRIMARY KEY REFERENCES sources(id), etag TEXT NOT NULL DEFAULT '', last_modified TEXT NOT NULL DEFAULT '',
  next_poll_at TEXT NOT NULL DEFAULT '', last_poll_at TEXT NOT NULL DEFAULT '', last_good_at TEXT NOT NULL DEFAULT '',
  last_outcome TEXT NOT NULL DEFAULT '', failing_since TEXT NOT NULL DEFAULT '', failures INTEGER NOT NULL DEFAULT 0,
  polls INTEGER NOT NULL DEFAULT 0, newest_entry TEXT NOT NULL DEFAULT ''
);
CREATE TABLE polls (
  id INTEGER PRIMARY KEY, source_id TEXT NOT NULL REFERENCES sources(id), started_at TEXT NOT NULL, finished_at TEXT NOT NULL,
  outcome TEXT NOT NULL, http_status INTEGER, entries INTEGER NOT NULL, new INTEGER NOT NULL, error TEXT
);
CREATE INDEX polls_by_source ON polls(source_id, started_at);
CREATE TABLE captures (
  id INTEGER PRIMARY KEY, url TEXT NOT NULL, fetched_at TEXT NOT NULL, status INTEGER NOT NULL, content_type TEXT NOT NULL,
  file TEXT NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL, digest TEXT NOT NULL, kept INTEGER NOT NULL
);
CREATE TABLE events (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, date TEXT, place TEXT, level TEXT, first_seen_at TEXT NOT NULL
);
CREATE TABLE statements (
  id INTEGER PRIMARY KEY, event_id INTEGER NOT NULL REFERENCES events(id), title TEXT NOT NULL, kind TEXT NOT NULL, side TEXT,
  date TEXT, level TEXT, place TEXT, lead_article_id INTEGER REFERENCES articles(id) DEFERRABLE INITIALLY DEFERRED,
  first_seen_at TEXT NOT NULL, placeholder INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX statements_by_event ON statements(event_id);
CREATE INDEX statements_by_date ON statements(date);
CREATE TABLE articles (
  id INTEGER PRIMARY KEY, url TEXT NOT NULL, canonical_url TEXT NOT NULL UNIQUE, source_id TEXT REFERENCES sources(id),
  publisher TEXT NOT NULL, party TEXT NOT NULL, official INTEGER NOT NULL, title TEXT NOT NULL, language TEXT NOT NULL,
  published_at TEXT, published_precision TEXT, published_raw TEXT, published_day TEXT, fetched_at TEXT NOT NULL,
  first_seen_at TEXT NOT NULL, not_seen_before_at TEXT, text TEXT, statement_text TEXT, statement_start INTEGER,
  statement_end INTEGER, marked INTEGER NOT NULL, extractor TEXT NOT NULL, capture_id INTEGER REFERENCES captures(id),
  score REAL NOT NULL, reasons TEXT NOT NULL, kind TEXT NOT NULL, side TEXT NOT NULL, level TEXT NOT NULL, date TEXT NOT NULL,
  date_stated INTEGER NOT NULL, place TEXT NOT NULL, participants TEXT NOT NULL, rules TEXT NOT NULL, length INTEGER NOT NULL,
  sketch BLOB NOT NULL, numbers TEXT NOT NULL, names TEXT NOT NULL,
  component INTEGER, statement_id INTEGER REFERENCES statements(id) DEFERRABLE INITIALLY DEFERRED, relation TEXT, grade TEXT,
  similarity REAL, reason TEXT
);
CREATE INDEX articles_by_statement ON articles(statement_id);
CREATE INDEX articles_by_component ON articles(component);
CREATE INDEX articles_by_date ON articles(date);
CREATE TABLE entries (
  id INTEGER PRIMARY KEY, source_id TEXT NOT NULL REFERENCES sources(id), url TEXT NOT NULL, canonical_url TEXT NOT NULL,
  guid TEXT NOT NULL, title TEXT NOT NULL, folded_title TEXT NOT NULL, published_at TEXT, published_precision TEXT,
  published_raw TEXT, first_seen_at TEXT NOT NULL, not_seen_before_at TEXT, decision TEXT NOT NULL, reason TEXT NOT NULL,
  article_id INTEGER REFERENCES articles(id), capture_id INTEGER REFERENCES captures(id),
  attempts INTEGER NOT NULL DEFAULT 1, retry_at TEXT, kept TEXT
);
CREATE INDEX entries_by_url ON entries(canonical_url);
CREATE INDEX entries_by_guid ON entries(source_id, guid);
CREATE INDEX entries_by_title ON entries(folded_title);
CREATE INDEX entries_to_retry ON entries(retry_at) WHERE retry_at IS NOT NULL;
CREATE TABLE revisions (
  id INTEGER PRIMARY KEY, article_id INTEGER NOT NULL REFERENCES articles(id), seen_at TEXT NOT NULL, text TEXT, kind TEXT NOT NULL
);
CREATE TABLE article_keys (
  key TEXT NOT NULL, article_id INTEGER NOT NULL REFERENCES articles(id), PRIMARY KEY (key, article_id)
) WITHOUT ROWID;
CREATE TABLE initiatives (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, scope TEXT NOT NULL, status TEXT NOT NULL,
  first_statement_id INTEGER REFERENCES statements(id), first_seen_at TEXT, known INTEGER NOT NULL, trilateral INTEGER NOT NULL,
  reason TEXT NOT NULL DEFAULT '', confidence REAL NOT NULL DEFAULT 1, nearest TEXT NOT NULL DEFAULT '[]', gone_at TEXT
);
CREATE TABLE initiative_names (
  initiative_id TEXT NOT NULL REFERENCES initiatives(id), name TEXT NOT NULL, language TEXT NOT NULL,
  PRIMARY KEY (initiative_id, name, language)
) WITHOUT ROWID;
CREATE TABLE mentions (
  id INTEGER PRIMARY KEY, article_id INTEGER NOT NULL REFERENCES articles(id), initiative_id TEXT REFERENCES initiatives(id),
  field TEXT NOT NULL, name TEXT NOT NULL, "start" INTEGER, "end" INTEGER, sentence TEXT NOT NULL, cue TEXT NOT NULL,
  rule TEXT NOT NULL, language TEXT NOT NULL, status TEXT NOT NULL, confidence REAL NOT NULL, why TEXT NOT NULL,
  head TEXT NOT NULL, instance TEXT NOT NULL, abbreviation TEXT NOT NULL, registry_id TEXT NOT NULL,
  sentence_before TEXT NOT NULL, sentence_after TEXT NOT NULL
);
CREATE INDEX mentions_by_article ON mentions(article_id);
CREATE INDEX mentions_by_initiative ON mentions(initiative_id);

-- Decisions: what a person decided. Keyed by slugs and URLs, kept for ever.
CREATE TABLE reviews (
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, value TEXT NOT NULL,
  note TEXT NOT NULL
);

-- Conclusions beside events, statements and initiatives.
CREATE TABLE participants (
  event_id INTEGER NOT NULL REFERENCES events(id) ON DELETE CASCADE, person TEXT NOT NULL, office TEXT NOT NULL, party TEXT NOT NULL
);
CREATE INDEX participants_by_event ON participants(event_id);
CREATE TABLE aliases (
  kind TEXT NOT NULL, old_id TEXT NOT NULL, new_id TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (kind, old_id)
) WITHOUT ROWID;
CREATE TABLE observations (
  initiative_id TEXT NOT NULL REFERENCES initiatives(id), statement_id INTEGER NOT NULL REFERENCES statements(id), status TEXT NOT NULL,
  cue TEXT NOT NULL, date TEXT, side TEXT, mention_id INTEGER NOT NULL REFERENCES mentions(id)
);
CREATE INDEX observations_by_initiative ON observations(initiative_id);
CREATE INDEX observations_by_mention ON observations(mention_id);
CREATE TABLE flags (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, basis TEXT NOT NULL, initiative_id TEXT REFERENCES initiatives(id),
  statement_id INTEGER REFERENCES statements(id), mention_id INTEGER REFERENCES mentions(id), flagged_at TEXT NOT NULL,
  superseded_at TEXT, reason TEXT NOT NULL, confidence REAL NOT NULL
);
CREATE INDEX flags_by_initiative ON flags(initiative_id);
CREATE TABLE formulae (
  formula TEXT NOT NULL, variant TEXT NOT NULL, statement_id INTEGER NOT NULL REFERENCES statements(id), sentence TEXT NOT NULL
);

-- Effects: what was sent. Never recomputed.
CREATE TABLE alerts (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, raised_at TEXT NOT NULL, statement_id INTEGER REFERENCES statements(id),
  initiative_id TEXT REFERENCES initiatives(id), flag_id INTEGER REFERENCES flags(id), source_id TEXT REFERENCES sources(id),
  detail TEXT NOT NULL DEFAULT ''
);
CREATE TABLE digests (
  id INTEGER PRIMARY KEY, channel TEXT NOT NULL, made_at TEXT NOT NULL, subject TEXT NOT NULL, message_id TEXT NOT NULL UNIQUE,
  text TEXT NOT NULL, html TEXT NOT NULL, watch_report TEXT
);
CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY, alert_id INTEGER REFERENCES alerts(id), digest_id INTEGER NOT NULL REFERENCES digests(id),
  channel TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, attempted_at TEXT, settled_at TEXT, answer TEXT
);
CREATE UNIQUE INDEX deliveries_once ON deliveries(alert_id, channel) WHERE alert_id IS NOT NULL;
CREATE INDEX deliveries_by_digest ON deliveries(digest_id);

-- The house itself.
CREATE TABLE wishes (id INTEGER PRIMARY KEY, at TEXT NOT NULL, sources TEXT NOT NULL, taken_at TEXT);
CREATE TABLE marks (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Search: written by the store with every character of Korean and Japanese as a word; rowid is the id of the row.
CREATE VIRTUAL TABLE articles_fts USING fts5(title, text, tokenize = "porter unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE statements_fts USING fts5(title, text, tokenize = "porter unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE initiatives_fts USING fts5(name, names, tokenize = "porter unicode61 remove_diacritics 2");

CREATE VIEW new_initiatives AS
  SELECT f.flagged_at, i.id AS initiative, i.name, i.kind, i.status, s.date, s.side, m.name AS form, m.sentence, a.publisher, a.url,
         f.basis, f.confidence, f.reason, f.statement_id, f.id AS flag_id
  FROM flags f JOIN initiatives i ON i.id = f.initiative_id LEFT JOIN mentions m ON m.id = f.mention_id
  LEFT JOIN articles a ON a.id = m.article_id LEFT JOIN statements s ON s.id = f.statement_id
  WHERE f.kind = 'new_initiative' AND f.superseded_at IS NULL ORDER BY s.date DESC, f.id DESC;
CREATE VIEW timeline AS
  SELECT e.date, e.name AS event, e.level, e.place, s.id AS statement_id, s.title, s.kind, s.side, a.publisher, a.url,
         (SELECT count(*) FROM articles x WHERE x.statement_id = s.id) AS sightings, s.placeholder
  FROM statements s JOIN events e ON e.id = s.event_id LEFT JOIN articles a ON a.id = s.lead_article_id ORDER BY e.date DESC, s.id;
CREATE VIEW statement_sightings AS
  SELECT s.id AS statement_id, s.title AS statement, a.id AS article_id, a.publisher, a.title, a.language, a.relation, a.grade, a.similarity,
         a.reason, a.published_at, a.not_seen_before_at, a.first_seen_at, a.url
  FROM articles a JOIN statements s ON s.id = a.statement_id ORDER BY s.id DESC, a.grade, a.first_seen_at;
CREATE VIEW source_health AS
  SELECT s.id AS source_id, s.name, s.publisher, s.official, t.last_outcome, t.last_poll_at, t.last_good_at, t.failing_since, t.failures,
         t.next_poll_at, (SELECT p.error FROM polls p WHERE p.source_id = s.id ORDER BY p.id DESC LIMIT 1) AS error
  FROM sources s LEFT JOIN source_states t ON t.source_id = s.id WHERE s.enabled ORDER BY s.official DESC, t.failures DESC, s.id;
