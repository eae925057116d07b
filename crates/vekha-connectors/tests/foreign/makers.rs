//! The parts of a city by other makers: node programs, installed once under the target folder, started for one test.

use axum::{Router, body::to_bytes, extract::Request};
use serde_json::Value;
use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::net::TcpListener;
use vekha_connectors::{SignIn, SignInError, StoredTokens, http_client};
use vekha_protocol::{Manifest, SignInOffer};

/// A program that prints its address and serves until it is dropped.
struct Program {
    process: Child,
    address: String,
}

impl Drop for Program {
    fn drop(&mut self) {
        if self.process.kill().is_ok() {
            self.process.wait().unwrap();
        }
    }
}

impl Program {
    fn start(folder: &Path, args: &[&str]) -> Self {
        let mut process = Command::new("node")
            .args(args)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut address)
            .unwrap();
        assert!(!address.is_empty(), "{args:?} did not start");
        let address = address.trim().to_owned();
        Self { process, address }
    }
}

/// Sign-in: npm `oidc-provider`.
pub struct Provider {
    pub offer: SignInOffer,
    folder: PathBuf,
    _program: Program,
}

impl Provider {
    pub fn start() -> Self {
        Self::with_a_clock_ahead_by(0)
    }

    pub fn with_a_clock_ahead_by(seconds: i64) -> Self {
        let folder = installed();
        let program = Program::start(&folder, &["provider.mjs", &seconds.to_string()]);
        let offer = SignInOffer {
            issuer: program.address.clone(),
            client_id: "vekha-app".into(),
            scopes: ["openid", "profile", "offline_access"]
                .map(String::from)
                .into(),
        };
        Self {
            offer,
            folder,
            _program: program,
        }
    }

    pub async fn sign_in(&self, login: &str) -> Result<StoredTokens, SignInError> {
        let sign_in = SignIn::begin(&http_client().unwrap(), &self.offer, None).await?;
        let address = sign_in.authorize_url.to_string();
        let browser = self.visit(&address, login);
        tokio::join!(sign_in.wait(Duration::from_secs(30)), browser).0
    }

    /// What the resident does in the browser.
    pub async fn visit(&self, address: &str, login: &str) {
        let browser = tokio::process::Command::new("node")
            .args(["visit.mjs", address, login])
            .current_dir(&self.folder)
            .output();
        let browser = browser.await.unwrap();
        assert!(
            browser.status.success(),
            "{}",
            String::from_utf8_lossy(&browser.stdout)
        );
    }

    /// A city with this sign-in and that FHIR server, and nothing else.
    pub fn manifest(&self, fhir: &str) -> Manifest {
        serde_json::from_value(serde_json::json!({
            "vekha": 1, "id": "foreign", "name": {"ru": "Чужой"}, "zone": "Europe/Moscow",
            "sign_in": self.offer, "fhir": {"base": fhir},
        }))
        .unwrap()
    }
}

/// Records: npm `@medplum/fhir-router`, with the hospital's own staff writing them.
pub struct Hospital {
    pub base: String,
    http: reqwest::Client,
    _program: Program,
}

const STAFF: &str = "a-token-of-the-staff";

impl Hospital {
    /// Where the tokens of this provider count.
    pub fn start(provider: &Provider) -> Self {
        let args = ["fhir.mjs", &provider.offer.issuer, STAFF];
        let program = Program::start(&provider.folder, &args);
        Self {
            base: program.address.clone(),
            http: http_client().unwrap(),
            _program: program,
        }
    }

    /// Writes the record under its own id.
    pub async fn write(&self, record: &Value) {
        let (kind, id) = (record["resourceType"].as_str(), record["id"].as_str());
        let url = format!("{}/{}/{}", self.base, kind.unwrap(), id.unwrap());
        let request = self.http.put(url).bearer_auth(STAFF).json(record);
        let answer = request.send().await.unwrap();
        assert!(
            answer.status().is_success(),
            "{}",
            answer.text().await.unwrap()
        );
    }

    /// The same hospital behind a desk that changes a record just before the first write of somebody else gets there.
    pub async fn behind_a_busy_desk(&self, change: Value) -> String {
        let (base, http) = (self.base.clone(), self.http.clone());
        let change = Arc::new(Mutex::new(Some(change)));
        let desk = Router::new().fallback(move |request: Request| {
            let (base, http, change) = (base.clone(), http.clone(), change.clone());
            async move {
                let url = base.replace("/fhir", request.uri().path());
                let waiting = change
                    .lock()
                    .unwrap()
                    .take_if(|_| request.method() == "PUT");
                if let Some(record) = waiting {
                    let staff = http.put(&url).bearer_auth(STAFF).json(&record);
                    assert!(staff.send().await.unwrap().status().is_success());
                }
                let (parts, body) = request.into_parts();
                let bytes = to_bytes(body, usize::MAX).await.unwrap();
                let sent = http
                    .request(parts.method, url)
                    .headers(parts.headers)
                    .body(bytes);
                let answer = sent.send().await.unwrap();
                let status = answer.status();
                (
                    status,
                    answer.headers().clone(),
                    answer.bytes().await.unwrap(),
                )
            }
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/fhir", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, desk).await });
        address
    }

    pub async fn read(&self, kind: &str, id: &str) -> Value {
        let url = format!("{}/{kind}/{id}", self.base);
        let answer = self.http.get(url).bearer_auth(STAFF).send().await;
        answer.unwrap().json().await.unwrap()
    }
}

fn installed() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("foreign-makers");
    fs::create_dir_all(&folder).unwrap();
    let lock = File::create(folder.join(".lock")).unwrap();
    lock.lock().unwrap();
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/foreign");
    let read = |folder: &Path| fs::read(folder.join("package-lock.json")).ok();
    let fresh = read(&ours) == read(&folder) && folder.join("node_modules").exists();
    for name in ["package.json", "provider.mjs", "visit.mjs", "fhir.mjs"] {
        fs::copy(ours.join(name), folder.join(name)).unwrap();
    }
    if !fresh {
        fs::copy(
            ours.join("package-lock.json"),
            folder.join("package-lock.json"),
        )
        .unwrap();
        let done = Command::new("npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(&folder)
            .status()
            .unwrap();
        assert!(done.success(), "`npm ci` in {} failed", folder.display());
    }
    folder
}
