//! What doctors say of a resident.

use super::visit;
use crate::{City, Fault, Teller, db, facts::draft, ingest};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use vekha_model::{Fact, FactStatus, Moment, ResidentId};

#[derive(Deserialize)]
pub(super) struct Pregnancy {
    resident: ResidentId,
    lmp: Date,
    #[serde(default)]
    fetuses: Option<u8>,
}

#[derive(Deserialize)]
pub(super) struct Twins {
    resident: ResidentId,
    #[serde(default)]
    fetuses: Option<u8>,
    #[serde(default)]
    chorionicity: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Loss {
    resident: ResidentId,
    #[serde(default)]
    date: Option<Date>,
}

#[derive(Deserialize)]
pub(super) struct Told {
    resident: ResidentId,
    kind: String,
    #[serde(default)]
    fields: Map<String, Value>,
    #[serde(default)]
    at: Option<Moment>,
}

pub(super) async fn pregnancy(city: &City, it: Pregnancy) -> Result<Value, Fault> {
    let fields = json!({"lmp": it.lmp.to_string(), "fetuses": it.fetuses.unwrap_or(1)});
    let at = city.instant(city.now());
    tell(city, said(&it.resident, "pregnancy", at, fields)).await
}

/// An ultrasound saw more than one: the record of the pregnancy is corrected, and its dates with it.
pub(super) async fn twins(city: &City, it: Twins) -> Result<Value, Fault> {
    let earlier = latest(city, &it.resident, "pregnancy").await?;
    let mut fact = Fact {
        status: FactStatus::Corrected,
        supersedes: Some(earlier.id),
        fields: earlier.fields,
        ..said(&it.resident, "pregnancy", earlier.at, Value::Null)
    };
    let fetuses = it.fetuses.unwrap_or(2);
    fact.fields.insert("fetuses".to_owned(), fetuses.into());
    if let Some(chorionicity) = it.chorionicity {
        fact.fields
            .insert("chorionicity".to_owned(), chorionicity.into());
    }
    tell(city, fact).await
}

pub(super) async fn loss(city: &City, it: Loss) -> Result<Value, Fault> {
    let date = it
        .date
        .unwrap_or_else(|| city.zone().to_datetime(city.now()).date());
    let fields = json!({"date": date.to_string(), "outcome": "loss"});
    let at = Moment::Day(date);
    tell(city, said(&it.resident, "pregnancy.ended", at, fields)).await
}

/// Any kind of the vocabulary; how a step went is the clinic's to tell.
pub(super) async fn outcome(city: &City, it: Told) -> Result<Value, Fault> {
    if it.kind == "step.outcome" {
        return visit::told(city, &it.resident, &it.fields).await;
    }
    let at = it.at.unwrap_or_else(|| city.instant(city.now()));
    tell(
        city,
        said(&it.resident, &it.kind, at, Value::Object(it.fields)),
    )
    .await
}

fn said(resident: &ResidentId, kind: &str, at: Moment, fields: Value) -> Fact {
    draft::draft(resident, kind, at, draft::speaker(kind), fields)
}

async fn tell(city: &City, fact: Fact) -> Result<Value, Fault> {
    let id = fact.id.clone();
    ingest::ingest_fact(city, fact, &Teller::new("operator")).await?;
    Ok(json!({"fact": id}))
}

/// The newest record of the kind that still stands.
pub(super) async fn latest(city: &City, resident: &ResidentId, kind: &str) -> Result<Fact, Fault> {
    let facts = db::facts_of(city.pool(), resident).await?;
    facts
        .iter()
        .rev()
        .find(|fact| {
            fact.kind == kind
                && fact.status != FactStatus::EnteredInError
                && !facts
                    .iter()
                    .any(|it| it.supersedes.as_ref() == Some(&fact.id))
        })
        .cloned()
        .ok_or_else(Fault::not_found)
}
