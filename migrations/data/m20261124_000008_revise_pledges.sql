insert into pledge_revision (id, pledge_id, position, before, after, reason_en, recorded_at) values ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000001', 0, '{}', '{}', 'A slip.', '2026-01-04 00:00:00+00:00');
insert into pledge_check (id, pledge_id, note_es, recorded_at) values ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000001', 'Sin novedad.', '2026-01-04 00:00:00+00:00');
insert into former_slug (slug, pledge_id, recorded_at) values ('old-summit', '00000000-0000-0000-0000-000000000001', '2026-01-04 00:00:00+00:00');
insert into pledge_removal (pledge_id, notice_en, revision, removed_at) values ('00000000-0000-0000-0000-000000000002', 'Entered twice.', 3, '2026-01-04 00:00:00+00:00');
insert into unreviewed (id, pledge_id, reason, recorded_at) values ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000001', 'Nobody else was there.', '2026-01-04 00:00:00+00:00');
