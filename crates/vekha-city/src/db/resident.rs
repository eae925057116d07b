use crate::Fault;
use sqlx::SqliteExecutor;
use vekha_model::{Relation, Resident, ResidentId, Sex};

/// The resident as somebody in `relation` to them sees them.
///
/// # Errors
/// The database cannot be read.
pub async fn resident(
    db: impl SqliteExecutor<'_>,
    id: &ResidentId,
    relation: Relation,
) -> Result<Option<Resident>, Fault> {
    let row: Option<(String, Option<String>, Option<String>)> =
        sqlx::query_as("SELECT name, birth_date, sex FROM residents WHERE id = ?")
            .bind(id.as_str())
            .fetch_optional(db)
            .await?;
    Ok(row.map(|(name, birth_date, sex)| Resident {
        id: id.clone(),
        name,
        birth_date: birth_date.and_then(|date| date.parse().ok()),
        sex: match sex.as_deref() {
            Some("female") => Some(Sex::Female),
            Some("male") => Some(Sex::Male),
            _ => None,
        },
        relation,
    }))
}

/// Those the resident cares for, and what they are to them.
///
/// # Errors
/// The database cannot be read.
pub async fn wards(
    db: impl SqliteExecutor<'_>,
    guardian: &ResidentId,
) -> Result<Vec<(ResidentId, Relation)>, Fault> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT ward, relation FROM wards WHERE guardian = ? ORDER BY ward")
            .bind(guardian.as_str())
            .fetch_all(db)
            .await?;
    Ok(rows
        .into_iter()
        .map(|(ward, relation)| (ResidentId::new(ward), relation_of(&relation)))
        .collect())
}

/// Whose a ward is, as the table has it.
pub fn relation_of(word: &str) -> Relation {
    match word {
        "child" => Relation::Child,
        "parent" => Relation::Parent,
        _ => Relation::Ward,
    }
}

pub fn word_of(relation: Relation) -> &'static str {
    match relation {
        Relation::Child => "child",
        Relation::Parent => "parent",
        Relation::Myself | Relation::Ward => "ward",
    }
}

/// Those who care for the resident.
///
/// # Errors
/// The database cannot be read.
pub async fn guardians(
    db: impl SqliteExecutor<'_>,
    ward: &ResidentId,
) -> Result<Vec<ResidentId>, Fault> {
    let rows: Vec<String> = sqlx::query_scalar("SELECT guardian FROM wards WHERE ward = ?")
        .bind(ward.as_str())
        .fetch_all(db)
        .await?;
    Ok(rows.into_iter().map(ResidentId::new).collect())
}
