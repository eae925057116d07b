use super::visit;
use crate::{City, Fault, Teller, demo, fhir, ingest, turn};
use jiff::{Span, Timestamp, civil::Date};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};
use vekha_model::{
    AppointmentId, Fact, FactId, FactStatus, Moment, ResidentId, Source, SourceKind, Text,
};

#[derive(Deserialize)]
struct LabResult {
    resident: ResidentId,
    code: String,
    value: f64,
    unit: String,
    #[serde(default)]
    high: Option<f64>,
}

#[derive(Deserialize)]
struct Pregnancy {
    resident: ResidentId,
    lmp: Date,
    #[serde(default)]
    fetuses: Option<u8>,
}

#[derive(Deserialize)]
struct Loss {
    resident: ResidentId,
    #[serde(default)]
    date: Option<Date>,
}

#[derive(Deserialize)]
struct Birth {
    resident: ResidentId,
    date: Date,
    sex: String,
    #[serde(default)]
    name: Option<String>,
}

#[derive(Deserialize)]
struct Told {
    resident: ResidentId,
    kind: String,
    #[serde(default)]
    fields: Map<String, Value>,
    #[serde(default)]
    at: Option<Moment>,
}

#[derive(Deserialize)]
struct Visit {
    appointment: AppointmentId,
}

#[derive(Deserialize)]
struct Clock {
    #[serde(default)]
    advance: Option<String>,
    #[serde(default)]
    set: Option<Timestamp>,
}

/// Does one thing; what it makes is told in the answer.
pub(super) async fn perform(city: &City, verb: &str, body: &Value) -> Result<Value, Fault> {
    match verb {
        "lab-result" => lab_result(city, read(body)?).await,
        "pregnancy" => {
            let it: Pregnancy = read(body)?;
            let fields = json!({"lmp": it.lmp.to_string(), "fetuses": it.fetuses.unwrap_or(1)});
            tell(city, it.resident, "pregnancy", None, fields).await
        }
        "pregnancy-loss" => {
            let it: Loss = read(body)?;
            let date = it
                .date
                .unwrap_or_else(|| city.zone().to_datetime(city.now()).date());
            let fields = json!({"date": date.to_string(), "outcome": "loss"});
            tell(
                city,
                it.resident,
                "pregnancy.ended",
                Some(Moment::Day(date)),
                fields,
            )
            .await
        }
        "birth" => birth(city, read(body)?).await,
        "outcome" => {
            let it: Told = read(body)?;
            if it.kind == "step.outcome" {
                return visit::told(city, &it.resident, &it.fields).await;
            }
            tell(city, it.resident, &it.kind, it.at, Value::Object(it.fields)).await
        }
        "cancel-visit" => visit::cancel(city, &read::<Visit>(body)?.appointment).await,
        "fulfil-visit" => visit::fulfil(city, &read::<Visit>(body)?.appointment).await,
        "clock" => clock(city, read(body)?).await,
        _ => Err(Fault::not_found()),
    }
}

fn read<T: DeserializeOwned>(body: &Value) -> Result<T, Fault> {
    T::deserialize(body).map_err(|error| Fault::unreadable(error.to_string()))
}

/// The way of a laboratory: an Observation as laboratories write it, through the same door.
async fn lab_result(city: &City, it: LabResult) -> Result<Value, Fault> {
    let laboratory = city.sign_in.laboratory().await.map_err(Fault::internal)?;
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
        "performer": [{"display": laboratory.name.ru}],
        "valueQuantity": quantity(it.value),
        "extension": [{"url": "urn:x-laboratory:analyser", "valueString": "A-17"}],
    });
    if let Some(high) = it.high {
        observation["referenceRange"] = json!([{"high": quantity(high)}]);
    }
    let sender = fhir::Sender {
        id: format!("system/{}", laboratory.client_id),
        name: laboratory.name,
    };
    let id = fhir::receive(city, &sender, "Observation", &observation.to_string())
        .await
        .map_err(|outcome| Fault::unreadable(outcome.to_string()))?;
    Ok(json!({"observation": id}))
}

