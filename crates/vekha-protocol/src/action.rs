use crate::Reach;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;
use vekha_model::{AppointmentId, ConsentId, Fact, FactId, InstanceId, Moment, SlotId, StepId};

/// What a resident did; it waits in the outbox until the city has it, exactly once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Action {
    AnswerOffer {
        appointment: AppointmentId,
        answer: OfferAnswer,
        /// The time the resident said it about: they agree to what they saw, not to what it has become since.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start: Option<Moment>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        slot: Option<SlotId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    AnswerStep {
        step: StepId,
        answer: StepAnswer,
    },
    /// A time the resident chose for a step that the city holds none for.
    BookStep {
        step: StepId,
        slot: SlotId,
        /// When it is, as they saw it.
        start: Moment,
    },
    ShareFact {
        fact: Fact,
    },
    DisputeFact {
        fact: FactId,
        text: String,
    },
    SetConsent {
        consent: ConsentId,
        reach: Reach,
        given: bool,
    },
    EndSituation {
        situation: InstanceId,
    },
    AskHuman {
        text: String,
        about: Option<String>,
    },
}

impl Action {
    /// Actions on the same thing keep their order; others may overtake.
    pub fn thing(&self) -> String {
        match self {
            Self::AnswerOffer { appointment, .. } => format!("offer/{appointment}"),
            Self::AnswerStep { step, .. } | Self::BookStep { step, .. } => format!("step/{step}"),
            Self::ShareFact { fact } => format!("fact/{}", fact.id),
            Self::DisputeFact { fact, .. } => format!("fact/{fact}"),
            Self::SetConsent { consent, .. } => format!("consent/{consent}"),
            Self::EndSituation { situation } => format!("situation/{situation}"),
            Self::AskHuman { .. } => "question".to_owned(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OfferAnswer {
    Accept,
    /// Another time; with a slot where the resident chose one.
    Change,
    Decline,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StepAnswer {
    Done,
    /// «У меня это уже есть».
    HaveIt,
    Declined,
}

/// Names one attempt of one action, so that a repeated request changes nothing twice (the Idempotency-Key header).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct IdempotencyKey(pub Uuid);

/// The city has the action; `appointment` is how the thing stands now, where it is a visit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Receipt {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment: Option<crate::Appointment>,
}
