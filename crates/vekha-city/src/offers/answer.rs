use crate::{
    City, Fault,
    acting::{self, Times, Visited},
    db::{self, Tx},
};
use axum::http::StatusCode;
use vekha_model::{AppointmentId, Moment, SlotId, StepId};
use vekha_protocol::{Appointment, AppointmentStatus, OfferAnswer};

/// What a resident says to an offer or a booked visit.
#[derive(Debug, Clone)]
pub struct Answer {
    pub answer: OfferAnswer,
    /// The time they chose instead.
    pub slot: Option<SlotId>,
    /// The time they saw; they agree to that one and no other.
    pub start: Option<Moment>,
    pub reason: Option<String>,
}

/// Does what the resident answered; the caller has checked whose visit it is, commits, and wakes.
///
/// # Errors
/// The hold has lapsed, the visit is over, or somebody has the time already.
pub async fn answer(
    city: &City,
    tx: &mut Tx,
    id: &AppointmentId,
    answer: &Answer,
) -> Result<Appointment, Fault> {
    let stored = db::appointment(&mut **tx, id)
        .await?
        .ok_or_else(Fault::not_found)?;
    let visit = stored.appointment;
    let moved = answer
        .start
        .is_some_and(|seen| seen.start_in(city.zone()) != visit.start.start_in(city.zone()));
    let done = match (answer.answer, visit.status) {
        (OfferAnswer::Accept, AppointmentStatus::Pending | AppointmentStatus::Booked) if moved => {
            return Err(changed());
        }
        (OfferAnswer::Accept, AppointmentStatus::Booked) => return Ok(visit),
        (OfferAnswer::Decline, AppointmentStatus::Cancelled)
            if stored.ended.as_deref() == Some("declined") =>
        {
            return Ok(visit);
        }
        (_, AppointmentStatus::Cancelled) if stored.ended.as_deref() == Some("lapsed") => {
            return Err(lapsed());
        }
        (_, status) if !status.is_offer() && status != AppointmentStatus::Booked => {
            return Err(closed());
        }
        _ if visit
            .held_until
            .is_some_and(|it| it.end_in(city.zone()) < city.now()) =>
        {
            return Err(lapsed());
        }
        _ if visit.start.start_in(city.zone()) <= city.now() => return Err(closed()),
        (OfferAnswer::Accept, _) => book(city, tx, visit, None).await?,
        (OfferAnswer::Change, _) => change(city, tx, visit, answer.slot.as_ref()).await?,
        (OfferAnswer::Decline, _) => decline(city, tx, visit).await?,
    };
    acting::act(city, tx, &done.subject, city.now()).await?;
    Ok(done)
}

async fn book(
    city: &City,
    tx: &mut Tx,
    mut visit: Appointment,
    slot: Option<&SlotId>,
) -> Result<Appointment, Fault> {
    let now = city.now();
    if let Some(slot) = slot {
        visit = move_to(city, tx, visit, slot).await?;
    }
    visit.status = AppointmentStatus::Booked;
    visit.version += 1;
    visit.held_until = None;
    db::save_appointment(tx, &visit, None, now).await?;
    if let Some(slot) = &visit.slot {
        acting::set_slot(tx, slot, "busy", now).await?;
    }
    told(city, tx, &visit, "booked").await?;
    Ok(visit)
}

/// A chosen time is booked at once: the resident has answered. Without one the city offers its next.
async fn change(
    city: &City,
    tx: &mut Tx,
    visit: Appointment,
    slot: Option<&SlotId>,
) -> Result<Appointment, Fault> {
    if let Some(slot) = slot {
        return if visit.slot.as_ref() == Some(slot) {
            book(city, tx, visit, None).await
        } else {
            book(city, tx, visit, Some(slot)).await
        };
    }
    let service = visit.service.clone().ok_or_else(closed)?;
    let (of, after) = (
        &visit.subject,
        visit.start.start_in(city.zone()).as_second() + 1,
    );
    let next = acting::next_free(tx, of, &service, after, i64::MAX, Some(&visit.id))
        .await?
        .ok_or_else(no_other)?;
    let mut visit = move_to(city, tx, visit, &next).await?;
    visit.version += 1;
    visit.status = AppointmentStatus::Pending;
    visit.held_until = Some(city.moment(city.now() + jiff::SignedDuration::from_hours(24)));
    db::save_appointment(tx, &visit, None, city.now()).await?;
    acting::set_slot(tx, &next, "busy-tentative", city.now()).await?;
    told(city, tx, &visit, "held").await?;
    Ok(visit)
}

async fn move_to(
    city: &City,
    tx: &mut Tx,
    mut visit: Appointment,
    slot: &SlotId,
) -> Result<Appointment, Fault> {
    let now = city.now();
    let service = visit.service.as_ref().ok_or_else(Fault::slot_taken)?;
    let moved = (&visit.subject, Some(&visit.id));
    let times = Times::to_take(city, tx, moved, service, slot).await?;
    if let Some(old) = &visit.slot {
        acting::set_slot(tx, old, "free", now).await?;
    }
    visit.slot = Some(slot.clone());
    visit.start = city.moment(times.starts);
    visit.end = Some(city.moment(times.ends));
    visit.place = Some(times.place);
    visit.practitioner = times.practitioner;
    Ok(visit)
}

async fn decline(city: &City, tx: &mut Tx, visit: Appointment) -> Result<Appointment, Fault> {
    let reason = vekha_words::text("off-declined");
    let visit = acting::end(tx, visit, "declined", Some(reason), city.now()).await?;
    if let Some(step) = &visit.step {
        acting::tell(city, tx, &visit.subject, step, "declined", None, city.now()).await?;
    }
    Ok(visit)
}

async fn told(city: &City, tx: &mut Tx, visit: &Appointment, outcome: &str) -> Result<(), Fault> {
    let Some(step) = &visit.step else {
        return Ok(());
    };
    let visited = Visited {
        appointment: &visit.id,
        start: visit.start,
        place: visit.place.as_ref().map(|place| &place.name),
        held_until: visit.held_until,
    };
    acting::tell(
        city,
        tx,
        &visit.subject,
        step,
        outcome,
        Some(visited),
        city.now(),
    )
    .await
}

/// The visit the resident has waiting for this step.
pub(crate) async fn waiting_for(
    tx: &mut Tx,
    subject: &vekha_model::ResidentId,
    step: &StepId,
) -> Result<Option<Appointment>, Fault> {
    Ok(db::appointments_of(&mut **tx, subject)
        .await?
        .into_iter()
        .map(|it| it.appointment)
        .find(|it| {
            it.step.as_ref() == Some(step)
                && (it.status.is_offer() || it.status == AppointmentStatus::Booked)
        }))
}

fn lapsed() -> Fault {
    Fault::conflict("hold-lapsed")
}

fn changed() -> Fault {
    let words = vekha_words::text("offer-changed");
    Fault::saying("changed-meanwhile", StatusCode::CONFLICT, words)
}

fn closed() -> Fault {
    Fault::conflict("offer-closed")
}

fn no_other() -> Fault {
    Fault::conflict("no-other-time")
}
