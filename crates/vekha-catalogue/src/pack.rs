//! A catalogue as one signed text: a JWS (RFC 7515, EdDSA) over what its files say, with version and expiry inside.
use crate::load;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::path::Path;
use vekha_lifepath::Catalogue;
use vekha_lifepath::source::Source;

/// Public keys by their ids.
pub type Keys = BTreeMap<String, VerifyingKey>;

/// The keys a manifest names (base64url, 32 bytes each); what is no key is left out, and signs nothing.
pub fn keys(named: &BTreeMap<String, String>) -> Keys {
    let key = |text: &String| {
        let bytes = BASE64.decode(text).ok()?;
        VerifyingKey::from_bytes(bytes.as_slice().try_into().ok()?).ok()
    };
    named
        .iter()
        .filter_map(|(id, text)| Some((id.clone(), key(text)?)))
        .collect()
}

#[derive(Debug, Serialize, Deserialize)]
struct Head {
    alg: String,
    kid: String,
    typ: String,
}

/// The catalogue is signed as it was read, not as YAML: whoever takes it over need not read that again, at every start.
#[derive(Debug, Serialize, Deserialize)]
struct Body<S> {
    id: String,
    version: String,
    issued: Timestamp,
    expires: Timestamp,
    /// Public keys that sign from now on, by their ids; none where the signing key stays the only one.
    #[serde(default)]
    keys: BTreeMap<String, String>,
    catalogue: S,
}

/// Why a pack is refused.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum PackError {
    #[error("this is not a signed catalogue")]
    Unsigned,
    #[error("the catalogue is signed with the key “{0}”, which this device does not trust")]
    UnknownKey(String),
    #[error("the signature does not fit: the catalogue was changed on its way")]
    Tampered,
    #[error("the catalogue expired on {0}")]
    Expired(Timestamp),
    #[error("the catalogue is dated {0}, which has not come yet; check the clock")]
    NotYet(Timestamp),
    #[error("the catalogue has version {found}, older than {last}, which is already here")]
    RolledBack { found: String, last: String },
    #[error("the catalogue does not load: {0}")]
    Broken(String),
}

/// A signed catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack(pub String);

/// Who signs, and for how long.
pub struct Signing<'a> {
    pub key: &'a SigningKey,
    pub key_id: &'a str,
    pub issued: Timestamp,
    pub expires: Timestamp,
    /// The keys to trust from now on, as a manifest names them: how one key hands over to the next.
    pub keys: &'a BTreeMap<String, String>,
}

/// What a pack held.
#[derive(Debug)]
pub struct Opened {
    pub catalogue: Catalogue,
    /// In place of the keys that were trusted before; empty where nothing changes.
    pub keys: BTreeMap<String, String>,
}

impl Pack {
    /// Reads, compiles and signs the catalogue in a folder.
    pub fn build(
        dir: &Path,
        region: Option<&str>,
        signing: &Signing<'_>,
    ) -> Result<Self, PackError> {
        let broken = |findings: Vec<crate::Finding>| {
            PackError::Broken(
                findings
                    .first()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
            )
        };
        Self::sign(&load(dir, region).map_err(broken)?, signing)
    }

    /// Signs a catalogue; the same one gives the same bytes.
    pub fn sign(catalogue: &Catalogue, signing: &Signing<'_>) -> Result<Self, PackError> {
        let version = catalogue.version();
        let head = Head {
            alg: "EdDSA".into(),
            kid: signing.key_id.into(),
            typ: "vekha-catalogue+jws".into(),
        };
        let mut body = Body {
            id: version.id,
            version: version.version,
            issued: signing.issued,
            expires: signing.expires,
            keys: signing.keys.clone(),
            catalogue: catalogue.source(),
        };
        let broken = |error: serde_json::Error| PackError::Broken(error.to_string());
        // What is kept is checked again at every start: whoever signed it stays trusted as long as it is in force.
        if !body.keys.is_empty() {
            let own = BASE64.encode(signing.key.verifying_key().as_bytes());
            body.keys.insert(signing.key_id.to_owned(), own);
        }
        let head = serde_json::to_vec(&head).map_err(broken)?;
        let body = serde_json::to_vec(&body).map_err(broken)?;
        let signed = format!("{}.{}", BASE64.encode(head), BASE64.encode(body));
        let signature = signing.key.sign(signed.as_bytes());
        Ok(Self(format!(
            "{signed}.{}",
            BASE64.encode(signature.to_bytes())
        )))
    }

