use super::{allow::Consents, outcome, reason::Reasons};
use crate::{
    City, Fault,
    db::{self, StoredAppointment, Tx},
};
use jiff::Timestamp;
use vekha_model::{Domain, Plan, PlannedStep, ResidentId, StepState, Text};
use vekha_protocol::{Appointment, AppointmentStatus, Reach, RecordKind};

/// What becomes of a time that is held or booked.
enum Fate {
    Stays,
    /// Nobody allows it any more: forgotten, not only cancelled.
    Forgotten,
    Cancelled(Text),
}

/// Takes back the times of steps that fell away, and the holds nobody allows any more.
pub(super) async fn release(
    city: &City,
    tx: &mut Tx,
    subject: &ResidentId,
    plan: &Plan,
    consents: &Consents,
    now: Timestamp,
) -> Result<bool, Fault> {
    let waits = |it: &Appointment| {
        (it.status.is_offer() || it.status == AppointmentStatus::Booked)
            && it.step.is_some()
            && it.start.start_in(city.zone()) >= now
    };
    let mut waiting = db::appointments_of(&mut **tx, subject).await?;
    waiting.retain(|it| waits(&it.appointment));
    if waiting.is_empty() {
        return Ok(false);
    }
    let reasons = Reasons::of(city, tx, subject).await?;
    let mut changed = false;
    for stored in waiting {
        let fate = fate(city, plan, consents, &reasons, &stored);
        let visit = stored.appointment;
        match fate {
            Fate::Stays => continue,
            Fate::Forgotten => purge(city, tx, visit, now).await?,
            Fate::Cancelled(reason) => {
                if let Some(step) = &visit.step {
                    outcome::withdraw(city, tx, subject, step, now).await?;
                }
                end(tx, visit, "cancelled", Some(reason), now).await?;
            }
        }
        changed = true;
    }
    Ok(changed)
}

fn fate(
    city: &City,
    plan: &Plan,
    consents: &Consents,
    reasons: &Reasons,
    stored: &StoredAppointment,
) -> Fate {
    let visit = &stored.appointment;
    let Some(id) = &visit.step else {
        return Fate::Stays;
    };
    let step = plan.steps.iter().find(|step| step.id == *id);
    if let Some(step) = step
        && !fell_away(step)
    {
        let allowed = !visit.status.is_offer() || consents.reach(step) >= Reach::Arrange;
        return if allowed {
            Fate::Stays
        } else {
            Fate::Forgotten
        };
    }
    if let Some(reason) = reasons.taken_back(plan, id) {
        return Fate::Cancelled(reason);
    }
    let over = reasons.over(city, plan, id);
    // What the resident chose by themselves may rest on what the city does not know.
    if stored.chosen && over.is_none() && step.is_none_or(|step| step.state != StepState::Done) {
        return Fate::Stays;
    }
    // Health was not planned at all: what the resident agreed to stays, the rest is forgotten.
    if step.is_none() && !consents.health() && is_health(city, visit) {
        return if visit.status.is_offer() {
            Fate::Forgotten
        } else {
            Fate::Stays
        };
    }
    Fate::Cancelled(over.unwrap_or_else(Reasons::plan_changed))
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
        super::set_slot(tx, slot, "free", now).await?;
    }
    Ok(visit)
}
