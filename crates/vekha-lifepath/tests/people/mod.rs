//! Facts in few words.
use serde_json::{Value, json};
use vekha_lifepath::Facts;
use vekha_model::{Fact, Moment, Plan, StepState};

pub fn fact(id: &str, kind: &str, at: &str, fields: Value) -> Fact {
    serde_json::from_value(
        json!({"id": id, "subject": "anna", "kind": kind, "at": at, "fields": fields}),
    )
    .unwrap()
}

pub fn woman_of_30() -> Fact {
    fact(
        "birth",
        "person",
        "1996-05-01",
        json!({"birth_date": "1996-05-01", "sex": "female"}),
    )
}

pub fn cea(value: f64, unit: &str) -> Fact {
    let high = json!({"value": 5.0, "unit": "ng/mL"});
    let fields = json!({"code": "2039-6", "value": {"value": value, "unit": unit}, "high": high});
    fact("cea", "lab.result", "2026-11-23T10:00:00+03:00", fields)
}

pub fn plan(facts: &[Fact], now: &str) -> Plan {
    let facts = Facts {
        resident: "anna".into(),
        facts: facts.to_vec(),
    };
    vekha_lifepath::plan(vekha_catalogue::builtin(), &facts, moment(now))
}

pub fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

pub fn alive(state: StepState) -> bool {
    !matches!(
        state,
        StepState::Done | StepState::Declined | StepState::Cancelled | StepState::NotApplicable
    )
}
