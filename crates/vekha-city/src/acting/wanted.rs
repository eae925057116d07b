use super::{
    outcome::{self, Visited},
    slot::{Times, set_slot},
};
use crate::{City, Fault, db, db::Tx};
use jiff::{SignedDuration, Timestamp};
use vekha_model::{AppointmentId, ResidentId, ServiceKey, SlotId, StepId, Text};
use vekha_protocol::{Appointment, AppointmentStatus};

/// A step that is to have a visit.
pub(super) struct Wanted<'a> {
    pub(super) subject: &'a ResidentId,
    pub(super) step: &'a StepId,
    pub(super) service: &'a ServiceKey,
    pub(super) title: &'a Text,
    pub(super) neutral: Option<&'a Text>,
    pub(super) note: Option<&'a Text>,
}

impl Wanted<'_> {
    /// Takes a slot for it: held so long for the resident to answer, or booked.
    pub(super) async fn take(
        &self,
        city: &City,
        tx: &mut Tx,
        slot: SlotId,
        held: Option<SignedDuration>,
        now: Timestamp,
    ) -> Result<Appointment, Fault> {
        let times = Times::of(tx, &slot).await?;
        let until = held.map(|held| (now + held).min(times.starts - SignedDuration::from_mins(30)));
        let visit = Appointment {
            id: AppointmentId::new(uuid::Uuid::now_v7().to_string()),
            version: 1,
            subject: self.subject.clone(),
            step: Some(self.step.clone()),
            status: if until.is_some() {
                AppointmentStatus::Pending
            } else {
                AppointmentStatus::Booked
            },
            start: city.moment(times.starts),
            end: Some(city.moment(times.ends)),
            service: Some(self.service.clone()),
            slot: Some(slot.clone()),
            place: Some(times.place),
            practitioner: times.practitioner,
            held_until: until.map(|until| city.moment(until)),
            title: self.title.clone(),
            neutral: self
                .neutral
                .cloned()
                .unwrap_or_else(|| plain(city, self.service)),
            reason: None,
            instructions: self.note.cloned(),
        };
        db::save_appointment(tx, &visit, None, now).await?;
        let (slot_is, told) = match until {
            Some(_) => ("busy-tentative", "held"),
            None => ("busy", "booked"),
        };
        set_slot(tx, &slot, slot_is, now).await?;
        let visited = Visited {
            appointment: &visit.id,
            start: visit.start,
            place: visit.place.as_ref().map(|place| &place.name),
            held_until: visit.held_until,
        };
        outcome::tell(city, tx, self.subject, self.step, told, Some(visited), now).await?;
        Ok(visit)
    }
}

/// Words that name no illness.
fn plain(city: &City, service: &ServiceKey) -> Text {
    let service = city.catalogue.service(service);
    service.map_or_else(
        || vekha_words::text("visit-neutral"),
        |it| vekha_words::filled("visit-of", &[("service", &Text::new(&it.ru, &it.en))]),
    )
}
