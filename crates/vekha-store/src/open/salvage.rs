//! What exists nowhere else is saved out of a damaged database: actions the city does not have, and records the device made.

use super::keyed;
use crate::{Key, OpenError, StoreError};
use rusqlite::{Connection, Row, params};
use std::path::Path;

/// What could be read, and whether that was all of it.
#[derive(Default)]
pub(super) struct Salvage {
    unsent: Vec<Unsent>,
    own: Vec<Own>,
    pub complete: bool,
}

struct Unsent {
    seq: i64,
    key: String,
    thing: String,
    action: String,
    queued_at: i64,
    refused: Option<String>,
}

struct Own {
    kind: String,
    id: String,
    body: String,
}

/// How many rows of each were carried over.
pub(super) struct Carried {
    pub actions: usize,
    pub own: usize,
}

const UNSENT: &str = "SELECT seq, key, thing, action, queued_at, refused FROM outbox";
const OWN: &str = "SELECT kind, id, body FROM record WHERE generation = 0";

impl Salvage {
    /// Reads what it can around the pages that cannot be read.
    pub fn read(path: &Path, key: &Key) -> Self {
        let mut pages = Pages {
            path,
            key,
            open: None,
        };
        let (unsent, outbox_whole) = unsent(&mut pages);
        let (mut own, whole) = pages.rows(&format!("{OWN} ORDER BY kind, id"), [], of_record);
        if !whole {
            // From the other end too: what lies behind the damage.
            let behind = format!("{OWN} ORDER BY kind DESC, id DESC");
            own.extend(pages.rows(&behind, [], of_record).0);
        }
        Self {
            unsent,
            own,
            complete: outbox_whole && whole,
        }
    }

    pub fn carry_over(&self, connection: &Connection) -> Result<Carried, StoreError> {
        let mut actions = 0;
        for row in &self.unsent {
            actions += connection.execute(
                "INSERT OR IGNORE INTO outbox (key, thing, action, queued_at, refused) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![row.key, row.thing, row.action, row.queued_at, row.refused],
            )?;
        }
        let mut own = 0;
        for row in &self.own {
            own += connection.execute(
                "INSERT OR IGNORE INTO record (kind, id, body, generation) VALUES (?1, ?2, ?3, 0)",
                params![row.kind, row.id, row.body],
            )?;
        }
        Ok(Carried { actions, own })
    }
}

/// In one go where that works, else one by one by their numbers: no number is given twice, so all are below the last one.
fn unsent(pages: &mut Pages<'_>) -> (Vec<Unsent>, bool) {
    let (all, whole) = pages.rows(&format!("{UNSENT} ORDER BY seq"), [], of_outbox);
    if whole {
        return (all, true);
    }
    let mut last = |from: &str| pages.rows(from, [], |row| row.get::<_, i64>(0)).0.pop();
    let end = last("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'")
        .or_else(|| last("SELECT seq FROM outbox ORDER BY seq DESC LIMIT 1"))
        .unwrap_or_else(|| all.last().map_or(0, |row| row.seq) + 1_000);
    let one = format!("{UNSENT} WHERE seq = ?1");
    let found = (1..=end).flat_map(|seq| pages.rows(&one, [seq], of_outbox).0);
    (found.collect(), false)
}

fn of_outbox(row: &Row<'_>) -> rusqlite::Result<Unsent> {
    Ok(Unsent {
        seq: row.get(0)?,
        key: row.get(1)?,
        thing: row.get(2)?,
        action: row.get(3)?,
        queued_at: row.get(4)?,
        refused: row.get(5)?,
    })
}

fn of_record(row: &Row<'_>) -> rusqlite::Result<Own> {
    Ok(Own {
        kind: row.get(0)?,
        id: row.get(1)?,
        body: row.get(2)?,
    })
}

/// The damaged file. A connection that has met a page it cannot decrypt reads nothing any more, so each failure opens a new
/// one.
struct Pages<'a> {
    path: &'a Path,
    key: &'a Key,
    open: Option<Connection>,
}

impl Pages<'_> {
    /// The rows up to the first that cannot be read, and whether there was none such.
    fn rows<T, const N: usize>(
        &mut self,
        sql: &str,
        with: [i64; N],
        read: fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> (Vec<T>, bool) {
        let mut found = Vec::new();
        let whole = self.read_into(&mut found, sql, with, read).is_ok();
        if !whole {
            self.open = None;
        }
        (found, whole)
    }

    fn read_into<T, const N: usize>(
        &mut self,
        found: &mut Vec<T>,
        sql: &str,
        with: [i64; N],
        read: fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<(), OpenError> {
        let connection = match self.open.take() {
            Some(open) => open,
            None => keyed(self.path, self.key)?,
        };
        let connection = self.open.insert(connection);
        let mut statement = connection.prepare_cached(sql)?;
        for row in statement.query_map(rusqlite::params_from_iter(with), read)? {
            found.push(row?);
        }
        Ok(())
    }
}
