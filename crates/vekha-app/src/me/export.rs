use crate::{
    App, CommandError,
    scene::Scene,
    view::{Nothing, SavedFile, TextFile},
};
use serde_json::{Value, json};
use std::sync::Arc;
use vekha_model::Fact;
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
        "access": *records.access,
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
    if let Some(words) = crate::tact::withheld(scene, fact) {
        told["fields"] = json!({});
        told["withheld"] = json!(words);
    }
    told
}

fn visit(scene: &Scene, visit: &Appointment) -> Value {
    let mut told = json!(visit);
    let step = visit.step.as_ref().and_then(|id| scene.step(id));
    if step.is_some_and(|step| crate::tact::name(scene, step) != step.title) {
        told["title"] = json!(visit.neutral);
    }
    told
}

pub async fn save_export(app: &Arc<App>, _: Nothing) -> Result<SavedFile, CommandError> {
    crate::save::save(app, &export(app, Nothing {}).await?)
}
