use crate::{
    City, Fault, access,
    acting::{self, Visited},
    db::{self, Tx},
};
use serde_json::{Map, Value, json};
use vekha_model::{AppointmentId, ResidentId, StepId};
use vekha_protocol::{Appointment, AppointmentStatus};

/// The clinic calls a visit off; another time is looked for at once.
pub(super) async fn cancel(city: &City, id: &AppointmentId) -> Result<Value, Fault> {
    let now = city.now();
    let mut writing = city.write().await?;
    let visit = waiting(&mut writing.tx, id).await?;
    let reason = vekha_words::text("off-by-clinic");
    let visit = acting::end(&mut writing.tx, visit, "cancelled", Some(reason), now).await?;
    if let Some(step) = &visit.step {
        acting::withdraw(city, &mut writing.tx, &visit.subject, step, now).await?;
    }
    acting::act(city, &mut writing.tx, &visit.subject, now).await?;
    writing.commit().await?;
    city.wake(&visit.subject).await;
    Ok(json!({"cancelled": id}))
}

/// The visit took place: its step is done, and the doctor has seen the results.
pub(super) async fn fulfil(city: &City, id: &AppointmentId) -> Result<Value, Fault> {
    let mut writing = city.write().await?;
    let visit = waiting(&mut writing.tx, id).await?;
    let subject = visit.subject.clone();
    took_place(city, &mut writing.tx, visit).await?;
    acting::act(city, &mut writing.tx, &subject, city.now()).await?;
    writing.commit().await?;
    city.wake(&subject).await;
    Ok(json!({"fulfilled": id}))
}

/// How a step went, as the clinic tells it; names a step by its id or as `<situation>.<step>`.
pub(super) async fn told(
    city: &City,
    subject: &ResidentId,
    fields: &Map<String, Value>,
) -> Result<Value, Fault> {
    let text = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
    let (step, outcome) = (text("step"), text("outcome"));
    let known = ["done", "declined", "cancelled", "have_it", "missed"];
    if step.is_empty() || !known.contains(&outcome) {
        return Err(Fault::unreadable(format!(
            "step and outcome ({}) are needed",
            known.join(", ")
        )));
    }
    let now = city.now();
    let mut writing = city.write().await?;
    let visit = db::appointments_of(&mut *writing.tx, subject)
        .await?
        .into_iter()
        .map(|it| it.appointment)
        .find(|it| {
            let same = it.step.as_ref().is_some_and(|id| {
                id.as_str() == step
                    || format!("{}.{}", id.instance().situation(), id.step()) == step
            });
            same && (it.status.is_offer() || it.status == AppointmentStatus::Booked)
        });
    match visit {
        Some(visit) if outcome == "done" => took_place(city, &mut writing.tx, visit).await?,
        other => {
            let id = other
                .as_ref()
                .and_then(|it| it.step.clone())
                .unwrap_or_else(|| StepId::new(step));
            if let Some(visit) = other {
                acting::end(&mut writing.tx, visit, "cancelled", None, now).await?;
            }
            acting::tell(city, &mut writing.tx, subject, &id, outcome, None, now).await?;
        }
    }
    acting::act(city, &mut writing.tx, subject, now).await?;
    writing.commit().await?;
    city.wake(subject).await;
    Ok(json!({"step": step, "outcome": outcome}))
}

async fn took_place(city: &City, tx: &mut Tx, mut visit: Appointment) -> Result<(), Fault> {
    let now = city.now();
    visit.status = AppointmentStatus::Fulfilled;
    visit.version += 1;
    visit.held_until = None;
    db::save_appointment(tx, &visit, None, now).await?;
    if let Some(slot) = &visit.slot {
        acting::set_slot(tx, slot, "busy", now).await?;
    }
    if let Some(step) = &visit.step {
        let visited = Visited {
            appointment: &visit.id,
            start: visit.start,
            place: visit.place.as_ref().map(|place| &place.name),
            held_until: None,
        };
        acting::tell(city, tx, &visit.subject, step, "done", Some(visited), now).await?;
    }
    let doctor = visit.practitioner.clone();
    let doctor = doctor.unwrap_or_else(|| vekha_words::text("speaker-clinician"));
    for fact in city.facts(tx, &visit.subject).await? {
        if fact.kind == "lab.result" || fact.kind == "screening.result" {
            let reader = format!("visit/{}", visit.id);
            let purpose = vekha_words::text("look-visit");
            access::record_once(tx, &fact, &reader, doctor.clone(), purpose, now).await?;
        }
    }
    Ok(())
}

async fn waiting(tx: &mut Tx, id: &AppointmentId) -> Result<Appointment, Fault> {
    db::appointment(&mut **tx, id)
        .await?
        .map(|it| it.appointment)
        .filter(|it| it.status.is_offer() || it.status == AppointmentStatus::Booked)
        .ok_or_else(Fault::not_found)
}
