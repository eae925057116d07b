use crate::{
    City, Fault,
    api::{Begun, Write},
    db::{self, Tx},
};
use axum::{extract::State, http::StatusCode, response::Response};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vekha_model::ResidentId;
use vekha_protocol::{Inquiry, InquiryKind, Problem, Receipt};

const LONGEST: usize = 4000;

pub(crate) fn router() -> OpenApiRouter<City> {
    OpenApiRouter::new().routes(routes!(ask))
}

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Asked {
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
    #[serde(default)]
    about: Option<String>,
}

/// Asks a person. The question, and later its answer, come with the changes.
#[utoipa::path(post, path = "/city/v1/questions", tag = "questions", request_body = Asked,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Receipt), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn ask(State(city): State<City>, write: Write<Asked>) -> Result<Response, Fault> {
    let mut once = match write.begin(&city).await? {
        Begun::Replay(response) => return Ok(response),
        Begun::Fresh(once) => once,
    };
    let subject = write.caller.resident.clone();
    let about = write.body.about.clone();
    let question = InquiryKind::Question;
    open(
        &city,
        once.tx(),
        &subject,
        question,
        about,
        &write.body.text,
    )
    .await?;
    let response = once
        .finish(&city, StatusCode::OK, &Receipt { appointment: None })
        .await?;
    city.wake(&subject).await;
    Ok(response)
}

/// Puts the resident's words before a person.
pub(crate) async fn open(
    city: &City,
    tx: &mut Tx,
    subject: &ResidentId,
    kind: InquiryKind,
    about: Option<String>,
    text: &str,
) -> Result<(), Fault> {
    let inquiry = Inquiry {
        id: uuid::Uuid::now_v7().to_string(),
        subject: subject.clone(),
        kind,
        about,
        text: words(text)?.to_owned(),
        asked: city.moment(city.now()),
        answer: None,
    };
    db::save_inquiry(tx, &inquiry).await
}

/// Somebody's own words: something, and not a book.
pub(crate) fn words(text: &str) -> Result<&str, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Fault::invalid("no-words"));
    }
    if text.chars().count() > LONGEST {
        return Err(Fault::invalid("too-long"));
    }
    Ok(text)
}
