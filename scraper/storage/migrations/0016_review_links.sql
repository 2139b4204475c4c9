-- Links out of digests that acted, each once: id is a hash of all that the link says (scraper/model/links.py), review_id the decision it made.
CREATE TABLE review_links (id TEXT PRIMARY KEY, used_at TEXT NOT NULL, review_id INTEGER NOT NULL REFERENCES reviews(id)) WITHOUT ROWID;
