use jiff::Timestamp;
use std::sync::Arc;
use uuid::Uuid;
use vekha_model::{Fact, FactId, Moment, Relation, Resident, ResidentId, Text};
use vekha_protocol::{
    Action, Appointment, AppointmentStatus, Consent, Document, Inquiry, OfferAnswer,
};

/// What the store holds for the signed-in resident and whom they care for.
#[derive(Debug, Clone, Default)]
pub struct Records {
    /// Of the store this was read from.
    pub edition: u64,
    pub edition_of_records: u64,
    pub me: Option<ResidentId>,
    pub residents: Vec<Resident>,
    pub facts: Arc<Vec<Fact>>,
    pub appointments: Vec<Appointment>,
    pub documents: Vec<Document>,
    pub consents: Vec<Consent>,
    pub inquiries: Vec<Inquiry>,
    pub unsent: Vec<Unsent>,
    /// What the city has and this picture does not show yet.
    pub sent: Vec<Unsent>,
}

/// One action of the resident's that the records do not show yet.
#[derive(Debug, Clone)]
pub struct Unsent {
    pub key: Uuid,
    pub action: Action,
    pub queued: Timestamp,
    /// Held back until then, so that it can be taken back.
    pub not_before: Option<Timestamp>,
    /// The city said no: why, and what can be done.
    pub refused: Option<Text>,
}

impl Records {
    /// Whose records count here.
    pub fn people(&self) -> Vec<ResidentId> {
        let all = self.residents.iter().map(|it| &it.id).chain(&self.me);
        all.cloned().collect()
    }

    pub fn resident(&self, id: &ResidentId) -> Resident {
        let known = self.residents.iter().find(|it| it.id == *id);
        known.cloned().unwrap_or_else(|| Resident {
            id: id.clone(),
            name: id.to_string(),
            birth_date: None,
            sex: None,
            relation: Relation::Ward,
        })
    }

    pub fn fact(&self, id: &FactId) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.id == *id)
    }

    /// Shows what the resident decided at once, before the city has heard of it.
    #[must_use]
    pub fn with_wishes(mut self) -> Self {
        let wishes: Vec<Unsent> = self.wishes().cloned().collect();
        for wish in &wishes {
            match &wish.action {
                Action::AnswerOffer {
                    appointment,
                    answer,
                    ..
                } => {
                    let Some(visit) = self
                        .appointments
                        .iter_mut()
                        .find(|it| it.id == *appointment)
                    else {
                        continue;
                    };
                    match answer {
                        OfferAnswer::Accept if visit.status.is_offer() => {
                            visit.status = AppointmentStatus::Booked;
                        }
                        OfferAnswer::Decline => visit.status = AppointmentStatus::Cancelled,
                        OfferAnswer::Accept | OfferAnswer::Change => {}
                    }
                }
                Action::SetConsent {
                    consent,
                    reach,
                    given,
                } => {
                    if let Some(it) = self.consents.iter_mut().find(|it| it.id == *consent) {
                        (it.reach, it.given) = (*reach, *given);
                        it.at.get_or_insert(Moment::Time {
                            at: wish.queued,
                            offset: jiff::tz::Offset::UTC,
                        });
                    }
                }
                Action::ShareFact { fact } => {
                    if !self.facts.iter().any(|it| it.id == fact.id) {
                        Arc::make_mut(&mut self.facts).push(fact.clone());
                    }
                }
                Action::AnswerStep { .. }
                | Action::BookStep { .. }
                | Action::DisputeFact { .. }
                | Action::EndSituation { .. }
                | Action::AskHuman { .. } => {}
            }
        }
        self
    }

    /// What the resident wants, oldest first, whether the city has it or not.
    pub fn wishes(&self) -> impl Iterator<Item = &Unsent> {
        self.sent.iter().chain(self.standing())
    }

    /// Wishes that wait to be sent: the city has not refused them.
    pub fn standing(&self) -> impl Iterator<Item = &Unsent> {
        self.unsent.iter().filter(|wish| wish.refused.is_none())
    }

    /// The newest unsent action about this thing (see `Action::thing`).
    pub fn unsent_about(&self, thing: &str) -> Option<&Unsent> {
        self.unsent
            .iter()
            .filter(|wish| wish.action.thing() == thing)
            .max_by_key(|wish| wish.queued)
    }
}
