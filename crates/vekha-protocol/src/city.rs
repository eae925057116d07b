use crate::{
    Action, Appointment, CalendarLink, ChangesPage, ClockReading, Cursor, IdempotencyKey, Problem,
    Receipt, Slot,
};
use async_trait::async_trait;
use std::time::Duration;
use vekha_model::{AppointmentId, Language, StepId};

/// A city as a device sees it, whatever it speaks underneath (the city API, or FHIR alone).
#[async_trait]
pub trait City: Send + Sync {
    /// The next page of changes; `None` reads from the beginning.
    async fn pull(&self, since: Option<&Cursor>) -> Result<ChangesPage, CityError>;

    /// Hands over one action. The same key may be sent again and changes nothing twice.
    async fn push(&self, key: IdempotencyKey, action: &Action) -> Result<Receipt, CityError>;

    /// Free times that would serve instead of this appointment.
    async fn other_times(&self, appointment: &Appointment) -> Result<Vec<Slot>, CityError>;

    /// Free times for a step that has no appointment yet.
    async fn step_times(&self, _: &StepId) -> Result<Vec<Slot>, CityError> {
        Err(CityError::NotOffered)
    }

    /// Returns when the city says there is something new. A city without a wake-up never returns.
    async fn woken(&self) -> Result<(), CityError>;

    /// The signed catalogue pack, `None` where the city offers none.
    async fn catalogue(&self) -> Result<Option<Vec<u8>>, CityError>;

    /// One appointment as it stands now.
    async fn appointment(&self, id: &AppointmentId) -> Result<Option<Appointment>, CityError>;

    /// The address at which calendar programs read the visits, if there is one.
    async fn calendar_link(&self) -> Result<Option<CalendarLink>, CityError> {
        Err(CityError::NotOffered)
    }

    /// A new such address; the one before is void.
    async fn make_calendar_link(&self, _: Language) -> Result<CalendarLink, CityError> {
        Err(CityError::NotOffered)
    }

    /// Takes the address back.
    async fn end_calendar_link(&self) -> Result<(), CityError> {
        Err(CityError::NotOffered)
    }

    /// The city's clock as of its last answer; `None` before any, or where the city does not tell.
    fn clock(&self) -> Option<ClockReading> {
        None
    }
}

/// Why a city could not be asked, sorted by what the device does about it.
#[derive(Debug, thiserror::Error)]
pub enum CityError {
    /// No connection: keep everything, try again later.
    #[error("the city cannot be reached")]
    Offline(#[source] Option<Box<dyn std::error::Error + Send + Sync>>),
    /// The certificate is not one to trust: never retried silently.
    #[error("the city's certificate is not valid: {0}")]
    Untrusted(String),
    /// The sign-in has ended and could not be renewed.
    #[error("sign-in has expired")]
    SignedOut,
    /// The city says no, for good; a person must act.
    #[error("refused: {0}")]
    Refused(Box<Problem>),
    /// Somebody was faster, or the thing has changed: read again, then ask the resident.
    #[error("changed meanwhile: {0}")]
    Conflict(Box<Problem>),
    /// Too many requests or a passing failure: try again, not before this long.
    #[error("the city is busy")]
    Busy { retry_after: Option<Duration> },
    /// The answer does not follow the contract; nothing of it was taken over.
    #[error("the city's answer cannot be read: {0}")]
    Malformed(String),
    /// The cursor is no longer known: read from the beginning.
    #[error("the cursor has expired")]
    CursorGone,
    /// The city does not offer this.
    #[error("the city does not offer this")]
    NotOffered,
}
