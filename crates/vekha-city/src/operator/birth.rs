use crate::{City, Fault, Teller, consents, db, demo, facts::draft, ingest};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Value, json};
use vekha_model::{Moment, Relation, ResidentId};
use vekha_protocol::Reach;

#[derive(Deserialize)]
pub(super) struct Birth {
    resident: ResidentId,
    date: Date,
    sex: String,
    #[serde(default)]
    name: Option<String>,
}

/// The registry records a birth: the child becomes a resident in the mother's care.
pub(super) async fn register(city: &City, it: Birth) -> Result<Value, Fault> {
    if !["female", "male"].contains(&it.sex.as_str()) {
        return Err(Fault::unreadable("sex is female or male"));
    }
    let (now, day) = (city.now(), Moment::Day(it.date));
    let child = ResidentId::new(format!("child-{}", uuid::Uuid::new_v4().simple()));
    let name = it.name.unwrap_or_else(|| demo::town::NEWBORN.to_owned());
    let mut writing = city.write().await?;
    let mother = db::resident(&mut *writing.tx, &it.resident, Relation::Myself).await?;
    if mother.is_none() {
        return Err(Fault::not_found());
    }
    demo::add_resident(&mut writing.tx, &child, &name, it.date, &it.sex).await?;
    demo::add_ward(&mut writing.tx, &it.resident, &child, Relation::Child).await?;
    consents::give_first(city, &mut writing.tx, &child, Some(Reach::Arrange), now).await?;
    let fields = json!({"birth_date": it.date.to_string(), "sex": it.sex});
    let person = draft::draft(&child, "person", day, draft::speaker("person"), fields);
    let fields = json!({"date": it.date.to_string(), "sex": it.sex, "child": child});
    let born = draft::draft(&it.resident, "birth", day, draft::speaker("birth"), fields);
    let fact = born.id.clone();
    let registry = Teller::new("operator");
    ingest::ingest_in(city, &mut writing.tx, person, &registry).await?;
    ingest::ingest_in(city, &mut writing.tx, born, &registry).await?;
    writing.commit().await?;
    city.wake(&it.resident).await;
    Ok(json!({"fact": fact, "child": child}))
}
