-- Rows in every table that the first version had.
INSERT INTO sources VALUES ('one', 'One', 'Ministry One', 'AA', 'US', 'en', 'feed', 'https://one.example/feed', 1, 1, 15.0, 0, 'article', 'full');
INSERT INTO sources VALUES ('two', '둘', 'Ministry Two', 'BB', 'KR', 'ko', 'listing', 'https://two.example/list', 1, 1, 15.0, 0, 'article', 'full');
INSERT INTO sources VALUES ('press', 'Press', 'Harbour Post', 'AA', '', 'en', 'feed', 'https://press.example/feed', 0, 0, 60.0, 1, 'never', 'excerpt');
INSERT INTO source_states VALUES ('one', '"e1"', 'Mon, 01 Jun 2026 00:00:00 GMT', '2026-06-02T00:15:00Z', '2026-06-02T00:00:00Z', '2026-06-02T00:00:00Z', 'ok', '', 0, 3, '2026-06-01');
INSERT INTO source_states (source_id) VALUES ('two');
INSERT INTO polls VALUES (1, 'one', '2026-06-01T00:00:00Z', '2026-06-01T00:00:02Z', 'ok', 200, 5, 1, NULL);
INSERT INTO polls VALUES (2, 'two', '2026-06-01T00:00:00Z', '2026-06-01T00:00:20Z', 'http', 503, 0, 0, 'the server answered 503');
INSERT INTO captures VALUES (1, 'https://one.example/1', '2026-06-01T00:00:01Z', 200, 'text/html', 'kept-20260601T000000Z-1.warc.gz', 0, 900, 'aa', 1);
INSERT INTO captures VALUES (2, 'https://one.example/2', '2026-06-01T00:00:02Z', 200, 'text/html', 'rest-20260601T000000Z-1.warc.gz', 0, 700, 'bb', 0);
INSERT INTO events VALUES (1, 'Ministers meet', '2026-06-01', 'Harbour City', 'foreign_ministers', '2026-06-01T00:00:02Z');
INSERT INTO statements VALUES (1, 1, 'Joint Statement of the Ministers', 'joint_statement', 'joint', '2026-06-01', 'foreign_ministers', 'Harbour City', 1, '2026-06-01T00:00:02Z', 0);
INSERT INTO articles VALUES (
  1, 'https://one.example/1', 'https://one.example/1', 'one', 'Ministry One', 'US', 1, 'Joint Statement of the Ministers', 'en', '2026-06-01T00:00:00Z', 'second',
  'Mon, 01 Jun 2026', '2026-06-01', '2026-06-01T00:00:01Z', '2026-06-01T00:00:02Z', NULL, 'They launched the Harbour Partnership.', 'They launched the Harbour Partnership.',
  0, 38, 1, 'own', 1, 0.9, '["names the parties"]', 'joint_statement', 'joint', 'foreign_ministers', '2026-06-01', 1, 'Harbour City', '[]', '1', 38, x'00000001', '[]', '[]',
  1, 1, 'original', 'official', 1.0, 'the earliest official text'
);
INSERT INTO articles VALUES (
  2, 'https://two.example/1', 'https://two.example/1', 'two', 'Ministry Two', 'KR', 1, '장관 공동성명', 'ko', '2026-06-01', 'date',
  '2026.06.01', '2026-06-01', '2026-06-01T00:10:01Z', '2026-06-01T00:10:02Z', '2026-06-01T00:00:00Z', '세 장관은 항만 협력체를 출범시켰다.', NULL,
  NULL, NULL, 0, 'own', NULL, 0.8, '[]', 'joint_statement', 'joint', 'foreign_ministers', '2026-06-01', 1, '', '[]', '1', 21, x'00000002', '[]', '[]',
  1, 1, 'translation', 'official_translation', 0.7, 'a translation'
);
INSERT INTO entries VALUES (1, 'one', 'https://one.example/1', 'https://one.example/1', 'g1', 'Joint Statement', 'joint statement', NULL, NULL, NULL, '2026-06-01T00:00:00Z', NULL, 'relevant', '', 1, 1, 1, NULL, NULL);
INSERT INTO entries VALUES (2, 'one', 'https://one.example/2', 'https://one.example/2', 'g2', 'Weather', 'weather', NULL, NULL, NULL, '2026-06-01T00:00:00Z', NULL, 'failed', 'timeout', NULL, 2, 2, '2026-06-01T01:00:00Z', 'x');
INSERT INTO revisions VALUES (1, 1, '2026-06-02T00:00:00Z', 'They launched a partnership.', 'substance');
INSERT INTO article_keys VALUES ('day:2026-06-01', 1);
INSERT INTO initiatives VALUES ('harbour-partnership', 'Harbour Partnership', 'body', 'trilateral', 'announced', 1, '2026-06-01T00:00:02Z', 0, 1, 'named with a verb of founding', 0.9, '[]', NULL);
INSERT INTO initiative_names VALUES ('harbour-partnership', 'Harbour Partnership', 'en');
INSERT INTO initiative_names VALUES ('harbour-partnership', '항만 협력체', 'ko');
INSERT INTO mentions VALUES (1, 1, 'harbour-partnership', 'text', 'Harbour Partnership', 18, 37, 'They launched the Harbour Partnership.', 'launched', 'founding', 'en', 'announced', 0.9, '', 'Partnership', '', '', '', '', '');
INSERT INTO reviews VALUES (1, '2026-06-03T00:00:00Z', 'kim', 'confirm', 'harbour-partnership', '', 'seen in the text');
INSERT INTO participants VALUES (1, 'Jo Doe', 'Minister', 'US');
INSERT INTO aliases VALUES ('initiative', 'harbour-group', 'harbour-partnership', '2026-06-03T00:00:00Z');
INSERT INTO observations VALUES ('harbour-partnership', 1, 'announced', 'launched', '2026-06-01', 'joint', 1);
INSERT INTO flags VALUES (1, 'new_initiative', 'ever', 'harbour-partnership', 1, 1, '2026-06-01T00:00:02Z', NULL, 'no earlier mention', 0.9);
INSERT INTO formulae VALUES ('goal', 'complete', 1, 'They reaffirmed the goal.');
INSERT INTO alerts VALUES (1, 'statement:1', 'statement', '2026-06-01T00:00:02Z', 1, NULL, NULL, NULL, '');
INSERT INTO alerts VALUES (2, 'flag:1', 'flag', '2026-06-01T00:00:02Z', NULL, 'harbour-partnership', 1, 'one', 'new');
INSERT INTO digests VALUES (1, 'mail', '2026-06-01T07:30:00Z', 'One new statement', '<1@one.example>', 'text of it', '<p>text of it</p>', NULL);
INSERT INTO deliveries VALUES (1, 1, 1, 'mail', 'sent', 1, '2026-06-01T07:30:01Z', '2026-06-01T07:30:02Z', '250 ok');
INSERT INTO deliveries VALUES (2, 2, 1, 'mail', 'pending', 0, NULL, NULL, NULL);
INSERT INTO wishes VALUES (1, '2026-06-01T00:00:00Z', '["one"]', '2026-06-01T00:00:05Z');
INSERT INTO marks VALUES ('last_tick', '2026-06-02T00:00:00Z');
INSERT INTO articles_fts (rowid, title, text) VALUES (1, 'Joint Statement of the Ministers', 'They launched the Harbour Partnership.');
INSERT INTO articles_fts (rowid, title, text) VALUES (2, '장 관   공 동 성 명', '세   장 관 은   항 만   협 력 체 를   출 범 시 켰 다 .');
INSERT INTO statements_fts (rowid, title, text) VALUES (1, 'Joint Statement of the Ministers', 'They launched the Harbour Partnership.');
INSERT INTO initiatives_fts (rowid, name, names) VALUES (1, 'Harbour Partnership', 'Harbour Partnership 항 만   협 력 체');
