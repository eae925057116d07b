use super::answer::sorted;
use crate::{
    Session,
    clock::CityClock,
    http::{address, body, unreachable},
};
use reqwest::{Client, RequestBuilder, Response};
use serde::de::DeserializeOwned;
use std::sync::Arc;
use url::Url;
use vekha_protocol::{CityApiOffer, CityError};

/// Requests to the city API, each with a token that should be accepted.
pub(super) struct Api {
    http: Client,
    base: Url,
    session: Arc<Session>,
    pub clock: CityClock,
}

impl Api {
    pub fn new(
        http: Client,
        offer: &CityApiOffer,
        session: Arc<Session>,
    ) -> Result<Self, CityError> {
        if offer.version != 1 {
            return Err(CityError::NotOffered);
        }
        let mut base =
            address(&offer.base).map_err(|error| CityError::Malformed(error.to_string()))?;
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        Ok(Self {
            http,
            base,
            session,
            clock: CityClock::default(),
        })
    }

    pub fn url(&self, segments: &[&str]) -> Result<Url, CityError> {
        let mut url = self.base.clone();
        url.path_segments_mut()
            .map_err(|()| CityError::Malformed("the city's address cannot be built on".into()))?
            .pop_if_empty()
            .extend(segments);
        Ok(url)
    }

    /// Sends, and once more with a renewed token where the first was not accepted.
    pub async fn send(
        &self,
        make: impl Fn(&Client) -> RequestBuilder,
    ) -> Result<Response, CityError> {
        let token = self.session.bearer().await?;
        match self.send_with(make(&self.http), &token).await {
            Err(CityError::SignedOut) => {
                let token = self.session.after_refusal(&token).await?;
                self.send_with(make(&self.http), &token).await
            }
            other => other,
        }
    }

    async fn send_with(&self, request: RequestBuilder, token: &str) -> Result<Response, CityError> {
        let answer = request
            .bearer_auth(token)
            .send()
            .await
            .map_err(unreachable)?;
        self.clock.hear(answer.headers());
        sorted(answer).await
    }

    pub async fn get<T: DeserializeOwned>(&self, url: &Url) -> Result<T, CityError> {
        read(self.send(|http| http.get(url.clone())).await?).await
    }
}

pub(super) async fn read<T: DeserializeOwned>(answer: Response) -> Result<T, CityError> {
    let bytes = body(answer).await?;
    serde_json::from_slice(&bytes).map_err(|error| CityError::Malformed(error.to_string()))
}
