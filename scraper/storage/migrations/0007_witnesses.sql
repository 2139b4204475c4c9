-- What vouches for the date of publication, in which zone it was written, and who signed.
ALTER TABLE articles ADD COLUMN published_origin TEXT;
ALTER TABLE articles ADD COLUMN published_zone TEXT;
ALTER TABLE articles ADD COLUMN authors TEXT NOT NULL DEFAULT '[]';
