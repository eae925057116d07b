use super::{Refusal, SignIn, client::Client, exchange, family, secret};
use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};

/// Token revocation (RFC 7009): either token ends the whole sign-in; an unknown one is no error.
pub(super) async fn revoke(
    State(city): State<SignIn>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<impl IntoResponse, Refusal> {
    let form = exchange::form(&headers, &body)?;
    let client = Client::recognise(&city.pool, &headers, &form).await?;
    let token = form
        .get("token")
        .ok_or_else(|| Refusal::new("invalid_request", "token is missing"))?;
    let mut tx = city.pool.begin_with("BEGIN IMMEDIATE").await?;
    let family: Option<(String,)> = sqlx::query_as(
        "SELECT f.id FROM sign_in_tokens t JOIN sign_in_families f ON f.id = t.family
         WHERE t.digest = ? AND f.client_id = ?",
    )
    .bind(secret::digest(token))
    .bind(client.id())
    .fetch_optional(&mut *tx)
    .await?;
    if let Some((family,)) = family {
        family::end(&mut tx, &family).await?;
    }
    tx.commit().await?;
    Ok((StatusCode::OK, [(header::CACHE_CONTROL, "no-store")]))
}
