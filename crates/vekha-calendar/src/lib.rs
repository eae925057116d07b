//! Appointments as calendars read them (RFC 5545): a stable UID, a SEQUENCE that grows, words without health.
use icalendar::{Calendar, Class, Component, Event, EventLike, EventStatus, Property};
use jiff::{Timestamp, tz::TimeZone};
use vekha_model::{Language, Moment};
use vekha_protocol::{Appointment, AppointmentStatus};

/// What a calendar needs to know beside the appointments.
pub struct Diary<'a> {
    /// The city's id: two cities may give the same number to two visits.
    pub city: &'a str,
    pub zone: &'a TimeZone,
    pub now: Timestamp,
    pub language: Language,
    /// Its name, where a program goes on reading it from an address; none for a file that is opened once.
    pub name: Option<&'a str>,
}

/// An appointment, and whether the name of its place may be told: a clinic's name says what a visit is about.
pub type Visit<'a> = (&'a Appointment, bool);

impl Diary<'_> {
    /// The whole calendar as text.
    pub fn write<'v>(&self, visits: impl IntoIterator<Item = Visit<'v>>) -> String {
        let mut calendar = Calendar::new();
        calendar.append_property(("PRODID", "-//Vekha//Vekha 1//RU"));
        calendar.append_property(("METHOD", "PUBLISH"));
        if let Some(zone) = self.zone.iana_name() {
            calendar.append_property(("X-WR-TIMEZONE", zone));
        }
        if let Some(name) = self.name {
            calendar.append_property(("X-WR-CALNAME", name));
            // RFC 7986 §5.7, and what older programs read.
            calendar.append_property(
                Property::new("REFRESH-INTERVAL", "PT1H")
                    .add_parameter("VALUE", "DURATION")
                    .done(),
            );
            calendar.append_property(("X-PUBLISHED-TTL", "PT1H"));
        }
        for visit in visits {
            calendar.push(self.event(visit));
        }
        calendar.done().to_string()
    }

    fn event(&self, (visit, named): Visit<'_>) -> Event {
        let mut event = Event::new();
        event.uid(&format!("{}@{}.vekha", visit.id, self.city));
        event.sequence(visit.version);
        event.summary(visit.neutral.in_language(self.language));
        event.add_property("DTSTAMP", utc(self.now));
        self.starts(&mut event, "DTSTART", visit.start);
        if let Some(end) = visit.end {
            self.starts(&mut event, "DTEND", end);
        }
        event.status(match visit.status {
            AppointmentStatus::Cancelled | AppointmentStatus::EnteredInError => {
                EventStatus::Cancelled
            }
            status if status.is_offer() => EventStatus::Tentative,
            _ => EventStatus::Confirmed,
        });
        if let Some(place) = &visit.place {
            let (name, address) = (
                place.name.in_language(self.language),
                place.address.in_language(self.language),
            );
            let location = match (named, address.is_empty()) {
                (true, false) => format!("{name}, {address}"),
                (true, true) => name.to_owned(),
                (false, _) => address.to_owned(),
            };
            if !location.is_empty() {
                event.location(&location);
            }
        }
        event.class(Class::Private);
        event.done()
    }

    fn starts(&self, event: &mut Event, name: &str, moment: Moment) {
        match moment {
            Moment::Time { at, .. } => {
                event.add_property(name, utc(at));
            }
            Moment::Day(_) => {
                let day = moment.date_in(self.zone).strftime("%Y%m%d").to_string();
                let mut property = Property::new(name, day);
                property.add_parameter("VALUE", "DATE");
                event.append_property(property);
            }
        }
    }
}

/// An instant in UTC needs no VTIMEZONE and is the same everywhere.
fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}
