use super::{allow::Consents, outcome};
use crate::{City, Fault, db, db::Tx};
use jiff::Timestamp;
use serde_json::Value;
use vekha_model::{
    Action, DocumentId, Domain, Fact, FactStatus, Plan, PlannedStep, ResidentId, StepState, Text,
};
use vekha_protocol::{Document, Reach};

/// Issues what the open steps of the plan give to read; nothing medical without the clinician's fact behind it.
pub(super) async fn issue(
    city: &City,
    tx: &mut Tx,
    subject: &ResidentId,
    plan: &Plan,
    consents: &Consents,
    now: Timestamp,
) -> Result<bool, Fault> {
    let mut changed = false;
    for step in &plan.steps {
        let open = matches!(
            step.state,
            StepState::Open | StepState::DueSoon | StepState::Overdue
        );
        let prescribed = step.state == StepState::Upcoming && step.action == Action::Supply;
        if !(open || prescribed) || consents.reach(step) == Reach::Off {
            continue;
        }
        let document = match step.action {
            Action::Inform => material(city, step, now),
            Action::Enrol => Some(entry(city, step, now)),
            // A health paper (sick leave, certificate) is a clinician's to give.
            Action::Issue if step.domain != Domain::Health => Some(entry(city, step, now)),
            Action::Supply => diet(city, tx, subject, step, now).await?,
            _ => continue,
        };
        match document {
            Some(document) => db::save_document(tx, &document).await?,
            None if step.action == Action::Inform => {}
            None => continue,
        }
        outcome::tell(city, tx, subject, &step.id, "done", None, now).await?;
        changed = true;
    }
    Ok(changed)
}

fn document(
    city: &City,
    step: &PlannedStep,
    body: Text,
    signed_by: Option<String>,
    now: Timestamp,
) -> Document {
    let issuer = city.catalogue.service(&step.service).map_or_else(
        || vekha_words::text("speaker-city"),
        |it| Text::new(&it.ru, &it.en),
    );
    Document {
        id: DocumentId::new(
            uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, step.id.as_str().as_bytes()).to_string(),
        ),
        subject: step.subject.clone(),
        step: Some(step.id.clone()),
        title: step.title.clone(),
        body,
        issued: city.moment(now),
        issuer,
        signed_by,
        sensitivity: step.sensitivity,
    }
}

fn material(city: &City, step: &PlannedStep, now: Timestamp) -> Option<Document> {
    let body = step
        .material
        .as_ref()
        .and_then(|id| city.catalogue.material(id))
        .map(|material| material.body.clone())
        .or_else(|| step.note.clone())?;
    Some(document(city, step, body, None, now))
}

fn entry(city: &City, step: &PlannedStep, now: Timestamp) -> Document {
    let day = vekha_words::day(city.moment(now).date_in(city.zone()));
    let law = step.law.clone().unwrap_or_else(|| Text::new("—", "—"));
    let about = material(city, step, now)
        .map(|it| it.body)
        .unwrap_or_default();
    let body = vekha_words::filled(
        "document-entry",
        &[
            ("title", &step.title),
            ("day", &day),
            ("law", &law),
            ("about", &about),
        ],
    );
    document(city, step, body, None, now)
}

/// A diet sheet is what a clinician prescribed and signed, word for word; without one there is none.
async fn diet(
    city: &City,
    tx: &mut Tx,
    subject: &ResidentId,
    step: &PlannedStep,
    now: Timestamp,
) -> Result<Option<Document>, Fault> {
    if step.step.as_str() != "diet" {
        return Ok(None);
    }
    let facts = city.facts(tx, subject).await?;
    let replaced = |fact: &Fact| {
        facts
            .iter()
            .any(|it| it.supersedes.as_ref() == Some(&fact.id))
    };
    let text = |fact: &Fact, field: &str| {
        fact.fields
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    let prescribed = facts.iter().rev().find(|fact| {
        fact.kind == "diet.prescribed"
            && fact.status != FactStatus::EnteredInError
            && !replaced(fact)
            && !text(fact, "signed_by").is_empty()
    });
    Ok(prescribed.map(|fact| {
        let signed = text(fact, "signed_by");
        let words = text(fact, "text");
        let about = material(city, step, now)
            .map(|it| it.body)
            .unwrap_or_default();
        let body = vekha_words::filled(
            "document-diet",
            &[("text", &words), ("doctor", &signed), ("about", &about)],
        );
        document(city, step, body, Some(signed), now)
    }))
}
