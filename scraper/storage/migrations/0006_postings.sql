-- Postings: which article holds which of the hashes that copies are found by. Derived from articles.sketch, and made again by one command:
-- the mark "postings" says up to which article they were made.
CREATE TABLE postings (
  hash INTEGER NOT NULL, article_id INTEGER NOT NULL, PRIMARY KEY (hash, article_id)
) WITHOUT ROWID;

-- Until now they stood among the other keys, as text.
DELETE FROM article_keys WHERE key >= 's:' AND key < 's;';
