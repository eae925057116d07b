use crate::{Keys, Pack, Signing};
use ed25519_dalek::{SigningKey, VerifyingKey};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

pub fn sign(
    (dir, region): (&Path, Option<&str>),
    key: &Path,
    key_id: &str,
    (issued, expires): (Timestamp, Timestamp),
    out: &Path,
) -> Result<bool, String> {
    let text = fs::read_to_string(key)
        .map_err(|error| format!("{} cannot be read: {error}", key.display()))?;
    let key = SigningKey::from_bytes(&bytes(text.trim()).ok_or("a key is 64 hexadecimal digits")?);
    let signing = Signing {
        key: &key,
        key_id,
        issued,
        expires,
        keys: &BTreeMap::new(),
    };
    let pack = Pack::build(dir, region, &signing).map_err(|error| error.to_string())?;
    fs::write(out, pack.0)
        .map_err(|error| format!("{} cannot be written: {error}", out.display()))?;
    let public: String = key
        .verifying_key()
        .to_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    println!(
        "Signed into {}. Trust it with --trust {key_id}={public}",
        out.display()
    );
    Ok(true)
}

pub fn verify(
    pack: &Path,
    trust: &[String],
    now: Timestamp,
    last: Option<&str>,
) -> Result<bool, String> {
    let text =
        fs::read(pack).map_err(|error| format!("{} cannot be read: {error}", pack.display()))?;
    let mut keys = Keys::new();
    for one in trust {
        let wrong = || format!("“{one}” is not <id>=<64 hexadecimal digits>");
        let (id, hex) = one.split_once('=').ok_or_else(wrong)?;
        let key = VerifyingKey::from_bytes(&bytes(hex).ok_or_else(wrong)?).map_err(|_| wrong())?;
        keys.insert(id.to_owned(), key);
    }
    match Pack::verify(&text, &keys, now, last) {
        Ok(opened) => {
            let version = opened.catalogue.version();
            println!(
                "Catalogue {} {} is signed and in force.",
                version.id, version.version
            );
            Ok(true)
        }
        Err(error) => {
            println!("Refused: {error}.");
            Ok(false)
        }
    }
}

fn bytes(hex: &str) -> Option<[u8; 32]> {
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    let mut bytes = [0; 32];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[place * 2..place * 2 + 2], 16).ok()?;
    }
    Some(bytes)
}
