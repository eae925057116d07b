//! Tokens and the database key live in the operating system's keyring, nowhere else.

use keyring::{Entry, Error};

const SERVICE: &str = "app.vekha";

/// The keyring did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    #[error("no keyring is running: {0}")]
    NoKeyring(String),
    #[error("the keyring refused: {0}")]
    Refused(String),
}

pub fn get(name: &str) -> Result<Option<String>, SecretError> {
    match entry(name)?.get_password() {
        Ok(secret) => Ok(Some(secret)),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(said(&error)),
    }
}

pub fn set(name: &str, secret: &str) -> Result<(), SecretError> {
    entry(name)?
        .set_password(secret)
        .map_err(|error| said(&error))
}

pub fn delete(name: &str) -> Result<(), SecretError> {
    match entry(name)?.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(said(&error)),
    }
}

fn entry(name: &str) -> Result<Entry, SecretError> {
    Entry::new(SERVICE, name).map_err(|error| said(&error))
}

fn said(error: &Error) -> SecretError {
    match error {
        Error::PlatformFailure(why) | Error::NoStorageAccess(why) => {
            SecretError::NoKeyring(why.to_string())
        }
        other => SecretError::Refused(other.to_string()),
    }
}
