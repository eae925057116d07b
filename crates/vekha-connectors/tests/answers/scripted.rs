//! A server that answers by script, and the two kinds of city that speak to it.

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderMap, Method, StatusCode},
    response::Response,
};
use std::sync::{Arc, Mutex};
use vekha_connectors::{
    FhirCity, HttpCity, Session, StoredTokens, TokenVault, VaultError, http_client,
};
use vekha_protocol::{CatalogueOffer, CityApiOffer, FhirOffer};

/// One request as it arrived.
#[derive(Debug, Clone)]
pub struct Asked {
    pub path: String,
    pub method: Method,
    pub headers: HeaderMap,
}

pub struct Server {
    pub base: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    pub async fn answering(reply: impl Fn(&Asked) -> Response + Send + Sync + 'static) -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (reply, notes) = (Arc::new(reply), asked.clone());
        let router = Router::new().fallback(move |request: Request| {
            let one = Asked {
                path: request.uri().path().to_owned(),
                method: request.method().clone(),
                headers: request.headers().clone(),
            };
            let answer = reply(&one);
            notes.lock().unwrap().push(one);
            async move { answer }
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { base, asked }
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    pub fn http_city(&self) -> HttpCity {
        self.http_city_with(None)
    }

    /// A city whose manifest names a catalogue at this address.
    pub fn http_city_with(&self, catalogue: Option<&str>) -> HttpCity {
        let api = CityApiOffer {
            base: self.base.clone(),
            version: 1,
        };
        let offer = catalogue.map(pack_at);
        let http = http_client().unwrap();
        HttpCity::new(http, &api, offer.as_ref(), self.session()).unwrap()
    }

    pub fn fhir_city(&self) -> FhirCity {
        let fhir = FhirOffer {
            base: self.base.clone(),
        };
        FhirCity::new(http_client().unwrap(), &fhir, None, self.session()).unwrap()
    }

    fn session(&self) -> Arc<Session> {
        let tokens = StoredTokens {
            issuer: self.base.clone(),
            client_id: "vekha-app".into(),
            access: "secret-token".into(),
            refresh: None,
            expires_at: None,
            subject: "anna".into(),
            patient: None,
        };
        Arc::new(Session::new(
            http_client().unwrap(),
            Arc::new(NoVault),
            tokens,
        ))
    }
}

fn pack_at(url: &str) -> CatalogueOffer {
    CatalogueOffer {
        url: url.to_owned(),
        keys: [("k1".to_owned(), "AAAA".to_owned())].into(),
    }
}

pub fn answer(
    status: StatusCode,
    headers: &[(&'static str, &str)],
    body: impl Into<Body>,
) -> Response {
    let mut answer = Response::new(body.into());
    *answer.status_mut() = status;
    for (name, value) in headers {
        answer.headers_mut().insert(*name, value.parse().unwrap());
    }
    answer
}

struct NoVault;

impl TokenVault for NoVault {
    fn load(&self) -> Result<Option<StoredTokens>, VaultError> {
        Ok(None)
    }
    fn save(&self, _: &StoredTokens) -> Result<(), VaultError> {
        Ok(())
    }
    fn delete(&self) -> Result<(), VaultError> {
        Ok(())
    }
}
