//! The one door facts come in by: the registry, laboratories, clinicians, residents and the operator.

use crate::{City, Fault, acting, db, db::Tx, vocabulary};
use vekha_model::{Fact, FactStatus, Relation};

/// Who tells the city a fact; kept beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teller {
    /// `resident/anna`, `system/demo-laboratory`, `city`, `operator`.
    pub id: String,
}

impl Teller {
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ingested {
    New,
    /// The very same fact was already here; nothing changed.
    Known,
}

/// Appends the fact (which may supersede or withdraw another), plans, acts, and wakes the devices.
///
/// # Errors
/// The fact does not fit the vocabulary or the resident, or the database cannot be written.
pub async fn ingest_fact(city: &City, fact: Fact, by: &Teller) -> Result<Ingested, Fault> {
    let subject = fact.subject.clone();
    let mut writing = city.write().await?;
    let done = ingest_in(city, &mut writing.tx, fact, by).await?;
    writing.commit().await?;
    if done == Ingested::New {
        city.wake(&subject).await;
    }
    Ok(done)
}

/// The same inside a transaction of the caller's, who commits and then calls [`City::wake`].
///
/// # Errors
/// As [`ingest_fact`].
pub async fn ingest_in(
    city: &City,
    tx: &mut Tx,
    fact: Fact,
    by: &Teller,
) -> Result<Ingested, Fault> {
    let done = append(city, tx, fact.clone(), by).await?;
    if done == Ingested::New {
        acting::act(city, tx, &fact.subject, city.now()).await?;
    }
    Ok(done)
}

/// Appends without acting.
pub(crate) async fn append(
    city: &City,
    tx: &mut Tx,
    mut fact: Fact,
    by: &Teller,
) -> Result<Ingested, Fault> {
    let now = city.now();
    if let Some(known) = db::find_fact(&mut **tx, &fact.id).await? {
        fact.recorded = known.fact.recorded;
        return if known.fact == fact {
            Ok(Ingested::Known)
        } else {
            Err(Fault::conflict("fact-exists"))
        };
    }
    check(city, tx, &fact).await?;
    db::insert_fact(tx, &fact, &by.id, now).await?;
    Ok(Ingested::New)
}

async fn check(city: &City, tx: &mut Tx, fact: &Fact) -> Result<(), Fault> {
    if fact.private {
        return Err(Fault::invalid("private-fact"));
    }
    let id_fits = (1..=128).contains(&fact.id.as_str().len())
        && fact
            .id
            .as_str()
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-._".contains(c));
    if !id_fits {
        return Err(Fault::invalid("bad-id"));
    }
    let Some(subject) = db::resident(&mut **tx, &fact.subject, Relation::Myself).await? else {
        return Err(Fault::invalid("unknown-resident"));
    };
    if fact.status != FactStatus::EnteredInError {
        vocabulary::check(city, fact)?;
        if let Some(birth) = subject.birth_date
            && fact.at.date_in(city.zone()) < birth
        {
            return Err(vocabulary::before_birth());
        }
        vocabulary::check_dates(city, fact, subject.birth_date)?;
        let tomorrow = city.now() + jiff::SignedDuration::from_hours(24);
        if fact.at.start_in(city.zone()) > tomorrow {
            return Err(Fault::invalid("in-the-future"));
        }
    }
    if let Some(earlier) = &fact.supersedes {
        let earlier = db::find_fact(&mut **tx, earlier).await?;
        if earlier.is_none_or(|it| it.fact.subject != fact.subject) {
            return Err(Fault::invalid("nothing-to-supersede"));
        }
    }
    Ok(())
}
