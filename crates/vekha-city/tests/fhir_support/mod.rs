//! A real city on a free port with three residents, and a browser's and a laboratory's way in.
#![expect(dead_code, reason = "each test file uses a part of it")]

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::{Client, Response, StatusCode, header::LOCATION, redirect::Policy};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use url::Url;
use vekha_city::{Config, Running, serve};

pub const REDIRECT: &str = "http://127.0.0.1:49999/callback";
pub const SCOPES: &str = "openid profile offline_access launch/patient patient/*.rs vekha";
pub const VERIFIER: &str = "a-verifier-that-is-long-enough-to-be-one-0123456789";

pub struct Town {
    pub running: Running,
    pub http: Client,
    pub pool: sqlx::SqlitePool,
    _folder: tempfile::TempDir,
}

/// Nina has a son Petya; Oleg is nobody to them.
pub async fn town() -> Town {
    let folder = tempfile::tempdir().unwrap();
    let listen = "127.0.0.1:0".parse().unwrap();
    let running = serve(Config::new(listen, folder.path())).await.unwrap();
    let url = format!("sqlite://{}", folder.path().join("city.sqlite").display());
    let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
    sqlx::raw_sql(
        "INSERT INTO residents (id, name, birth_date, sex) VALUES
           ('nina', 'Нина', '1990-05-04', 'female'), ('petya', 'Петя', '2018-02-01', 'male'), ('oleg', 'Олег', '1960-01-01', 'male');
         INSERT INTO wards (guardian, ward, relation) VALUES ('nina', 'petya', 'child');",
    )
    .execute(&pool)
    .await
    .unwrap();
    let http = Client::builder().redirect(Policy::none()).build().unwrap();
    Town {
        running,
        http,
        pool,
        _folder: folder,
    }
}

pub fn challenge() -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER.as_bytes()))
}

/// The query of a `Location` header.
pub fn answer(response: &Response) -> HashMap<String, String> {
    let location = response.headers()[LOCATION].to_str().unwrap();
    Url::parse(location)
        .unwrap()
        .query_pairs()
        .into_owned()
        .collect()
}

impl Town {
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.running.url)
    }

    pub fn request<'a>(&self) -> Vec<(&'a str, String)> {
        [
            ("client_id", "vekha-app"),
            ("redirect_uri", REDIRECT),
            ("response_type", "code"),
            ("scope", SCOPES),
            ("state", "s-1"),
            ("nonce", "n-1"),
            ("code_challenge_method", "S256"),
        ]
        .into_iter()
        .map(|(name, value)| (name, value.to_owned()))
        .chain([("code_challenge", challenge())])
        .collect()
    }

    pub async fn authorize(&self, request: &[(&str, String)]) -> Response {
        let url = Url::parse_with_params(&self.url("/authorize"), request).unwrap();
        self.http.get(url).send().await.unwrap()
    }

    /// Opens the page and presses the button of `resident`, as a browser would.
    pub async fn choose(&self, request: &[(&str, String)], resident: &str) -> Response {
        let page = self.authorize(request).await;
        assert_eq!(page.status(), StatusCode::OK);
        let page = page.text().await.unwrap();
        let form = [
            ("interaction", hidden(&page, "interaction")),
            ("resident", resident.to_owned()),
        ];
        self.http
            .post(self.url("/authorize"))
            .form(&form)
            .send()
            .await
            .unwrap()
    }

    pub async fn code(&self, resident: &str) -> String {
        answer(&self.choose(&self.request(), resident).await)["code"].clone()
    }

    pub async fn token(&self, form: &[(&str, &str)]) -> (StatusCode, Value) {
        let response = self
            .http
            .post(self.url("/token"))
            .form(form)
            .send()
            .await
            .unwrap();
        assert_eq!(response.headers()["cache-control"], "no-store");
        (response.status(), response.json().await.unwrap())
    }

    pub async fn exchange(&self, code: &str) -> (StatusCode, Value) {
        self.token(&[
            ("grant_type", "authorization_code"),
            ("client_id", "vekha-app"),
            ("code", code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", VERIFIER),
        ])
        .await
    }

    pub async fn refresh(&self, token: &str) -> (StatusCode, Value) {
        self.token(&[
            ("grant_type", "refresh_token"),
            ("client_id", "vekha-app"),
            ("refresh_token", token),
        ])
        .await
    }

    /// An access token of the resident's device.
    pub async fn device(&self, resident: &str) -> String {
        let (status, tokens) = self.exchange(&self.code(resident).await).await;
        assert_eq!(status, StatusCode::OK, "{tokens}");
        tokens["access_token"].as_str().unwrap().to_owned()
    }

    /// An access token of the laboratory.
    pub async fn laboratory(&self) -> String {
        let secret: String = sqlx::query_scalar(
            "SELECT secret FROM sign_in_systems WHERE client_id = 'demo-laboratory'",
        )
        .fetch_one(&self.pool)
        .await
        .unwrap();
        let response = self
            .http
            .post(self.url("/token"))
            .basic_auth("demo-laboratory", Some(secret))
            .form(&[("grant_type", "client_credentials")])
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        let tokens: Value = response.json().await.unwrap();
        tokens["access_token"].as_str().unwrap().to_owned()
    }

    pub async fn get(&self, token: &str, path: &str) -> (StatusCode, Value) {
        let response = self
            .http
            .get(self.url(path))
            .bearer_auth(token)
            .send()
            .await
            .unwrap();
        read(response).await
    }

    pub async fn send(&self, token: &str, path: &str, body: &Value) -> Response {
        self.http
            .post(self.url(path))
            .bearer_auth(token)
            .header("content-type", "application/fhir+json")
            .body(body.to_string())
            .send()
            .await
            .unwrap()
    }
}

/// Every FHIR answer is FHIR, and every refusal an OperationOutcome.
pub async fn read(response: Response) -> (StatusCode, Value) {
    let status = response.status();
    assert!(
        response.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("application/fhir+json")
    );
    let json: Value = response.json().await.unwrap();
    if !status.is_success() {
        assert_eq!(json["resourceType"], "OperationOutcome");
    }
    (status, json)
}

pub fn hidden(page: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let rest = page.split_once(&start).unwrap().1;
    rest.split_once('"').unwrap().0.to_owned()
}
