//! What a laboratory sends: a result, its correction, its withdrawal; by the same door as a real one.

use super::word::latest;
use crate::{City, Fault, fhir, inquiries};
use serde::Deserialize;
use serde_json::{Value, json};
use vekha_model::ResidentId;

#[derive(Deserialize)]
pub(super) struct LabResult {
    resident: ResidentId,
    code: String,
    value: f64,
    unit: String,
    #[serde(default)]
    high: Option<f64>,
}

#[derive(Deserialize)]
pub(super) struct Correction {
    resident: ResidentId,
    value: f64,
}

#[derive(Deserialize)]
pub(super) struct Withdrawal {
    resident: ResidentId,
}

pub(super) async fn send(city: &City, it: LabResult) -> Result<Value, Fault> {
    let sender = laboratory(city).await?;
    let unit = json!({"unit": it.unit, "system": "http://unitsofmeasure.org", "code": it.unit});
    let quantity = |value: f64| {
        let mut quantity = unit.clone();
        quantity["value"] = value.into();
        quantity
    };
    let mut observation = json!({
        "resourceType": "Observation",
        "status": "final",
        "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory"}]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": it.code}]},
        "subject": {"reference": format!("Patient/{}", it.resident)},
        "effectiveDateTime": city.moment(city.now()).to_string(),
        "performer": [{"display": sender.name.ru}],
        "valueQuantity": quantity(it.value),
        "extension": [{"url": "urn:x-laboratory:analyser", "valueString": "A-17"}],
    });
    if let Some(high) = it.high {
        observation["referenceRange"] = json!([{"high": quantity(high)}]);
    }
    let id = fhir::receive(city, &sender, "Observation", &observation.to_string())
        .await
        .map_err(|outcome| Fault::unreadable(outcome.to_string()))?;
    Ok(json!({"observation": id}))
}

/// The latest result was another one.
pub(super) async fn correct(city: &City, it: Correction) -> Result<Value, Fault> {
    let fact = latest(city, &it.resident, "lab.result").await?;
    let sender = laboratory(city).await?;
    fhir::correct(city, &sender, &fact, it.value)
        .await
        .map_err(|outcome| Fault::unreadable(outcome.to_string()))?;
    Ok(json!({"corrected": fact.source.reference}))
}

/// The latest result was never true: a wrong tube, a wrong name.
pub(super) async fn withdraw(city: &City, it: Withdrawal) -> Result<Value, Fault> {
    let fact = latest(city, &it.resident, "lab.result").await?;
    let mut writing = city.write().await?;
    inquiries::withdraw(city, &mut writing, &fact.id).await?;
    writing.commit().await?;
    city.wake(&it.resident).await;
    Ok(json!({"withdrawn": fact.id}))
}

async fn laboratory(city: &City) -> Result<fhir::Sender, Fault> {
    let laboratory = city.sign_in.laboratory().await.map_err(Fault::internal)?;
    Ok(fhir::Sender {
        id: format!("system/{}", laboratory.client_id),
        name: laboratory.name,
    })
}
