insert into pledge (id, slug, title_en, summary_en, made_on, number, revision, recorded_at) values ('00000000-0000-0000-0000-000000000003', 'later', 'A later pledge', 'Made later.', '2025', 2, 3, '2026-01-03 00:00:00+00:00');
insert into publication (revision, recorded_at) values (3, '2026-01-03 00:00:00+00:00');
update record_state set revision = 3, pledges = 2, texts = 1 where id = 1;
