use super::SecretError;
use keyring::{Entry, Error};

const SERVICE: &str = "app.vekha.host";

pub(super) fn get(name: &str) -> Result<Option<String>, SecretError> {
    match entry(name)?.get_password() {
        Ok(secret) => Ok(Some(secret)),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(said(&error)),
    }
}

pub(super) fn set(name: &str, secret: &str) -> Result<(), SecretError> {
    entry(name)?
        .set_password(secret)
        .map_err(|error| said(&error))
}

pub(super) fn delete(name: &str) -> Result<(), SecretError> {
    match entry(name)?.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(said(&error)),
    }
}

fn entry(name: &str) -> Result<Entry, SecretError> {
    Entry::new(SERVICE, name).map_err(|error| said(&error))
}

fn said(error: &Error) -> SecretError {
    SecretError::NoKeyring(error.to_string())
}
