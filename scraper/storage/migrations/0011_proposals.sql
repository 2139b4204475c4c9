-- Under which names both sides of a decision on initiatives stood then: one a line, language, name and abbreviation parted by tabs.
ALTER TABLE reviews ADD COLUMN subject_names TEXT NOT NULL DEFAULT '';
ALTER TABLE reviews ADD COLUMN value_names TEXT NOT NULL DEFAULT '';

-- What a person calls an initiative goes before what the registry calls it, also when that is written anew.
ALTER TABLE initiatives ADD COLUMN given_name TEXT;
CREATE TRIGGER initiatives_given AFTER UPDATE OF name, given_name ON initiatives WHEN new.given_name IS NOT NULL AND new.name <> new.given_name
  BEGIN UPDATE initiatives SET name = new.given_name WHERE id = new.id; END;

-- What one initiative is to another: a precursor of it, or perhaps the same (proposed, for a person to confirm by a merge).
CREATE TABLE initiative_links (
  initiative_id TEXT NOT NULL, other_id TEXT NOT NULL, kind TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (initiative_id, other_id, kind)
) WITHOUT ROWID;
CREATE INDEX initiative_links_by_other ON initiative_links(other_id);

CREATE VIEW proposals AS
  SELECT l.at, l.initiative_id AS initiative, i.name, l.other_id AS perhaps_the_same_as, o.name AS other_name, l.kind, l.reason
  FROM initiative_links l JOIN initiatives i ON i.id = l.initiative_id JOIN initiatives o ON o.id = l.other_id
  WHERE l.kind <> 'precursor' AND i.gone_at IS NULL AND o.gone_at IS NULL ORDER BY l.at DESC, l.initiative_id, l.other_id;
