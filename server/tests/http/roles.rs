//! Who may do what: every route of the desk, walked by everybody.
