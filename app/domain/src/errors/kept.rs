//! Reads the fixed words of problems back: those that the program itself has, which live as long as it does.

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Deserializer};

static WORDS: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());
static LISTS: Mutex<Vec<&'static [&'static str]>> = Mutex::new(Vec::new());

/// A word of the program. Each is made to last once; there are as many as the programs that wrote them had, which are few.
pub(super) fn word<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static str, D::Error> {
    Ok(lasting(String::deserialize(deserializer)?))
}

/// A list of words, such as the codes that a field accepts.
pub(super) fn words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static [&'static str], D::Error> {
    let words: Vec<&'static str> = Vec::<String>::deserialize(deserializer)?.into_iter().map(lasting).collect();
    let mut lists = LISTS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = lists.iter().find(|known| **known == words) {
        return Ok(known);
    }
    let list: &'static [&'static str] = words.leak();
    lists.push(list);
    Ok(list)
}

fn lasting(word: String) -> &'static str {
    let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = words.iter().find(|known| **known == word) {
        return known;
    }
    let word: &'static str = word.leak();
    words.push(word);
    word
}
