//! The device's cache: one SQLCipher file per account. The only user of SQLite in the client.
//!
//! Reading goes through [`Store::read`], writing through [`Store::write`]: transactions begin there and nowhere else, and
//! say what changed, so that screens know what to read again.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "tests may panic"))]

mod changes;
mod error;
mod key;
mod migrate;
mod open;
mod store;
mod table;
mod tag;

pub use changes::RecordKey;
pub use error::{OpenError, StoreError};
pub use key::Key;
pub use open::{Damaged, FolderLock, Opened};
pub use store::{Read, Store, Write};
pub use table::{Queued, Sent, Waiting};
pub use tag::Tag;
