//! Which members a JSON object may have, as data: so that what is read, what is refused and what is described are one.
//!
//! The path of a value in the JSON is the name of its field in the form ([`Fields`]); where the record file writes shorter than
//! a form, a [`Shape`] says how.

use serde_json::{Map, Value};

use crate::{
    errors::{FieldErrors, Problem},
    form::{Fields, ROWS},
};

/// An object: its name, and its members in the order in which people should meet them.
#[derive(Debug)]
pub struct Object {
    /// What it is called where it is described.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub meaning: &'static str,
    /// The names of its members.
    pub names: &'static [&'static str],
    /// Its members.
    pub members: &'static [Member],
}

/// A member of an object.
#[derive(Debug)]
pub struct Member {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// What it means.
    pub meaning: &'static str,
}

/// What a member holds. Whether a text is one that the record accepts is for the rules of the record to say.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A text.
    Text,
    /// One of these codes.
    Code(&'static [&'static str]),
    /// A date of any precision.
    Date,
    /// A number.
    Number,
    /// Yes or no.
    Flag,
    /// A list.
    List(&'static Shape),
    /// An object.
    Object(&'static Object),
    /// An object, or a text that is the member of this name in it.
    Short(&'static str, &'static Object),
    /// A date or the words that stand in its place (an object of texts): the names of the two fields that a form has for them.
    DateOrWords(&'static str, &'static str),
    /// The other one of those two, for a draft in which somebody entered both.
    Beside(&'static str, &'static str),
}

/// Declares objects, each with its members.
macro_rules! objects {
    ($($(#[doc = $doc:literal])+ $object:ident = $name:literal { $($member:literal: $shape:expr, $meaning:literal;)+ })+) => { $(
        $(#[doc = $doc])+
        pub static $object: $crate::shape::Object = $crate::shape::Object {
            name: $name,
            meaning: concat!($($doc),+).trim_ascii(),
            names: &[$($member),+],
            members: &[$($crate::shape::Member { name: $member, shape: $shape, meaning: $meaning }),+],
        };
    )+ };
}

pub(crate) use objects;

objects! {
    /// A text in one language or both.
    TEXT = "TextContent" {
        "en": Shape::Text, "In English.";
        "es": Shape::Text, "In Spanish.";
    }
}

impl Object {
    /// The fields of a value.
    ///
    /// # Errors
    /// Every member that is unknown here or of another type; nothing is left out in silence.
    pub fn read(&self, value: &Value) -> Result<Fields, FieldErrors> {
        let mut reading = Reading::default();
        reading.object("", value, self);
        reading.errors.or(reading.fields)
    }

    /// Fields as they are with the members of a value in place of theirs: those that the value leaves out stay, `null` empties
    /// one.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn read_over(&self, value: &Value, fields: &Fields) -> Result<Fields, FieldErrors> {
        let given = self.read(value)?;
        let mut replaced: Vec<&str> = Vec::new();
        for member in self.members.iter().filter(|member| value.get(member.name).is_some()) {
            match member.shape {
                Shape::DateOrWords(date, words) | Shape::Beside(date, words) => replaced.extend([date, words]),
                _ => replaced.push(member.name),
            }
        }
        let stays = |name: &str| !replaced.iter().any(|member| within(name, member));
        let mut merged = given;
        for (name, value) in fields.iter().filter(|(name, _)| stays(name)) {
            merged.set(name, value);
        }
        Ok(merged)
    }

    /// The value that these fields are read from.
    #[must_use]
    pub fn tell(&self, fields: &Fields) -> Value {
        tell_object("", fields, self)
    }
}

/// Whether a field belongs to a member.
fn within(field: &str, member: &str) -> bool {
    field.strip_prefix(member).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

#[derive(Default)]
struct Reading {
    fields: Fields,
    errors: FieldErrors,
}

impl Reading {
    fn object(&mut self, path: &str, value: &Value, object: &Object) {
        let Some(members) = value.as_object() else {
            return self.errors.push(path, Problem::WrongType("an object"));
        };
        for (name, value) in members {
            match object.members.iter().find(|member| member.name == name) {
                Some(member) => self.member(path, value, member),
                None => self.errors.push(join(path, name), Problem::UnknownField(object.names)),
            }
        }
    }

    fn member(&mut self, path: &str, value: &Value, member: &Member) {
        let at = join(path, member.name);
        match (member.shape, value) {
            (Shape::DateOrWords(date, _) | Shape::Beside(date, _), Value::String(text)) => self.set(join(path, date), text),
            (Shape::DateOrWords(_, words) | Shape::Beside(_, words), Value::Object(_)) => {
                self.object(&join(path, words), value, &TEXT);
            }
            (shape, value) => self.value(&at, value, shape),
        }
    }

    fn value(&mut self, path: &str, value: &Value, shape: Shape) {
        let wanted = match (shape, value) {
            (_, Value::Null) | (Shape::Flag, Value::Bool(false)) => return,
            (Shape::Flag, Value::Bool(true)) => return self.set(path, "true"),
            (Shape::Text | Shape::Code(_) | Shape::Date | Shape::Number, Value::String(text)) => return self.set(path, text),
            (Shape::Number, Value::Number(number)) => return self.set(path, &number.to_string()),
            (Shape::Short(name, _), Value::String(text)) => return self.set(join(path, name), text),
            (Shape::Short(_, object) | Shape::Object(object), Value::Object(_)) => return self.object(path, value, object),
            (Shape::List(_), Value::Array(items)) if items.len() > ROWS => "a list of at most 200 items",
            (Shape::List(shape), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(&format!("{path}[{index}]"), item, *shape);
                }
                return;
            }
            (Shape::Text | Shape::Code(_) | Shape::Date, _) => "a text",
            (Shape::Number, _) => "a number",
            (Shape::Flag, _) => "true or false",
            (Shape::List(_), _) => "a list",
            (Shape::Object(_), _) => "an object",
            (Shape::Short(..), _) => "a text or an object",
            (Shape::DateOrWords(..) | Shape::Beside(..), _) => "a date, or the words in its place as an object of texts",
        };
        self.errors.push(path, Problem::WrongType(wanted));
    }

    fn set(&mut self, path: impl Into<String>, text: &str) {
        self.fields.set(path, text.replace("\r\n", "\n"));
    }
}

fn tell_object(path: &str, fields: &Fields, object: &Object) -> Value {
    let mut told = Map::new();
    for member in object.members {
        let at = |name| join(path, name);
        let value = match member.shape {
            Shape::DateOrWords(date, words) => {
                let (on, said) = (tell(&at(date), fields, Shape::Date), tell_texts(&at(words), fields));
                // Where both are there, this member has what is called like it, and the other one stands beside it.
                if said.is_none() || (on.is_some() && member.name == date) { on } else { said }
            }
            Shape::Beside(date, words) => {
                let (on, said) = (tell(&at(date), fields, Shape::Date), tell_texts(&at(words), fields));
                on.zip(said).map(|(on, said)| if member.name == date { on } else { said })
            }
            shape => tell(&at(member.name), fields, shape),
        };
        if let Some(value) = value {
            told.insert(member.name.to_owned(), value);
        }
    }
    told.into()
}

fn tell_texts(path: &str, fields: &Fields) -> Option<Value> {
    tell(path, fields, Shape::Object(&TEXT))
}

fn tell(path: &str, fields: &Fields, shape: Shape) -> Option<Value> {
    let text = fields.get(path);
    let some = |value: Value| (!value.as_object().is_some_and(Map::is_empty)).then_some(value);
    match shape {
        Shape::List(shape) => {
            let rows = fields.rows(path);
            let item = |row| tell(&format!("{path}[{row}]"), fields, *shape).unwrap_or(Value::Null);
            (rows > 0).then(|| (0..rows).map(item).collect())
        }
        // Some objects hold one another: where nothing is, nothing is looked for.
        Shape::Object(_) | Shape::Short(..) if fields.below(path).is_empty() => None,
        Shape::Object(object) => some(tell_object(path, fields, object)),
        Shape::Short(name, object) => {
            let value = tell_object(path, fields, object);
            match value.as_object() {
                Some(members) if members.len() == 1 && members.contains_key(name) => Some(value[name].clone()),
                _ => some(value),
            }
        }
        _ if text.is_empty() => None,
        Shape::Flag if text == "true" => Some(true.into()),
        // What was typed and is no number stays what it is, so that nothing typed is lost.
        Shape::Number => {
            let number: Option<Value> = serde_json::from_str(text).ok().filter(Value::is_number);
            let printed = number.as_ref().map(Value::to_string);
            Some(number.filter(|_| printed.as_deref() == Some(text)).unwrap_or_else(|| text.into()))
        }
        _ => Some(text.into()),
    }
}
