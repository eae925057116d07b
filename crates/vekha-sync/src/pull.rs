use crate::{
    SyncError, SyncReport,
    reading::{Reading, begin, resume},
};
use vekha_protocol::{ChangesPage, City, CityError};
use vekha_store::{Store, StoreError, Write};

/// Millions of records, by the usual page: a city that still says "more" then never stops.
const MOST_PAGES: usize = 5_000;

/// How far a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub done: u64,
    /// Where the city knows.
    pub total: Option<u64>,
}

/// Reads everything since the cursor, or goes on with a reading that was cut off. A cursor the city no longer knows means
/// reading from the beginning; what is not sent yet is not touched by that.
pub(crate) async fn pull(
    store: &Store,
    city: &dyn City,
    progress: &(dyn Fn(Progress) + Send + Sync),
    report: &mut SyncReport,
) -> Result<(), SyncError> {
    let reading = store.read(resume)?;
    match read_on(store, city, reading, progress, report).await {
        Err(SyncError::City(CityError::CursorGone)) => {
            let anew = store.read(begin)?;
            read_on(store, city, anew, progress, report).await
        }
        other => other,
    }
}

async fn read_on(
    store: &Store,
    city: &dyn City,
    mut reading: Reading,
    progress: &(dyn Fn(Progress) + Send + Sync),
    report: &mut SyncReport,
) -> Result<(), SyncError> {
    let mut pages = 0;
    loop {
        let page = city.pull(reading.cursor.as_ref()).await?;
        pages += 1;
        // A city that says "more" and does not move would be asked for ever.
        if page.more && (reading.cursor.as_ref() == Some(&page.cursor) || pages == MOST_PAGES) {
            return Err(CityError::Malformed("the changes do not advance".into()).into());
        }
        let first = reading.cursor.is_none();
        reading.advance(&page);
        let ((), tags) = store.write::<_, StoreError>(|tx| {
            if first {
                tx.forget_unreadable()?;
            }
            take(tx, &page, reading.generation, report)?;
            if !page.more {
                tx.forget_sent()?;
            }
            reading.keep(tx, !page.more)
        })?;
        report.pulled += page.changes.len() as u64;
        report.tags.extend(tags);
        progress(reading.progress());
        if !page.more {
            return Ok(());
        }
    }
}

fn take(
    tx: &Write<'_>,
    page: &ChangesPage,
    generation: i64,
    report: &mut SyncReport,
) -> Result<(), StoreError> {
    for change in &page.changes {
        let kind = change.kind.as_str();
        if change.deleted {
            tx.remove_record(kind, &change.id)?;
            continue;
        }
        let body = change.body.as_str();
        match change.record() {
            Ok(_) => tx.put_record(kind, &change.id, body, generation)?,
            Err(error) => {
                report.unreadable += 1;
                tracing::warn!(kind, why = %shape_only(&error), "a record was set apart");
                tx.put_unreadable(kind, &change.id, body, &error.to_string())?;
            }
        }
    }
    Ok(())
}

/// An error's place without its words: those may repeat what the record says.
fn shape_only(error: &serde_json::Error) -> String {
    format!(
        "{:?} at {}:{}",
        error.classify(),
        error.line(),
        error.column()
    )
}
