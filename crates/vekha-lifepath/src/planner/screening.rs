//! Rows of the check-up table: due by calendar-year age and by when they were last done.
use super::scene::Scene;
use crate::catalogue::{Screening, Step};
use serde_json::Value as Json;
use vekha_model::{Criterion, Missing, Sex, StepKey, Truth};

pub fn sex_of(scene: &Scene<'_>) -> Option<Sex> {
    match scene
        .with_field(scene.catalogue.person?, "sex")?
        .1
        .as_str()?
    {
        "female" => Some(Sex::Female),
        "male" => Some(Sex::Male),
        _ => None,
    }
}

pub fn age_of(scene: &Scene<'_>, calendar_year: bool) -> Option<i64> {
    use crate::expression::{Read, Reader, Value};
    let read = Read::Age {
        kind: scene.catalogue.person?,
        calendar_year,
    };
    match scene.read(&read)? {
        Value::Number(age) => Some(age as i64),
        _ => None,
    }
}

/// Whether a row of the check-up table is due: by calendar-year age, and by the year it was last done.
pub fn screening(
    row: &Screening,
    step: &Step,
    scene: &Scene<'_>,
) -> (Truth, Criterion, Vec<Missing>) {
    let mut missing = Vec::new();
    let mut facts = Vec::new();
    let person = scene
        .catalogue
        .person
        .map(|kind| scene.catalogue.kinds[kind].name.clone())
        .unwrap_or_default();
    let mut need = |field: &str| {
        missing.push(Missing {
            kind: person.clone(),
            field: Some(field.into()),
        })
    };
    let yes = |yes: bool| if yes { Truth::Yes } else { Truth::No };
    let by_sex = row.sex.map_or(Truth::Yes, |sex| match sex_of(scene) {
        Some(own) => yes(own == sex),
        None => {
            need("sex");
            Truth::Unknown
        }
    });
    let by_age = match age_of(scene, true) {
        Some(age) => {
            let (from, to) = row.age.unwrap_or_default();
            yes(from.is_none_or(|from| from <= age)
                && to.is_none_or(|to| age <= to)
                && row.ages.as_ref().is_none_or(|ages| ages.contains(&age)))
        }
        None => {
            need("birth_date");
            Truth::Unknown
        }
    };
    let open = Scene {
        frame: None,
        ..*scene
    };
    let key: &StepKey = &step.of.step;
    let last = open.facts(row.kind).find(|entry| {
        entry.fact.fields.get(&row.field).and_then(Json::as_str) == Some(key.as_str())
    });
    let year = i64::from(scene.today.year());
    let by_time = yes(last.is_none_or(|entry| year - i64::from(entry.date.year()) >= row.every));
    facts.extend(last.map(|entry| entry.fact.id.clone()));
    let truth = [by_sex, by_age, by_time]
        .into_iter()
        .fold(Truth::Yes, crate::expression::and);
    if truth != Truth::Unknown {
        missing.clear();
    }
    (
        truth,
        Criterion {
            truth,
            facts,
            of: row.words.clone(),
        },
        missing,
    )
}
