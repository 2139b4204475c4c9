-- Dots between words are spaces in the search tables; NFKC had made letters of the Korean ones (U+318D), which then stood between the words.
UPDATE articles_fts SET title = replace(title, char(4510), ' '), text = replace(text, char(4510), ' ')
  WHERE rowid IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH '"' || char(4510) || '"');
UPDATE initiatives_fts SET name = replace(name, char(4510), ' '), names = replace(names, char(4510), ' ')
  WHERE rowid IN (SELECT rowid FROM initiatives_fts WHERE initiatives_fts MATCH '"' || char(4510) || '"');

-- A statement is found by the name of its event too.
UPDATE statements_fts SET text = replace(text, char(4510), ' '), title = replace(title, char(4510), ' ')
  || coalesce((SELECT ' ' || e.name FROM statements s JOIN events e ON e.id = s.event_id WHERE s.id = statements_fts.rowid), '');
