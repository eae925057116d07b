use super::{birth, clock, result, visit, word};
use crate::{City, Fault, demo::town, inquiries};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use vekha_model::{AppointmentId, Text};

#[derive(Deserialize)]
struct Visit {
    appointment: AppointmentId,
}

#[derive(Deserialize)]
struct Reply {
    inquiry: String,
    text: String,
    /// Name and role; the town's coordinator unless told.
    #[serde(default)]
    by: Option<String>,
    #[serde(default)]
    verdict: inquiries::Verdict,
}

/// Does one thing; what it makes is told in the answer.
pub(super) async fn perform(city: &City, verb: &str, body: &Value) -> Result<Value, Fault> {
    match verb {
        "lab-result" => result::send(city, read(body)?).await,
        "correct-result" => result::correct(city, read(body)?).await,
        "withdraw-result" => result::withdraw(city, read(body)?).await,
        "pregnancy" => word::pregnancy(city, read(body)?).await,
        "twins" => word::twins(city, read(body)?).await,
        "pregnancy-loss" => word::loss(city, read(body)?).await,
        "outcome" => word::outcome(city, read(body)?).await,
        "birth" => birth::register(city, read(body)?).await,
        "cancel-visit" => visit::cancel(city, &read::<Visit>(body)?.appointment).await,
        "fulfil-visit" => visit::fulfil(city, &read::<Visit>(body)?.appointment).await,
        "answer" => reply(city, read(body)?).await,
        "clock" => clock::turn(city, read(body)?).await,
        _ => Err(Fault::not_found()),
    }
}

fn read<T: DeserializeOwned>(body: &Value) -> Result<T, Fault> {
    T::deserialize(body).map_err(|error| Fault::unreadable(error.to_string()))
}

async fn reply(city: &City, it: Reply) -> Result<Value, Fault> {
    let by = it
        .by
        .map_or_else(town::coordinator, |by| Text::new(&by, &by));
    inquiries::answer(city, &it.inquiry, &it.text, by, it.verdict).await?;
    Ok(json!({"answered": it.inquiry}))
}
