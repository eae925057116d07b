use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use vekha_model::{AppointmentId, Moment, ResidentId, ServiceKey, SlotId, StepId, Text};

/// A held time (an offer, while pending) or a booked visit; FHIR Appointment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Appointment {
    pub id: AppointmentId,
    /// Grows with every change; the ETag of the resource, the SEQUENCE of the calendar entry.
    pub version: u32,
    pub subject: ResidentId,
    /// The step it serves; absent when it came from elsewhere.
    pub step: Option<StepId>,
    pub status: AppointmentStatus,
    pub start: Moment,
    pub end: Option<Moment>,
    pub service: Option<ServiceKey>,
    pub slot: Option<SlotId>,
    pub place: Option<Place>,
    /// By what they are and their name.
    pub practitioner: Option<Text>,
    /// After this the hold lapses by itself, without penalty.
    pub held_until: Option<Moment>,
    pub title: Text,
    /// Words fit for a lock screen or a shared calendar.
    pub neutral: Text,
    /// Why it was cancelled or moved, in words.
    pub reason: Option<Text>,
    /// How to prepare.
    pub instructions: Option<Text>,
}

/// FHIR AppointmentStatus, as far as it concerns a resident; `pending` is an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AppointmentStatus {
    Proposed,
    Pending,
    Booked,
    Arrived,
    Fulfilled,
    Cancelled,
    Noshow,
    EnteredInError,
    Waitlist,
}

impl AppointmentStatus {
    /// The city holds a time and waits for an answer.
    pub fn is_offer(self) -> bool {
        matches!(self, Self::Proposed | Self::Pending)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Place {
    pub name: Text,
    #[serde(default)]
    pub address: Text,
    /// How one gets there and in: the stop, the entrance, the floor (FHIR Location.description).
    #[serde(default)]
    pub way: Text,
    #[serde(default)]
    pub phone: Option<String>,
}

/// A free time (FHIR Slot).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Slot {
    pub id: SlotId,
    pub start: Moment,
    pub end: Moment,
    pub place: Option<Place>,
    pub practitioner: Option<Text>,
}
