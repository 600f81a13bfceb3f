update record_state set edition = 7, edition_at = '2026-01-05 00:00:00+00:00', edition_second = '2026-01-05 00:00:00+00:00';
