//! Where the host keeps tokens and the database key: the OS keyring, or a file sealed by a passphrase. Never a plain file.

mod keyring;
mod sealed;

pub use sealed::Sealed;

/// The place that keeps secrets would not.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    #[error("no keyring answers ({0}); start one, or give a passphrase with --passphrase-env")]
    NoKeyring(String),
    #[error("the passphrase does not open the secrets of this folder")]
    WrongPassphrase,
    #[error("the secrets could not be read or written: {0}")]
    File(#[from] std::io::Error),
    #[error("the secrets file is damaged; it was left as it is")]
    Damaged,
}

pub enum Secrets {
    Keyring,
    Sealed(Sealed),
}

impl Secrets {
    pub fn get(&self, name: &str) -> Result<Option<String>, SecretError> {
        match self {
            Self::Keyring => keyring::get(name),
            Self::Sealed(file) => Ok(file.get(name)),
        }
    }

    pub fn set(&self, name: &str, secret: &str) -> Result<(), SecretError> {
        match self {
            Self::Keyring => keyring::set(name, secret),
            Self::Sealed(file) => file.set(name, Some(secret)),
        }
    }

    pub fn delete(&self, name: &str) -> Result<(), SecretError> {
        match self {
            Self::Keyring => keyring::delete(name),
            Self::Sealed(file) => file.set(name, None),
        }
    }
}
