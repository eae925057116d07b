use crate::{City, Fault, vocabulary};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What these verbs take as numbers; everything else a form says is text.
const NUMBERS: [&str; 3] = ["value", "high", "fetuses"];

/// A form as the JSON the same verb takes. `fields.x` is the field x of the fact, typed by the vocabulary;
/// `fields` alone is JSON written by hand. What was left empty was not said.
pub(super) fn read(city: &City, form: BTreeMap<String, String>) -> Result<Value, Fault> {
    let kind = form.get("kind").cloned().unwrap_or_default();
    let mut body = Map::new();
    let mut fields = Map::new();
    for (name, text) in form {
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        if let Some(field) = name.strip_prefix("fields.") {
            fields.insert(field.to_owned(), typed(city, &kind, field, text));
        } else if name == "fields" {
            let written: Map<String, Value> = serde_json::from_str(text)
                .map_err(|error| Fault::unreadable(format!("fields: {error}")))?;
            fields.extend(written);
        } else if NUMBERS.contains(&name.as_str()) {
            body.insert(name, number(text));
        } else {
            body.insert(name, text.into());
        }
    }
    if !fields.is_empty() {
        body.insert("fields".to_owned(), fields.into());
    }
    Ok(body.into())
}

fn typed(city: &City, kind: &str, field: &str, text: &str) -> Value {
    match vocabulary::type_of(city, kind, field) {
        Some("bool") => Value::Bool(text == "true"),
        Some("int" | "number") => number(text),
        _ => text.into(),
    }
}

/// People write 5,0 as well as 5.0.
fn number(text: &str) -> Value {
    serde_json::from_str(&text.replace(',', ".")).unwrap_or_else(|_| text.into())
}
