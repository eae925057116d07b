use jiff::Timestamp;
use serde_json::Value;
use std::net::{Ipv4Addr, SocketAddr};
use tempfile::TempDir;
use vekha_city::{Config, Running, serve};

/// A demo city in this process, on a port of its own.
pub struct City {
    pub url: String,
    pub now: Timestamp,
    http: reqwest::Client,
    _running: Running,
    _data: TempDir,
}

/// Starts a demo city whose clock stands at `now` and goes on from there.
///
/// # Panics
/// The city does not start.
pub async fn with_city(now: &str) -> City {
    let now: Timestamp = now.parse().expect("a time with its offset");
    let data = TempDir::new().expect("a folder");
    let running = serve(Config {
        demo: true,
        now: Some(now),
        ..Config::new(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), data.path())
    })
    .await
    .expect("the city starts");
    City {
        url: running.url.clone(),
        now,
        http: reqwest::Client::new(),
        _running: running,
        _data: data,
    }
}

impl City {
    /// What a newcomer does on the operator's page.
    ///
    /// # Panics
    /// The city refuses.
    pub async fn operate(&self, verb: &str, body: Value) -> Value {
        let url = format!("{}/operator/api/{verb}", self.url);
        let answer = self
            .http
            .post(url)
            .json(&body)
            .send()
            .await
            .expect("an answer");
        let (status, text) = (answer.status(), answer.text().await.unwrap_or_default());
        assert!(status.is_success(), "{verb}: {status} {text}");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }
}
