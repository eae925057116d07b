use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::{Client, Method, Response, StatusCode, header::LOCATION, redirect::Policy};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{collections::HashMap, path::Path};
use vekha_city::{Config, Running, serve};

const REDIRECT: &str = "http://127.0.0.1:49999/callback";
const VERIFIER: &str = "a-verifier-that-is-long-enough-to-be-one-0123456789";

/// The demo town on a Monday at ten.
pub struct Town {
    pub running: Running,
    pub http: Client,
    pub folder: tempfile::TempDir,
}

/// A signed-in device.
pub struct Device {
    url: String,
    http: Client,
    token: String,
}

pub async fn town() -> Town {
    let folder = tempfile::tempdir().unwrap();
    let running = serve(config(folder.path())).await.unwrap();
    Town {
        running,
        http: http(),
        folder,
    }
}

/// How the demo town is started.
pub fn config(folder: &Path) -> Config {
    Config {
        demo: true,
        now: Some("2026-11-23T10:00:00+03:00".parse().unwrap()),
        ..Config::new("127.0.0.1:0".parse().unwrap(), folder)
    }
}

fn http() -> Client {
    Client::builder().redirect(Policy::none()).build().unwrap()
}

impl Town {
    /// Stops, and starts again on the same folder at another address.
    pub async fn restarted(self, config: impl FnOnce(&Path) -> Config) -> Self {
        let Self {
            running, folder, ..
        } = self;
        running.shutdown.stop().await;
        let running = serve(config(folder.path())).await.unwrap();
        Self {
            running,
            http: http(),
            folder,
        }
    }

    /// What the operator sees.
    pub async fn seen(&self) -> Value {
        self.json("/operator/api/state").await
    }

    /// An answer that needs no sign-in.
    pub async fn json(&self, path: &str) -> Value {
        let url = format!("{}{path}", self.running.url);
        let answer = self.http.get(url).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.json().await.unwrap()
    }

    /// What the operator is answered, whether it worked or not.
    pub async fn try_operate(&self, verb: &str, body: Value) -> (StatusCode, Value) {
        let url = format!("{}/operator/api/{verb}", self.running.url);
        let answer = self.http.post(url).json(&body).send().await.unwrap();
        (answer.status(), answer.json().await.unwrap())
    }

    pub async fn operate(&self, verb: &str, body: Value) -> Value {
        let (status, body) = self.try_operate(verb, body).await;
        assert_eq!(status, StatusCode::OK, "{verb}: {body}");
        body
    }

    pub async fn tell(&self, resident: &str, kind: &str, fields: Value) {
        let body = json!({"resident": resident, "kind": kind, "fields": fields});
        self.operate("outcome", body).await;
    }

    pub async fn cea(&self, resident: &str) {
        let body = json!({"resident": resident, "code": "2039-6", "value": 12, "unit": "ng/mL", "high": 5.0});
        self.operate("lab-result", body).await;
    }

    /// What the town's laboratory sends over FHIR.
    pub async fn send(&self, resource: &Value) -> Value {
        let laboratory = self.seen().await["laboratory"].clone();
        let text = |name: &str| laboratory[name].as_str().unwrap().to_owned();
        let form = [
            ("grant_type", "client_credentials".to_owned()),
            ("client_id", text("client_id")),
            ("client_secret", text("client_secret")),
        ];
        let token = self.http.post(text("token")).form(&form).send().await;
        let token: Value = token.unwrap().json().await.unwrap();
        let answer = self
            .http
            .post(format!(
                "{}/fhir/{}",
                self.running.url,
                resource["resourceType"].as_str().unwrap()
            ))
            .bearer_auth(token["access_token"].as_str().unwrap())
            .header("content-type", "application/fhir+json")
            .body(resource.to_string())
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::CREATED);
        answer.json().await.unwrap()
    }

    pub async fn sign_in(&self, resident: &str) -> Device {
        self.try_sign_in(resident).await.unwrap()
    }

    pub async fn sign_in_page(&self) -> String {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER.as_bytes()));
        let request = [
            ("client_id", "vekha-app"),
            ("redirect_uri", REDIRECT),
            ("response_type", "code"),
            (
                "scope",
                "openid profile offline_access launch/patient patient/*.rs vekha",
            ),
            ("state", "s"),
            ("nonce", "n"),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        let url = format!("{}/authorize", self.running.url);
        let page = self.http.get(url).query(&request).send().await.unwrap();
        page.text().await.unwrap()
    }

    /// The OAuth error where the city lets nobody in.
    pub async fn try_sign_in(&self, resident: &str) -> Result<Device, String> {
        let url = &self.running.url;
        let page = self.sign_in_page().await;
        let mut form = hidden(&page);
        form.insert("resident".to_owned(), resident.to_owned());
        let answer = self
            .http
            .post(format!("{url}/authorize"))
            .form(&form)
            .send()
            .await
            .unwrap();
        let location = answer.headers()[LOCATION].to_str().unwrap();
        let back = url::Url::parse(location).unwrap();
        let said: HashMap<_, _> = back.query_pairs().into_owned().collect();
        if let Some(error) = said.get("error") {
            return Err(error.clone());
        }
        let code = &said["code"];
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("redirect_uri", REDIRECT),
            ("client_id", "vekha-app"),
            ("code_verifier", VERIFIER),
        ];
        let token: Value = self
            .http
            .post(format!("{url}/token"))
            .form(&form)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        Ok(Device {
            url: url.clone(),
            http: self.http.clone(),
            token: token["access_token"].as_str().unwrap().to_owned(),
        })
    }
}

