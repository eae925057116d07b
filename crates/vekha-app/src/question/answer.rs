use crate::{
    App, CommandError,
    view::{AnswerKind, AnswerQuestion, Nothing, QuestionField, Session},
};
use jiff::civil::Date;
use serde_json::Value;
use std::sync::Arc;

/// The longest text that fits into one field.
const LONGEST: usize = 4000;

/// Keeps the answer as the resident's own fact; only a shared one is sent.
pub async fn answer(app: &Arc<App>, args: AnswerQuestion) -> Result<Session, CommandError> {
    let scene = app.scene()?;
    let asked = super::all(&scene).into_iter().find(|it| {
        it.missing == args.missing && args.resident.iter().all(|who| *who == it.subject)
    });
    let subject = args.resident.or(asked.map(|it| it.subject));
    let subject = subject.or_else(|| scene.records.me.clone());
    let subject = subject.ok_or_else(CommandError::signed_out)?;
    // What is never asked may still be told: a person says it by themselves.
    let kind = scene.catalogue.vocabulary().get(&args.missing.kind);
    let kind = kind.ok_or_else(CommandError::not_found)?;
    let name = args.missing.field.ok_or_else(misfit)?;
    let field = kind.fields.get(&name).and_then(super::field);
    let field = field.ok_or_else(CommandError::not_found)?;
    let born = scene.records.resident(&subject).birth_date;
    let today = scene.moment().date_in(scene.zone());
    let value = checked(&field, args.value, born, today)?;
    let private = args.private || kind.private;
    let kind = args.missing.kind;
    super::tell(app, &scene, subject, &kind, [(name, value)].into(), private)?;
    crate::notify::tell_soon(app);
    crate::session::read(app, Nothing {}).await
}

/// The value as the vocabulary wants it, or words that say what is wrong with it; no date is after `last`.
pub fn checked(
    field: &QuestionField,
    value: Value,
    born: Option<Date>,
    last: Date,
) -> Result<Value, CommandError> {
    let fits = match (&field.kind, &value) {
        (AnswerKind::Bool, Value::Bool(_)) => true,
        (AnswerKind::Integer, Value::Number(number)) => number.as_u64().is_some(),
        (AnswerKind::Number, Value::Number(number)) => number
            .as_f64()
            .is_some_and(|it| it.is_finite() && it >= 0.0),
        (AnswerKind::Enum, Value::String(word)) => field.options.iter().any(|it| it.value == *word),
        (AnswerKind::Text, Value::String(text)) => {
            !text.trim().is_empty() && text.chars().count() <= LONGEST
        }
        (AnswerKind::Quantity, Value::Object(parts)) => {
            let unit = parts.get("unit").and_then(Value::as_str);
            parts.get("value").is_some_and(Value::is_number)
                && (field.unit.is_none() || unit == field.unit.as_deref())
        }
        (AnswerKind::Date, Value::String(text)) => return date(text, born, last),
        _ => false,
    };
    if fits { Ok(value) } else { Err(misfit()) }
}

fn date(text: &str, born: Option<Date>, last: Date) -> Result<Value, CommandError> {
    let day: Date = text.parse().map_err(|_| misfit())?;
    if day > last {
        return Err(CommandError::of("in-the-future"));
    }
    if born.is_some_and(|born| day < born) {
        return Err(CommandError::of("before-birth"));
    }
    Ok(Value::String(day.to_string()))
}

fn misfit() -> CommandError {
    CommandError::of("bad-answer")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn code(kind: AnswerKind, unit: Option<&str>, value: Value) -> String {
        let field = QuestionField {
            kind,
            unit: unit.map(str::to_owned),
            options: Vec::new(),
        };
        let born = "1996-03-02".parse().ok();
        let checked = checked(&field, value, born, "2026-11-23".parse().unwrap());
        checked.err().map_or_else(String::new, |error| error.code)
    }

    #[test]
    fn a_date_before_birth_or_in_the_future_is_told_in_words() {
        assert_eq!(code(AnswerKind::Date, None, json!("2026-10-05")), "");
        assert_eq!(
            code(AnswerKind::Date, None, json!("1995-10-05")),
            "before-birth"
        );
        assert_eq!(
            code(AnswerKind::Date, None, json!("2027-01-01")),
            "in-the-future"
        );
        assert_eq!(code(AnswerKind::Date, None, json!("soon")), "bad-answer");
    }

    #[test]
    fn an_answer_of_another_kind_or_unit_is_refused() {
        assert_eq!(code(AnswerKind::Bool, None, json!(true)), "");
        assert_eq!(code(AnswerKind::Bool, None, json!("yes")), "bad-answer");
        assert_eq!(code(AnswerKind::Integer, None, json!(2.5)), "bad-answer");
        assert_eq!(code(AnswerKind::Enum, None, json!("maybe")), "bad-answer");
        let weight = |unit| json!({"value": 3200, "unit": unit});
        assert_eq!(code(AnswerKind::Quantity, Some("g"), weight("g")), "");
        assert_eq!(
            code(AnswerKind::Quantity, Some("g"), weight("kg")),
            "bad-answer"
        );
    }
}
