-- What a flag says besides its kind: the sentence that proves it (of an omission the one in the comparator), the parties that it is about
-- (ids with commas), the ordinal or year of an instance, the other parties of a divergence, and the edit that took something out.
ALTER TABLE flags ADD COLUMN sentence TEXT;
ALTER TABLE flags ADD COLUMN party TEXT;
ALTER TABLE flags ADD COLUMN instance TEXT;
ALTER TABLE flags ADD COLUMN detail TEXT;
ALTER TABLE flags ADD COLUMN revision_id INTEGER REFERENCES revisions(id);
CREATE INDEX flags_by_statement ON flags(statement_id);
CREATE INDEX mentions_by_registry ON mentions(registry_id);

-- "Not mentioned" is observed too, and rests on no mention.
CREATE TABLE observations_anew (
  initiative_id TEXT NOT NULL REFERENCES initiatives(id), statement_id INTEGER NOT NULL REFERENCES statements(id), status TEXT NOT NULL,
  cue TEXT NOT NULL, date TEXT, side TEXT, mention_id INTEGER REFERENCES mentions(id)
);
INSERT INTO observations_anew SELECT initiative_id, statement_id, status, cue, date, side, mention_id FROM observations ORDER BY rowid;
DROP TABLE observations;
ALTER TABLE observations_anew RENAME TO observations;
CREATE INDEX observations_by_initiative ON observations(initiative_id);
CREATE INDEX observations_by_mention ON observations(mention_id);
CREATE INDEX observations_by_statement ON observations(statement_id);

-- Sentences that speak of new initiatives without naming them.
CREATE TABLE pointers (
  article_id INTEGER NOT NULL REFERENCES articles(id), sentence TEXT NOT NULL, phrase TEXT NOT NULL, confidence REAL NOT NULL
);
CREATE INDEX pointers_by_article ON pointers(article_id);

-- How long nothing of an initiative was heard: the days it was named on last before and first after, in which statements, and how many
-- official statements were made in between (counted as far as it matters).
CREATE TABLE silences (
  initiative_id TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL, before_id INTEGER NOT NULL, statement_id INTEGER NOT NULL,
  mention_id INTEGER NOT NULL, spoken INTEGER NOT NULL, PRIMARY KEY (initiative_id, until)
) WITHOUT ROWID;

CREATE VIEW flagged AS
  SELECT s.date, f.kind, coalesce(i.name, f.formula) AS about, f.party, f.instance, coalesce(f.sentence, m.sentence) AS sentence,
    s.side, s.title AS statement, a.publisher, a.url, c.date AS comparator_date, c.title AS comparator, b.url AS comparator_url,
    f.detail, f.basis, f.confidence, f.reason, f.flagged_at, f.initiative_id, f.statement_id, f.comparator_id, f.id AS flag_id
  FROM flags f LEFT JOIN initiatives i ON i.id = f.initiative_id LEFT JOIN mentions m ON m.id = f.mention_id
    LEFT JOIN statements s ON s.id = f.statement_id LEFT JOIN articles a ON a.id = s.lead_article_id
    LEFT JOIN statements c ON c.id = f.comparator_id LEFT JOIN articles b ON b.id = c.lead_article_id
  WHERE f.superseded_at IS NULL ORDER BY s.date DESC, f.id DESC;
