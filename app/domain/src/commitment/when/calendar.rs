//! What months, days of the week and parts of a year are called in both languages.

use super::super::words::Word;

const MONTHS: [[&str; 4]; 12] = [
    ["january", "jan", "enero", "ene"],
    ["february", "feb", "febrero", "febr"],
    ["march", "mar", "marzo", "marz"],
    ["april", "apr", "abril", "abr"],
    ["may", "may", "mayo", "mayo"],
    ["june", "jun", "junio", "junio"],
    ["july", "jul", "julio", "julio"],
    ["august", "aug", "agosto", "ago"],
    ["september", "sept", "septiembre", "setiembre"],
    ["october", "oct", "octubre", "octubre"],
    ["november", "nov", "noviembre", "nov"],
    ["december", "dec", "diciembre", "dic"],
];

const WEEKDAYS: [[&str; 2]; 7] = [
    ["monday", "lunes"],
    ["tuesday", "martes"],
    ["wednesday", "miercoles"],
    ["thursday", "jueves"],
    ["friday", "viernes"],
    ["saturday", "sabado"],
    ["sunday", "domingo"],
];

const ORDINALS: [[&str; 5]; 4] = [
    ["first", "1st", "primer", "primero", "primera"],
    ["second", "2nd", "segundo", "segunda", "2"],
    ["third", "3rd", "tercer", "tercero", "tercera"],
    ["fourth", "4th", "cuarto", "ultimo", "last"],
];

/// The number of a month, 1 to 12. English months have capitals: `may` is no month.
pub(super) fn month(word: &Word) -> Option<u32> {
    let found = MONTHS.iter().position(|names| names.contains(&word.bare.as_str()))?;
    let english = MONTHS[found][..2].contains(&word.bare.as_str());
    (word.capital || !english).then(|| u32::try_from(found + 1).unwrap_or_default())
}

/// The number of a day of the week, from Monday, 0, on.
pub(super) fn weekday(word: &Word) -> Option<u32> {
    let found = WEEKDAYS.iter().position(|names| names.contains(&word.bare.as_str()))?;
    u32::try_from(found).ok()
}

/// Whether a word is a day of the week.
pub(in super::super) fn is_weekday(word: &Word) -> bool {
    weekday(word).is_some()
}

/// What number an ordinal is, 1 to 4.
pub(super) fn ordinal(word: &Word) -> Option<u32> {
    let found = ORDINALS.iter().position(|names| names.contains(&word.bare.as_str()))?;
    u32::try_from(found + 1).ok()
}

/// A year of our time, in digits; `mid-2025` is one too.
pub(super) fn year(word: &Word) -> Option<i32> {
    let digits = word.low.rsplit('-').next().unwrap_or_default();
    let plain = digits.len() == 4 && (digits == word.low || word.low.starts_with("mid-") || word.low.starts_with("late-"));
    digits.parse().ok().filter(|year| plain && (1990..2200).contains(year))
}

/// A day of a month.
pub(super) fn day(word: &Word) -> Option<u32> {
    let digits = word.low.trim_end_matches(['º', '°', 's', 't', 'n', 'd', 'r', 'h']);
    digits.parse().ok().filter(|day| digits.len() <= 2 && (1..=31).contains(day))
}
