use super::{Refusal, Scopes, now, secret};
use sqlx::{Sqlite, SqlitePool, Transaction};

pub(super) const CODE_LIFE: i64 = 60;
pub(super) const ACCESS_LIFE: i64 = 600;
pub(super) const REFRESH_LIFE: i64 = 90 * 24 * 3600;

/// One sign-in of one person on one device.
#[derive(Debug, Clone)]
pub(super) struct Family {
    pub(super) id: String,
    pub(super) client_id: String,
    pub(super) resident: String,
    pub(super) scopes: Scopes,
    pub(super) nonce: String,
    pub(super) signed_in_at: i64,
}

type Row = (String, String, String, String, String, i64, Option<i64>);

impl Family {
    pub(super) async fn begin(
        pool: &SqlitePool,
        client_id: &str,
        resident: &str,
        scopes: &Scopes,
        nonce: &str,
    ) -> Result<Self, Refusal> {
        let family = Self {
            id: secret::random(),
            client_id: client_id.to_owned(),
            resident: resident.to_owned(),
            scopes: scopes.clone(),
            nonce: nonce.to_owned(),
            signed_in_at: now(),
        };
        sqlx::query(
            "INSERT INTO sign_in_families (id, client_id, resident, scope, nonce, signed_in_at) VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(&family.id)
        .bind(&family.client_id)
        .bind(&family.resident)
        .bind(family.scopes.to_string())
        .bind(&family.nonce)
        .bind(family.signed_in_at)
        .execute(pool)
        .await?;
        Ok(family)
    }

    /// The family while it lives.
    pub(super) async fn find(
        tx: &mut Transaction<'_, Sqlite>,
        id: &str,
    ) -> Result<Option<Self>, Refusal> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT id, client_id, resident, scope, nonce, signed_in_at, ended_at FROM sign_in_families WHERE id = ?",
        )
        .bind(id)
        .fetch_optional(&mut **tx)
        .await?;
        Ok(row.and_then(
            |(id, client_id, resident, scope, nonce, signed_in_at, ended)| {
                ended.is_none().then(|| Self {
                    id,
                    client_id,
                    resident,
                    scopes: Scopes::parse(&scope),
                    nonce,
                    signed_in_at,
                })
            },
        ))
    }

    pub(super) async fn code(
        &self,
        pool: &SqlitePool,
        redirect_uri: &str,
        challenge: &str,
    ) -> Result<String, Refusal> {
        let code = secret::random();
        sqlx::query(
            "INSERT INTO sign_in_codes (digest, family, redirect_uri, challenge, expires_at) VALUES (?, ?, ?, ?, ?)",
        )
        .bind(secret::digest(&code))
        .bind(&self.id)
        .bind(redirect_uri)
        .bind(challenge)
        .bind(now() + CODE_LIFE)
        .execute(pool)
        .await?;
        Ok(code)
    }

    pub(super) async fn token(
        &self,
        tx: &mut Transaction<'_, Sqlite>,
        kind: &str,
        scopes: &Scopes,
    ) -> Result<String, Refusal> {
        let token = secret::random();
        let life = if kind == "refresh" {
            REFRESH_LIFE
        } else {
            ACCESS_LIFE
        };
        sqlx::query(
            "INSERT INTO sign_in_tokens (digest, kind, family, scope, expires_at) VALUES (?, ?, ?, ?, ?)",
        )
        .bind(secret::digest(&token))
        .bind(kind)
        .bind(&self.id)
        .bind(scopes.to_string())
        .bind(now() + life)
        .execute(&mut **tx)
        .await?;
        Ok(token)
    }
}

/// Ends everything that came from one sign-in.
pub(super) async fn end(tx: &mut Transaction<'_, Sqlite>, family: &str) -> Result<(), Refusal> {
    sqlx::query("UPDATE sign_in_families SET ended_at = ? WHERE id = ? AND ended_at IS NULL")
        .bind(now())
        .bind(family)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Forgets what can no longer be used; used refresh tokens stay until they would have expired, to notice a copy.
pub(super) async fn forget_expired(pool: &SqlitePool) -> Result<(), Refusal> {
    let past = now() - 3600;
    for statement in [
        "DELETE FROM sign_in_tokens WHERE expires_at < ?",
        "DELETE FROM sign_in_codes WHERE expires_at < ?",
    ] {
        sqlx::query(statement).bind(past).execute(pool).await?;
    }
    Ok(())
}

/// Who an access token speaks for.
pub(super) async fn of_access_token(
    pool: &SqlitePool,
    token: &str,
) -> Result<Option<(Family, Scopes)>, Refusal> {
    let row: Option<(String, String, String, String, i64, String)> = sqlx::query_as(
        "SELECT f.id, f.client_id, f.resident, f.nonce, f.signed_in_at, t.scope
         FROM sign_in_tokens t JOIN sign_in_families f ON f.id = t.family
         WHERE t.digest = ? AND t.kind = 'access' AND t.expires_at > ? AND f.ended_at IS NULL",
    )
    .bind(secret::digest(token))
    .bind(now())
    .fetch_optional(pool)
    .await?;
    Ok(
        row.map(|(id, client_id, resident, nonce, signed_in_at, scope)| {
            let scopes = Scopes::parse(&scope);
            let family = Family {
                id,
                client_id,
                resident,
                scopes: scopes.clone(),
                nonce,
                signed_in_at,
            };
            (family, scopes)
        }),
    )
}