fn hidden(page: &str) -> HashMap<String, String> {
    page.split("<input type=\"hidden\"")
        .skip(1)
        .filter_map(|rest| {
            let name = rest.split("name=\"").nth(1)?.split('"').next()?;
            let value = rest.split("value=\"").nth(1)?.split('"').next()?;
            Some((name.to_owned(), value.to_owned()))
        })
        .collect()
}

impl Device {
    pub async fn get(&self, path: &str) -> Value {
        let answer = self.ask(path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.json().await.unwrap()
    }

    /// What this device reads over FHIR.
    pub async fn fhir(&self, path: &str) -> Value {
        let answer = self
            .http
            .get(format!("{}/fhir/{path}", self.url))
            .bearer_auth(&self.token)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.json().await.unwrap()
    }

    pub async fn ask(&self, path: &str) -> Response {
        let url = format!("{}/city/v1/{path}", self.url);
        self.http
            .get(url)
            .bearer_auth(&self.token)
            .send()
            .await
            .unwrap()
    }

    pub async fn send(
        &self,
        method: Method,
        path: &str,
        key: &str,
        body: String,
    ) -> (StatusCode, Value) {
        let kind = "application/json";
        self.send_as(method, path, key, kind, body).await
    }

    pub async fn send_as(
        &self,
        method: Method,
        path: &str,
        key: &str,
        kind: &str,
        body: String,
    ) -> (StatusCode, Value) {
        let answer = self
            .http
            .request(method, format!("{}/city/v1/{path}", self.url))
            .bearer_auth(&self.token)
            .header("idempotency-key", key)
            .header("content-type", kind)
            .body(body)
            .send()
            .await
            .unwrap();
        let status = answer.status();
        if !status.is_success() {
            assert_eq!(answer.headers()["content-type"], "application/problem+json");
        }
        (status, answer.json().await.unwrap())
    }

    pub async fn post(&self, path: &str, body: Value) -> (StatusCode, Value) {
        let key = uuid::Uuid::new_v4().to_string();
        self.send(Method::POST, path, &key, body.to_string()).await
    }

    pub async fn put(&self, path: &str, body: Value) -> (StatusCode, Value) {
        let key = uuid::Uuid::new_v4().to_string();
        self.send(Method::PUT, path, &key, body.to_string()).await
    }

    /// Visits whose step ends like this, in this status.
    pub async fn visits(&self, step: &str, status: &str) -> Vec<Value> {
        let all = self.get("offers").await;
        let all = all.as_array().unwrap();
        all.iter()
            .filter(|it| it["status"] == status)
            .filter(|it| it["step"].as_str().is_some_and(|id| id.ends_with(step)))
            .cloned()
            .collect()
    }

    pub async fn answer(&self, visit: &Value, body: Value) -> (StatusCode, Value) {
        let id = visit["id"].as_str().unwrap();
        self.post(&format!("offers/{id}/answer"), body).await
    }

    /// Everything of one kind, page by page.
    pub async fn all(&self, kind: &str) -> Vec<Value> {
        let mut cursor = String::new();
        let mut found = Vec::new();
        loop {
            let page = self
                .get(&format!("changes?limit=100&cursor={cursor}"))
                .await;
            let changes = page["changes"].as_array().unwrap();
            found.extend(changes.iter().filter(|it| it["kind"] == kind).cloned());
            if page["more"] == false {
                return found;
            }
            cursor = page["cursor"].as_str().unwrap().to_owned();
        }
    }
}
