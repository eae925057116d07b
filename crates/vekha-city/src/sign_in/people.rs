use super::Refusal;
use sqlx::SqlitePool;
use vekha_model::ResidentId;

/// A resident as the sign-in page shows them.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Person {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) birth_date: Option<String>,
    pub(super) sex: Option<String>,
}

/// Who can sign in. A child in somebody's care is read about by them and has no account.
pub(super) async fn list(pool: &SqlitePool) -> Result<Vec<Person>, Refusal> {
    let accounts = "SELECT id, name, birth_date, sex FROM residents
         WHERE NOT EXISTS (SELECT 1 FROM wards WHERE ward = residents.id AND relation = 'child')
         ORDER BY rowid";
    Ok(sqlx::query_as(accounts).fetch_all(pool).await?)
}

pub(super) async fn find(pool: &SqlitePool, id: &str) -> Result<Option<Person>, Refusal> {
    Ok(
        sqlx::query_as("SELECT id, name, birth_date, sex FROM residents WHERE id = ?")
            .bind(id)
            .fetch_optional(pool)
            .await?,
    )
}

/// Those the resident cares for.
pub(crate) async fn wards(pool: &SqlitePool, id: &str) -> Result<Vec<ResidentId>, Refusal> {
    let rows: Vec<(String,)> =
        sqlx::query_as("SELECT ward FROM wards WHERE guardian = ? ORDER BY ward")
            .bind(id)
            .fetch_all(pool)
            .await?;
    Ok(rows.into_iter().map(|(id,)| ResidentId::new(id)).collect())
}
