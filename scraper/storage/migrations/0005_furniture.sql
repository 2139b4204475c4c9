-- The latest pages of each host, as digests: of the title, of the longest paragraph, and (a JSON list) of the paragraphs around the statement.
CREATE TABLE host_pages (
  id INTEGER PRIMARY KEY, host TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL, paragraphs TEXT NOT NULL, seen_at TEXT NOT NULL
);
CREATE INDEX host_pages_by_host ON host_pages(host, id);

-- What recurs on them: a host's furniture, and on how many of those pages it stands.
CREATE TABLE host_paragraphs (
  host TEXT NOT NULL, digest TEXT NOT NULL, pages INTEGER NOT NULL, last_seen TEXT NOT NULL, PRIMARY KEY (host, digest)
) WITHOUT ROWID;
