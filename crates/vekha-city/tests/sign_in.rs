#![expect(clippy::unwrap_used, reason = "tests may panic")]

mod fhir_support;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use fhir_support::{REDIRECT, Town, VERIFIER, answer, town};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, jwk::JwkSet};
use reqwest::StatusCode;
use serde_json::Value;
use sha2::{Digest, Sha256};

fn with<'a>(town: &Town, name: &'a str, value: &str) -> Vec<(&'a str, String)> {
    let mut request = town.request();
    request.retain(|(known, _)| *known != name);
    request.push((name, value.to_owned()));
    request
}

#[tokio::test]
async fn a_resident_signs_in_and_the_id_token_proves_it() {
    let town = town().await;
    let redirect = town.choose(&town.request(), "nina").await;
    assert_eq!(redirect.status(), StatusCode::SEE_OTHER);
    let back = answer(&redirect);
    assert_eq!(back["state"], "s-1");
    assert_eq!(back["iss"], town.running.url);

    let (status, tokens) = town.exchange(&back["code"]).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(tokens["patient"], "nina");
    assert_eq!(tokens["token_type"], "Bearer");

    let discovery: Value = reqwest::get(town.url("/.well-known/openid-configuration"))
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(discovery["issuer"], town.running.url);
    let keys: JwkSet = reqwest::get(discovery["jwks_uri"].as_str().unwrap())
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let id_token = tokens["id_token"].as_str().unwrap();
    let kid = decode_header(id_token).unwrap().kid.unwrap();
    let mut validation = Validation::new(Algorithm::ES256);
    validation.set_audience(&["vekha-app"]);
    validation.set_issuer(&[&town.running.url]);
    let key = DecodingKey::from_jwk(keys.find(&kid).unwrap()).unwrap();
    let claims = decode::<Value>(id_token, &key, &validation).unwrap().claims;
    assert_eq!(claims["sub"], "nina");
    assert_eq!(claims["nonce"], "n-1");
    assert_eq!(claims["name"], "Нина");
    let access = tokens["access_token"].as_str().unwrap();
    let half = URL_SAFE_NO_PAD.encode(&Sha256::digest(access.as_bytes())[..16]);
    assert_eq!(claims["at_hash"], half);

    let info: Value = town
        .http
        .get(town.url("/userinfo"))
        .bearer_auth(access)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(info["sub"], "nina");
}

