use serde::Serialize;
use vekha_model::Text;
use vekha_protocol::{CityError, NetworkError};
use vekha_store::{OpenError, StoreError};
use vekha_words::Fill;

/// Why a command did nothing: a code for programs, words for the resident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{code}: {}", message.en)]
pub struct CommandError {
    pub code: String,
    pub message: Text,
}

impl CommandError {
    /// The error of a code, in its own words: `error-` and the code is their key.
    pub fn of(code: &str) -> Self {
        Self::filled(code, &[])
    }

    /// The same, with something filled in.
    pub fn filled(code: &str, values: &[(&str, &dyn Fill)]) -> Self {
        let key = format!("error-{code}");
        Self::saying(code, vekha_words::filled(&key, values))
    }

    /// A code in other words than its own, where these say better what to do.
    pub fn saying(code: &str, message: Text) -> Self {
        Self {
            code: code.to_owned(),
            message,
        }
    }

    /// The HTTP status of the same error.
    pub fn status(&self) -> u16 {
        match self.code.as_str() {
            "unknown-command" | "not-found" => 404,
            "bad-arguments" => 400,
            "locked" | "signed-out" => 401,
            "too-large" => 413,
            "offline" => 503,
            "disk-full" => 507,
            "inside" | "damaged-now" => 500,
            _ => 422,
        }
    }

    pub fn locked() -> Self {
        Self::of("locked")
    }

    pub fn not_found() -> Self {
        Self::of("not-found")
    }

    pub fn signed_out() -> Self {
        Self::of("signed-out")
    }

    /// A file could not be written.
    pub fn of_disk(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::StorageFull {
            return StoreError::Full.into();
        }
        let error = error.to_string();
        let message = vekha_words::filled("disk-not-written", &[("error", &error)]);
        Self::saying("folder", message)
    }

    pub fn inside(why: &impl std::fmt::Display) -> Self {
        tracing::error!(%why, "a command failed inside");
        Self::of("inside")
    }
}

/// Nothing, where nobody is signed in or the device is closed.
///
/// # Errors
/// What the device holds cannot be read.
pub fn of_someone<T>(found: Result<T, CommandError>) -> Result<Option<T>, CommandError> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.code == "signed-out" || error.code == "locked" => Ok(None),
        Err(error) => Err(error),
    }
}

impl From<NetworkError> for CommandError {
    fn from(error: NetworkError) -> Self {
        Self {
            code: error.code,
            message: error.words,
        }
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => Self::of("disk-full"),
            StoreError::Damaged => Self::of("damaged-now"),
            other => Self::inside(&other),
        }
    }
}

impl From<OpenError> for CommandError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::SecondInstance => Self::of("second-instance"),
            OpenError::WrongKey => Self::of("wrong-key"),
            OpenError::FromTheFuture { .. } => Self::of("from-the-future"),
            OpenError::Folder(error) => Self::filled("folder", &[("error", &error.to_string())]),
            OpenError::Store(error) => error.into(),
        }
    }
}

impl From<&CityError> for CommandError {
    fn from(error: &CityError) -> Self {
        NetworkError::from(error).into()
    }
}
