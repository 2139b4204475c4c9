-- One event with a joint statement in three languages and a report, an older one, and three sources, one of them silent.
INSERT INTO sources (id, name, publisher, country, party, language, kind, url, official, enabled, interval, rank, follow, store) VALUES
  ('us', 'State releases', 'State', 'US', 'US', 'en', 'feed', 'https://us.example/feed', 1, 1, 30, 0, 'article', 'full'),
  ('kr', '외교부 보도자료', '외교부', 'KR', 'KR', 'ko', 'listing', 'https://kr.example/list', 1, 1, 30, 0, 'article', 'full'),
  ('jp', '外務省報道発表', '外務省', 'JP', 'JP', 'ja', 'feed', 'https://jp.example/rdf', 1, 1, 30, 0, 'article', 'full'),
  ('off', 'Old wire', 'Old wire', 'US', '', 'en', 'feed', 'https://old.example/feed', 0, 0, 30, 0, 'article', 'link');
INSERT INTO source_states (source_id, last_poll_at, last_good_at, last_outcome, failures, failing_since) VALUES
  ('us', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'ok', 0, ''),
  ('kr', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '2026-01-01T00:00:00Z', 'timeout', 4, '2026-01-01T01:00:00Z');
INSERT INTO polls (source_id, started_at, finished_at, outcome, entries, new, error) VALUES
  ('us', '2026-03-01T00:00:00Z', '2026-03-01T00:00:01Z', 'ok', 9, 2, NULL),
  ('kr', '2026-03-01T00:00:00Z', '2026-03-01T00:00:20Z', 'timeout', 0, 0, 'no answer within 20 s');
INSERT INTO events (id, name, date, place, level, first_seen_at) VALUES
  (1, 'Foreign ministers, Busan', '2026-03-01', 'Busan', 'foreign_ministers', '2026-03-01T06:00:00Z'),
  (2, 'Vice ministers, Kyoto', '2025-11-02', 'Kyoto', 'vice_ministers', '2025-11-02T06:00:00Z');
INSERT INTO statements (id, event_id, title, kind, side, date, level, place, lead_article_id, first_seen_at) VALUES
  (1, 1, 'Joint Statement on the Busan meeting', 'joint_statement', 'joint', '2026-03-01', 'foreign_ministers', 'Busan', 1, '2026-03-01T06:00:00Z'),
  (2, 2, '日米韓次官協議 共同声明', 'joint_statement', 'joint', '2025-11-02', 'vice_ministers', 'Kyoto', 5, '2025-11-02T06:00:00Z');
