//! How far a reading has come. One from the beginning may take long: what it has is kept with every page, and a device that
//! is switched off in the middle goes on where it was. Only its end takes away what the city no longer has.

use crate::{Progress, value};
use serde::{Deserialize, Serialize};
use vekha_protocol::{ChangesPage, Cursor};
use vekha_store::{Read, StoreError, Write};

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Reading {
    pub cursor: Option<Cursor>,
    /// Names the reading from the beginning; what carries an older one at its end is gone from the city.
    pub generation: i64,
    whole: bool,
    done: u64,
    total: Option<u64>,
}

/// The reading to go on with: the one that was cut off, else from the cursor, else from the beginning.
pub(crate) fn resume(store: &Read<'_>) -> Result<Reading, StoreError> {
    let values = store.values();
    if let Some(cut_off) = values.get(value::READING)? {
        return Ok(cut_off);
    }
    let Some(cursor) = values.get(value::CURSOR)? else {
        return begin(store);
    };
    Ok(Reading {
        cursor: Some(cursor),
        generation: generation(store)?.max(1),
        whole: false,
        done: 0,
        total: None,
    })
}

/// A reading from the beginning. One that was given up in the middle left records behind, so its name is not used again.
pub(crate) fn begin(store: &Read<'_>) -> Result<Reading, StoreError> {
    let given_up: Option<Reading> = store.values().get(value::READING)?;
    let before = given_up.map_or(0, |it| it.generation);
    Ok(Reading {
        cursor: None,
        generation: generation(store)?.max(before) + 1,
        whole: true,
        done: 0,
        total: None,
    })
}

fn generation(store: &Read<'_>) -> Result<i64, StoreError> {
    Ok(store.values().get(value::GENERATION)?.unwrap_or(0))
}

impl Reading {
    pub fn advance(&mut self, page: &ChangesPage) {
        self.cursor = Some(page.cursor.clone());
        self.done += page.changes.len() as u64;
        self.total = self.total.or(page.total);
    }

    /// Keeps how far it is, in the same transaction as the page itself.
    pub fn keep(&self, tx: &Write<'_>, ended: bool) -> Result<(), StoreError> {
        if self.whole && !ended {
            return tx.set_value(value::READING, self);
        }
        tx.set_value(value::CURSOR, &self.cursor)?;
        if self.whole {
            tx.remove_value(value::READING)?;
            tx.set_value(value::GENERATION, &self.generation)?;
            tx.remove_older_than(self.generation)?;
        }
        Ok(())
    }

    pub fn progress(&self) -> Progress {
        Progress {
            done: self.done,
            total: self.total,
        }
    }
}
