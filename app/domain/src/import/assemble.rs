//! Makes a pledge as a record file has it out of its rows, with what they do not carry taken from the record.

use serde_json::{Map, Number, Value, json};

use super::{
    Place, RowError,
    column::{get, path_of, put},
    sheet::Row,
};
use crate::{
    errors::Problem,
    open_data::{CITATIONS, HISTORY, Kind, PLEDGES, VARIANTS},
};

/// The rows of tables that belong to one pledge.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) own: Option<Row>,
    history: Vec<Row>,
    variants: Vec<Row>,
    citations: Vec<Row>,
}

/// Which tables came with an import; what did not come stays as it is in the record.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Carried {
    history: bool,
    variants: bool,
    citations: bool,
}

/// A pledge made of rows.
#[derive(Debug, Default)]
pub(super) struct Assembled<'a> {
    pub(super) value: Value,
    /// Which row a part of it comes from, by its path.
    pub(super) origins: Vec<(String, &'a Row)>,
    pub(super) errors: Vec<RowError>,
}

impl Carried {
    pub(super) fn note(&mut self, table: &str) {
        self.history |= table == HISTORY.name;
        self.variants |= table == VARIANTS.name;
        self.citations |= table == CITATIONS.name;
    }
}

impl Rows {
    pub(super) fn add(&mut self, row: Row) {
        match row.table.name {
            name if name == HISTORY.name => self.history.push(row),
            name if name == VARIANTS.name => self.variants.push(row),
            name if name == CITATIONS.name => self.citations.push(row),
            _ => self.own = Some(row),
        }
    }

    /// Every row.
    pub(super) fn all(&self) -> impl Iterator<Item = &Row> {
        self.own.iter().chain(&self.history).chain(&self.variants).chain(&self.citations)
    }

    /// The pledge that they speak of.
    pub(super) fn id(&self) -> Option<&str> {
        let own = self.own.as_ref().and_then(|row| row.cells.get("id"));
        own.or_else(|| self.all().find_map(|row| row.cells.get("pledge"))).map(String::as_str)
    }

    /// The pledge; `current` is what the record has of it.
    pub(super) fn assemble<'a>(&'a self, carried: Carried, current: Option<&Value>) -> Assembled<'a> {
        let mut made = Assembled::default();
        made.errors.extend(self.all().flat_map(|row| row.errors.iter().cloned()));
        match (&self.own, current) {
            (Some(row), _) => {
                made.value = value_of(row);
                fill(&mut made.value, row, current);
                if row.cells.contains_key("due_on") && row.cells.keys().any(|column| column.starts_with("due_words")) {
                    made.refuse(row.place, "due_on", Problem::MustBe("a date or words, and not both"));
                }
                made.origins.push((String::new(), row));
            }
            (None, Some(current)) => made.value = current.clone(),
            (None, None) => made.value = json!({ "id": self.id() }),
        }
        let cited = Cited::new(&self.citations, carried.citations, &mut made);
        self.variants(carried, current, &cited, &mut made);
        self.history(carried, current, &cited, &mut made);
        let own = cited.of("pledge", 0, current.and_then(|current| current.get("citations")), "citations", &mut made);
        made.value["citations"] = own;
        cited.astray(&mut made);
        made
    }

    fn variants<'a>(&'a self, carried: Carried, current: Option<&Value>, cited: &Cited<'a>, made: &mut Assembled<'a>) {
        let known = items(current, "variants");
        let rows = if carried.variants { in_order(&self.variants, made) } else { Vec::new() };
        let count = if carried.variants { rows.len() } else { known.len() };
        let mut variants = Vec::with_capacity(count);
        for index in 0..count {
            let at = format!("variants[{index}]");
            let (position, mut variant) = match rows.get(index) {
                Some((position, row)) => {
                    made.origins.push((at.clone(), *row));
                    (*position, value_of(row))
                }
                None => (index, known[index].clone()),
            };
            // What a source says differently is cited from that source, and from no other.
            let of_source = |value: &Value| Value::Object(only(value, &CITED));
            let before = known.get(index).map(|known| Value::Array(vec![of_source(known)]));
            let citation = cited.of("variant", position, before.as_ref(), &at, made);
            if let Some(citation) = citation.as_array().and_then(|citations| citations.first()).and_then(Value::as_object)
                && let Some(fields) = variant.as_object_mut()
            {
                fields.retain(|name, _| !CITED.contains(&name.as_str()));
                fields.extend(citation.clone());
            }
            variants.push(variant);
        }
        made.value["variants"] = Value::Array(variants);
    }

    fn history<'a>(&'a self, carried: Carried, current: Option<&Value>, cited: &Cited<'a>, made: &mut Assembled<'a>) {
        let known = items(current, "history");
        let rows = if carried.history { in_order(&self.history, made) } else { Vec::new() };
        let count = if carried.history { rows.len() } else { known.len() };
        let mut history = Vec::with_capacity(count);
        for index in 0..count {
            let at = format!("history[{index}]");
            let (position, mut change) = match rows.get(index) {
                Some((position, row)) => {
                    made.origins.push((at.clone(), *row));
                    (*position, change_of(row, &rows, made))
                }
                None => (index, known[index].clone()),
            };
            let before = known.get(index).and_then(|known| known.get("citations"));
            change["citations"] = cited.of("change", position, before, &format!("{at}.citations"), made);
            history.push(change);
        }
        made.value["history"] = Value::Array(history);
    }
}

