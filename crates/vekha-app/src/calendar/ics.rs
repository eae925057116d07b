use super::compose::visits;
use crate::{scene::Scene, view::IcsFile};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus};
use jiff::{Timestamp, tz::TimeZone};
use vekha_model::{Language, Moment, Sensitivity};
use vekha_protocol::{Appointment, AppointmentStatus};

/// The visits as RFC 5545: a stable UID, a SEQUENCE that grows, words without health.
///
/// `only` names one appointment, also a cancelled one, so that a calendar which has it takes it off.
pub fn ics(scene: &Scene, city: &str, only: Option<&str>, language: Language) -> IcsFile {
    let mut calendar = Calendar::new();
    calendar.append_property(("PRODID", "-//Vekha//Vekha 1//RU"));
    calendar.append_property(("METHOD", "PUBLISH"));
    if let Some(zone) = scene.zone().iana_name() {
        calendar.append_property(("X-WR-TIMEZONE", zone));
    }
    let standing: Vec<&Appointment> = match only {
        Some(id) => scene
            .records
            .appointments
            .iter()
            .filter(|it| it.id.as_str() == id)
            .collect(),
        None => {
            let cancelled = scene.records.appointments.iter().filter(|it| {
                it.status == AppointmentStatus::Cancelled
                    && it.start.start_in(scene.zone()) > scene.now
            });
            visits(scene)
                .filter(|it| !it.status.is_offer())
                .chain(cancelled)
                .collect()
        }
    };
    for visit in standing {
        calendar.push(event(scene, city, visit, language));
    }
    IcsFile {
        name: only.map_or_else(|| "vekha.ics".to_owned(), |_| "vekha-visit.ics".to_owned()),
        ics: calendar.done().to_string(),
    }
}

fn event(scene: &Scene, city: &str, visit: &Appointment, language: Language) -> Event {
    let zone = scene.zone();
    let mut event = Event::new();
    event.uid(&format!("{}@{city}.vekha", visit.id));
    event.sequence(visit.version);
    event.summary(visit.neutral.in_language(language));
    event.add_property("DTSTAMP", utc(scene.now));
    starts(&mut event, "DTSTART", visit.start, zone);
    if let Some(end) = visit.end {
        starts(&mut event, "DTEND", end, zone);
    }
    event.status(match visit.status {
        AppointmentStatus::Cancelled | AppointmentStatus::EnteredInError => EventStatus::Cancelled,
        status if status.is_offer() => EventStatus::Tentative,
        _ => EventStatus::Confirmed,
    });
    if let Some(place) = &visit.place {
        // The name of a clinic tells what the visit is about; the address only where it is.
        let step = visit.step.as_ref().and_then(|id| scene.step(id));
        let open = step.is_some_and(|step| step.sensitivity < Sensitivity::S3);
        let (name, address) = (
            place.name.in_language(language),
            place.address.in_language(language),
        );
        let location = match (open, address.is_empty()) {
            (true, false) => format!("{name}, {address}"),
            (true, true) => name.to_owned(),
            (false, _) => address.to_owned(),
        };
        if !location.is_empty() {
            event.location(&location);
        }
    }
    event.class(icalendar::Class::Private);
    event.done()
}

fn starts(event: &mut Event, name: &str, moment: Moment, zone: &TimeZone) {
    match moment {
        Moment::Time { at, .. } => {
            event.add_property(name, utc(at));
        }
        Moment::Day(_) => {
            let day = moment.date_in(zone).strftime("%Y%m%d").to_string();
            let mut property = icalendar::Property::new(name, day);
            property.add_parameter("VALUE", "DATE");
            event.append_property(property);
        }
    }
}

/// An instant in UTC needs no VTIMEZONE and is the same everywhere.
fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}