INSERT INTO articles (id, url, canonical_url, source_id, publisher, party, official, title, language, published_at, published_precision,
  fetched_at, first_seen_at, not_seen_before_at, text, statement_text, marked, extractor, score, reasons, kind, side, level, date, date_stated, place,
  participants, rules, length, sketch, numbers, names, statement_id, relation, grade, similarity, reason) VALUES
  (1, 'https://us.example/1', 'https://us.example/1', 'us', 'State', 'US', 1, 'Joint Statement on the Busan meeting', 'en', '2026-03-01T05:00:00Z', 'second',
   '2026-03-01T06:00:00Z', '2026-03-01T06:00:00Z', '2026-03-01T05:30:00Z', 'The ministers announced the launch of a Trilateral Harbour Partnership. They deplored <b>missiles</b>.', '', 1, 'x', 1, '[]',
   'joint_statement', 'joint', 'foreign_ministers', '2026-03-01', 1, 'Busan', '[]', 'r1', 90, x'', '[]', '[]', 1, 'original', 'official', 1, ''),
  (2, 'https://kr.example/2', 'https://kr.example/2', 'kr', '외교부', 'KR', 1, '한미일 외교장관회의 공동성명', 'ko', '2026-03-01', 'date',
   '2026-03-01T06:10:00Z', '2026-03-01T06:10:00Z', '2026-03-01T05:40:00Z', '한·미·일 장관은 부산에서 북한의 비핵화를 논의하였다.', '', 1, 'x', 1, '[]',
   'joint_statement', 'joint', 'foreign_ministers', '2026-03-01', 1, 'Busan', '[]', 'r1', 30, x'', '[]', '[]', 1, 'translation', 'official_translation', 0.4, ''),
  (3, 'https://jp.example/3', 'https://jp.example/3', 'jp', '外務省', 'JP', 1, '日米韓外相会合共同声明', 'ja', '2026-03-01T05:20:00Z', 'minute',
   '2026-03-01T06:20:00Z', '2026-03-01T06:20:00Z', NULL, '三か国の外相は、北朝鮮の非核化について議論した。', '', 1, 'x', 1, '[]',
   'joint_statement', 'joint', 'foreign_ministers', '2026-03-01', 1, 'Busan', '[]', 'r1', 30, x'', '[]', '[]', 1, 'translation', 'official_translation', 0.4, ''),
  (4, 'https://press.example/4', 'https://press.example/4', NULL, 'Harbour Post', '', 0, 'Ministers meet in Busan', 'en', '2026-03-01T09:00:00Z', 'second',
   '2026-03-01T09:20:00Z', '2026-03-01T09:20:00Z', NULL, 'North Korea was on the table as the three ministers launched a partnership.', '', 0, 'x', 0.8, '[]',
   'report', '', 'foreign_ministers', '2026-03-01', 1, 'Busan', '[]', 'r1', 70, x'', '[]', '[]', 1, 'report', 'report', 0.1, ''),
  (5, 'https://jp.example/5', 'https://jp.example/5', 'jp', '外務省', 'JP', 1, '日米韓次官協議 共同声明', 'ja', '2025-11-02T05:00:00Z', 'second',
   '2025-11-02T06:00:00Z', '2025-11-02T06:00:00Z', NULL, '三か国の次官は京都で会談した。', '', 1, 'x', 1, '[]',
   'joint_statement', 'joint', 'vice_ministers', '2025-11-02', 1, 'Kyoto', '[]', 'r1', 20, x'', '[]', '[]', 2, 'original', 'official', 1, '');
INSERT INTO initiatives (id, name, kind, scope, status, first_statement_id, first_seen_at, known, trilateral) VALUES
  ('trilateral-harbour-partnership', 'Trilateral Harbour Partnership', 'body', 'trilateral-government', 'announced', 1, '2026-03-01T06:00:00Z', 0, 1),
  ('trilateral-secretariat', 'Trilateral Secretariat', 'body', 'trilateral-government', 'established', 2, '2025-11-02T06:00:00Z', 1, 1);
INSERT INTO initiative_names (initiative_id, name, language) VALUES
  ('trilateral-harbour-partnership', 'Trilateral Harbour Partnership', 'en'),
  ('trilateral-secretariat', '한미일 사무국', 'ko'),
  ('trilateral-secretariat', '日米韓調整事務局', 'ja');
INSERT INTO mentions (id, article_id, initiative_id, field, name, "start", "end", sentence, cue, rule, language, status, confidence, why, head, instance,
  abbreviation, registry_id, sentence_before, sentence_after) VALUES
  (1, 1, 'trilateral-harbour-partnership', 'text', 'Trilateral Harbour Partnership', 39, 69,
   'The ministers announced the launch of a Trilateral Harbour Partnership.', 'announced the launch', 'n1', 'en', 'announced', 0.9, '', 'body', '', '', '',
   '', 'They deplored <b>missiles</b>.');
INSERT INTO flags (id, kind, basis, initiative_id, statement_id, mention_id, flagged_at, superseded_at, reason, confidence) VALUES
  (1, 'new_initiative', 'in_our_data', 'trilateral-harbour-partnership', 1, 1, '2026-03-01T06:30:00Z', NULL, 'no earlier mention', 0.9),
  (2, 'new_initiative', 'in_our_data', 'trilateral-secretariat', 1, NULL, '2026-03-01T06:30:00Z', '2026-03-02T00:00:00Z', 'no earlier mention', 0.9);
