insert into pledge_glance (number, id, made_on, recorded_at) values (2, '00000000-0000-0000-0000-000000000003', '2025', '2026-01-03 00:00:00+00:00');
