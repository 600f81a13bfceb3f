//! Reads JSON field by field and notes every problem with its path, instead of stopping at the first.

use serde_json::{Map, Value};

use crate::{
    errors::{FieldErrors, Problem},
    locale::Localized,
    text,
};

/// An object being read, and where it stands.
pub struct Object<'a, 'e> {
    path: String,
    fields: &'a Map<String, Value>,
    errors: &'e mut FieldErrors,
}

impl<'a, 'e> Object<'a, 'e> {
    /// Begins to read an object; `known` are the fields it may have.
    pub fn new(path: String, value: &'a Value, known: &'static [&'static str], errors: &'e mut FieldErrors) -> Option<Self> {
        let Some(fields) = value.as_object() else {
            errors.push(path, Problem::WrongType("an object"));
            return None;
        };
        for name in fields.keys().filter(|name| !known.contains(&name.as_str())) {
            errors.push(join(&path, name), Problem::UnknownField(known));
        }
        Some(Self { path, fields, errors })
    }

    /// The value of a field; `null` counts as absent.
    fn value(&self, name: &str) -> Option<&'a Value> {
        self.fields.get(name).filter(|value| !value.is_null())
    }

    /// Notes a problem of a field.
    pub fn refuse(&mut self, name: &str, problem: Problem) {
        self.errors.push(join(&self.path, name), problem);
    }

    /// A text that must be there, read by `read`.
    pub fn required<T>(&mut self, name: &str, read: impl FnOnce(&str) -> Result<T, Problem>) -> Option<T> {
        if self.value(name).is_none() {
            self.refuse(name, Problem::Missing);
            return None;
        }
        self.optional(name, read).flatten()
    }

    /// A text that may be absent. The outer `None` says that it was there and wrong.
    pub fn optional<T>(&mut self, name: &str, read: impl FnOnce(&str) -> Result<T, Problem>) -> Option<Option<T>> {
        let Some(value) = self.value(name) else { return Some(None) };
        let result = value.as_str().ok_or(Problem::WrongType("a text")).and_then(read);
        match result {
            Ok(value) => Some(Some(value)),
            Err(problem) => {
                self.refuse(name, problem);
                None
            }
        }
    }

    /// A text in one or both languages that must be there.
    pub fn localized(&mut self, name: &str, limit: usize) -> Option<Localized> {
        if self.value(name).is_none() {
            self.refuse(name, Problem::Missing);
            return None;
        }
        self.optional_localized(name, limit).flatten()
    }

    /// A text in one or both languages that may be absent.
    pub fn optional_localized(&mut self, name: &str, limit: usize) -> Option<Option<Localized>> {
        if self.value(name).is_none() {
            return Some(None);
        }
        let text = self.object(name, &["en", "es"], |object| {
            let clean = |text: &str| text::clean(text, limit);
            let (en, es) = (object.optional("en", clean), object.optional("es", clean));
            Some(Localized { en: en?, es: es? })
        })?;
        if text.is_empty() {
            self.refuse(name, Problem::Missing);
            return None;
        }
        Some(Some(text))
    }

    /// An object that must be there, if the caller has made sure of it, or else reads as an empty one.
    pub fn object<T>(
        &mut self,
        name: &str,
        known: &'static [&'static str],
        read: impl FnOnce(&mut Object<'a, '_>) -> Option<T>,
    ) -> Option<T> {
        let value = self.value(name).unwrap_or(&Value::Null);
        let mut object = Object::new(join(&self.path, name), value, known, self.errors)?;
        read(&mut object)
    }

    /// The items of a list, each an object; an absent list is empty. `None` if any of them is wrong.
    pub fn list<T>(
        &mut self,
        name: &str,
        known: &'static [&'static str],
        mut read: impl FnMut(&mut Object<'a, '_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        self.items(name, |path, item, errors| read(&mut Object::new(path, item, known, errors)?))
    }

    /// The items of a list, each a text; an absent list is empty.
    pub fn texts<T>(&mut self, name: &str, read: impl Fn(&str) -> Result<T, Problem>) -> Option<Vec<T>> {
        self.items(name, |path, item, errors| {
            let result = item.as_str().ok_or(Problem::WrongType("a text")).and_then(&read);
            result.map_err(|problem| errors.push(path, problem)).ok()
        })
    }

    fn items<T>(&mut self, name: &str, mut read: impl FnMut(String, &'a Value, &mut FieldErrors) -> Option<T>) -> Option<Vec<T>> {
        let Some(value) = self.value(name) else { return Some(Vec::new()) };
        let path = join(&self.path, name);
        let Some(items) = value.as_array() else {
            self.errors.push(path, Problem::WrongType("a list"));
            return None;
        };
        // Every item is read, so that every error is found, before the first bad one fails the list.
        let read: Vec<_> =
            items.iter().enumerate().map(|(index, item)| read(format!("{path}[{index}]"), item, self.errors)).collect();
        read.into_iter().collect()
    }

    /// A number that must be there.
    pub fn number(&mut self, name: &str, read: impl FnOnce(f64) -> Result<f64, Problem>) -> Option<f64> {
        let result = match self.value(name) {
            None => Err(Problem::Missing),
            Some(value) => value.as_f64().ok_or(Problem::WrongType("a number")).and_then(read),
        };
        result.map_err(|problem| self.refuse(name, problem)).ok()
    }

    /// A whole number that may be absent.
    pub fn optional_index(&mut self, name: &str) -> Option<Option<usize>> {
        let Some(value) = self.value(name) else { return Some(None) };
        let Some(number) = value.as_u64().and_then(|number| usize::try_from(number).ok()) else {
            self.refuse(name, Problem::WrongType("a whole number of 0 or more"));
            return None;
        };
        Some(Some(number))
    }

    /// `true` or `false`; absent is `false`.
    pub fn flag(&mut self, name: &str) -> Option<bool> {
        match self.value(name) {
            None => Some(false),
            Some(Value::Bool(flag)) => Some(*flag),
            Some(_) => {
                self.refuse(name, Problem::WrongType("true or false"));
                None
            }
        }
    }

    /// Whether the field is a text (and not an object).
    pub fn is_text(&self, name: &str) -> bool {
        self.value(name).is_some_and(Value::is_string)
    }

    /// Whether the field is there.
    pub fn has(&self, name: &str) -> bool {
        self.value(name).is_some()
    }

    /// Whether the field is exactly this value.
    pub fn is(&self, name: &str, value: &Value) -> bool {
        self.value(name) == Some(value)
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
