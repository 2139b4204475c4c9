-- A revision of the kind rules keeps what other rules no longer read in a page; nobody edited it.
DROP VIEW edits;
CREATE VIEW edits AS
  SELECT r.id AS revision_id, r.seen_at, r.kind, a.publisher, a.official, a.title, r.kept_share, r.diff, a.statement_id, a.id AS article_id, a.url
  FROM revisions r JOIN articles a ON a.id = r.article_id WHERE r.kind <> 'rules' ORDER BY r.id DESC;
