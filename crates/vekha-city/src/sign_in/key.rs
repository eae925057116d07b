use super::Refusal;
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use p256::{
    SecretKey, elliptic_curve::rand_core::OsRng, elliptic_curve::sec1::ToEncodedPoint,
    pkcs8::DecodePrivateKey, pkcs8::EncodePrivateKey,
};
use serde::Serialize;
use serde_json::{Value, json};
use sqlx::SqlitePool;

/// The city's signing key: made at the first start, the same ever after.
pub(super) struct SigningKey {
    kid: String,
    secret: SecretKey,
}

impl SigningKey {
    pub(super) async fn load_or_make(pool: &SqlitePool) -> Result<Self, Refusal> {
        if let Some(key) = Self::load(pool).await? {
            return Ok(key);
        }
        let secret = SecretKey::random(&mut OsRng);
        let private = secret.to_pkcs8_der().map_err(Refusal::internal)?;
        // Two first starts at once agree on one key: the fixed id lets only one insert through.
        sqlx::query(
            "INSERT INTO sign_in_keys (kid, private, made_at) VALUES ('city-1', ?, ?)
             ON CONFLICT (kid) DO NOTHING",
        )
        .bind(STANDARD.encode(private.as_bytes()))
        .bind(jiff::Timestamp::now().to_string())
        .execute(pool)
        .await?;
        Self::load(pool)
            .await?
            .ok_or_else(|| Refusal::internal("the signing key was not kept"))
    }

    async fn load(pool: &SqlitePool) -> Result<Option<Self>, Refusal> {
        let row: Option<(String, String)> = sqlx::query_as(
            "SELECT kid, private FROM sign_in_keys ORDER BY made_at DESC, kid LIMIT 1",
        )
        .fetch_optional(pool)
        .await?;
        row.map(|(kid, private)| {
            let der = STANDARD.decode(private).map_err(Refusal::internal)?;
            let secret = SecretKey::from_pkcs8_der(&der).map_err(Refusal::internal)?;
            Ok(Self { kid, secret })
        })
        .transpose()
    }

    pub(super) fn sign(&self, claims: &impl Serialize) -> Result<String, Refusal> {
        let der = self.secret.to_pkcs8_der().map_err(Refusal::internal)?;
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(self.kid.clone());
        jsonwebtoken::encode(&header, claims, &EncodingKey::from_ec_der(der.as_bytes()))
            .map_err(Refusal::internal)
    }

    /// The public half as a JSON Web Key Set (RFC 7517).
    pub(super) fn public(&self) -> Value {
        let point = self.secret.public_key().to_encoded_point(false);
        let coordinate = |bytes: Option<&_>| {
            bytes.map_or_else(String::new, |bytes: &p256::FieldBytes| {
                URL_SAFE_NO_PAD.encode(bytes)
            })
        };
        json!({"keys": [{
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": self.kid,
            "x": coordinate(point.x()), "y": coordinate(point.y()),
        }]})
    }
}
