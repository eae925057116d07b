use crate::town::{config, town};
use jiff::{Timestamp, fmt::rfc2822::DateTimeParser};
use reqwest::StatusCode;
use vekha_city::{Config, StartError, serve};

/// What the answer's `Date` says.
fn date(answer: &reqwest::Response) -> Timestamp {
    let text = answer.headers()["date"].to_str().unwrap();
    DateTimeParser::new().parse_timestamp(text).unwrap()
}

fn apart(one: Timestamp, other: Timestamp) -> f64 {
    one.duration_since(other).as_secs_f64().abs()
}

#[tokio::test]
async fn the_city_tells_its_own_time_with_every_answer_and_sign_in_the_real_one() {
    let town = town().await;
    town.operate("clock", serde_json::json!({"advance": "3d"}))
        .await;
    let anna = town.sign_in("anna").await;
    let here: Timestamp = "2026-11-26T10:00:00+03:00".parse().unwrap();
    assert!(apart(date(&anna.ask("offers").await), here) < 60.0);
    assert!(
        apart(date(&anna.ask("no-such-thing").await), here) < 60.0,
        "errors too"
    );
    let get = async |path: &str| {
        let url = format!("{}{path}", town.running.url);
        town.http.get(url).send().await.unwrap()
    };
    let metadata = get("/fhir/metadata").await;
    assert_eq!(metadata.status(), StatusCode::OK);
    assert!(apart(date(&metadata), here) < 60.0);
    let refused = get("/fhir/Patient/anna").await;
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    assert!(apart(date(&refused), here) < 60.0);
    let keys = get("/jwks").await;
    assert!(apart(date(&keys), Timestamp::now()) < 60.0);
}

#[tokio::test]
async fn behind_a_proxy_every_address_is_the_public_one() {
    let public = "https://city.example";
    let town = town()
        .await
        .restarted(|folder| Config {
            public_url: Some(format!("{public}/")),
            ..config(folder)
        })
        .await;
    let manifest = town.json("/.well-known/vekha").await;
    for address in [
        &manifest["sign_in"]["issuer"],
        &manifest["fhir"]["base"],
        &manifest["city_api"]["base"],
        &manifest["catalogue"]["url"],
    ] {
        assert!(address.as_str().unwrap().starts_with(public), "{address}");
    }
    let discovery = town.json("/.well-known/openid-configuration").await;
    for name in [
        "issuer",
        "authorization_endpoint",
        "token_endpoint",
        "jwks_uri",
    ] {
        assert!(
            discovery[name].as_str().unwrap().starts_with(public),
            "{name}"
        );
    }
    let anna = town.sign_in("anna").await;
    let found = anna.fhir("Appointment?patient=anna").await;
    let links = found["link"].as_array().unwrap();
    assert!(!links.is_empty());
    for link in links {
        assert!(link["url"].as_str().unwrap().starts_with(public), "{link}");
    }
    let here = town.running.url.clone();
    for text in [manifest, discovery, found] {
        assert!(!text.to_string().contains(&here), "{text}");
    }
    // The operator reaches the town past the proxy, and through it.
    for host in [here.trim_start_matches("http://"), "city.example"] {
        let url = format!("{here}/operator/api/state");
        let answer = town
            .http
            .get(url)
            .header("host", host)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{host}");
    }
}

#[tokio::test]
async fn a_public_address_without_a_certificate_is_refused_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let refused = serve(Config {
        public_url: Some("http://city.example".to_owned()),
        ..config(folder.path())
    })
    .await;
    assert!(matches!(refused, Err(StartError::Address(_))));
}

#[tokio::test]
async fn who_asks_before_the_city_is_ready_waits_and_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!(
        "http://{}/.well-known/vekha",
        listener.local_addr().unwrap()
    );
    let early = tokio::spawn(reqwest::get(url));
    tokio::task::yield_now().await;
    let running = serve(Config {
        listener: Some(listener.into()),
        ..config(folder.path())
    })
    .await
    .unwrap();
    assert_eq!(early.await.unwrap().unwrap().status(), StatusCode::OK);
    running.shutdown.stop().await;
}

#[tokio::test]
async fn the_clock_goes_on_over_a_restart() {
    let town = town().await;
    town.operate("clock", serde_json::json!({"advance": "3d"}))
        .await;
    let now = |seen: serde_json::Value| seen["now"].as_str().unwrap().parse::<Timestamp>().unwrap();
    let before = now(town.seen().await);
    let town = town.restarted(config).await;
    let after = now(town.seen().await);
    assert!(after >= before);
    assert!(apart(after, before) < 60.0, "{before} {after}");
}
