use crate::{SyncError, SyncReport, value};
use vekha_protocol::{ChangesPage, City, CityError, Cursor};
use vekha_store::{Store, StoreError, Write};

/// How far a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub done: u64,
    /// Where the city knows.
    pub total: Option<u64>,
}

/// Reads everything since the cursor. A cursor the city no longer knows means reading from the beginning; what is not sent
/// yet is not touched by that.
pub(crate) async fn pull(
    store: &Store,
    city: &dyn City,
    progress: &(dyn Fn(Progress) + Send + Sync),
    report: &mut SyncReport,
) -> Result<(), SyncError> {
    let cursor = store.read(|tx| tx.values().get::<Cursor>(value::CURSOR))?;
    match read_on(store, city, cursor, progress, report).await {
        Err(SyncError::City(CityError::CursorGone)) => {
            read_on(store, city, None, progress, report).await
        }
        other => other,
    }
}

async fn read_on(
    store: &Store,
    city: &dyn City,
    mut cursor: Option<Cursor>,
    progress: &(dyn Fn(Progress) + Send + Sync),
    report: &mut SyncReport,
) -> Result<(), SyncError> {
    let kept: i64 = store
        .read(|tx| tx.values().get(value::GENERATION))?
        .unwrap_or(0);
    let from_the_beginning = cursor.is_none();
    let generation = if from_the_beginning {
        kept + 1
    } else {
        kept.max(1)
    };
    let mut done = 0;
    let mut total = None;
    loop {
        let page = city.pull(cursor.as_ref()).await?;
        total = total.or(page.total);
        let last = !page.more;
        // A city that says "more" and does not move would be asked for ever.
        if page.more && cursor.as_ref() == Some(&page.cursor) {
            return Err(CityError::Malformed("the changes do not advance".into()).into());
        }
        let ((), tags) = store.write::<_, StoreError>(|tx| {
            take(tx, &page, generation, report)?;
            if !from_the_beginning || last {
                tx.set_value(value::CURSOR, &page.cursor)?;
            }
            if last && generation != kept {
                tx.set_value(value::GENERATION, &generation)?;
                tx.remove_older_than(generation)?;
            }
            Ok(())
        })?;
        done += page.changes.len() as u64;
        report.pulled += page.changes.len() as u64;
        report.tags.extend(tags);
        progress(Progress { done, total });
        if last {
            return Ok(());
        }
        cursor = Some(page.cursor);
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
        let body = change.body.to_string();
        match change.record() {
            Ok(_) => tx.put_record(kind, &change.id, &body, generation)?,
            Err(error) => {
                report.unreadable += 1;
                tracing::warn!(kind, why = %shape_only(&error), "a record was set apart");
                tx.put_unreadable(kind, &change.id, &body, &error.to_string())?;
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
