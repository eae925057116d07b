//! «Спросить человека»: a question that a person of the city answers.

use crate::{
    City, Fault,
    api::{Begun, Write},
};
use axum::{Router, extract::State, http::StatusCode, response::Response, routing::post};
use serde::Deserialize;
use utoipa::ToSchema;
use vekha_protocol::{Problem, Receipt};

const LONGEST: usize = 4000;

pub(crate) fn router() -> Router<City> {
    Router::new().route("/city/v1/questions", post(ask))
}

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Asked {
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
    #[serde(default)]
    about: Option<String>,
}

/// Asks a person.
#[utoipa::path(post, path = "/city/v1/questions", tag = "questions", request_body = Asked,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Receipt), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn ask(State(city): State<City>, write: Write<Asked>) -> Result<Response, Fault> {
    let mut once = match write.begin(&city).await? {
        Begun::Replay(response) => return Ok(response),
        Begun::Fresh(once) => once,
    };
    let text = words(&write.body.text)?;
    sqlx::query("INSERT INTO questions (id, resident, about, text, at) VALUES (?, ?, ?, ?, ?)")
        .bind(uuid::Uuid::now_v7().to_string())
        .bind(write.caller.resident.as_str())
        .bind(write.body.about.as_deref())
        .bind(text)
        .bind(city.now().as_second())
        .execute(&mut **once.tx())
        .await?;
    once.finish(&city, StatusCode::OK, &Receipt { appointment: None })
        .await
}

/// The resident's own words: something, and not a book.
pub(crate) fn words(text: &str) -> Result<&str, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Fault::invalid(
            "no-words",
            "Напишите хотя бы пару слов.",
            "Please write a few words.",
        ));
    }
    if text.chars().count() > LONGEST {
        return Err(Fault::invalid(
            "too-long",
            "Слишком длинно: не больше 4000 знаков.",
            "Too long: no more than 4,000 characters.",
        ));
    }
    Ok(text)
}
