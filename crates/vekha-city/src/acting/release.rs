use super::{allow::Consents, outcome};
use crate::{City, Fault, db, db::Tx};
use jiff::Timestamp;
use vekha_model::{Domain, Plan, PlannedStep, ResidentId, StepState, Text};
use vekha_protocol::{Appointment, AppointmentStatus, Reach, RecordKind};

/// Takes back the times of steps that fell away, and the holds nobody allows any more.
pub(super) async fn release(
    city: &City,
    tx: &mut Tx,
    subject: &ResidentId,
    plan: &Plan,
    consents: &Consents,
    now: Timestamp,
) -> Result<bool, Fault> {
    let mut changed = false;
    for stored in db::appointments_of(&mut **tx, subject).await? {
        let visit = stored.appointment;
        let Some(id) = visit.step.clone() else {
            continue;
        };
        let waits = visit.status.is_offer() || visit.status == AppointmentStatus::Booked;
        if !waits || visit.start.start_in(city.zone()) < now {
            continue;
        }
        match plan.steps.iter().find(|step| step.id == id) {
            Some(step) if visit.status.is_offer() && consents.reach(step) < Reach::Arrange => {
                purge(city, tx, visit, now).await?;
            }
            Some(step) if !fell_away(step) => continue,
            // Health was not planned at all: what the resident agreed to stays, the rest is forgotten.
            None if !consents.health() && is_health(city, &visit) => {
                if !visit.status.is_offer() {
                    continue;
                }
                purge(city, tx, visit, now).await?;
            }
            _ => {
                outcome::withdraw(city, tx, subject, &id, now).await?;
                let reason = Text::new("Визит больше не нужен.", "The visit is no longer needed.");
                end(tx, visit, "cancelled", Some(reason), now).await?;
            }
        }
        changed = true;
    }
    Ok(changed)
}

fn fell_away(step: &PlannedStep) -> bool {
    matches!(
        step.state,
        StepState::Cancelled | StepState::NotApplicable | StepState::Declined | StepState::Done
    )
}

fn is_health(city: &City, visit: &Appointment) -> bool {
    visit.step.as_ref().is_none_or(|step| {
        let situation = step.instance().situation();
        city.catalogue
            .source()
            .situations
            .iter()
            .find(|it| it.id == situation.as_str())
            .is_none_or(|it| it.domain.unwrap_or(Domain::Health) == Domain::Health)
    })
}

/// Consent is gone: the hold disappears, not only its time.
async fn purge(city: &City, tx: &mut Tx, visit: Appointment, now: Timestamp) -> Result<(), Fault> {
    let (subject, id) = (visit.subject.clone(), visit.id.clone());
    if let Some(step) = visit.step.clone() {
        outcome::withdraw(city, tx, &subject, &step, now).await?;
    }
    end(tx, visit, "purged", None, now).await?;
    db::remove(tx, &subject, RecordKind::Appointment, id.as_str()).await
}

/// Cancels the visit and frees its time. `how` is kept: lapsed, declined, cancelled, purged.
pub(crate) async fn end(
    tx: &mut Tx,
    mut visit: Appointment,
    how: &str,
    reason: Option<Text>,
    now: Timestamp,
) -> Result<Appointment, Fault> {
    visit.status = AppointmentStatus::Cancelled;
    visit.version += 1;
    visit.held_until = None;
    visit.reason = reason;
    db::save_appointment(tx, &visit, Some(how), now).await?;
    if let Some(slot) = &visit.slot {
        super::hold::set_slot(tx, slot, "free", now).await?;
    }
    Ok(visit)
}
