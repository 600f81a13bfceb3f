insert into import_batch (id, person_id, created_at, state, sha256, files, unknown, plan_sha256, counts, applied_at) values ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000001', '2026-01-04 00:00:00+00:00', 'applied', 'x', '["pledges.csv"]', '[]', 'x', '{}', '2026-01-04 00:00:00+00:00');
insert into import_row (batch_id, position, outcome, content) values ('00000000-0000-0000-0000-000000000001', 0, 'changed', '{}');
insert into import_draft (draft_id, batch_id) values ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000001');
