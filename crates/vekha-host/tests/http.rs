//! The door of `vekha-host`: who is let in, and what a wrong request hears.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};
use std::process::Command;
use tempfile::TempDir;
use vekha_host::{Config, Passphrase, Running, StartError, start};

struct Door {
    running: Running,
    http: Client,
    _data: TempDir,
}

fn config(data: &TempDir, passphrase: Passphrase) -> Config {
    Config {
        data: data.path().to_owned(),
        listen: "127.0.0.1:0".parse().unwrap(),
        city: None,
        ui: None,
        passphrase: Some(passphrase),
    }
}

async fn door(passphrase: Passphrase) -> Door {
    let data = TempDir::new().unwrap();
    let redirects = reqwest::redirect::Policy::none();
    Door {
        running: start(config(&data, passphrase)).await.unwrap(),
        http: Client::builder().redirect(redirects).build().unwrap(),
        _data: data,
    }
}

impl Door {
    async fn post(&self, name: &str, body: impl Into<reqwest::Body>) -> Response {
        let url = format!("{}/rpc/{name}", self.running.url);
        let request = self.http.post(url).bearer_auth(&self.running.token);
        request.body(body).send().await.unwrap()
    }
}

async fn refusal(answer: Response) -> (StatusCode, String) {
    let status = answer.status();
    let body: Value = answer.json().await.unwrap();
    for language in ["ru", "en"] {
        assert!(
            !body["message"][language].as_str().unwrap().is_empty(),
            "{body}"
        );
    }
    (status, body["code"].as_str().unwrap().to_owned())
}

fn open() -> Passphrase {
    Passphrase::Now("долгая дорога".to_owned())
}

#[tokio::test]
async fn a_command_answers_in_json_with_or_without_a_body() {
    let door = door(open()).await;
    for body in ["", "{}"] {
        let answer = door.post("session", body).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let session: Value = answer.json().await.unwrap();
        assert_eq!(session["state"], "no_city");
        assert_eq!(session["demo_offered"], false);
    }
}

#[tokio::test]
async fn a_wrong_request_hears_what_is_wrong_with_it() {
    let door = door(open()).await;
    let answer = refusal(door.post("fly", "{}").await).await;
    assert_eq!(
        answer,
        (StatusCode::NOT_FOUND, "unknown-command".to_owned())
    );
    let answer = refusal(door.post("card", "{}").await).await;
    assert_eq!(
        answer,
        (StatusCode::BAD_REQUEST, "bad-arguments".to_owned())
    );
    let answer = refusal(door.post("card", "{").await).await;
    assert_eq!(
        answer,
        (StatusCode::BAD_REQUEST, "bad-arguments".to_owned())
    );
    let answer = refusal(door.post("today", "{}").await).await;
    assert_eq!(answer, (StatusCode::UNAUTHORIZED, "signed-out".to_owned()));
    let large = vec![b' '; 17 * 1024 * 1024];
    let answer = refusal(door.post("session", large).await).await;
    assert_eq!(
        answer,
        (StatusCode::PAYLOAD_TOO_LARGE, "too-large".to_owned())
    );
    let elsewhere = format!("{}/elsewhere", door.running.url);
    let request = door.http.get(elsewhere).bearer_auth(&door.running.token);
    let answer = refusal(request.send().await.unwrap()).await;
    assert_eq!(answer, (StatusCode::NOT_FOUND, "not-found".to_owned()));
}

#[tokio::test]
async fn without_the_token_nothing_is_said() {
    let door = door(open()).await;
    let url = format!("{}/rpc/session", door.running.url);
    for request in [
        door.http.post(&url),
        door.http.post(&url).bearer_auth("guessed"),
        door.http.get(format!("{}/events", door.running.url)),
        door.http
            .get(format!("{}/?token=guessed", door.running.url)),
    ] {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    }
    let foreign = door.http.post(&url).bearer_auth(&door.running.token);
    let foreign = foreign
        .header("origin", "https://evil.example")
        .send()
        .await
        .unwrap();
    assert_eq!(foreign.status(), StatusCode::MISDIRECTED_REQUEST);
}

#[tokio::test]
async fn the_printed_address_becomes_a_cookie_that_scripts_cannot_read() {
    let door = door(open()).await;
    let answer = door.http.get(door.running.address()).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let cookie = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    let pair = cookie.split(';').next().unwrap().to_owned();
    let url = format!("{}/rpc/session", door.running.url);
    let answer = door
        .http
        .post(url)
        .header("cookie", pair)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
}

#[tokio::test]
async fn sealed_secrets_open_with_their_passphrase_only() {
    let data = TempDir::new().unwrap();
    drop(start(config(&data, open())).await.unwrap());
    let wrong = Passphrase::Now("другая".to_owned());
    let mut refused = start(config(&data, wrong)).await.err();
    // The one before may still hold the folder for a moment.
    for _ in 0..100 {
        if !matches!(&refused, Some(StartError::App(error)) if error.code == "second-instance") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        refused = start(config(&data, Passphrase::Now("другая".to_owned())))
            .await
            .err();
    }
    assert!(matches!(refused, Some(StartError::App(error)) if error.code == "wrong-passphrase"));
}

#[tokio::test]
async fn it_listens_on_this_machine_only() {
    let data = TempDir::new().unwrap();
    let everywhere = Config {
        listen: "0.0.0.0:0".parse().unwrap(),
        ..config(&data, open())
    };
    assert!(matches!(
        start(everywhere).await,
        Err(StartError::NotLoopback(_))
    ));
}

#[test]
fn help_names_everything_it_takes() {
    let help = Command::new(env!("CARGO_BIN_EXE_vekha-host"))
        .arg("--help")
        .output()
        .unwrap();
    let text = String::from_utf8(help.stdout).unwrap();
    for word in [
        "--data",
        "--listen",
        "--city",
        "--ui",
        "--passphrase",
        "VEKHA_PASSPHRASE",
        "127.0.0.1",
    ] {
        assert!(text.contains(word), "{word}: {text}");
    }
    assert_eq!(json!(help.status.code()), json!(0));
}