impl Assembled<'_> {
    fn refuse(&mut self, place: Place, field: &str, problem: Problem) {
        self.errors.push(RowError { place, field: field.to_owned(), problem });
    }
}

/// The fields of a citation.
const CITED: [&str; 6] = ["source", "quote", "locator", "language", "stance", "authority"];

/// The citations of a pledge, by what they are cited for.
struct Cited<'a> {
    carried: bool,
    /// Claim, position, number, row.
    rows: Vec<(&'a str, usize, usize, &'a Row)>,
}

impl<'a> Cited<'a> {
    fn new(citations: &'a [Row], carried: bool, made: &mut Assembled<'a>) -> Self {
        let mut rows = Vec::with_capacity(citations.len());
        for row in citations {
            let claim = row.cells.get("claim").map_or("", String::as_str);
            let (position, number) = (whole(row, "position", made), whole(row, "number", made));
            if !CLAIMS.contains(&claim) {
                let problem = Problem::NotOneOf { given: crate::date::excerpt(claim), accepted: &CLAIMS };
                made.refuse(row.place, "claim", problem);
            } else if let (Some(position), Some(number)) = (position, number) {
                if rows.iter().any(|(c, p, n, _)| (*c, *p, *n) == (claim, position, number)) {
                    made.refuse(row.place, "number", Problem::Twice(number.to_string()));
                }
                rows.push((claim, position, number, row));
            }
        }
        rows.sort_by_key(|(_, position, number, _)| (*position, *number));
        Self { carried, rows }
    }

    /// Those of a claim; `before` are those that it has in the record. `at` is the path under which they come to stand.
    fn of(&self, claim: &str, position: usize, before: Option<&Value>, at: &str, made: &mut Assembled<'a>) -> Value {
        if !self.carried {
            return before.cloned().unwrap_or_else(|| json!([]));
        }
        let rows = self.rows.iter().filter(|(of, place, _, _)| (*of, *place) == (claim, position)).map(|(_, _, _, row)| *row);
        let mut citations = Vec::new();
        for (index, row) in rows.enumerate() {
            let path = if claim == "variant" { at.to_owned() } else { format!("{at}[{index}]") };
            if claim == "variant" && index > 0 {
                made.refuse(row.place, "number", Problem::Twice(at.to_owned()));
            }
            made.origins.push((path, row));
            citations.push(Value::Object(only(&value_of(row), &CITED)));
        }
        Value::Array(citations)
    }

    /// Notes those that are cited for nothing that the pledge has.
    fn astray(&self, made: &mut Assembled<'_>) {
        for (claim, position, _, row) in &self.rows {
            if !made.origins.iter().any(|(_, taken)| taken.place == row.place) {
                let what = match *claim {
                    "variant" => "variant of this pledge",
                    "change" => "change of this pledge",
                    _ => "position of a pledge, which is 0",
                };
                made.refuse(row.place, "position", Problem::NoSuch { given: position.to_string(), what });
            }
        }
    }
}

