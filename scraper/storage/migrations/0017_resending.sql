-- A digest that a person had sent again: as a new message, which says the digest that it repeats, or as it was, and when that was asked for.
ALTER TABLE digests ADD COLUMN repeats INTEGER REFERENCES digests(id);
ALTER TABLE digests ADD COLUMN wished_at TEXT;
CREATE INDEX digests_by_repeat ON digests(repeats) WHERE repeats IS NOT NULL;

-- Until when a channel asked to be left alone.
ALTER TABLE deliveries ADD COLUMN wait_until TEXT;
