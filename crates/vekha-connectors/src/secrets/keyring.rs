use super::{SecretError, SecretPlace};
use keyring::{Entry, Error};
use std::{fs, io, path::Path};
use uuid::Uuid;

/// Beside the data: which secrets of the keyring are its own. No secret itself.
const NAME: &str = "keyring.id";

/// The operating system's keyring, under the name of one program and of one data folder: two accounts side by side never
/// see each other's secrets, and a folder that is moved takes its own along.
#[derive(Debug, Clone)]
pub struct Keyring {
    service: &'static str,
    folder: String,
}

impl Keyring {
    /// # Errors
    /// The folder cannot be read or written.
    pub fn of(service: &'static str, data: &Path) -> io::Result<Self> {
        fs::create_dir_all(data)?;
        let beside = data.join(NAME);
        let folder = match fs::read_to_string(&beside) {
            Ok(kept) if !kept.trim().is_empty() => kept.trim().to_owned(),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {
                let new = Uuid::new_v4().simple().to_string();
                fs::write(&beside, &new)?;
                new
            }
        };
        Ok(Self { service, folder })
    }

    fn entry(&self, name: &str) -> Result<Entry, SecretError> {
        let name = format!("{name}/{}", self.folder);
        Entry::new(self.service, &name).map_err(|error| said(&error))
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
