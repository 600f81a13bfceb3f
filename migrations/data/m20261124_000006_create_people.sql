insert into person (id, email, name, role, password_hash, created_at) values ('00000000-0000-0000-0000-000000000001', 'ana@example.org', 'Ana', 'administrator', '$argon2id$x', '2026-01-04 00:00:00+00:00');
insert into recovery_code (id, person_id, code_hash) values ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000001', 'x');
insert into session (id_hash, person_id, half_way, created_at, expires_at) values ('x', '00000000-0000-0000-0000-000000000001', false, '2026-01-04 00:00:00+00:00', '2026-01-04 00:00:00+00:00');
insert into one_time_link (token_hash, purpose, person_id, created_at, expires_at) values ('x', 'reset', '00000000-0000-0000-0000-000000000001', '2026-01-04 00:00:00+00:00', '2026-01-04 00:00:00+00:00');
insert into sign_in_failure (id, key_hash, at) values ('00000000-0000-0000-0000-000000000001', 'x', '2026-01-04 00:00:00+00:00');
insert into audit_entry (id, at, person_id, act, subject_kind, subject) values ('00000000-0000-0000-0000-000000000001', '2026-01-04 00:00:00+00:00', '00000000-0000-0000-0000-000000000001', 'sign_in', 'person', 'ana@example.org');
