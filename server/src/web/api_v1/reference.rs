//! From the description of the API to what its page tells: plain data, read from the same document that programs get.

use app::pages::{ApiField, ApiOperation, ApiParameter, ApiProblem, ApiReference, ApiSchema};
use serde_json::Value;

use super::{ROOT, examples, problem::KINDS};

/// What the page of the API tells, from its description.
pub(super) fn of(document: &Value, site: &str) -> ApiReference {
    let paths = document["paths"].as_object().into_iter().flatten();
    let operations = paths.filter_map(|(path, item)| {
        let operation = item.get("get")?;
        Some(operation_of(path, operation, site))
    });
    let schemas = document["components"]["schemas"].as_object().into_iter().flatten();
    let problem = |(status, anchor, title, detail): (axum::http::StatusCode, &str, &str, &str)| ApiProblem {
        status: status.as_u16(),
        anchor: anchor.to_owned(),
        title: title.to_owned(),
        detail: detail.to_owned(),
    };
    ApiReference {
        description: format!("{ROOT}/openapi.json"),
        operations: operations.collect(),
        schemas: schemas.map(|(name, schema)| schema_of(name, schema)).collect(),
        problems: KINDS.into_iter().map(problem).collect(),
    }
}

fn operation_of(path: &str, operation: &Value, site: &str) -> ApiOperation {
    let id = text(operation, "operationId");
    let example = examples::of(&id);
    let request = example.map_or_else(|| path.to_owned(), |example| format!("{ROOT}{}", example.request));
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let answer = &operation["responses"]["200"]["content"]["application/json"];
    ApiOperation {
        path: path.to_owned(),
        summary: text(operation, "summary"),
        description: text(operation, "description"),
        parameters: parameters.map(parameter_of).collect(),
        request: format!("{site}{request}"),
        answers_with: kind_of(&answer["schema"]),
        answer: answer.get("example").and_then(|example| serde_json::to_string_pretty(example).ok()).unwrap_or_default(),
        id,
    }
}

fn parameter_of(parameter: &Value) -> ApiParameter {
    let schema = &parameter["schema"];
    ApiParameter {
        name: text(parameter, "name"),
        in_path: parameter["in"] == "path",
        kind: kind_of(schema),
        meaning: text(parameter, "description"),
        accepted: codes(schema),
        usual: schema.get("default").map(ToString::to_string),
    }
}

fn schema_of(name: &str, schema: &Value) -> ApiSchema {
    let fields = schema["properties"].as_object().into_iter().flatten();
    let field = |(name, schema): (&String, &Value)| ApiField {
        name: name.clone(),
        kind: kind_of(schema),
        meaning: text(schema, "description"),
    };
    ApiSchema {
        name: name.to_owned(),
        meaning: text(schema, "description"),
        fields: fields.map(field).collect(),
        codes: codes(schema),
    }
}

/// A type in few words: `string`, `date`, `list of Citation`, `Due or null`, `integer from 1 to 100`.
fn kind_of(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        return reference.rsplit('/').next().unwrap_or_default().to_owned();
    }
    for either in ["oneOf", "anyOf"] {
        if let Some(kinds) = schema[either].as_array() {
            // What can be nothing is told last.
            let mut kinds: Vec<String> = kinds.iter().map(kind_of).collect();
            kinds.sort_by_key(|kind| kind == "null");
            return kinds.join(" or ");
        }
    }
    if let Some(items) = schema.get("items") {
        return format!("list of {}", kind_of(items));
    }
    let names: Vec<&str> = match &schema["type"] {
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        name => name.as_str().into_iter().collect(),
    };
    let told = |name: &&str| match (*name, schema["format"].as_str()) {
        ("string", Some(format)) => format.to_owned(),
        ("integer", _) if schema.get("maximum").is_some() => {
            format!("integer from {} to {}", schema["minimum"], schema["maximum"])
        }
        (name, _) => name.to_owned(),
    };
    names.iter().map(told).collect::<Vec<_>>().join(" or ")
}

fn codes(schema: &Value) -> Vec<String> {
    schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_default().to_owned()
}
