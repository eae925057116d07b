use super::{
    api::{self, Api},
    pages::Pages,
    wake::Wake,
};
use crate::{Session, catalogue::PackSource};
use async_trait::async_trait;
use reqwest::{Client, Method, Response, StatusCode, header::CONTENT_TYPE};
use serde_json::{Value, json};
use std::sync::Arc;
use url::Url;
use vekha_model::{AppointmentId, Language, StepId};
use vekha_protocol::{
    Action, Appointment, CalendarLink, CatalogueOffer, ChangesPage, City, CityApiOffer, CityError,
    ClockReading, Cursor, IdempotencyKey, Receipt, Slot,
};

/// A city that speaks the city API.
pub struct HttpCity {
    api: Arc<Api>,
    packs: PackSource,
    pages: Pages,
    wake: Wake,
}

impl HttpCity {
    /// # Errors
    /// [`CityError::NotOffered`] for another major version, [`CityError::Malformed`] for an address not to be used.
    pub fn new(
        http: Client,
        offer: &CityApiOffer,
        catalogue: Option<&CatalogueOffer>,
        session: Arc<Session>,
    ) -> Result<Self, CityError> {
        Ok(Self {
            packs: PackSource::new(http.clone(), catalogue)?,
            api: Arc::new(Api::new(http, offer, session)?),
            pages: Pages::default(),
            wake: Wake::default(),
        })
    }

    fn request_for(&self, action: &Action) -> Result<(Method, Url, Value), CityError> {
        Ok(match action {
            Action::AnswerOffer {
                appointment,
                answer,
                start,
                slot,
                reason,
            } => (
                Method::POST,
                self.api.url(&["offers", appointment.as_str(), "answer"])?,
                json!({"answer": answer, "start": start, "slot": slot, "reason": reason}),
            ),
            Action::AnswerStep { step, answer } => (
                Method::POST,
                self.api.url(&["steps", step.as_str(), "answer"])?,
                json!({"answer": answer}),
            ),
            Action::BookStep { step, slot, start } => (
                Method::POST,
                self.api.url(&["steps", step.as_str(), "book"])?,
                json!({"slot": slot, "start": start}),
            ),
            Action::ShareFact { fact } => (Method::POST, self.api.url(&["facts"])?, json!(fact)),
            Action::DisputeFact { fact, text } => (
                Method::POST,
                self.api.url(&["facts", fact.as_str(), "dispute"])?,
                json!({"text": text}),
            ),
            Action::SetConsent {
                consent,
                reach,
                given,
            } => (
                Method::PUT,
                self.api.url(&["consents", consent.as_str()])?,
                json!({"reach": reach, "given": given}),
            ),
            Action::EndSituation { situation } => (
                Method::POST,
                self.api.url(&["situations", situation.as_str(), "end"])?,
                json!({}),
            ),
            Action::AskHuman { text, about } => (
                Method::POST,
                self.api.url(&["questions"])?,
                json!({"text": text, "about": about}),
            ),
        })
    }
}

fn is_event_stream(answer: &Response) -> bool {
    answer
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|it| it.to_str().ok())
        .is_some_and(|it| it.starts_with("text/event-stream"))
}

#[async_trait]
impl City for HttpCity {
    async fn pull(&self, since: Option<&Cursor>) -> Result<ChangesPage, CityError> {
        self.pages.next(&self.api, since).await
    }

    async fn push(
        &self,
        IdempotencyKey(key): IdempotencyKey,
        action: &Action,
    ) -> Result<Receipt, CityError> {
        let (method, url, content) = self.request_for(action)?;
        let answer = self
            .api
            .send(|http| {
                http.request(method.clone(), url.clone())
                    .header("idempotency-key", key.to_string())
                    .json(&content)
            })
            .await?;
        // Only what the city itself says counts: a page of somebody on the way would lose the action.
        match answer.status() {
            StatusCode::NO_CONTENT => Ok(Receipt { appointment: None }),
            _ => api::read(answer).await,
        }
    }

    async fn other_times(&self, appointment: &Appointment) -> Result<Vec<Slot>, CityError> {
        let url = self
            .api
            .url(&["offers", appointment.id.as_str(), "slots"])?;
        self.api.get(&url).await
    }

    async fn step_times(&self, step: &StepId) -> Result<Vec<Slot>, CityError> {
        let url = self.api.url(&["steps", step.as_str(), "slots"])?;
        self.api.get(&url).await
    }

    async fn calendar_link(&self) -> Result<Option<CalendarLink>, CityError> {
        let link = self.api.get(&self.api.url(&["calendar-link"])?).await;
        link.map_err(|error| match error {
            CityError::Refused(problem) if problem.status == StatusCode::NOT_FOUND.as_u16() => {
                CityError::NotOffered
            }
            error => error,
        })
    }

    async fn make_calendar_link(&self, language: Language) -> Result<CalendarLink, CityError> {
        let url = self.api.url(&["calendar-link"])?;
        let wanted = json!({"language": language});
        let made = self.api.send(|http| http.put(url.clone()).json(&wanted));
        api::read(made.await?).await
    }

    async fn end_calendar_link(&self) -> Result<(), CityError> {
        let url = self.api.url(&["calendar-link"])?;
        self.api.send(|http| http.delete(url.clone())).await?;
        Ok(())
    }

    async fn woken(&self) -> Result<(), CityError> {
        let url = self.api.url(&["events"])?;
        self.wake
            .next(|| async {
                let answer = self
                    .api
                    .send(|http| http.get(url.clone()).header("accept", "text/event-stream"))
                    .await?;
                if is_event_stream(&answer) {
                    Ok(answer)
                } else {
                    Err(CityError::Malformed(
                        "a wake-up that is no event stream".into(),
                    ))
                }
            })
            .await
    }

    async fn catalogue(&self) -> Result<Option<Vec<u8>>, CityError> {
        self.packs.fetch().await
    }

    async fn appointment(&self, id: &AppointmentId) -> Result<Option<Appointment>, CityError> {
        let url = self.api.url(&["offers"])?;
        let all: Vec<Appointment> = self.api.get(&url).await?;
        Ok(all.into_iter().find(|it| it.id == *id))
    }

    fn clock(&self) -> Option<ClockReading> {
        self.api.clock.read()
    }
}
