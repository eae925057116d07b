use jiff::Timestamp;
use serde_json::{Value, json};
use std::{
    net::{Ipv4Addr, SocketAddr},
    path::Path,
};
use tempfile::TempDir;
use vekha_city::{Config, Running, serve};

/// A demo city in this process, on a port of its own.
pub struct City {
    pub url: String,
    pub now: Timestamp,
    http: reqwest::Client,
    running: Option<Running>,
    data: TempDir,
}

/// Starts a demo city whose clock stands at `now` and goes on from there.
///
/// # Panics
/// The city does not start.
pub async fn with_city(now: &str) -> City {
    let now: Timestamp = now.parse().expect("a time with its offset");
    let data = TempDir::new().expect("a folder");
    let running = start(data.path(), 0, Some(now)).await;
    City {
        url: running.url.clone(),
        now,
        http: reqwest::Client::new(),
        running: Some(running),
        data,
    }
}

async fn start(data: &Path, port: u16, now: Option<Timestamp>) -> Running {
    serve(Config {
        demo: true,
        now,
        ..Config::new(SocketAddr::from((Ipv4Addr::LOCALHOST, port)), data)
    })
    .await
    .expect("the city starts")
}

impl City {
    /// The city is out of reach: nobody answers at its address.
    pub async fn go_down(&mut self) {
        if let Some(running) = self.running.take() {
            running.shutdown.stop().await;
        }
    }

    /// The same city at the same address, with what it knew.
    ///
    /// # Panics
    /// Somebody else took the address.
    pub async fn come_back(&mut self) {
        let port = self.url.rsplit(':').next().and_then(|it| it.parse().ok());
        let port = port.expect("an address with its port");
        self.running = Some(start(self.data.path(), port, None).await);
    }

    /// What a newcomer does on the operator's page.
    ///
    /// # Panics
    /// The city refuses.
    pub async fn operate(&self, verb: &str, body: Value) -> Value {
        match self.attempt(verb, body).await {
            Ok(answer) => answer,
            Err(problem) => panic!("{verb}: {problem:#}"),
        }
    }

    /// # Errors
    /// The problem the city answers with.
    ///
    /// # Panics
    /// The city does not answer.
    pub async fn attempt(&self, verb: &str, body: Value) -> Result<Value, Value> {
        let url = format!("{}/operator/api/{verb}", self.url);
        let request = self.http.post(url).json(&body);
        let (status, answer) = told(request).await;
        if status < 300 {
            Ok(answer)
        } else {
            Err(answer)
        }
    }

    /// A doctor or a registry says something of a resident.
    pub async fn tell(&self, resident: &str, kind: &str, fields: Value) {
        let body = json!({"resident": resident, "kind": kind, "fields": fields});
        self.operate("outcome", body).await;
    }

    /// Moves the city's clock on: `1d`, `3h`.
    pub async fn wait(&self, span: &str) {
        self.operate("clock", json!({"advance": span})).await;
    }

    /// What the operator sees.
    pub async fn state(&self) -> Value {
        let url = format!("{}/operator/api/state", self.url);
        told(self.http.get(url)).await.1
    }

    /// The visits of a resident the operator sees, in this status.
    pub async fn visits(&self, resident: &str, status: &str) -> Vec<Value> {
        let state = self.state().await;
        let mut visits = state["appointments"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        visits.retain(|it| it["resident"] == resident && it["status"] == status);
        visits
    }

    /// Sends a FHIR resource as the city's laboratory does.
    ///
    /// # Panics
    /// The city does not let its laboratory in.
    pub async fn send(&self, method: &str, path: &str, resource: &Value) -> (u16, Value) {
        let laboratory = self.state().await["laboratory"].clone();
        let text = |name: &str| laboratory[name].as_str().unwrap_or_default().to_owned();
        let form = [
            ("grant_type", "client_credentials".to_owned()),
            ("client_id", text("client_id")),
            ("client_secret", text("client_secret")),
        ];
        let (_, token) = told(self.http.post(text("token")).form(&form)).await;
        let token = token["access_token"].as_str().expect("a token").to_owned();
        let method = method.parse().expect("a method");
        let request = self
            .http
            .request(method, format!("{}/fhir/{path}", self.url))
            .bearer_auth(token)
            .header("content-type", "application/fhir+json")
            .body(resource.to_string());
        told(request).await
    }

    /// What anybody may read at this path of the city.
    ///
    /// # Panics
    /// The city does not give it.
    pub async fn text(&self, path: &str) -> String {
        let (status, text) = self.fetch(path).await;
        assert_eq!(status, 200, "{path}: {text}");
        text
    }

    /// What anybody is told at this path, be it a refusal.
    ///
    /// # Panics
    /// The city does not answer.
    pub async fn fetch(&self, path: &str) -> (u16, String) {
        let answer = self.http.get(format!("{}{path}", self.url)).send().await;
        let answer = answer.expect("an answer");
        let status = answer.status().as_u16();
        (status, answer.text().await.expect("a text"))
    }

    /// Asks the city API as somebody who holds this token.
    pub async fn ask(&self, token: &str, path: &str) -> Value {
        let url = format!("{}/city/v1/{path}", self.url);
        let (status, answer) = told(self.http.get(url).bearer_auth(token)).await;
        assert_eq!(status, 200, "{path}: {answer:#}");
        answer
    }
}

async fn told(request: reqwest::RequestBuilder) -> (u16, Value) {
    let answer = request.send().await.expect("an answer");
    let status = answer.status().as_u16();
    let text = answer.text().await.unwrap_or_default();
    (status, serde_json::from_str(&text).unwrap_or(Value::Null))
}
