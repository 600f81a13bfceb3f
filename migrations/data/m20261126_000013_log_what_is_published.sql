insert into log_entry (id, kind, revision, recorded_at, content) values (0, 'publication', 3, '2026-01-05 00:00:00+00:00', '{}');
insert into log_mention (pledge_id, entry_id) values ('00000000-0000-0000-0000-000000000001', 0);
