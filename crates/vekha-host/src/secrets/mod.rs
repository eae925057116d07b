//! Where the host keeps tokens and the database key: the OS keyring, or a file sealed by a passphrase. Never a plain file.

mod sealed;

use sealed::Sealed;
use std::{
    path::{Path, PathBuf},
    sync::{PoisonError, RwLock},
};
use vekha_connectors::{Keyring, SecretError, SecretPlace};

const SERVICE: &str = "app.vekha.host";

/// The secrets, once a keyring answers or a passphrase has opened them.
pub enum Locker {
    Keyring(Keyring),
    Sealed {
        folder: PathBuf,
        open: RwLock<Option<Sealed>>,
    },
}

impl Locker {
    /// # Errors
    /// The folder cannot be read or written.
    pub fn keyring(folder: &Path) -> std::io::Result<Self> {
        Keyring::of(SERVICE, folder).map(Self::Keyring)
    }

    /// Closed until [`Locker::unlock`].
    pub fn sealed(folder: &Path) -> Self {
        Self::Sealed {
            folder: folder.to_owned(),
            open: RwLock::new(None),
        }
    }

    /// # Errors
    /// The passphrase is another one, or the file cannot be read; it is left as it is.
    pub fn unlock(&self, passphrase: &str) -> Result<(), SecretError> {
        let Self::Sealed { folder, open } = self else {
            return Ok(());
        };
        let mut open = open.write().unwrap_or_else(PoisonError::into_inner);
        if open.is_none() {
            *open = Some(Sealed::open(folder, passphrase)?);
        }
        Ok(())
    }
}

fn with<T>(
    open: &RwLock<Option<Sealed>>,
    use_it: impl FnOnce(&Sealed) -> Result<T, SecretError>,
) -> Result<T, SecretError> {
    let open = open.read().unwrap_or_else(PoisonError::into_inner);
    use_it(open.as_ref().ok_or(SecretError::Closed)?)
}

impl SecretPlace for Locker {
    fn get(&self, name: &str) -> Result<Option<String>, SecretError> {
        match self {
            Self::Keyring(keyring) => keyring.get(name),
            Self::Sealed { open, .. } => with(open, |file| Ok(file.get(name))),
        }
    }

    fn set(&self, name: &str, secret: &str) -> Result<(), SecretError> {
        match self {
            Self::Keyring(keyring) => keyring.set(name, secret),
            Self::Sealed { open, .. } => with(open, |file| file.set(name, Some(secret))),
        }
    }

    fn delete(&self, name: &str) -> Result<(), SecretError> {
        match self {
            Self::Keyring(keyring) => SecretPlace::delete(keyring, name),
            Self::Sealed { open, .. } => with(open, |file| file.set(name, None)),
        }
    }
}
