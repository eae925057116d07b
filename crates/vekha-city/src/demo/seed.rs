use super::people::{Person, people};
use crate::{City, Fault, acting, consents, db, db::Tx, facts::draft};
use jiff::{SignedDuration, Timestamp, civil::Date};
use serde_json::{Value, json};
use vekha_lifepath::source::ScreeningRow;
use vekha_model::{Moment, Relation, ResidentId};
use vekha_protocol::Record;

/// From this age there are check-ups of grown-ups.
const ADULT: i64 = 18;

/// Fills an empty city; a city that has residents is left as it is.
pub(crate) async fn seed(city: &City) -> Result<(), Fault> {
    let mut writing = city.write().await?;
    let now = city.now();
    let residents: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM residents")
        .fetch_one(&mut *writing.tx)
        .await?;
    super::open_times(city, &mut writing.tx, now).await?;
    if residents == 0 {
        let today = city.zone().to_datetime(now).date();
        let people = people(today);
        for person in &people {
            settle(city, &mut writing.tx, person, today, now).await?;
        }
        for person in &people {
            acting::act(city, &mut writing.tx, &ResidentId::new(person.id), now).await?;
        }
    }
    writing.commit().await
}

async fn settle(
    city: &City,
    tx: &mut Tx,
    person: &Person,
    today: Date,
    now: Timestamp,
) -> Result<(), Fault> {
    let id = ResidentId::new(person.id);
    add_resident(tx, &id, person.name, person.birth, person.sex).await?;
    if let Some((carer, relation)) = person.carer {
        add_ward(tx, &ResidentId::new(carer), &id, relation).await?;
    }
    let fields = json!({"birth_date": person.birth.to_string(), "sex": person.sex});
    tell(tx, &id, "person", Moment::Day(person.birth), fields, now).await?;
    for (kind, days, fields) in &person.facts {
        // Of today: an hour ago, so that it has a time.
        let at = match days {
            0 => city.moment(now - SignedDuration::from_hours(1)),
            days => Moment::Day(today.saturating_sub(jiff::Span::new().days(*days))),
        };
        tell(tx, &id, kind, at, fields.clone(), now).await?;
    }
    if person.checked_up {
        check_up(city, tx, person, today, now).await?;
    }
    consents::give_first(city, tx, &id, person.health, now).await
}

/// This year's check-up is behind them, so that nothing but their own story is asked.
async fn check_up(
    city: &City,
    tx: &mut Tx,
    person: &Person,
    today: Date,
    now: Timestamp,
) -> Result<(), Fault> {
    let Some(screening) = &city.catalogue.source().screening else {
        return Ok(());
    };
    let id = &ResidentId::new(person.id);
    let age = i64::from(today.year()) - i64::from(person.birth.year());
    if age < ADULT {
        return Ok(());
    }
    let spring = Date::new(today.year(), 1, 20).unwrap_or(today).min(today);
    let theirs = |test: &&ScreeningRow| {
        let (from, to) = test.age.unwrap_or_default();
        test.sex.is_none_or(|sex| json!(sex) == person.sex)
            && from.is_none_or(|from| age >= from)
            && to.is_none_or(|to| age <= to)
    };
    for test in screening.tests.iter().filter(theirs) {
        tell(
            tx,
            id,
            "screening.done",
            Moment::Day(spring),
            json!({"test": test.step.id}),
            now,
        )
        .await?;
    }
    for step in [
        "invite",
        "dayoff",
        "stage1",
        "breathing",
        "repro",
        "stage2",
        "result",
    ] {
        let step = format!("{}.{step}", screening.situation);
        tell(
            tx,
            id,
            "step.outcome",
            Moment::Day(spring),
            json!({"step": step, "outcome": "done"}),
            now,
        )
        .await?;
    }
    Ok(())
}

async fn tell(
    tx: &mut Tx,
    subject: &ResidentId,
    kind: &str,
    at: Moment,
    fields: Value,
    now: Timestamp,
) -> Result<(), Fault> {
    let fact = draft::draft(subject, kind, at, draft::speaker(kind), fields);
    db::insert_fact(tx, &fact, "city", now).await
}

pub(crate) async fn add_resident(
    tx: &mut Tx,
    id: &ResidentId,
    name: &str,
    birth: Date,
    sex: &str,
) -> Result<(), Fault> {
    sqlx::query("INSERT INTO residents (id, name, birth_date, sex) VALUES (?, ?, ?, ?)")
        .bind(id.as_str())
        .bind(name)
        .bind(birth.to_string())
        .bind(sex)
        .execute(&mut **tx)
        .await?;
    put_resident(tx, id).await
}

pub(crate) async fn add_ward(
    tx: &mut Tx,
    carer: &ResidentId,
    ward: &ResidentId,
    relation: Relation,
) -> Result<(), Fault> {
    sqlx::query("INSERT INTO wards (guardian, ward, relation) VALUES (?, ?, ?)")
        .bind(carer.as_str())
        .bind(ward.as_str())
        .bind(db::word_of(relation))
        .execute(&mut **tx)
        .await?;
    put_resident(tx, ward).await
}

/// Who is in somebody's care is shown as theirs, to whoever reads of them; everybody else is themselves. A device
/// that reads of its own resident knows that.
async fn put_resident(tx: &mut Tx, id: &ResidentId) -> Result<(), Fault> {
    let cared: Option<String> = sqlx::query_scalar("SELECT relation FROM wards WHERE ward = ?")
        .bind(id.as_str())
        .fetch_optional(&mut **tx)
        .await?;
    let relation = cared.map_or(Relation::Myself, |word| db::relation_of(&word));
    if let Some(resident) = db::resident(&mut **tx, id, relation).await? {
        db::put(tx, id, &Record::Resident(resident)).await?;
    }
    Ok(())
}
