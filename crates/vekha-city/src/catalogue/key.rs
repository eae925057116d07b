use super::ContentError;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::SigningKey;
use rand::RngCore;
use sha2::{Digest, Sha256};
use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::Path,
};

const FILE: &str = "catalogue.key";
const NEXT: &str = "catalogue-next.key";

/// The key that signs and the one that will sign after it. Devices pin both, so that one can hand over to the other.
pub(super) fn load_or_make(data: &Path) -> Result<[(SigningKey, String); 2], ContentError> {
    Ok([read_or_make(data, FILE)?, read_or_make(data, NEXT)?])
}

/// The next key signs from the next start on, and another one is made to follow it. The old one is kept beside them.
///
/// # Errors
/// There is no next key yet, or the folder cannot be written.
pub fn roll_over(data: &Path) -> io::Result<()> {
    let (key, next) = (data.join(FILE), data.join(NEXT));
    fs::metadata(&next)?;
    fs::rename(&key, key.with_extension("key.old"))?;
    fs::rename(next, key)
}

/// Made at the first start, the same ever after, because devices pin it.
/// A file that is there and cannot be read stops the city: a new key would be refused by every device.
fn read_or_make(data: &Path, file: &str) -> Result<(SigningKey, String), ContentError> {
    let path = data.join(file);
    let refused = |why: String| ContentError::Key(path.clone(), why);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            make(&path).map_err(|error| refused(error.to_string()))?
        }
        Err(error) => return Err(refused(error.to_string())),
    };
    let bytes: [u8; 32] = URL_SAFE_NO_PAD
        .decode(text.trim())
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| refused("it is not 32 bytes in base64url".to_owned()))?;
    let key = SigningKey::from_bytes(&bytes);
    let digest = Sha256::digest(key.verifying_key().as_bytes());
    let id = format!("city-{}", URL_SAFE_NO_PAD.encode(&digest[..6]));
    Ok((key, id))
}

pub(super) fn public(key: &SigningKey) -> String {
    URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes())
}

fn make(path: &Path) -> io::Result<String> {
    let mut bytes = [0_u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    let text = URL_SAFE_NO_PAD.encode(bytes);
    // Written beside and moved into place, so that a crash leaves a whole key or none.
    let beside = path.with_extension("key.new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    writeln!(file, "{text}")?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_kept_until_the_next_one_takes_over() {
        let folder = tempfile::tempdir().unwrap();
        let ids = || load_or_make(folder.path()).unwrap().map(|(_, id)| id);
        let [first, next] = ids();
        assert_eq!(ids(), [first.clone(), next.clone()]);
        assert_ne!(first, next);
        roll_over(folder.path()).unwrap();
        let [now, after] = ids();
        assert_eq!(now, next);
        assert!(after != first && after != next);
    }

    #[test]
    fn a_damaged_key_stops_the_city_and_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), "nonsense").unwrap();
        assert!(load_or_make(folder.path()).is_err());
        let kept = fs::read_to_string(folder.path().join(FILE)).unwrap();
        assert_eq!(kept, "nonsense");
    }
}