const CLAIMS: [&str; 3] = ["pledge", "variant", "change"];

/// Rows in the order of their positions, each of which stands once.
fn in_order<'a>(rows: &'a [Row], made: &mut Assembled<'_>) -> Vec<(usize, &'a Row)> {
    let mut placed: Vec<(usize, &Row)> = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(position) = whole(row, "position", made) else { continue };
        if placed.iter().any(|(known, _)| *known == position) {
            made.refuse(row.place, "position", Problem::Twice(position.to_string()));
        } else {
            placed.push((position, row));
        }
    }
    placed.sort_by_key(|(position, _)| *position);
    placed
}

/// The whole number in a cell that must have one.
fn whole(row: &Row, column: &'static str, made: &mut Assembled<'_>) -> Option<usize> {
    let Some(cell) = row.cells.get(column) else {
        made.refuse(row.place, column, Problem::Missing);
        return None;
    };
    let number = cell.parse().ok();
    if number.is_none() {
        made.refuse(row.place, column, Problem::WrongType("a whole number of 0 or more"));
    }
    number
}

/// A change of status. What it replaces is named by its position in the table, and by its place in the record file.
fn change_of(row: &Row, rows: &[(usize, &Row)], made: &mut Assembled<'_>) -> Value {
    let mut change = value_of(row);
    if let Some(replaced) = change.get("replaces").and_then(Value::as_u64) {
        match rows.iter().position(|(position, _)| *position as u64 == replaced) {
            Some(place) => change["replaces"] = json!(place),
            None => {
                made.refuse(row.place, "replaces", Problem::NoSuch { given: replaced.to_string(), what: "earlier change" });
            }
        }
    }
    change
}

/// What the cells of a row say, as a record file says it. What a cell can't mean stays a text, for the reader of the record to
/// object to.
pub(super) fn value_of(row: &Row) -> Value {
    let mut value = json!({});
    for column in row.table.columns {
        let Some(cell) = row.cells.get(column.name) else { continue };
        // These say to what a row belongs, and where.
        if ["pledge", "position", "claim", "number"].contains(&column.name) && row.table.key.contains(&column.name) {
            continue;
        }
        let cell = match column.kind {
            Kind::Names if column.name == "parties" => cell.split('|').map(party).collect(),
            Kind::Names => cell.split('|').map(str::trim).collect(),
            Kind::Number => cell.parse().ok().and_then(Number::from_f64).map_or_else(|| json!(cell), Value::Number),
            Kind::Integer => cell.parse::<u64>().map_or_else(|_| json!(cell), |number| json!(number)),
            // Spreadsheets write them large.
            Kind::Flag => match cell.to_ascii_lowercase().as_str() {
                "true" => json!(true),
                "false" => json!(false),
                _ => json!(cell),
            },
            _ => json!(cell),
        };
        put(&mut value, &path_of(column), cell);
    }
    if row.table.name == PLEDGES.name && !row.cells.contains_key("parties") {
        value["parties"] = json!([]);
    }
    value
}

/// A party as the table of pledges names it: `role:name`.
fn party(cell: &str) -> Value {
    match cell.split_once(':') {
        Some((role, party)) => json!({ "party": party.trim(), "role": role.trim() }),
        None => json!({ "party": cell.trim() }),
    }
}

/// Takes from the record what the file has no columns for.
pub(super) fn fill(value: &mut Value, row: &Row, current: Option<&Value>) {
    let Some(current) = current else { return };
    for column in row.table.columns.iter().filter(|column| !column.computed && row.absent.contains(&column.name)) {
        let path = path_of(column);
        let Some(known) = get(current, &path) else { continue };
        if column.name == "parties" {
            value["parties"] = known.clone();
        } else if !known.is_object() {
            put(value, &path, known.clone());
        }
    }
}

fn items<'a>(value: Option<&'a Value>, list: &str) -> &'a [Value] {
    value.and_then(|value| value.get(list)).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn only(value: &Value, names: &[&str]) -> Map<String, Value> {
    let fields = value.as_object().into_iter().flatten().filter(|(name, _)| names.contains(&name.as_str()));
    fields.map(|(name, value)| (name.clone(), value.clone())).collect()
}
