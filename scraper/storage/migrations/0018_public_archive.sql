-- Effects: which official pages a public archive was asked to keep, and what became of it. state is waiting, saved or given_up; next_at is when it
-- is asked (again), archived_url where its copy is to be seen and archived_at when that was made; reason says why the last attempt failed.
CREATE TABLE public_archive (
  article_id INTEGER PRIMARY KEY REFERENCES articles(id), url TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
  next_at TEXT, asked_at TEXT, archived_url TEXT, archived_at TEXT, reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX public_archive_due ON public_archive(next_at) WHERE next_at IS NOT NULL;
