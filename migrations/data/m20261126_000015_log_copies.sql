insert into log_capture (capture_id, entry_id) values ('00000000-0000-0000-0000-000000000001', 0);
