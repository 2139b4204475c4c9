-- When each article is read again, and how its last reading went.
CREATE TABLE rereadings (
  article_id INTEGER PRIMARY KEY REFERENCES articles(id), etag TEXT NOT NULL DEFAULT '', last_modified TEXT NOT NULL DEFAULT '',
  next_at TEXT, last_at TEXT, outcome TEXT NOT NULL DEFAULT '', failures INTEGER NOT NULL DEFAULT 0, doubt TEXT NOT NULL DEFAULT '',
  baseline_due INTEGER NOT NULL DEFAULT 0, baseline TEXT, gone_at TEXT
);
CREATE INDEX rereadings_due ON rereadings(next_at) WHERE next_at IS NOT NULL;

-- What an edit changed: the title as it was before, the word diff as JSON [[op, text], ...], the share of the old words that stayed, what
-- tells this wording from others, and the capture of the page as it was found.
ALTER TABLE revisions ADD COLUMN title TEXT;
ALTER TABLE revisions ADD COLUMN diff TEXT;
ALTER TABLE revisions ADD COLUMN kept_share REAL;
ALTER TABLE revisions ADD COLUMN digest TEXT;
ALTER TABLE revisions ADD COLUMN capture_id INTEGER REFERENCES captures(id);
CREATE INDEX revisions_by_article ON revisions(article_id);

-- A mention that an edit took out stays with the revision whose text holds it; it has no place in the present text.
ALTER TABLE mentions ADD COLUMN revision_id INTEGER REFERENCES revisions(id);
ALTER TABLE alerts ADD COLUMN revision_id INTEGER REFERENCES revisions(id);

-- Articles stored so far are looked at once more: what they say by the rules of today is where edits begin to count from.
INSERT INTO rereadings (article_id, next_at, baseline_due)
  SELECT id, strftime('%Y-%m-%dT%H:%M:%SZ', first_seen_at, '+30 days'), 1 FROM articles WHERE capture_id IS NOT NULL AND text IS NOT NULL AND source_id IS NOT NULL;

CREATE VIEW edits AS
  SELECT r.id AS revision_id, r.seen_at, r.kind, a.publisher, a.official, a.title, r.kept_share, r.diff, a.statement_id, a.id AS article_id, a.url
  FROM revisions r JOIN articles a ON a.id = r.article_id ORDER BY r.id DESC;
