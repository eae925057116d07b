//! A sign-in whose identity token is not what it should be (OpenID Connect Core §3.1.3.7): nobody is signed in by it.

use axum::{
    Json, Router,
    extract::State,
    routing::{get, post},
};
use openidconnect::{
    AccessToken, Audience, EmptyAdditionalClaims, IssuerUrl, JsonWebKeyId, Nonce,
    PrivateSigningKey, StandardClaims, SubjectIdentifier,
    core::{CoreEdDsaPrivateSigningKey, CoreIdToken, CoreIdTokenClaims, CoreJwsSigningAlgorithm},
};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
};
use tokio::net::TcpListener;
use vekha_connectors::{SignIn, SignInError, StoredTokens, http_client};
use vekha_protocol::SignInOffer;

const CLIENT: &str = "vekha-app";
const ACCESS: &str = "an-access-token";

/// What one answer of the provider gets wrong; nothing, by default.
#[derive(Clone, Default)]
struct Wrong {
    nonce: Option<&'static str>,
    audience: Option<&'static str>,
    issuer: Option<&'static str>,
    /// The token is made for another access token.
    access: Option<&'static str>,
    expired: bool,
    from_the_future: bool,
    /// Signed by a key the provider never published.
    stranger: bool,
    unsigned: bool,
    missing: bool,
}

struct Provider {
    issuer: String,
    key: CoreEdDsaPrivateSigningKey,
    stranger: CoreEdDsaPrivateSigningKey,
    nonce: Mutex<String>,
    wrong: Wrong,
}

fn key() -> CoreEdDsaPrivateSigningKey {
    let made = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap();
    let kid = JsonWebKeyId::new("1".into());
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&made.serialize_pem(), Some(kid)).unwrap()
}

async fn provider(wrong: Wrong) -> Arc<Provider> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let provider = Arc::new(Provider {
        issuer: format!("http://{}", listener.local_addr().unwrap()),
        key: key(),
        stranger: key(),
        nonce: Mutex::default(),
        wrong,
    });
    let router = Router::new()
        .route("/.well-known/openid-configuration", get(metadata))
        .route("/keys", get(keys))
        .route("/token", post(token))
        .with_state(Arc::clone(&provider));
    tokio::spawn(async move { axum::serve(listener, router).await });
    provider
}

async fn metadata(State(of): State<Arc<Provider>>) -> Json<Value> {
    let at = |path: &str| format!("{}/{path}", of.issuer);
    Json(json!({
        "issuer": of.issuer, "authorization_endpoint": at("authorize"), "token_endpoint": at("token"),
        "jwks_uri": at("keys"), "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
    }))
}

async fn keys(State(of): State<Arc<Provider>>) -> Json<Value> {
    Json(json!({"keys": [of.key.as_verification_key()]}))
}

async fn token(State(of): State<Arc<Provider>>) -> Json<Value> {
    let mut answer = json!({"access_token": ACCESS, "token_type": "Bearer", "expires_in": 600});
    if !of.wrong.missing {
        answer["id_token"] = id_token(&of).into();
    }
    Json(answer)
}

fn id_token(of: &Provider) -> String {
    let wrong = &of.wrong;
    let (now, day) = (SystemTime::now(), Duration::from_secs(24 * 3600));
    let (ends, begun) = match (wrong.expired, wrong.from_the_future) {
        (true, _) => (now - day, now - 2 * day),
        (_, true) => (now + 2 * day, now + day),
        _ => (now + day, now),
    };
    let nonce = of.nonce.lock().unwrap().clone();
    let claims = CoreIdTokenClaims::new(
        IssuerUrl::new(wrong.issuer.unwrap_or(&of.issuer).to_owned()).unwrap(),
        vec![Audience::new(wrong.audience.unwrap_or(CLIENT).to_owned())],
        ends.into(),
        begun.into(),
        StandardClaims::new(SubjectIdentifier::new("anna".into())),
        EmptyAdditionalClaims {},
    )
    .set_nonce(Some(Nonce::new(wrong.nonce.map_or(nonce, str::to_owned))));
    let access = AccessToken::new(wrong.access.unwrap_or(ACCESS).to_owned());
    let key = if wrong.stranger {
        &of.stranger
    } else {
        &of.key
    };
    let signed = CoreIdToken::new(
        claims,
        key,
        CoreJwsSigningAlgorithm::EdDsa,
        Some(&access),
        None,
    );
    let token = signed.unwrap().to_string();
    if !wrong.unsigned {
        return token;
    }
    let claims = token.split('.').nth(1).unwrap();
    format!("eyJhbGciOiJub25lIn0.{claims}.")
}

/// Signs in as a browser would that comes back at once.
async fn signed_in(wrong: Wrong) -> Result<StoredTokens, SignInError> {
    let provider = provider(wrong).await;
    let offer = SignInOffer {
        issuer: provider.issuer.clone(),
        client_id: CLIENT.into(),
        scopes: vec!["openid".into()],
    };
    let http = http_client().unwrap();
    let sign_in = SignIn::begin(&http, &offer, None).await?;
    let asked: HashMap<_, _> = sign_in.authorize_url.query_pairs().into_owned().collect();
    *provider.nonce.lock().unwrap() = asked["nonce"].clone();
    let mut back: url::Url = asked["redirect_uri"].parse().unwrap();
    back.query_pairs_mut()
        .append_pair("code", "c")
        .append_pair("state", &asked["state"]);
    let browser = async {
        http.get(back).send().await.unwrap();
    };
    tokio::join!(sign_in.wait(Duration::from_secs(20)), browser).0
}

#[tokio::test]
async fn an_identity_token_that_is_right_signs_in() {
    assert_eq!(
        signed_in(Wrong::default()).await.unwrap().resident(),
        "anna"
    );
}

#[tokio::test]
async fn an_identity_token_that_is_wrong_in_anything_signs_nobody_in() {
    let right = Wrong::default();
    let all: [(&str, Wrong); 9] = [
        (
            "another nonce",
            Wrong {
                nonce: Some("another"),
                ..right.clone()
            },
        ),
        (
            "for another client",
            Wrong {
                audience: Some("another"),
                ..right.clone()
            },
        ),
        (
            "of another issuer",
            Wrong {
                issuer: Some("https://evil.example"),
                ..right.clone()
            },
        ),
        (
            "at_hash of another token",
            Wrong {
                access: Some("another"),
                ..right.clone()
            },
        ),
        (
            "expired",
            Wrong {
                expired: true,
                ..right.clone()
            },
        ),
        (
            "issued tomorrow",
            Wrong {
                from_the_future: true,
                ..right.clone()
            },
        ),
        (
            "signed by a stranger",
            Wrong {
                stranger: true,
                ..right.clone()
            },
        ),
        (
            "not signed",
            Wrong {
                unsigned: true,
                ..right.clone()
            },
        ),
        (
            "none at all",
            Wrong {
                missing: true,
                ..right
            },
        ),
    ];
    for (what, wrong) in all {
        let refused = signed_in(wrong).await;
        assert!(
            matches!(refused, Err(SignInError::BadToken(_))),
            "{what}: {refused:?}"
        );
    }
}
