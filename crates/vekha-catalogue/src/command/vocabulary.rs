//! The vocabulary as the table of docs/facts.md.
use super::input::catalogue_in;
use std::fmt::Write;
use std::path::Path;
use vekha_lifepath::source::{FieldSource, FieldType, KindSource, Scope};

pub fn print(dir: Option<&Path>) -> Result<bool, String> {
    let table = table(catalogue_in(dir)?.vocabulary());
    print!("{table}");
    Ok(true)
}

fn table<'a>(kinds: impl IntoIterator<Item = (&'a String, &'a KindSource)>) -> String {
    let mut table = String::from("| kind | scope | fields | meaning |\n|---|---|---|---|\n");
    for (name, kind) in kinds {
        // What is built in the page tells of itself.
        if ["step.outcome", "situation.ended"].contains(&name.as_str()) {
            continue;
        }
        let scope = match kind.scope {
            Scope::Life => "life",
            Scope::Event => "event",
            Scope::Run => "run",
        };
        let fields: Vec<String> = kind
            .fields
            .iter()
            .map(|(name, field)| format!("`{name}` {}", word(field)))
            .collect();
        // Writing into a String does not fail.
        let _ = writeln!(
            table,
            "| `{name}` | {scope} | {} | {} |",
            fields.join("; "),
            kind.en
        );
    }
    table
}

fn word(field: &FieldSource) -> String {
    match field.field_type() {
        Ok(FieldType::Bool) => "bool".into(),
        Ok(FieldType::Number) => "number".into(),
        Ok(FieldType::Text) => "string".into(),
        Ok(FieldType::Enum(values)) => values.join(" \\| "),
        Ok(FieldType::Date) => "date".into(),
        Ok(FieldType::Moment) => "moment".into(),
        Ok(FieldType::Quantity(Some(unit))) => format!("quantity in {unit}"),
        Ok(FieldType::Quantity(None)) => "quantity".into(),
        Err(word) => word,
    }
}
