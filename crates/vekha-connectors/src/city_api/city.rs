use super::{answer::sorted, wake::Wake};
use crate::{
    Session,
    catalogue::PackSource,
    clock::CityClock,
    http::{address, body, unreachable},
};
use async_trait::async_trait;
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, header::CONTENT_TYPE};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::Arc;
use url::Url;
use vekha_model::AppointmentId;
use vekha_protocol::{
    Action, Appointment, CatalogueOffer, ChangesPage, City, CityApiOffer, CityError, ClockReading,
    Cursor, IdempotencyKey, Receipt, Slot,
};

const PAGE: &str = "500";

/// A city that speaks the city API.
pub struct HttpCity {
    http: Client,
    base: Url,
    packs: PackSource,
    session: Arc<Session>,
    clock: CityClock,
    wake: Wake,
}

impl HttpCity {
    /// # Errors
    /// [`CityError::NotOffered`] for another major version, [`CityError::Malformed`] for an address not to be used.
    pub fn new(
        http: Client,
        api: &CityApiOffer,
        catalogue: Option<&CatalogueOffer>,
        session: Arc<Session>,
    ) -> Result<Self, CityError> {
        if api.version != 1 {
            return Err(CityError::NotOffered);
        }
        let mut base =
            address(&api.base).map_err(|error| CityError::Malformed(error.to_string()))?;
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        Ok(Self {
            packs: PackSource::new(http.clone(), catalogue)?,
            http,
            base,
            session,
            clock: CityClock::default(),
            wake: Wake::default(),
        })
    }

    fn url(&self, segments: &[&str]) -> Result<Url, CityError> {
        let mut url = self.base.clone();
        url.path_segments_mut()
            .map_err(|()| CityError::Malformed("the city's address cannot be built on".into()))?
            .pop_if_empty()
            .extend(segments);
        Ok(url)
    }

    /// Sends, and once more with a renewed token where the first was not accepted.
    pub(super) async fn send(
        &self,
        make: impl Fn() -> RequestBuilder,
    ) -> Result<Response, CityError> {
        let token = self.session.bearer().await?;
        match self.send_with(&make, &token).await {
            Err(CityError::SignedOut) => {
                let token = self.session.after_refusal(&token).await?;
                self.send_with(&make, &token).await
            }
            other => other,
        }
    }

    async fn send_with(
        &self,
        make: &impl Fn() -> RequestBuilder,
        token: &str,
    ) -> Result<Response, CityError> {
        let answer = make()
            .bearer_auth(token)
            .send()
            .await
            .map_err(unreachable)?;
        self.clock.hear(answer.headers());
        sorted(answer).await
    }

    async fn read<T: DeserializeOwned>(
        &self,
        make: impl Fn() -> RequestBuilder,
    ) -> Result<T, CityError> {
        read(self.send(make).await?).await
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
                self.url(&["offers", appointment.as_str(), "answer"])?,
                json!({"answer": answer, "start": start, "slot": slot, "reason": reason}),
            ),
            Action::AnswerStep { step, answer } => (
                Method::POST,
                self.url(&["steps", step.as_str(), "answer"])?,
                json!({"answer": answer}),
            ),
            Action::ShareFact { fact } => (Method::POST, self.url(&["facts"])?, json!(fact)),
            Action::DisputeFact { fact, text } => (
                Method::POST,
                self.url(&["facts", fact.as_str(), "dispute"])?,
                json!({"text": text}),
            ),
            Action::SetConsent {
                consent,
                reach,
                given,
            } => (
                Method::PUT,
                self.url(&["consents", consent.as_str()])?,
                json!({"reach": reach, "given": given}),
            ),
            Action::EndSituation { situation } => (
                Method::POST,
                self.url(&["situations", situation.as_str(), "end"])?,
                json!({}),
            ),
            Action::AskHuman { text, about } => (
                Method::POST,
                self.url(&["questions"])?,
                json!({"text": text, "about": about}),
            ),
        })
    }
}

async fn read<T: DeserializeOwned>(answer: Response) -> Result<T, CityError> {
    let bytes = body(answer).await?;
    serde_json::from_slice(&bytes).map_err(|error| CityError::Malformed(error.to_string()))
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
        let mut url = self.url(&["changes"])?;
        url.query_pairs_mut().append_pair("limit", PAGE);
        if let Some(Cursor(cursor)) = since {
            url.query_pairs_mut().append_pair("cursor", cursor);
        }
        self.read(|| self.http.get(url.clone())).await
    }

    async fn push(
        &self,
        IdempotencyKey(key): IdempotencyKey,
        action: &Action,
    ) -> Result<Receipt, CityError> {
        let (method, url, content) = self.request_for(action)?;
        let answer = self
            .send(|| {
                self.http
                    .request(method.clone(), url.clone())
                    .header("idempotency-key", key.to_string())
                    .json(&content)
            })
            .await?;
        // Only what the city itself says counts: a page of somebody on the way would lose the action.
        match answer.status() {
            StatusCode::NO_CONTENT => Ok(Receipt { appointment: None }),
            _ => read(answer).await,
        }
    }

    async fn other_times(&self, appointment: &Appointment) -> Result<Vec<Slot>, CityError> {
        let url = self.url(&["offers", appointment.id.as_str(), "slots"])?;
        self.read(|| self.http.get(url.clone())).await
    }

    async fn woken(&self) -> Result<(), CityError> {
        let url = self.url(&["events"])?;
        self.wake
            .next(|| async {
                let answer = self
                    .send(|| {
                        self.http
                            .get(url.clone())
                            .header("accept", "text/event-stream")
                    })
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
        let url = self.url(&["offers"])?;
        let all: Vec<Appointment> = self.read(|| self.http.get(url.clone())).await?;
        Ok(all.into_iter().find(|it| it.id == *id))
    }

    fn clock(&self) -> Option<ClockReading> {
        self.clock.read()
    }
}