async fn birth(city: &City, it: Birth) -> Result<Value, Fault> {
    if !["female", "male"].contains(&it.sex.as_str()) {
        return Err(Fault::unreadable("sex is female or male"));
    }
    let now = city.now();
    let child = ResidentId::new(format!("child-{}", uuid::Uuid::new_v4().simple()));
    let name = it.name.unwrap_or_else(|| "Малыш".to_owned());
    let mut writing = city.write().await?;
    let mother = crate::db::resident(
        &mut *writing.tx,
        &it.resident,
        vekha_model::Relation::Myself,
    )
    .await?;
    if mother.is_none() {
        return Err(Fault::not_found());
    }
    let fields = json!({"date": it.date.to_string(), "sex": it.sex, "child": child.as_str()});
    let born = fact(
        city,
        it.resident.clone(),
        "birth",
        Some(Moment::Day(it.date)),
        fields,
    );
    let fact_id = born.id.clone();
    demo::add_resident(&mut writing.tx, &child, &name, it.date, &it.sex).await?;
    demo::add_ward(&mut writing.tx, &it.resident, &child).await?;
    crate::consents::give_first(
        city,
        &mut writing.tx,
        &child,
        Some(vekha_protocol::Reach::Arrange),
        now,
    )
    .await?;
    let fields = json!({"birth_date": it.date.to_string(), "sex": it.sex});
    let person = fact(
        city,
        child.clone(),
        "person",
        Some(Moment::Day(it.date)),
        fields,
    );
    let registry = Teller::new("operator");
    ingest::ingest_in(city, &mut writing.tx, person, &registry).await?;
    ingest::ingest_in(city, &mut writing.tx, born, &registry).await?;
    writing.commit().await?;
    city.wake(&it.resident).await;
    Ok(json!({"fact": fact_id, "child": child}))
}

async fn tell(
    city: &City,
    resident: ResidentId,
    kind: &str,
    at: Option<Moment>,
    fields: Value,
) -> Result<Value, Fault> {
    let fact = fact(city, resident, kind, at, fields);
    let id = fact.id.clone();
    ingest::ingest_fact(city, fact, &Teller::new("operator")).await?;
    Ok(json!({"fact": id}))
}

fn fact(city: &City, subject: ResidentId, kind: &str, at: Option<Moment>, fields: Value) -> Fact {
    let (source, name) = match kind {
        "birth" | "person" | "birth.certificate" => {
            (SourceKind::Registry, Text::new("ЗАГС", "Civil registry"))
        }
        _ => (SourceKind::Clinician, Text::new("Врач", "Doctor")),
    };
    Fact {
        id: FactId::new(uuid::Uuid::now_v7().to_string()),
        subject,
        kind: kind.to_owned(),
        at: at.unwrap_or_else(|| city.instant(city.now())),
        recorded: None,
        status: FactStatus::Final,
        supersedes: None,
        source: Source {
            kind: source,
            name,
            reference: None,
        },
        fields: fields
            .as_object()
            .map(|it| it.clone().into_iter().collect())
            .unwrap_or_default(),
        private: false,
    }
}

/// Moves the clock and does what the time in between brings.
async fn clock(city: &City, it: Clock) -> Result<Value, Fault> {
    let now = city.now();
    let to = match (it.advance, it.set) {
        (_, Some(to)) => to,
        (Some(span), None) => {
            let span: Span = span
                .parse()
                .map_err(|_| Fault::unreadable("advance is a span such as 1d, 3h or 30m"))?;
            now.to_zoned(city.zone().clone())
                .checked_add(span)
                .map_err(|error| Fault::unreadable(error.to_string()))?
                .timestamp()
        }
        (None, None) => return Err(Fault::unreadable("advance or set is missing")),
    };
    let furthest = now
        .to_zoned(city.zone().clone())
        .saturating_add(Span::new().years(2))
        .timestamp();
    if to < now || to > furthest {
        return Err(Fault::invalid(
            "clock",
            "Часы можно перевести только вперёд, не больше чем на два года.",
            "The clock moves forward only, by two years at most.",
        ));
    }
    city.clock.set(&city.pool, to).await?;
    turn::catch_up(city).await?;
    Ok(json!({"now": city.moment(city.now())}))
}
