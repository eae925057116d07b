//! The contract between a resident's device and a city: what travels, and the one trait both ends are tested through.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "tests may panic"))]

mod access;
mod action;
mod appointment;
mod body;
mod calendar_link;
mod change;
mod city;
mod clock;
mod consent;
mod document;
mod inquiry;
mod manifest;
mod network;
mod problem;
mod words;

pub use access::AccessRecord;
pub use action::{Action, IdempotencyKey, OfferAnswer, Receipt, StepAnswer};
pub use appointment::{Appointment, AppointmentStatus, Place, Slot};
pub use body::Body;
pub use calendar_link::CalendarLink;
pub use change::{Change, ChangesPage, Cursor, Record, RecordKind};
pub use city::{City, CityError};
pub use clock::ClockReading;
pub use consent::{Consent, Reach};
pub use document::Document;
pub use inquiry::{Inquiry, InquiryAnswer, InquiryKind};
pub use manifest::{
    CatalogueOffer, CityApiOffer, FhirOffer, Manifest, SignInOffer, host_of, is_here,
};
pub use network::{Network, NetworkError, SigningIn};
pub use problem::Problem;
