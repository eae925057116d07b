use crate::{
    App, CommandError,
    scene::Scene,
    view::{Nothing, SavedFile, TextFile},
};
use serde_json::{Value, json};
use std::sync::Arc;
use vekha_model::{Fact, StepId, Text};
use vekha_protocol::Appointment;

/// The layout of the file, for whoever reads it; described in `docs/export.md`.
const FORMAT: &str = "vekha-export/1";

/// All that this device holds about the resident and those they care for, as JSON (GDPR Art. 20: structured, commonly
/// used, machine-readable). Records have the shapes of the city's API.
pub async fn export(app: &Arc<App>, _: Nothing) -> Result<TextFile, CommandError> {
    let scene = app.scene()?;
    let city = app.live().kept.manifest.as_ref().map(|it| it.id.clone());
    let records = &scene.records;
    let facts: Vec<Value> = records.facts.iter().map(|it| fact(&scene, it)).collect();
    let visits = records.appointments.iter();
    let visits: Vec<Value> = visits.map(|it| visit(&scene, it)).collect();
    let waiting = records.unsent.iter();
    let waiting: Vec<Value> = waiting
        .map(|it| json!({ "key": it.key, "queued": it.queued, "action": it.action }))
        .collect();
    let all = json!({
        "format": FORMAT,
        "made": scene.now,
        "city": city,
        "resident": records.me,
        "residents": records.residents,
        "facts": facts,
        "appointments": visits,
        "documents": records.documents,
        "consents": records.consents,
        "access": super::looks(app, records)?,
        "inquiries": records.inquiries,
        "waiting": waiting,
    });
    let today = scene.now.to_zoned(scene.zone().clone()).date();
    Ok(TextFile {
        name: format!("vekha-{today}.json"),
        text: format!("{all:#}\n"),
    })
}

/// Hard news comes from a person; a file is none.
fn fact(scene: &Scene, fact: &Fact) -> Value {
    let mut told = json!(fact);
    let step = fact.fields.get("step").and_then(Value::as_str);
    let of_step = || hidden(scene, &StepId::new(step?));
    if let Some(words) = crate::tact::withheld(scene, fact).or_else(of_step) {
        told["fields"] = json!({});
        told["withheld"] = json!(words);
    }
    told
}

fn visit(scene: &Scene, visit: &Appointment) -> Value {
    let mut told = json!(visit);
    let step = visit.step.as_ref();
    if let Some(words) = step.and_then(|id| hidden(scene, id)) {
        told["title"] = json!(visit.neutral);
        told["withheld"] = json!(words);
        for name in ["step", "service", "reason"] {
            told[name] = Value::Null;
        }
    }
    told
}

/// Where it will be told what such a step is for, if it was not yet.
fn hidden(scene: &Scene, step: &StepId) -> Option<Text> {
    let step = scene.step(step)?;
    let begun = &scene.run(&step.instance)?.started_by;
    let result = scene
        .records
        .fact(begun)
        .filter(|_| crate::tact::hidden(scene, step));
    crate::tact::withheld(scene, result?)
}

pub async fn save_export(app: &Arc<App>, _: Nothing) -> Result<SavedFile, CommandError> {
    crate::save::save(app, &export(app, Nothing {}).await?)
}
