use crate::{StoreError, Tag, Write};
use rusqlite::{Connection, OptionalExtension, params};
use serde::de::DeserializeOwned;

pub struct Records<'t> {
    pub(crate) connection: &'t Connection,
}

impl Records<'_> {
    /// All records of a kind that have the shape of `T`, by id.
    ///
    /// # Errors
    /// The database failed.
    pub fn all<T: DeserializeOwned>(&self, kind: &str) -> Result<Vec<T>, StoreError> {
        let mut rows = self
            .connection
            .prepare_cached("SELECT body FROM record WHERE kind = ?1 ORDER BY id")?;
        let bodies = rows.query_map([kind], |row| row.get::<_, String>(0))?;
        let mut all = Vec::new();
        for body in bodies {
            match parse(kind, &body?) {
                Ok(record) => all.push(record),
                // Kept by a version that did not know this kind, or knew it otherwise: one record is no reason to show none.
                Err(_) => tracing::warn!(kind, "a kept record is not of this version's shape"),
            }
        }
        Ok(all)
    }

    pub fn one<T: DeserializeOwned>(&self, kind: &str, id: &str) -> Result<Option<T>, StoreError> {
        let mut row = self
            .connection
            .prepare_cached("SELECT body FROM record WHERE kind = ?1 AND id = ?2")?;
        let body: Option<String> = row.query_row([kind, id], |row| row.get(0)).optional()?;
        body.map(|body| parse(kind, &body)).transpose()
    }

    pub fn count(&self, kind: &str) -> Result<u64, StoreError> {
        let mut row = self
            .connection
            .prepare_cached("SELECT count(*) FROM record WHERE kind = ?1")?;
        Ok(row
            .query_row([kind], |row| row.get::<_, i64>(0))?
            .unsigned_abs())
    }

    /// How many records could not be read; told to the resident, never hidden.
    pub fn unreadable(&self) -> Result<u64, StoreError> {
        Ok(self
            .connection
            .query_row("SELECT count(*) FROM unreadable", [], |row| {
                row.get::<_, i64>(0)
            })?
            .unsigned_abs())
    }
}

fn parse<T: DeserializeOwned>(kind: &str, body: &str) -> Result<T, StoreError> {
    serde_json::from_str(body).map_err(|error| StoreError::Unreadable {
        what: kind.to_owned(),
        why: error.to_string(),
    })
}

impl Write<'_> {
    /// Takes over a record as it was sent. `generation` names the reading from the beginning, 0 for what the device made.
    ///
    /// # Errors
    /// The database failed.
    pub fn put_record(
        &self,
        kind: &str,
        id: &str,
        body: &str,
        generation: i64,
    ) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached(
                "INSERT INTO record (kind, id, body, generation) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body, generation = excluded.generation",
            )?
            .execute(params![kind, id, body, generation])?;
        self.records.borrow_mut().one(kind, id);
        if generation == 0 {
            self.own.set(true);
        }
        if self.any_unreadable()? {
            self.transaction
                .prepare_cached("DELETE FROM unreadable WHERE kind = ?1 AND id = ?2")?
                .execute([kind, id])?;
        }
        self.mark(Tag::of_kind(kind));
        Ok(())
    }

    /// Asked once a transaction: the table is nearly always empty, and a first sync puts thousands of records.
    fn any_unreadable(&self) -> Result<bool, StoreError> {
        if let Some(known) = self.unreadable.get() {
            return Ok(known);
        }
        let any = self.read().records().unreadable()? > 0;
        self.unreadable.set(Some(any));
        Ok(any)
    }

    pub fn remove_record(&self, kind: &str, id: &str) -> Result<(), StoreError> {
        for table in ["record", "unreadable"] {
            self.transaction
                .prepare_cached(&format!("DELETE FROM {table} WHERE kind = ?1 AND id = ?2"))?
                .execute([kind, id])?;
        }
        self.records.borrow_mut().one(kind, id);
        self.mark(Tag::of_kind(kind));
        Ok(())
    }

    /// Keeps a record that could not be read apart, with the reason.
    pub fn put_unreadable(
        &self,
        kind: &str,
        id: &str,
        body: &str,
        why: &str,
    ) -> Result<(), StoreError> {
        self.transaction.execute(
            "INSERT INTO unreadable (kind, id, body, why) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body, why = excluded.why",
            [kind, id, body, why],
        )?;
        self.unreadable.set(Some(true));
        self.mark(&[Tag::Session]);
        Ok(())
    }

    /// A reading from the beginning sends anew what could not be read.
    pub fn forget_unreadable(&self) -> Result<(), StoreError> {
        if self.transaction.execute("DELETE FROM unreadable", [])? > 0 {
            self.mark(&[Tag::Session]);
        }
        Ok(())
    }

    /// After a whole reading: what the city no longer has goes. What the device made (generation 0) stays.
    pub fn remove_older_than(&self, generation: i64) -> Result<usize, StoreError> {
        let gone = self.transaction.execute(
            "DELETE FROM record WHERE generation > 0 AND generation < ?1",
            [generation],
        )?;
        if gone > 0 {
            self.records.borrow_mut().all();
            self.mark(Tag::of_kind("resident"));
        }
        Ok(gone)
    }
}
