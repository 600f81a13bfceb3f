update record_state set texts = 1;
