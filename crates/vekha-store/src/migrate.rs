use crate::OpenError;
use rusqlite::Connection;

/// Append only: an old file is never changed once it has shipped.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_start.sql"),
    include_str!("../migrations/0002_sent.sql"),
];

pub(crate) fn migrate(connection: &mut Connection) -> Result<(), OpenError> {
    let found: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    if found > known {
        return Err(OpenError::FromTheFuture { found, known });
    }
    for (version, sql) in (1..).zip(MIGRATIONS).skip(found as usize) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(connection: &Connection) -> Vec<String> {
        let mut rows = connection
            .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
            .unwrap();
        rows.query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect()
    }

    #[test]
    fn a_store_of_the_first_version_becomes_what_a_fresh_one_is_and_keeps_unsent_rows() {
        let mut old = Connection::open_in_memory().unwrap();
        old.execute_batch(include_str!("../tests/frozen/0001.sql"))
            .unwrap();
        migrate(&mut old).unwrap();
        let mut fresh = Connection::open_in_memory().unwrap();
        migrate(&mut fresh).unwrap();
        assert_eq!(schema(&old), schema(&fresh));
        let unsent: i64 = old
            .query_row("SELECT count(*) FROM outbox", [], |row| row.get(0))
            .unwrap();
        assert_eq!(unsent, 2);
    }

    #[test]
    fn a_store_from_a_newer_app_is_left_alone() {
        let mut newer = Connection::open_in_memory().unwrap();
        newer.pragma_update(None, "user_version", 99).unwrap();
        assert!(matches!(
            migrate(&mut newer),
            Err(OpenError::FromTheFuture { found: 99, .. })
        ));
    }
}
