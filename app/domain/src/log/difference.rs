//! Where two values first differ, for whoever has to be told what is wrong.

use serde_json::Value;

/// The first place in which what was found differs from what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The path of the field, as errors of a record file name it: `history[1].status`.
    pub path: String,
    /// What should stand there, as JSON; `nothing` where nothing should.
    pub expected: String,
    /// What stands there, as JSON; `nothing` where nothing does.
    pub found: String,
}

/// The first difference between two values, field by field; `None` if they are the same.
#[must_use]
pub fn first_difference(expected: &Value, found: &Value) -> Option<Difference> {
    at(String::new(), Some(expected), Some(found))
}

fn at(path: String, expected: Option<&Value>, found: Option<&Value>) -> Option<Difference> {
    if expected == found {
        return None;
    }
    match (expected, found) {
        (Some(Value::Object(expected)), Some(Value::Object(found))) => {
            let added = found.keys().filter(|name| !expected.contains_key(*name));
            let dot = if path.is_empty() { "" } else { "." };
            expected.keys().chain(added).find_map(|name| at(format!("{path}{dot}{name}"), expected.get(name), found.get(name)))
        }
        (Some(Value::Array(expected)), Some(Value::Array(found))) => {
            let longer = expected.len().max(found.len());
            (0..longer).find_map(|index| at(format!("{path}[{index}]"), expected.get(index), found.get(index)))
        }
        (expected, found) => {
            let told = |value: Option<&Value>| value.map_or_else(|| "nothing".to_owned(), ToString::to_string);
            Some(Difference { path, expected: told(expected), found: told(found) })
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_first_field_that_differs_is_named() {
        let told = |expected: Value, found: Value| {
            first_difference(&expected, &found).map(|difference| (difference.path, difference.expected, difference.found))
        };
        assert_eq!(told(json!({ "a": [1, 2] }), json!({ "a": [1, 2] })), None);
        assert_eq!(
            told(json!({ "a": [1, { "b": 2 }] }), json!({ "a": [1, { "b": 3 }] })),
            Some(("a[1].b".into(), "2".into(), "3".into()))
        );
        assert_eq!(told(json!({ "a": [1] }), json!({ "a": [1, 2] })), Some(("a[1]".into(), "nothing".into(), "2".into())));
        assert_eq!(told(json!({ "a": 1 }), json!({})), Some(("a".into(), "1".into(), "nothing".into())));
        assert_eq!(told(json!({}), json!({ "b": null })), Some(("b".into(), "nothing".into(), "null".into())));
    }
}
