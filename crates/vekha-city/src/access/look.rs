use super::record::{Entry, record, whole};
use crate::{City, Fault, db, db::Tx};
use jiff::Timestamp;
use vekha_model::{FactId, ResidentId, Text};
use vekha_protocol::{AccessRecord, Record};

/// Somebody who is shown facts.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Reader<'a> {
    /// Their own facts, or those of somebody they care for.
    Resident(&'a ResidentId),
    /// A laboratory or another sender, reading back what it sent.
    System { id: &'a str, name: &'a Text },
}

/// What they are shown.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    subject: ResidentId,
    fact: Option<FactId>,
    what: String,
}

impl Shown {
    pub(crate) fn fact(subject: ResidentId, fact: FactId) -> Self {
        Self {
            subject,
            what: fact.to_string(),
            fact: Some(fact),
        }
    }

    /// A resource that gave no fact, or whose fact was taken back: a look at it is a look all the same.
    pub(crate) fn resource(subject: ResidentId, address: String) -> Self {
        Self {
            subject,
            fact: None,
            what: address,
        }
    }
}

/// Records what the reader is about to be shown. The resident's own reading needs no record and costs no write.
///
/// # Errors
/// The database cannot be written; then nothing may be shown.
pub(crate) async fn looked(
    city: &City,
    reader: Reader<'_>,
    shown: Vec<Shown>,
) -> Result<(), Fault> {
    let shown = of_others(reader, shown);
    if shown.is_empty() {
        return Ok(());
    }
    let mut writing = city.write().await?;
    looked_in(city, &mut writing.tx, reader, shown).await?;
    writing.commit().await
}

/// The same inside a transaction of the caller's, who commits before anything is shown.
///
/// # Errors
/// As [`looked`].
pub(crate) async fn looked_in(
    city: &City,
    tx: &mut Tx,
    reader: Reader<'_>,
    shown: Vec<Shown>,
) -> Result<(), Fault> {
    let shown = of_others(reader, shown);
    if shown.is_empty() {
        return Ok(());
    }
    let (id, who, purpose) = match reader {
        Reader::Resident(carer) => {
            let name: String = sqlx::query_scalar("SELECT name FROM residents WHERE id = ?")
                .bind(carer.as_str())
                .fetch_one(&mut **tx)
                .await?;
            let who = vekha_words::filled("reader-carer", &[("name", &name)]);
            let purpose = vekha_words::text("look-reading");
            (format!("resident/{carer}"), who, purpose)
        }
        Reader::System { id, name } => {
            let purpose = vekha_words::text("look-checking");
            (id.to_owned(), name.clone(), purpose)
        }
    };
    let now = city.now();
    for it in &shown {
        let entry = Entry {
            subject: &it.subject,
            what: &it.what,
            fact: it.fact.as_ref(),
            reader: &id,
            who: who.clone(),
            purpose: purpose.clone(),
        };
        add(city, tx, entry, now).await?;
    }
    Ok(())
}

fn of_others(reader: Reader<'_>, mut shown: Vec<Shown>) -> Vec<Shown> {
    if let Reader::Resident(themselves) = reader {
        shown.retain(|it| it.subject != *themselves);
    }
    shown
}

/// Goes on with the record of the day, where there is one.
async fn add(city: &City, tx: &mut Tx, entry: Entry<'_>, now: Timestamp) -> Result<(), Fault> {
    let morning = city
        .zone()
        .to_datetime(now)
        .date()
        .to_zoned(city.zone().clone())
        .map_err(Fault::internal)?
        .timestamp();
    let today: Option<(String, i64, i64)> = sqlx::query_as(
        "SELECT body, first, looks FROM access_records WHERE fact = ? AND reader = ? AND at >= ?
         ORDER BY at DESC LIMIT 1",
    )
    .bind(entry.what)
    .bind(entry.reader)
    .bind(morning.as_second())
    .fetch_optional(&mut **tx)
    .await?;
    let Some((body, first, looks)) = today else {
        return record(tx, entry, now).await;
    };
    let looks = looks + 1;
    let first = Timestamp::from_second(first).map_err(Fault::internal)?;
    let first = city.zone().to_datetime(first).strftime("%H:%M").to_string();
    let known: AccessRecord = serde_json::from_str(&body)?;
    let record = AccessRecord {
        purpose: counted(&entry.purpose, looks, &first),
        at: whole(now),
        ..known
    };
    sqlx::query("UPDATE access_records SET at = ?, looks = ?, body = ? WHERE id = ?")
        .bind(now.as_second())
        .bind(looks)
        .bind(serde_json::to_string(&record)?)
        .bind(&record.id)
        .execute(&mut **tx)
        .await?;
    db::put(tx, entry.subject, &Record::Access(record)).await
}

/// What for, how often that day, and since when.
fn counted(purpose: &Text, looks: i64, first: &str) -> Text {
    vekha_words::filled(
        "look-often",
        &[
            ("purpose", purpose),
            ("looks", &looks.unsigned_abs()),
            ("first", &first),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_often_is_said_as_a_person_says_it() {
        let said = |looks| counted(&Text::new("чтение", "reading"), looks, "09:05").ru;
        assert_eq!(said(2), "чтение, 2 раза за день, впервые в 09:05");
        for (looks, times) in [(5, "раз"), (12, "раз"), (21, "раз"), (23, "раза")] {
            assert!(
                said(looks).contains(&format!("{looks} {times} за")),
                "{looks}"
            );
        }
    }
}
