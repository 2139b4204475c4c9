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
