-- A change of wording is a flag of a formula and a statement; it is told against the statement before it (its id may be an alias by now).
ALTER TABLE flags ADD COLUMN formula TEXT;
ALTER TABLE flags ADD COLUMN comparator_id INTEGER;
CREATE INDEX flags_of_wording ON flags(statement_id) WHERE formula IS NOT NULL;
CREATE INDEX formulae_by_statement ON formulae(statement_id);

-- What the rows of formulae were read from: the statement's text and the rules, and what it is comparable with ('' with nothing).
CREATE TABLE wordings (
  statement_id INTEGER PRIMARY KEY, chain TEXT NOT NULL, digest TEXT NOT NULL
);
CREATE INDEX wordings_by_chain ON wordings(chain) WHERE chain <> '';
