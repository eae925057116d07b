//! Conditions in words, with their expressions for the curious.
use super::Look;
use maud::{Markup, html};
use vekha_lifepath::source::{CriterionSource, ScreeningRow, StepSource};
use vekha_model::Sex;

pub fn conditions(look: &Look<'_>, of: &[CriterionSource]) -> Markup {
    html! {
        ul.conditions {
            @for one in of {
                li {
                    details {
                        summary { (look.either(&one.ru, &one.en)) }
                        code { (one.condition) }
                    }
                }
            }
        }
    }
}

/// Whom a row of the check-up table is for: sex, ages, how often.
pub fn row_of(look: &Look<'_>, situation: &str, step: &StepSource) -> Option<String> {
    let table = look.source.screening.as_ref()?;
    let row = table.tests.iter().find(|row| row.step.id == step.id)?;
    (table.situation == situation).then(|| in_words(look, row))
}

fn in_words(look: &Look<'_>, row: &ScreeningRow) -> String {
    let words = look.words;
    let sex = row.sex.map(|sex| {
        words.say(match sex {
            Sex::Female => "sex-female",
            Sex::Male => "sex-male",
        })
    });
    let age = match row.age.unwrap_or_default() {
        (Some(from), Some(to)) => {
            Some(words.with("age-from-to", &[("from", from.into()), ("to", to.into())]))
        }
        (Some(from), None) => Some(words.with("age-from", &[("from", from.into())])),
        (None, Some(to)) => Some(words.with("age-to", &[("to", to.into())])),
        (None, None) => None,
    };
    let ages = row.ages.as_ref().map(|ages| {
        let ages: Vec<String> = ages.iter().map(ToString::to_string).collect();
        words.with("ages", &[("ages", ages.join(", ").into())])
    });
    let every = row.every_y.map(|years| {
        let span = words.span(&format!("{years}y"));
        words.with("every", &[("span", span.into())])
    });
    let parts: Vec<String> = [sex, age, ages, every].into_iter().flatten().collect();
    parts.join(", ")
}
