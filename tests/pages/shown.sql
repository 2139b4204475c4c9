-- Beside the rows of the Datasette tests: a later statement like the first, ids that became others, and one of everything that a page tells.
UPDATE articles SET statement_text = 'The ministers announced the launch of a Trilateral Harbour Partnership. They deplored <b>missiles</b>.',
  statement_start = 0, statement_end = 106 WHERE id = 1;
UPDATE articles SET text = 'Only the first words', statement_text = NULL, statement_start = NULL, statement_end = NULL WHERE id = 5;
INSERT INTO events (id, name, date, place, level, first_seen_at) VALUES
  (3, 'Foreign ministers, Jeju', '2026-05-01', 'Jeju', 'foreign_ministers', '2026-05-01T06:00:00Z');
INSERT INTO statements (id, event_id, title, kind, side, date, level, place, lead_article_id, first_seen_at) VALUES
  (3, 3, 'Joint Statement on the Jeju meeting', 'joint_statement', 'joint', '2026-05-01', 'foreign_ministers', 'Jeju', 6, '2026-05-01T06:00:00Z');
CREATE TEMP TABLE later AS SELECT * FROM articles WHERE id = 1;
UPDATE later SET id = 6, url = 'https://us.example/6', canonical_url = 'https://us.example/6', title = 'Joint Statement on the Jeju meeting',
  text = 'The ministers welcomed the work of the Trilateral Harbour Partnership. They will meet in spring.',
  statement_text = 'The ministers welcomed the work of the Trilateral Harbour Partnership. They will meet in spring.', statement_end = 96,
  statement_id = 3, date = '2026-05-01';
INSERT INTO articles SELECT * FROM later;
INSERT INTO aliases (kind, old_id, new_id, at) VALUES
  ('statement', '9', '1', '2026-03-02T00:00:00Z'), ('event', '9', '1', '2026-03-02T00:00:00Z');
INSERT INTO participants (event_id, person, office, party) VALUES (1, 'Ann Harbour', 'Secretary', 'US');
UPDATE initiatives SET id = 'a 100% harbour/pact' WHERE id = 'trilateral-harbour-partnership';
UPDATE mentions SET initiative_id = 'a 100% harbour/pact', "start" = 40, "end" = 70;
UPDATE flags SET initiative_id = 'a 100% harbour/pact' WHERE id = 1;
INSERT INTO flags (kind, basis, initiative_id, statement_id, mention_id, flagged_at, reason, confidence, party, sentence, comparator_id) VALUES
  ('divergence', 'in_our_data', 'trilateral-secretariat', 1, NULL, '2026-03-01T06:30:00Z', 'named by two sides of three', 0.7, 'KR,JP',
   'A sentence that differs.', 9);
INSERT INTO formulae (formula, variant, statement_id, sentence) VALUES ('own-formula', 'strong', 1, 'x');
INSERT INTO revisions (article_id, seen_at, kind, title, diff, kept_share) VALUES
  (1, '2026-03-01T12:00:00Z', 'substance', 'As it was', '[["same", "They "], ["gone", "condemned"], ["new", "deplored"]]', 0.9);
