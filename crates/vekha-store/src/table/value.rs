use crate::{StoreError, Tag, Write};
use rusqlite::{Connection, OptionalExtension};
use serde::{Serialize, de::DeserializeOwned};

pub struct Values<'t> {
    pub(crate) connection: &'t Connection,
}

impl Values<'_> {
    /// # Errors
    /// The database failed, or the value has another shape.
    pub fn get<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StoreError> {
        let mut row = self
            .connection
            .prepare_cached("SELECT body FROM value WHERE name = ?1")?;
        let body: Option<String> = row.query_row([name], |row| row.get(0)).optional()?;
        body.map(|body| serde_json::from_str(&body))
            .transpose()
            .map_err(|error| StoreError::Unreadable {
                what: name.to_owned(),
                why: error.to_string(),
            })
    }
}

impl Write<'_> {
    /// # Errors
    /// The database failed.
    pub fn set_value<T: Serialize>(&self, name: &str, value: &T) -> Result<(), StoreError> {
        let body = serde_json::to_string(value).map_err(|error| StoreError::Unreadable {
            what: name.to_owned(),
            why: error.to_string(),
        })?;
        self.transaction
            .prepare_cached("INSERT INTO value (name, body) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET body = excluded.body")?
            .execute([name, &body])?;
        self.mark(&[Tag::Session]);
        Ok(())
    }

    pub fn remove_value(&self, name: &str) -> Result<(), StoreError> {
        self.transaction
            .execute("DELETE FROM value WHERE name = ?1", [name])?;
        self.mark(&[Tag::Session]);
        Ok(())
    }
}
