use super::{
    Outcome,
    access::shown,
    earlier, kept,
    reading::{self, Around, Reading},
    resource::Resource,
    search::Query,
};
use crate::{
    City, Teller,
    access::{Reader, looked_in},
    ingest_in,
};
use axum::http::StatusCode;
use serde_json::{Value, value::RawValue};
use std::collections::BTreeMap;
use vekha_model::{Fact, FactId, FactStatus, Source, SourceKind, Text};

/// Who sends: kept beside the fact, and named to the resident.
#[derive(Debug, Clone)]
pub struct Sender {
    /// `system/<client id>`.
    pub id: String,
    pub name: Text,
}

/// Whether the city made something new of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    Created,
    /// If-None-Exist found it here already.
    Known,
    Updated,
}

/// Takes in an Observation or a Condition: keeps it as written, tells its fact, and lets the city act; one transaction.
/// Gives its id. This is the way of a laboratory, whether over HTTP or from the operator page.
///
/// # Errors
/// An OperationOutcome: malformed, not valid FHIR, about nobody here, or refused by the vocabulary.
pub async fn receive(
    city: &City,
    sender: &Sender,
    kind: &str,
    text: &str,
) -> Result<String, Outcome> {
    let kind = super::known(kind)?;
    let (resource, _) = create(city, sender, kind, text, None).await?;
    Ok(resource.id)
}

pub(super) async fn create(
    city: &City,
    sender: &Sender,
    kind: &'static str,
    text: &str,
    if_none_exist: Option<&str>,
) -> Result<(Resource, Received), Outcome> {
    let json = parse(kind, text)?;
    let mut reading = read(city, kind, &json)?;
    let base = format!("{}/fhir", city.base());
    let now = city.now();
    let mut writing = city.write().await?;
    // Looked up inside the writer's turn, so that two senders of the same thing cannot both miss it.
    if let Some(condition) = if_none_exist {
        let others = kept::sent_by(&mut *writing.tx, kind, &sender.id).await?;
        let query = Query::read(kind, condition, true)?;
        if query.is_open() {
            return Err(Outcome::bad_search(
                "If-None-Exist must name what to look for",
            ));
        }
        let all = others.into_iter().map(|it| it.resource).collect();
        let mut found = query.pick(all, &base, city.zone())?;
        match found.len() {
            0 => {}
            1 => {
                let reader = Reader::System {
                    id: &sender.id,
                    name: &sender.name,
                };
                looked_in(city, &mut writing.tx, reader, shown(&found)).await?;
                writing.commit().await?;
                return Ok((found.remove(0), Received::Known));
            }
            several => {
                return Err(Outcome::conflict(format!(
                    "{several} resources fit If-None-Exist"
                )));
            }
        }
    }
    let sent =
        kept::of_resident(&mut *writing.tx, kind, &reading.subject, Some(&sender.id)).await?;
    if is_preliminary(&reading) && earlier::is_finished(&sent, kind, &json) {
        reading.says = None;
    }
    let earlier = earlier::replaced(sent, kind, &json, reading.replaces);
    let id = uuid::Uuid::now_v7().to_string();
    let mut resource = Resource::sent(kind, &id, 1, now, reading.subject.clone(), text)?;
    let before = earlier.as_ref().and_then(|it| it.fact.clone());
    resource.fact = tell(city, &mut writing, sender, &resource, &reading, before).await?;
    kept::keep(&mut writing.tx, &resource, &sender.id).await?;
    if let Some(earlier) = earlier {
        let taken_back = take_back(&earlier, now)?;
        kept::keep(&mut writing.tx, &taken_back, &sender.id).await?;
    }
    writing.commit().await?;
    city.wake(&reading.subject).await;
    Ok((resource, Received::Created))
}

pub(super) async fn update(
    city: &City,
    sender: &Sender,
    kind: &'static str,
    id: &str,
    text: &str,
    if_match: Option<&str>,
) -> Result<(Resource, Received), Outcome> {
    let json = parse(kind, text)?;
    if json["id"] != id {
        return Err(Outcome::new(
            StatusCode::BAD_REQUEST,
            "invalid",
            "the id inside must be the id in the address",
        )
        .at("id"));
    }
    let reading = read(city, kind, &json)?;
    let now = city.now();
    let mut writing = city.write().await?;
    let old = kept::find(&mut *writing.tx, kind, id)
        .await?
        .filter(|it| it.told_by == sender.id)
        .ok_or_else(Outcome::not_found)?
        .resource;
    matches(if_match, &old)?;
    if old.subject.as_ref() != Some(&reading.subject) {
        return Err(Outcome::invalid(
            "business-rule",
            "a result cannot move to another person; take it back and send a new one",
            "subject",
        ));
    }
    let version = old.version + 1;
    let mut resource = Resource::sent(kind, id, version, now, reading.subject.clone(), text)?;
    resource.fact = tell(city, &mut writing, sender, &resource, &reading, old.fact).await?;
    kept::keep(&mut writing.tx, &resource, &sender.id).await?;
    writing.commit().await?;
    city.wake(&reading.subject).await;
    Ok((resource, Received::Updated))
}

