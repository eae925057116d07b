use super::{
    CLIENT_ID, Refusal, Scopes, SignIn,
    family::Family,
    page, people,
    request::{Bad, Request},
};
use axum::{
    body::Bytes,
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use vekha_model::{Language, Text};

type Pairs = Vec<(String, String)>;

/// The authorization endpoint, asked by GET.
pub(super) async fn show(
    State(city): State<SignIn>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let pairs = pairs(query.unwrap_or_default().as_bytes());
    begin(&city, &headers, &pairs).await
}

/// Asked by POST (OpenID Connect Core §3.1.2.1), or answered by the person on the page.
pub(super) async fn answer(
    State(city): State<SignIn>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let pairs = pairs(&body);
    let get = |name: &str| {
        pairs
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    let Some(interaction) = get("interaction") else {
        return begin(&city, &headers, &pairs).await;
    };
    match chosen(&city, interaction, get("resident")).await {
        Ok(Some(back)) => redirect(&back),
        Ok(None) => stop(
            page::language(get("language"), &headers),
            &vekha_words::text("sign-in-too-late"),
            "this sign-in page has expired or was already used",
        ),
        Err(refusal) => refusal.into_response(),
    }
}

async fn begin(city: &SignIn, headers: &HeaderMap, pairs: &Pairs) -> Response {
    let locale = pairs
        .iter()
        .find(|(name, _)| name == "ui_locales")
        .map(|(_, value)| value.as_str());
    let language = page::language(locale, headers);
    let shown = async {
        let request = match Request::read(pairs) {
            Ok(request) => request,
            Err(Bad::Page(why)) => {
                let text = vekha_words::text("sign-in-wrong-app");
                return Ok(stop(language, &text, why));
            }
            Err(Bad::Back(back, code, why)) => {
                let answer = [("error", code), ("error_description", why)];
                return Ok(redirect(&back.with(city.issuer(), &answer)?));
            }
        };
        let mut people = people::list(&city.pool).await?;
        if let Some(hint) = &request.hint {
            // A stable sort: the one hinted at comes first, the others keep their order.
            people.sort_by_key(|person| person.id != *hint);
        }
        let interaction = request.keep(city).await?;
        let scopes = Scopes::parse(&request.scope);
        let html = page::choose(language, &interaction, &people, &request, &scopes, pairs);
        Ok::<_, Refusal>(private(StatusCode::OK, html))
    };
    shown.await.unwrap_or_else(Refusal::into_response)
}

/// Where the browser goes after the choice; nothing where the page is no longer good.
async fn chosen(
    city: &SignIn,
    interaction: &str,
    resident: Option<&str>,
) -> Result<Option<String>, Refusal> {
    let Some(request) = Request::take(city, interaction).await? else {
        return Ok(None);
    };
    let person = match resident {
        Some(id) => {
            let accounts = people::list(&city.pool).await?;
            accounts.into_iter().find(|person| person.id == id)
        }
        None => None,
    };
    let Some(person) = person else {
        let answer = [
            ("error", "access_denied"),
            ("error_description", "the person did not sign in"),
        ];
        return request.back.with(city.issuer(), &answer).map(Some);
    };
    let scopes = Scopes::parse(&request.scope);
    let family = Family::begin(&city.pool, CLIENT_ID, &person.id, &scopes, &request.nonce).await?;
    let code = family
        .code(&city.pool, &request.back.redirect_uri, &request.challenge)
        .await?;
    request
        .back
        .with(city.issuer(), &[("code", &code)])
        .map(Some)
}

fn pairs(text: &[u8]) -> Pairs {
    url::form_urlencoded::parse(text)
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

fn stop(language: Language, text: &Text, why: &str) -> Response {
    private(StatusCode::BAD_REQUEST, page::stop(language, text, why))
}

/// 303: the browser follows with GET and forgets the form (RFC 9700 §4.12).
fn redirect(to: &str) -> Response {
    let Ok(location) = HeaderValue::from_str(to) else {
        return Refusal::internal("a redirect that is not a header").into_response();
    };
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().insert(header::LOCATION, location);
    close(&mut response);
    response
}

fn private(status: StatusCode, html: String) -> Response {
    let mut response = (status, Html(html)).into_response();
    close(&mut response);
    response
}

/// Never cached, never framed, never told onward; `form-action` names the loopback because browsers
/// apply it to the redirect that follows the form.
fn close(response: &mut Response) {
    const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; \
        form-action 'self' http://127.0.0.1:* http://[::1]:*";
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ] {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
}
