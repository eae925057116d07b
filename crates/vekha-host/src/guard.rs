//! Who may ask: only someone who knows the token printed at the start, only for this address, never from another site.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use std::sync::Arc;

const COOKIE: &str = "vekha";
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; \
    connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What a request must show.
pub struct Guard {
    /// `127.0.0.1:PORT`, so that another name for this machine (DNS rebinding) is turned away.
    pub authority: String,
    pub token: String,
}

pub async fn guard(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    if !is_ours(headers, &guard.authority) {
        return (
            StatusCode::MISDIRECTED_REQUEST,
            "this address belongs to Vekha on this machine",
        )
            .into_response();
    }
    if let Some(token) = token_in_query(request.uri().query().unwrap_or_default()) {
        return if same(token, &guard.token) {
            let_in(&guard.token)
        } else {
            turned_away()
        };
    }
    if !knows_token(headers, &guard.token) {
        return turned_away();
    }
    let mut answer = next.run(request).await;
    protect(answer.headers_mut());
    answer
}

/// The address with the token becomes a cookie, so that the token does not stay in the browser's history.
fn let_in(token: &str) -> Response {
    let cookie = format!("{COOKIE}={token}; HttpOnly; SameSite=Strict; Path=/");
    ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response()
}

fn turned_away() -> Response {
    (
        StatusCode::UNAUTHORIZED,
        "Open the address that vekha-host printed: it carries the token.\n",
    )
        .into_response()
}

fn is_ours(headers: &HeaderMap, authority: &str) -> bool {
    let text = |name| {
        headers
            .get(name)
            .and_then(|it: &HeaderValue| it.to_str().ok())
    };
    let host = text(header::HOST) == Some(authority);
    let origin = text(header::ORIGIN).is_none_or(|it| it == format!("http://{authority}"));
    host && origin
}

fn token_in_query(query: &str) -> Option<&str> {
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix("token="))
}

fn knows_token(headers: &HeaderMap, token: &str) -> bool {
    let text = |name| {
        headers
            .get(name)
            .and_then(|it: &HeaderValue| it.to_str().ok())
            .unwrap_or_default()
    };
    let bearer = text(header::AUTHORIZATION).strip_prefix("Bearer ");
    let cookie = text(header::COOKIE)
        .split(';')
        .find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='));
    bearer.or(cookie).is_some_and(|given| same(given, token))
}

/// Compares without telling by its time how much was right.
fn same(given: &str, token: &str) -> bool {
    given.len() == token.len()
        && given
            .bytes()
            .zip(token.bytes())
            .fold(0, |sum, (a, b)| sum | (a ^ b))
            == 0
}

fn protect(headers: &mut HeaderMap) {
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_window_has_the_same_policy_but_for_its_own_way_to_the_app() {
        let window = std::fs::read_to_string(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tauri.conf.json"
        ))
        .unwrap();
        let own = super::POLICY.replace(
            "connect-src 'self';",
            "connect-src 'self' ipc: http://ipc.localhost;",
        );
        assert!(window.contains(&format!("\"csp\": \"{own}\"")), "{own}");
    }

    use super::*;

    fn headers(pairs: &[(header::HeaderName, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.clone(), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn another_site_and_another_name_are_turned_away() {
        let at = |host, origin| {
            is_ours(
                &headers(&[(header::HOST, host), (header::ORIGIN, origin)]),
                "127.0.0.1:80",
            )
        };
        assert!(at("127.0.0.1:80", "http://127.0.0.1:80"));
        assert!(!at("127.0.0.1:80", "https://evil.example"));
        assert!(!at("evil.example", "http://127.0.0.1:80"));
    }

    #[test]
    fn the_token_comes_as_a_cookie_or_as_a_bearer() {
        assert!(knows_token(
            &headers(&[(header::AUTHORIZATION, "Bearer abc")]),
            "abc"
        ));
        assert!(knows_token(
            &headers(&[(header::COOKIE, "x=1; vekha=abc")]),
            "abc"
        ));
        assert!(!knows_token(
            &headers(&[(header::COOKIE, "vekha=abd")]),
            "abc"
        ));
        assert!(!knows_token(&HeaderMap::new(), "abc"));
    }
}
