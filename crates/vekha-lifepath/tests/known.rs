//! Whether something is there can be asked without a unit to measure it in.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

use serde_json::json;
use vekha_lifepath::{Catalogue, Facts, plan};
use vekha_model::{Fact, SituationState, Truth};

fn catalogue() -> Catalogue {
    let mut source = vekha_catalogue::builtin().source().clone();
    let situation = json!({
        "id": "own_range", "title": {"ru": "Анализ", "en": "A test"}, "domain": "health", "sensitivity": "S3", "consent": ["C2"], "neutral": {"ru": "Анализ", "en": "A test"},
        "anchor": {"code": "result", "at": "event.at"},
        "trigger": {"event": "lab.result", "when": [{"if": "known(event.high)", "ru": "Есть граница", "en": "It has a range"}]},
    });
    source
        .situations
        .push(serde_json::from_value(situation).unwrap());
    Catalogue::compile(source).unwrap()
}

fn truth(fields: serde_json::Value) -> Truth {
    let result = json!({"id": "1", "subject": "anna", "kind": "lab.result", "at": "2026-11-23T10:00:00+03:00", "fields": fields});
    let facts = Facts::<Fact> {
        resident: "anna".into(),
        facts: vec![serde_json::from_value(result).unwrap()],
    };
    let now = "2026-11-23T12:00:00+03:00".parse().unwrap();
    let plan = plan(&catalogue(), &facts, now);
    let mut runs = plan.situations.iter();
    let run = runs
        .find(|run| run.situation.as_str() == "own_range")
        .unwrap();
    assert_eq!(
        run.state == SituationState::Active,
        run.why[0].truth == Truth::Yes
    );
    run.why[0].truth
}

#[test]
fn an_amount_in_any_unit_is_known_to_be_there_or_not() {
    let value = json!({"value": 5.2, "unit": "ng/mL"});
    let with = json!({"code": "2857-1", "value": value, "high": {"value": 4.5, "unit": "ng/mL"}});
    assert_eq!(truth(with), Truth::Yes);
    assert_eq!(truth(json!({"code": "2857-1", "value": value})), Truth::No);
}
