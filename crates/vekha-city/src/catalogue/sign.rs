use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::SigningKey;
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use vekha_catalogue::{Pack, PackError, Signing};
use vekha_lifepath::Catalogue;

/// A pack as it travels.
pub(crate) struct Signed {
    pub(super) issued: Timestamp,
    pub(super) text: String,
    pub(super) etag: String,
}

/// A pack is dated to the first of the month: the same bytes over restarts, so that devices fetch it when
/// something changed, and fresh long before the year of its validity is over.
pub(super) fn month_of(now: Timestamp) -> Timestamp {
    let first = now.to_zoned(TimeZone::UTC).date().first_of_month();
    first
        .to_zoned(TimeZone::UTC)
        .map_or(now, |day| day.timestamp())
}

pub(super) fn sign(
    catalogue: &Catalogue,
    (key, key_id): (&SigningKey, &str),
    keys: &BTreeMap<String, String>,
    issued: Timestamp,
) -> Result<Signed, PackError> {
    let expires = issued
        .to_zoned(TimeZone::UTC)
        .saturating_add(1.year())
        .timestamp();
    let pack = Pack::sign(
        catalogue,
        &Signing {
            key,
            key_id,
            issued,
            expires,
            keys,
        },
    )?;
    let digest = Sha256::digest(pack.0.as_bytes());
    Ok(Signed {
        issued,
        etag: format!("\"{}\"", URL_SAFE_NO_PAD.encode(&digest[..12])),
        text: pack.0,
    })
}
