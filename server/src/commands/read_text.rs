//! `pledgebook read-text`: reads the text of one document and ends. The server runs it for each copy that it keeps, so that a
//! hostile document can end nothing but this.

use std::io::{self, Read, Write};

use super::CommandError;
use crate::config::ReadTextSettings;

pub(super) fn read_text(asked: &ReadTextSettings) -> Result<(), CommandError> {
    let read = || {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        let reading = capture::bounded(&asked.content_type, &bytes)?;
        // The last line is the answer, whatever a library has printed before.
        let answer = serde_json::to_string(&reading)?;
        io::stdout().lock().write_all(format!("\n{answer}").as_bytes())
    };
    read().map_err(CommandError::NotRead)
}
