//! One part of a record by itself, read and checked by the rules of the whole; paths begin within the part.

use chrono::NaiveDate;
use serde_json::Value;

use super::{Names, read, reader::Object, references};
use crate::{errors::FieldErrors, meeting::Meeting, party::Party, pledge::Pledge, source::Source, topic::Topic};

/// The fields of a pledge, in the order in which people should meet them.
pub const PLEDGE_FIELDS: &[&str] = read::PLEDGE;

/// The fields of a change of status, and those of a variant.
#[cfg(test)]
pub const CHANGE_AND_VARIANT_FIELDS: [&[&str]; 2] = [read::CHANGE, read::VARIANT];

/// Checks what a record file says of itself, apart from its lists.
pub fn heading(value: &Value, errors: &mut FieldErrors) {
    if let Some(mut object) = Object::new(String::new(), value, read::RECORD, errors) {
        read::heading(&mut object);
    }
}

/// Reads a pledge that may refer to `names`, on the day `today`.
pub fn pledge(value: &Value, names: &Names<'_>, today: NaiveDate, errors: &mut FieldErrors) -> Option<Pledge> {
    const AT: &str = "pledge";
    let pledge = read::pledge(&mut Object::new(String::new(), value, read::PLEDGE, errors)?)?;
    let mut found = FieldErrors::default();
    references::pledge_refers(&pledge, AT, names, today, &mut found);
    for error in found.iter() {
        let path = error.path.strip_prefix(AT).map_or(error.path.as_str(), |path| path.trim_start_matches('.'));
        errors.push(path, error.problem.clone());
    }
    Some(pledge)
}

/// Reads a source; whether what it translates exists is for the caller to say.
pub fn source(value: &Value, errors: &mut FieldErrors) -> Option<Source> {
    read::source(&mut Object::new(String::new(), value, read::SOURCE, errors)?)
}

/// Reads a party.
pub fn party(value: &Value, errors: &mut FieldErrors) -> Option<Party> {
    read::party(&mut Object::new(String::new(), value, read::PARTY, errors)?)
}

/// Reads a meeting.
pub fn meeting(value: &Value, errors: &mut FieldErrors) -> Option<Meeting> {
    read::meeting(&mut Object::new(String::new(), value, read::MEETING, errors)?)
}

/// Reads a topic.
pub fn topic(value: &Value, errors: &mut FieldErrors) -> Option<Topic> {
    read::topic(&mut Object::new(String::new(), value, read::TOPIC, errors)?)
}
