use crate::scene::Scene;
use serde_json::Value;
use vekha_lifepath::source::{FieldSource, FieldType, KindSource};
use vekha_model::{Fact, FactStatus, Moment, Text};

/// What a fact says, in words; codes of machines are left out.
pub fn value(scene: &Scene, fact: &Fact, kind: Option<&KindSource>) -> Text {
    if fact.status == FactStatus::EnteredInError {
        return vekha_words::text("fact-taken-back");
    }
    const HIDDEN: [&str; 6] = ["code", "low", "high", "text", "run", "uploaded"];
    let shown: Vec<_> = fact
        .fields
        .iter()
        .filter(|(name, _)| !HIDDEN.contains(&name.as_str()))
        .collect();
    let parts: Vec<Text> = shown
        .iter()
        .filter_map(|(name, value)| {
            let field = kind.and_then(|kind| kind.fields.get(*name));
            match value {
                // A bare number says little next to other values.
                Value::Number(number) if shown.len() > 1 => {
                    Some(named(field, same(number.to_string())))
                }
                _ => words(scene, field, value),
            }
        })
        .collect();
    let join = |pick: fn(&Text) -> &str| parts.iter().map(pick).collect::<Vec<_>>().join(", ");
    Text::new(
        join(|it| &it.ru),
        join(|it| if it.en.is_empty() { &it.ru } else { &it.en }),
    )
}

fn words(scene: &Scene, field: Option<&FieldSource>, value: &Value) -> Option<Text> {
    Some(match value {
        Value::Bool(yes) => bool_words(field, *yes),
        Value::Number(number) => same(number.to_string()),
        Value::String(word) => return word_words(scene, field, word),
        Value::Object(parts) => {
            let unit = parts.get("unit").and_then(Value::as_str);
            let number = parts.get("value")?;
            same(
                format!("{number} {}", unit.unwrap_or_default())
                    .trim()
                    .to_owned(),
            )
        }
        Value::Array(_) | Value::Null => return None,
    })
}

/// «да» says little next to other values: the field's own name goes before it, where it has one.
fn bool_words(field: Option<&FieldSource>, yes: bool) -> Text {
    named(
        field,
        vekha_words::text(if yes { "fact-yes" } else { "fact-no" }),
    )
}

fn named(field: Option<&FieldSource>, value: Text) -> Text {
    match field {
        Some(FieldSource::Full(form)) if !form.ru.is_empty() => Text::new(
            format!("{}: {}", form.ru.to_lowercase(), value.ru),
            format!("{}: {}", form.en.to_lowercase(), value.en),
        ),
        _ => value,
    }
}

fn word_words(scene: &Scene, field: Option<&FieldSource>, word: &str) -> Option<Text> {
    if let Some(label) = field
        .and_then(FieldSource::labels)
        .and_then(|all| all.get(word))
    {
        return Some(label.clone());
    }
    let source = scene.catalogue.source();
    if let Some(service) = source.services.get(word) {
        return Some(Text::new(service.ru.clone(), service.en.clone()));
    }
    let tests = source.screening.iter().flat_map(|it| &it.tests);
    if let Some(test) = tests.into_iter().find(|it| it.step.id == word) {
        return test.step.title.clone();
    }
    if let Ok(FieldType::Date) = field.map_or(Err(String::new()), FieldSource::field_type)
        && let Ok(day) = word.parse::<Moment>()
    {
        return Some(vekha_words::day(day.date_in(scene.zone())));
    }
    let code = word
        .chars()
        .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || "_-:/.@".contains(it));
    (!code).then(|| same(word.to_owned()))
}

fn same(words: String) -> Text {
    Text::new(words.clone(), words)
}
