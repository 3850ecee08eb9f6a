//! The reference of every operator: labels, descriptions, parameters with defaults and ranges.

use serde_json::{Map, Value as Json, json};

use crate::ops::props::{Field, Value, tooltip};
use crate::ops::registry::{self, Entry};

/// Every operator by id, as JSON.
///
/// `{id: {label, description, keys, params: {id: {label, description, type, default, min, max, items, hidden}}}}`;
/// `keys` is left empty here and filled in by who knows the keymap.
pub fn operators() -> Map<String, Json> {
    let mut entries: Vec<&Entry> = registry::entries().collect();
    entries.sort_by_key(|entry| entry.info.id);
    entries
        .into_iter()
        .map(|entry| (entry.info.id.to_owned(), operator(entry)))
        .collect()
}

fn operator(entry: &Entry) -> Json {
    let mut op = entry.make();
    let described = entry.fields.iter().zip(op.values());
    let params: Map<String, Json> = described
        .map(|(field, value)| (field.name.to_owned(), param(field, value)))
        .collect();
    json!({
        "label": entry.info.label,
        "description": tooltip(entry.doc),
        "keys": [],
        "params": params,
    })
}

fn param(field: &Field, value: Value) -> Json {
    let mut param = Map::new();
    param.insert("label".to_owned(), json!(field.label()));
    param.insert("description".to_owned(), json!(tooltip(field.doc)));
    let limit = |limit: Option<f32>| limit.filter(|limit| limit.is_finite());
    let (min, max) = (
        limit(field.hint.range.map(|r| r.0)),
        limit(field.hint.range.map(|r| r.1)),
    );
    let (kind, default) = match value {
        Value::Bool(on) => ("boolean", json!(on)),
        Value::Int(number) => ("int", json!(number)),
        Value::Float(number) => ("float", number_json(*number)),
        Value::Text(text) => ("string", json!(text)),
        Value::Vector(numbers) => ("float", numbers.iter().map(|n| number_json(*n)).collect()),
        Value::Flags(flags) => ("boolean", json!(flags)),
        Value::Data => ("data", Json::Null),
        Value::Choice(choice) => {
            let items = choice
                .items()
                .iter()
                .map(|item| json!({"id": item.id, "label": item.label}));
            param.insert("items".to_owned(), items.collect());
            let chosen = choice.is_set().then(|| choice.id());
            ("enum", json!(chosen))
        }
    };
    if kind == "float" {
        param.insert("min".to_owned(), min.map_or(Json::Null, number_json));
        param.insert("max".to_owned(), max.map_or(Json::Null, number_json));
    } else if kind == "int" {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "limits of whole numbers are whole"
        )]
        let whole = |limit: f32| json!(limit as i64);
        param.insert("min".to_owned(), min.map_or(Json::Null, whole));
        param.insert("max".to_owned(), max.map_or(Json::Null, whole));
    }
    param.insert("type".to_owned(), json!(kind));
    param.insert("default".to_owned(), default);
    if field.hint.hidden {
        param.insert("hidden".to_owned(), json!(true));
    }
    Json::Object(param)
}

/// A number by its shortest decimal form.
fn number_json(number: f32) -> Json {
    number
        .to_string()
        .parse::<f64>()
        .map_or(Json::Null, |number| json!(number))
}
