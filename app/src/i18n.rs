//! The texts of the site in both languages, from the Fluent catalogues in `app/locales`.

mod catalog;
mod format;

pub use catalog::{Arg, Texts};
pub use format::{ago, count, date, days, due_words, language, lateness, many, number, timeliness_of, timestamp, timestamp_day};
