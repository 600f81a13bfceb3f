//! From the description of the API to what its page tells: plain data, read from the same document that programs get.

use app::pages::{ApiField, ApiOperation, ApiParameter, ApiProblem, ApiReference, ApiSchema};
use serde_json::Value;

use super::{
    ROOT, examples,
    problem::kinds::{KINDS, Kind},
};

/// The methods of operations, in the order in which people should meet them.
const METHODS: [&str; 3] = ["GET", "PUT", "POST"];

/// What the page of the API tells, from its description.
pub(super) fn of(document: &Value, site: &str) -> ApiReference {
    let paths = document["paths"].as_object().into_iter().flatten();
    // Within a path in the order of reading before writing.
    let operations = paths.flat_map(|(path, item)| {
        METHODS.iter().filter_map(move |method| Some(operation_of(method, path, item.get(method.to_ascii_lowercase())?, site)))
    });
    let schemas = document["components"]["schemas"].as_object().into_iter().flatten();
    let problem = |kind: &Kind| ApiProblem {
        status: kind.status.as_u16(),
        anchor: kind.anchor.to_owned(),
        title: kind.title.to_owned(),
        detail: kind.detail.to_owned(),
    };
    ApiReference {
        description: format!("{ROOT}/openapi.json"),
        operations: operations.collect(),
        schemas: schemas.map(|(name, schema)| schema_of(name, schema)).collect(),
        problems: KINDS.iter().map(problem).collect(),
    }
}

fn operation_of(method: &str, path: &str, operation: &Value, site: &str) -> ApiOperation {
    let id = text(operation, "operationId");
    let scopes: Vec<String> = operation["security"][0]["token"].as_array().into_iter().flatten().filter_map(named).collect();
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let answer = ["200", "201"].map(|status| &operation["responses"][status]["content"]["application/json"]);
    let answer = if answer[0].is_null() { answer[1] } else { answer[0] };
    let sent = &operation["requestBody"]["content"]["application/json"];
    let pretty = |example: &Value| serde_json::to_string_pretty(example).ok();
    ApiOperation {
        method: method.to_owned(),
        path: path.to_owned(),
        summary: text(operation, "summary"),
        description: text(operation, "description"),
        parameters: parameters.map(parameter_of).collect(),
        request: match examples::of(&id) {
            // In quotation marks for the shell: `&` would end the command.
            Some(example) => format!("curl '{site}{ROOT}{}'", example.request),
            None if scopes.is_empty() => format!("curl '{site}{path}'"),
            None => command(method, path, operation, site),
        },
        scopes,
        sends: kind_of(&sent["schema"]),
        content: sent.get("example").and_then(pretty).unwrap_or_default(),
        answers_with: kind_of(&answer["schema"]),
        answer: answer.get("example").and_then(pretty).unwrap_or_default(),
        id,
    }
}

fn named(name: &Value) -> Option<String> {
    name.as_str().map(str::to_owned)
}

/// What is typed to do something by a token, which stands in a variable of the shell.
fn command(method: &str, path: &str, operation: &Value, site: &str) -> String {
    let path = path.replace("{id}", "$DRAFT").replace("{slug}", "april-summit");
    let mut command = "curl -H \"Authorization: Bearer $TOKEN\"".to_owned();
    let mut parameters = operation["parameters"].as_array().into_iter().flatten();
    if parameters.any(|parameter| parameter["name"] == "If-Match") {
        command += " -H 'If-Match: \"1\"'";
    }
    if operation.get("requestBody").is_some() {
        command += " --json @content.json";
    }
    if method != "GET" && (method != "POST" || operation.get("requestBody").is_none()) {
        command.push_str(" -X ");
        command.push_str(method);
    }
    format!("{command} \"{site}{path}\"")
}

fn parameter_of(parameter: &Value) -> ApiParameter {
    let schema = &parameter["schema"];
    ApiParameter {
        name: text(parameter, "name"),
        needed: parameter["required"] == true,
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
