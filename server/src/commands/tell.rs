//! Telling people at the terminal what was done. Whoever reads may stop reading (`… | head`): then nothing more is told, and what the
//! command does and how it ends stay the same.

use std::{fmt::Arguments, io::Write as _};

/// Writes a line to standard output, if anybody still reads it.
pub(crate) fn line(text: Arguments<'_>) {
    _ = writeln!(std::io::stdout(), "{text}");
}

/// `println!` for commands: it does not end them where nobody reads on.
macro_rules! tell {
    ($($text:tt)*) => {
        $crate::commands::tell::line(format_args!($($text)*))
    };
}
pub(crate) use tell;
