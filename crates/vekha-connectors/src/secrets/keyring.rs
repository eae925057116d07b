use super::{SecretError, SecretPlace};
use keyring::{Entry, Error};

/// The operating system's keyring, under the name of one program.
#[derive(Debug, Clone, Copy)]
pub struct Keyring {
    pub service: &'static str,
}

impl Keyring {
    fn entry(&self, name: &str) -> Result<Entry, SecretError> {
        Entry::new(self.service, name).map_err(|error| said(&error))
    }
}

impl SecretPlace for Keyring {
    fn get(&self, name: &str) -> Result<Option<String>, SecretError> {
        match self.entry(name)?.get_password() {
            Ok(secret) => Ok(Some(secret)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(said(&error)),
        }
    }

    fn set(&self, name: &str, secret: &str) -> Result<(), SecretError> {
        let entry = self.entry(name)?;
        entry.set_password(secret).map_err(|error| said(&error))
    }

    fn delete(&self, name: &str) -> Result<(), SecretError> {
        match self.entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(said(&error)),
        }
    }
}

fn said(error: &Error) -> SecretError {
    match error {
        Error::PlatformFailure(why) | Error::NoStorageAccess(why) => {
            SecretError::NoKeyring(why.to_string())
        }
        other => SecretError::Refused(other.to_string()),
    }
}
