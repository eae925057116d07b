use super::{slot::Times, wanted::Wanted};
use crate::{City, Fault, db, db::Tx};
use vekha_lifepath::source::StepSource;
use vekha_model::{Moment, ResidentId, ServiceKey, SlotId, StepId};
use vekha_protocol::Appointment;

/// Books the time a resident chose for a step of theirs, whatever the city itself may plan for them.
///
/// # Errors
/// The time is taken, has changed, or meets another visit of theirs.
pub(crate) async fn book(
    city: &City,
    tx: &mut Tx,
    subject: &ResidentId,
    (id, step): (&StepId, &StepSource),
    (slot, seen): (&SlotId, Moment),
) -> Result<Appointment, Fault> {
    let now = city.now();
    let service = ServiceKey::new(step.service.as_deref().unwrap_or_default());
    let times = Times::to_take(city, tx, (subject, None), &service, slot).await?;
    if times.starts != seen.start_in(city.zone()) {
        return Err(Fault::slot_taken());
    }
    let title = step.title.clone().unwrap_or_default();
    let wanted = Wanted {
        subject,
        step: id,
        service: &service,
        title: &title,
        neutral: step.neutral.as_ref(),
        note: step.note.as_ref(),
    };
    let visit = wanted.take(city, tx, slot.clone(), None, now).await?;
    db::mark_chosen(tx, &visit.id).await?;
    Ok(visit)
}
