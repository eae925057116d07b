use super::Tx;
use crate::Fault;
use sqlx::SqlitePool;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use vekha_model::{Fact, ResidentId};

/// How many residents' facts are kept at hand; more than are acted for at one time.
const RESIDENTS: usize = 256;

/// The committed facts of residents, read and parsed once: facts are appended and never edited, so what was read
/// stays true. Without it each new fact parsed a whole life again, several times over.
#[derive(Debug, Default)]
pub(crate) struct Shelf(Mutex<HashMap<ResidentId, Known>>);

#[derive(Debug, Clone, Default)]
struct Known {
    /// The last row read.
    last: i64,
    facts: Arc<Vec<Fact>>,
}

impl Shelf {
    /// Every fact of the resident the transaction sees, in the order they were told.
    ///
    /// # Errors
    /// The database cannot be read.
    pub(crate) async fn facts(
        &self,
        pool: &SqlitePool,
        tx: &mut Tx,
        subject: &ResidentId,
    ) -> Result<Vec<Fact>, Fault> {
        let known = self.committed(pool, subject).await?;
        let mut facts = known.facts.to_vec();
        // What the transaction itself wrote may yet be taken back: read anew each time, never kept.
        for (_, body) in after(&mut **tx, subject, known.last).await? {
            facts.push(serde_json::from_str(&body)?);
        }
        Ok(facts)
    }

    /// Reads over a connection of its own, which sees only what is committed.
    async fn committed(&self, pool: &SqlitePool, subject: &ResidentId) -> Result<Known, Fault> {
        let mut known = {
            let shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            shelf.get(subject).cloned().unwrap_or_default()
        };
        let new = after(pool, subject, known.last).await?;
        if new.is_empty() {
            return Ok(known);
        }
        let mut facts = known.facts.to_vec();
        for (row, body) in new {
            facts.push(serde_json::from_str(&body)?);
            known.last = row;
        }
        known.facts = Arc::new(facts);
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if shelf.len() >= RESIDENTS && !shelf.contains_key(subject) {
            shelf.clear();
        }
        shelf.insert(subject.clone(), known.clone());
        Ok(known)
    }
}

async fn after(
    db: impl sqlx::SqliteExecutor<'_>,
    subject: &ResidentId,
    row: i64,
) -> Result<Vec<(i64, String)>, Fault> {
    let query = "SELECT rowid, body FROM facts WHERE subject = ? AND rowid > ? ORDER BY rowid";
    Ok(sqlx::query_as(query)
        .bind(subject.as_str())
        .bind(row)
        .fetch_all(db)
        .await?)
}