/// `If-Match` names the version that was read; another one has come since, or it never was.
pub(super) fn matches(if_match: Option<&str>, resource: &Resource) -> Result<(), Outcome> {
    match if_match.map(str::trim) {
        None | Some("*") => Ok(()),
        Some(tags) if tags.split(',').any(|tag| tag.trim() == resource.etag()) => Ok(()),
        Some(_) => Err(Outcome::conflict(format!(
            "it has changed meanwhile: the current version is {}",
            resource.etag()
        ))),
    }
}

/// Reads the text as a resource of this kind.
pub(super) fn parse(kind: &str, text: &str) -> Result<Value, Outcome> {
    let json: Value = serde_json::from_str(text).map_err(|error| {
        Outcome::new(
            StatusCode::BAD_REQUEST,
            "structure",
            format!("not JSON: {error}"),
        )
    })?;
    match json["resourceType"].as_str() {
        Some(given) if given == kind => Ok(json),
        Some(given) => Err(Outcome::new(
            StatusCode::BAD_REQUEST,
            "invalid",
            format!("a {given} does not belong under {kind}"),
        )
        .at("resourceType")),
        None => Err(Outcome::new(
            StatusCode::BAD_REQUEST,
            "required",
            "resourceType is missing",
        )
        .at("resourceType")),
    }
}

fn is_preliminary(reading: &Reading) -> bool {
    let says = reading.says.as_ref();
    says.is_some_and(|says| says.status == FactStatus::Preliminary)
}

fn read(city: &City, kind: &str, json: &Value) -> Result<Reading, Outcome> {
    let base = format!("{}/fhir", city.base());
    let around = Around {
        base: &base,
        zone: city.zone(),
        now: city.now(),
    };
    reading::read(kind, json, &around)
}

/// Tells the city what the resource says; gives the fact that now stands for it.
async fn tell(
    city: &City,
    writing: &mut crate::Writing,
    sender: &Sender,
    resource: &Resource,
    reading: &Reading,
    before: Option<FactId>,
) -> Result<Option<FactId>, Outcome> {
    let Some(says) = &reading.says else {
        return withdraw(city, writing, sender, before).await;
    };
    let id = match resource.version {
        1 => resource.id.clone(),
        version => format!("{}-v{version}", resource.id),
    };
    let fact = Fact {
        id: FactId::new(id),
        subject: reading.subject.clone(),
        kind: says.kind.to_owned(),
        at: says.at,
        recorded: None,
        status: says.status,
        supersedes: before,
        source: Source {
            kind: if says.kind == "lab.result" {
                SourceKind::Laboratory
            } else {
                SourceKind::Clinician
            },
            name: says
                .performer
                .clone()
                .unwrap_or_else(|| sender.name.clone()),
            reference: Some(format!("{}/{}", resource.kind, resource.id)),
        },
        fields: says.fields.clone(),
        private: false,
    };
    let id = fact.id.clone();
    ingest_in(city, &mut writing.tx, fact, &Teller::new(&sender.id)).await?;
    Ok(Some(id))
}

/// Takes a kept resource back in its sender's name, and what it said with it.
pub(super) async fn retract(
    city: &City,
    writing: &mut crate::Writing,
    sender: &Sender,
    resource: &Resource,
) -> Result<(), Outcome> {
    let mut taken_back = take_back(resource, city.now())?;
    taken_back.fact = withdraw(city, writing, sender, resource.fact.clone()).await?;
    kept::keep(&mut writing.tx, &taken_back, &sender.id).await
}

/// The resource says nothing any more: what it said before is taken back.
async fn withdraw(
    city: &City,
    writing: &mut crate::Writing,
    sender: &Sender,
    before: Option<FactId>,
) -> Result<Option<FactId>, Outcome> {
    let Some(before) = before else {
        return Ok(None);
    };
    let Some(row) = crate::db::find_fact(&mut *writing.tx, &before).await? else {
        return Ok(None);
    };
    let fact = Fact {
        id: FactId::new(uuid::Uuid::now_v7().to_string()),
        status: FactStatus::EnteredInError,
        supersedes: Some(before),
        recorded: None,
        ..row.fact
    };
    ingest_in(city, &mut writing.tx, fact, &Teller::new(&sender.id)).await?;
    Ok(None)
}

/// The earlier report of a result that was sent anew: readers of FHIR see that it no longer counts.
fn take_back(earlier: &Resource, now: jiff::Timestamp) -> Result<Resource, Outcome> {
    let mut fields: BTreeMap<String, Box<RawValue>> = serde_json::from_str(&earlier.text)?;
    let name = if earlier.kind == "Condition" {
        "verificationStatus"
    } else {
        "status"
    };
    let value = if earlier.kind == "Condition" {
        serde_json::json!({"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "entered-in-error"}]})
    } else {
        Value::from("entered-in-error")
    };
    fields.insert(name.to_owned(), serde_json::value::to_raw_value(&value)?);
    if earlier.kind == "Condition" {
        // con-5: what was never so has no clinical status.
        fields.remove("clinicalStatus");
    }
    let subject = earlier.subject.clone().ok_or_else(Outcome::not_found)?;
    let text = serde_json::to_string(&fields)?;
    let mut taken = Resource::sent(
        earlier.kind,
        &earlier.id,
        earlier.version + 1,
        now,
        subject,
        &text,
    )?;
    taken.fact.clone_from(&earlier.fact);
    Ok(taken)
}