    /// The catalogue inside, if a trusted key signed it, it is in force, and it is not older than `last_version`.
    pub fn verify(
        bytes: &[u8],
        keys: &Keys,
        now: Timestamp,
        last_version: Option<&str>,
    ) -> Result<Opened, PackError> {
        let text = std::str::from_utf8(bytes)
            .map_err(|_| PackError::Unsigned)?
            .trim();
        let (signed, signature) = text.rsplit_once('.').ok_or(PackError::Unsigned)?;
        let (head, body) = signed.split_once('.').ok_or(PackError::Unsigned)?;
        let head: Head = decode(head)?;
        if head.alg != "EdDSA" {
            return Err(PackError::Unsigned);
        }
        let key = keys.get(&head.kid).ok_or(PackError::UnknownKey(head.kid))?;
        let signature = BASE64.decode(signature).map_err(|_| PackError::Tampered)?;
        let signature = Signature::from_slice(&signature).map_err(|_| PackError::Tampered)?;
        key.verify_strict(signed.as_bytes(), &signature)
            .map_err(|_| PackError::Tampered)?;
        let body: Body<Source> = decode(body)?;
        if now >= body.expires {
            return Err(PackError::Expired(body.expires));
        }
        // Clocks differ by minutes; a day of grace keeps a slow clock from refusing a fresh catalogue.
        if now.as_second() + 24 * 3600 < body.issued.as_second() {
            return Err(PackError::NotYet(body.issued));
        }
        if let Some(last) = last_version
            && compare(&body.version, last) == Ordering::Less
        {
            return Err(PackError::RolledBack {
                found: body.version,
                last: last.to_owned(),
            });
        }
        let catalogue = Catalogue::compile(body.catalogue).map_err(|problems| {
            PackError::Broken(
                problems
                    .into_iter()
                    .map(|it| it.text)
                    .next()
                    .unwrap_or_default(),
            )
        })?;
        Ok(Opened {
            catalogue,
            keys: body.keys,
        })
    }
}

fn decode<T: serde::de::DeserializeOwned>(part: &str) -> Result<T, PackError> {
    let bytes = BASE64.decode(part).map_err(|_| PackError::Unsigned)?;
    serde_json::from_slice(&bytes).map_err(|_| PackError::Unsigned)
}

/// Number by number: 2026.11.10 is later than 2026.11.9.
fn compare(a: &str, b: &str) -> Ordering {
    let parts = |text: &str| -> Vec<u64> {
        text.split(['.', '-'])
            .map(|part| part.parse().unwrap_or(0))
            .collect()
    };
    parts(a).cmp(&parts(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed() -> (Pack, Keys) {
        let key = SigningKey::from_bytes(&[7; 32]);
        let signing = Signing {
            key: &key,
            key_id: "city-1",
            issued: "2026-11-01T00:00:00Z".parse().unwrap(),
            expires: "2027-11-01T00:00:00Z".parse().unwrap(),
            keys: &BTreeMap::new(),
        };
        let pack = Pack::sign(crate::builtin(), &signing).unwrap();
        (
            pack,
            Keys::from([("city-1".to_owned(), key.verifying_key())]),
        )
    }

    fn verify(text: &str, keys: &Keys, now: &str, last: Option<&str>) -> Option<PackError> {
        Pack::verify(text.as_bytes(), keys, now.parse().unwrap(), last).err()
    }

    #[test]
    fn a_signed_catalogue_is_taken() {
        let (pack, keys) = signed();
        assert_eq!(
            verify(&pack.0, &keys, "2026-11-23T07:00:00Z", Some("2026.1.1")),
            None
        );
    }

    #[test]
    fn what_was_signed_is_what_is_taken() {
        let (pack, keys) = signed();
        let now = "2026-11-23T07:00:00Z".parse().unwrap();
        let taken = Pack::verify(pack.0.as_bytes(), &keys, now, None)
            .unwrap()
            .catalogue;
        assert_eq!(taken.source(), crate::builtin().source());
    }

    #[test]
    fn a_changed_byte_is_noticed() {
        let (pack, keys) = signed();
        let (head, rest) = pack.0.split_at(300);
        let swapped = if rest.starts_with('A') { "B" } else { "A" };
        let changed = format!("{head}{swapped}{}", &rest[1..]);
        assert_eq!(
            verify(&changed, &keys, "2026-11-23T07:00:00Z", None),
            Some(PackError::Tampered)
        );
    }

    #[test]
    fn expired_rolled_back_unknown_and_unsigned_are_refused() {
        let (pack, keys) = signed();
        assert!(matches!(
            verify(&pack.0, &keys, "2028-01-01T00:00:00Z", None),
            Some(PackError::Expired(_))
        ));
        assert!(matches!(
            verify(&pack.0, &keys, "2020-01-01T00:00:00Z", None),
            Some(PackError::NotYet(_))
        ));
        let newer = verify(&pack.0, &keys, "2026-11-23T07:00:00Z", Some("2099.1.1"));
        assert!(matches!(newer, Some(PackError::RolledBack { .. })));
        let stranger = verify(&pack.0, &Keys::new(), "2026-11-23T07:00:00Z", None);
        assert_eq!(stranger, Some(PackError::UnknownKey("city-1".into())));
        assert_eq!(
            verify("{}", &keys, "2026-11-23T07:00:00Z", None),
            Some(PackError::Unsigned)
        );
    }

    #[test]
    fn versions_are_compared_number_by_number() {
        assert_eq!(compare("2026.11.10", "2026.11.9"), Ordering::Greater);
    }
}
