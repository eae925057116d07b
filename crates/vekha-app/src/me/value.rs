use crate::{scene::Scene, words};
use serde_json::Value;
use vekha_lifepath::source::{FieldSource, FieldType, KindSource};
use vekha_model::{Fact, FactStatus, Moment, Text, day_in_words};

/// What a fact says, in words; codes of machines are left out.
pub fn value(scene: &Scene, fact: &Fact, kind: Option<&KindSource>) -> Text {
    if fact.status == FactStatus::EnteredInError {
        return words::text("fact-taken-back");
    }
    const HIDDEN: [&str; 6] = ["code", "low", "high", "text", "run", "uploaded"];
    let shown = fact
        .fields
        .iter()
        .filter(|(name, _)| !HIDDEN.contains(&name.as_str()));
    let parts: Vec<Text> = shown
        .filter_map(|(name, value)| {
            let field = kind.and_then(|kind| kind.fields.get(name));
            words(scene, field, value)
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
    let answer = words::text(if yes { "fact-yes" } else { "fact-no" });
    match field {
        Some(FieldSource::Full(form)) if !form.ru.is_empty() => Text::new(
            format!("{}: {}", form.ru.to_lowercase(), answer.ru),
            format!("{}: {}", form.en.to_lowercase(), answer.en),
        ),
        _ => answer,
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
        return Some(day_in_words(day.date_in(scene.zone())));
    }
    let code = word
        .chars()
        .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || "_-:/.@".contains(it));
    (!code).then(|| same(word.to_owned()))
}

fn same(words: String) -> Text {
    Text::new(words.clone(), words)
}