#[tokio::test]
async fn a_code_is_good_once_and_a_second_use_ends_the_sign_in() {
    let town = town().await;
    let code = town.code("nina").await;
    let (_, tokens) = town.exchange(&code).await;
    let (status, refused) = town.exchange(&code).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(refused["error"], "invalid_grant");
    let access = tokens["access_token"].as_str().unwrap();
    let (status, _) = town.get(access, "/fhir/Patient").await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_code_without_its_verifier_is_worth_nothing() {
    let town = town().await;
    let code = town.code("nina").await;
    let other = VERIFIER.replace('a', "b");
    let (status, refused) = town
        .token(&[
            ("grant_type", "authorization_code"),
            ("client_id", "vekha-app"),
            ("code", &code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", &other),
        ])
        .await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(refused["error"], "invalid_grant");
    assert_eq!(town.exchange(&code).await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn refresh_tokens_rotate_and_an_old_one_kills_the_family() {
    let town = town().await;
    let (_, first) = town.exchange(&town.code("nina").await).await;
    let old = first["refresh_token"].as_str().unwrap();
    let (status, second) = town.refresh(old).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(second["patient"], "nina");
    let new = second["refresh_token"].as_str().unwrap();
    assert_ne!(old, new);

    let (status, refused) = town.refresh(old).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(refused["error"], "invalid_grant");
    assert_eq!(town.refresh(new).await.0, StatusCode::BAD_REQUEST);
    let access = second["access_token"].as_str().unwrap();
    assert_eq!(
        town.get(access, "/fhir/Patient").await.0,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn of_two_refreshes_at_once_only_one_succeeds() {
    let town = town().await;
    let (_, first) = town.exchange(&town.code("nina").await).await;
    let old = first["refresh_token"].as_str().unwrap();
    let (left, right) = tokio::join!(town.refresh(old), town.refresh(old));
    let good = [left.0, right.0]
        .iter()
        .filter(|status| status.is_success())
        .count();
    assert_eq!(good, 1);
}

#[tokio::test]
async fn signing_out_ends_every_token() {
    let town = town().await;
    let (_, tokens) = town.exchange(&town.code("nina").await).await;
    let refresh = tokens["refresh_token"].as_str().unwrap();
    let form = [("client_id", "vekha-app"), ("token", refresh)];
    for _ in 0..2 {
        let done = town
            .http
            .post(town.url("/revoke"))
            .form(&form)
            .send()
            .await
            .unwrap();
        assert_eq!(done.status(), StatusCode::OK);
    }
    assert_eq!(town.refresh(refresh).await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_unknown_way_back_is_told_to_the_person_and_never_followed() {
    let town = town().await;
    for request in [
        with(&town, "redirect_uri", "https://evil.example/callback"),
        with(&town, "redirect_uri", "http://127.0.0.1:1/elsewhere"),
        with(&town, "client_id", "somebody"),
    ] {
        let page = town.authorize(&request).await;
        assert_eq!(page.status(), StatusCode::BAD_REQUEST);
        assert!(page.headers().get("location").is_none());
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_told_to_the_client_with_state_and_iss() {
    let town = town().await;
    for (request, error) in [
        (
            with(&town, "response_type", "token"),
            "unsupported_response_type",
        ),
        (
            with(&town, "code_challenge_method", "plain"),
            "invalid_request",
        ),
        (with(&town, "code_challenge", ""), "invalid_request"),
        (with(&town, "scope", "profile"), "invalid_scope"),
        (with(&town, "prompt", "none"), "login_required"),
        (with(&town, "request", "x.y.z"), "request_not_supported"),
    ] {
        let back = town.authorize(&request).await;
        assert_eq!(back.status(), StatusCode::SEE_OTHER);
        let back = answer(&back);
        assert_eq!(back["error"], error);
        assert_eq!(back["state"], "s-1");
        assert_eq!(back["iss"], town.running.url);
    }
}

#[tokio::test]
async fn the_page_speaks_both_languages_puts_the_hinted_resident_first_and_works_once() {
    let town = town().await;
    let page = town.authorize(&with(&town, "login_hint", "oleg")).await;
    assert_eq!(page.headers()["cache-control"], "no-store");
    assert!(
        page.headers()["content-security-policy"]
            .to_str()
            .unwrap()
            .contains("frame-ancestors 'none'")
    );
    let page = page.text().await.unwrap();
    assert!(page.contains("<html lang=\"ru\">"));
    assert!(page.find("value=\"oleg\"").unwrap() < page.find("value=\"nina\"").unwrap());
    let english = town.authorize(&with(&town, "ui_locales", "en")).await;
    assert!(
        english
            .text()
            .await
            .unwrap()
            .contains("Sign in to the city")
    );

    let form = [
        ("interaction", fhir_support::hidden(&page, "interaction")),
        ("cancel", "1".to_owned()),
    ];
    let press = || town.http.post(town.url("/authorize")).form(&form).send();
    let back = press().await.unwrap();
    assert_eq!(answer(&back)["error"], "access_denied");
    assert_eq!(press().await.unwrap().status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_laboratory_with_a_wrong_secret_stays_outside() {
    let town = town().await;
    let refused = town
        .http
        .post(town.url("/token"))
        .basic_auth("demo-laboratory", Some("guess"))
        .form(&[("grant_type", "client_credentials")])
        .send()
        .await
        .unwrap();
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    assert!(refused.headers().contains_key("www-authenticate"));
}

#[tokio::test]
async fn a_narrow_sign_in_reads_no_more_than_it_was_granted() {
    let town = town().await;
    let request = with(&town, "scope", "openid patient/Patient.rs system/*.cruds");
    let code = answer(&town.choose(&request, "nina").await)["code"].clone();
    let (_, tokens) = town.exchange(&code).await;
    assert_eq!(tokens["scope"], "openid patient/Patient.rs");
    assert!(tokens.get("refresh_token").is_none());
    let access = tokens["access_token"].as_str().unwrap();
    assert_eq!(town.get(access, "/fhir/Patient").await.0, StatusCode::OK);
    assert_eq!(
        town.get(access, "/fhir/Observation").await.0,
        StatusCode::FORBIDDEN
    );
}
