use crate::{City, Fault, db, db::Tx, facts::draft};
use jiff::Timestamp;
use serde_json::Value;
use std::collections::BTreeMap;
use vekha_model::{AppointmentId, Fact, FactStatus, Moment, ResidentId, StepId, Text};

/// The visit an outcome speaks of.
pub(crate) struct Visited<'a> {
    pub(crate) appointment: &'a AppointmentId,
    pub(crate) start: Moment,
    pub(crate) place: Option<&'a Text>,
    pub(crate) held_until: Option<Moment>,
}

/// Says how a step stands (`step.outcome`), in place of what the city or the resident said of it before.
pub(crate) async fn tell(
    city: &City,
    tx: &mut Tx,
    subject: &ResidentId,
    step: &StepId,
    outcome: &str,
    visit: Option<Visited<'_>>,
    now: Timestamp,
) -> Result<(), Fault> {
    let before = current(tx, subject, step).await?;
    let mut fields = BTreeMap::from([
        ("step".to_owned(), Value::from(step.as_str())),
        ("outcome".to_owned(), Value::from(outcome)),
    ]);
    if let Some(visit) = visit {
        fields.insert("start".to_owned(), Value::from(visit.start.to_string()));
        fields.insert(
            "appointment".to_owned(),
            Value::from(visit.appointment.as_str()),
        );
        if let Some(until) = visit.held_until {
            fields.insert("held_until".to_owned(), Value::from(until.to_string()));
        }
        if let Some(place) = visit.place {
            fields.insert("place".to_owned(), Value::from(place.ru.as_str()));
        }
    }
    if before.as_ref().is_some_and(|it| it.fields == fields) {
        return Ok(());
    }
    write(city, tx, subject, before, fields, FactStatus::Final, now).await
}

/// Takes back what was said of the step: it is open again, as if nobody had said anything.
pub(crate) async fn withdraw(
    city: &City,
    tx: &mut Tx,
    subject: &ResidentId,
    step: &StepId,
    now: Timestamp,
) -> Result<(), Fault> {
    match current(tx, subject, step).await? {
        Some(before) => {
            let fields = before.fields.clone();
            write(
                city,
                tx,
                subject,
                Some(before),
                fields,
                FactStatus::EnteredInError,
                now,
            )
            .await
        }
        None => Ok(()),
    }
}

async fn current(tx: &mut Tx, subject: &ResidentId, step: &StepId) -> Result<Option<Fact>, Fault> {
    let bodies: Vec<String> = sqlx::query_scalar(
        "SELECT body FROM facts WHERE subject = ? AND kind = 'step.outcome'
             AND json_extract(body, '$.fields.step') = ?
             AND NOT EXISTS (SELECT 1 FROM facts later WHERE later.supersedes = facts.id)
         ORDER BY rowid DESC",
    )
    .bind(subject.as_str())
    .bind(step.as_str())
    .fetch_all(&mut **tx)
    .await?;
    for body in bodies {
        let fact: Fact = serde_json::from_str(&body)?;
        if fact.status != FactStatus::EnteredInError {
            return Ok(Some(fact));
        }
    }
    Ok(None)
}

async fn write(
    city: &City,
    tx: &mut Tx,
    subject: &ResidentId,
    before: Option<Fact>,
    fields: BTreeMap<String, Value>,
    status: FactStatus,
    now: Timestamp,
) -> Result<(), Fault> {
    let at = city.instant(now);
    let fact = Fact {
        status,
        supersedes: before.map(|it| it.id),
        fields,
        ..draft::draft(subject, "step.outcome", at, draft::city(), Value::Null)
    };
    db::insert_fact(tx, &fact, "city", now).await
}
