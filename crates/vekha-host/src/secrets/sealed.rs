//! `secrets.sealed`: a salt, a nonce, and the secrets under XChaCha20-Poly1305 with a key that Argon2id (RFC 9106) makes
//! from the passphrase.

use argon2::Argon2;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, aead::Aead};
use rand::RngCore;
use std::{
    collections::BTreeMap,
    fs,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};
use vekha_connectors::SecretError;

const SALT: usize = 16;
const NONCE: usize = 24;

pub struct Sealed {
    path: PathBuf,
    salt: [u8; SALT],
    cipher: XChaCha20Poly1305,
    secrets: Mutex<BTreeMap<String, String>>,
}

impl Sealed {
    /// Opens the sealed secrets of a folder, or begins new ones.
    pub fn open(folder: &Path, passphrase: &str) -> Result<Self, SecretError> {
        let path = folder.join("secrets.sealed");
        match fs::read(&path) {
            Ok(bytes) => Self::unseal(path, &bytes, passphrase),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let mut salt = [0; SALT];
                rand::rng().fill_bytes(&mut salt);
                let sealed = Self {
                    path,
                    salt,
                    cipher: cipher(passphrase, &salt)?,
                    secrets: Mutex::default(),
                };
                sealed.write(&BTreeMap::new())?;
                Ok(sealed)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn unseal(path: PathBuf, bytes: &[u8], passphrase: &str) -> Result<Self, SecretError> {
        let (salt, rest) = bytes
            .split_first_chunk::<SALT>()
            .ok_or(SecretError::Damaged)?;
        let (nonce, sealed) = rest
            .split_first_chunk::<NONCE>()
            .ok_or(SecretError::Damaged)?;
        let cipher = cipher(passphrase, salt)?;
        let plain = cipher
            .decrypt(nonce.into(), sealed)
            .map_err(|_| SecretError::WrongPassphrase)?;
        let secrets = serde_json::from_slice(&plain).map_err(|_| SecretError::Damaged)?;
        Ok(Self {
            path,
            salt: *salt,
            cipher,
            secrets: Mutex::new(secrets),
        })
    }

    pub fn get(&self, name: &str) -> Option<String> {
        self.secrets
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(name)
            .cloned()
    }

    pub fn set(&self, name: &str, secret: Option<&str>) -> Result<(), SecretError> {
        let mut secrets = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        let mut next = secrets.clone();
        match secret {
            Some(secret) => next.insert(name.to_owned(), secret.to_owned()),
            None => next.remove(name),
        };
        self.write(&next)?;
        *secrets = next;
        Ok(())
    }

    /// Writes beside and renames, so that a full disk leaves the old secrets in place.
    fn write(&self, secrets: &BTreeMap<String, String>) -> Result<(), SecretError> {
        let plain = serde_json::to_vec(secrets).map_err(|_| SecretError::Damaged)?;
        let mut nonce = [0; NONCE];
        rand::rng().fill_bytes(&mut nonce);
        let sealed = self
            .cipher
            .encrypt((&nonce).into(), plain.as_slice())
            .map_err(|_| SecretError::Damaged)?;
        let beside = self.path.with_extension("sealed.new");
        let mut file = fs::File::create(&beside)?;
        for part in [&self.salt[..], &nonce[..], &sealed[..]] {
            file.write_all(part)?;
        }
        file.sync_all()?;
        fs::rename(&beside, &self.path)?;
        Ok(())
    }
}

fn cipher(passphrase: &str, salt: &[u8]) -> Result<XChaCha20Poly1305, SecretError> {
    let mut key = [0; 32];
    Argon2::default()
        .hash_password_into(passphrase.as_bytes(), salt, &mut key)
        .map_err(|_| SecretError::WrongPassphrase)?;
    Ok(XChaCha20Poly1305::new(&key.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_come_back_with_the_passphrase_and_only_with_it() {
        let folder = tempfile::tempdir().unwrap();
        Sealed::open(folder.path(), "длинная фраза")
            .unwrap()
            .set("key", Some("0a1b"))
            .unwrap();
        assert_eq!(
            Sealed::open(folder.path(), "длинная фраза")
                .unwrap()
                .get("key")
                .unwrap(),
            "0a1b"
        );
        assert!(matches!(
            Sealed::open(folder.path(), "другая"),
            Err(SecretError::WrongPassphrase)
        ));
    }

    #[test]
    fn nothing_of_a_secret_can_be_read_in_the_file() {
        let folder = tempfile::tempdir().unwrap();
        Sealed::open(folder.path(), "фраза")
            .unwrap()
            .set("key", Some("SECRET-VALUE"))
            .unwrap();
        let bytes = std::fs::read(folder.path().join("secrets.sealed")).unwrap();
        assert!(!bytes.windows(12).any(|window| window == b"SECRET-VALUE"));
    }

    #[test]
    fn a_damaged_file_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("secrets.sealed"), b"short").unwrap();
        assert!(matches!(
            Sealed::open(folder.path(), "фраза"),
            Err(SecretError::Damaged)
        ));
        assert_eq!(
            std::fs::read(folder.path().join("secrets.sealed")).unwrap(),
            b"short"
        );
    }
}
