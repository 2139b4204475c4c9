-- A digest is stored in every form that a channel may ask for, so that what is sent again is the same: two lines for push, JSON for machines.
ALTER TABLE digests ADD COLUMN short TEXT NOT NULL DEFAULT '';
ALTER TABLE digests ADD COLUMN payload TEXT NOT NULL DEFAULT '';
