use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use std::path::Path;
use vekha_city::{Config, Running, serve};
use vekha_protocol::{Inquiry, InquiryKind};

fn file(folder: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(folder.join("city.sqlite"))
        .create_if_missing(true)
}

/// A city's database as it was before this migration.
async fn before(version: i64, folder: &Path) -> SqlitePool {
    let pool = SqlitePool::connect_with(file(folder)).await.unwrap();
    let mut old = sqlx::migrate!("./migrations");
    let migrations: Vec<_> = old
        .migrations
        .iter()
        .filter(|it| it.version < version)
        .cloned()
        .collect();
    old.migrations = migrations.into();
    old.run(&pool).await.unwrap();
    pool
}

/// The city of today on it, and its database.
async fn after(old: SqlitePool, folder: &Path) -> (Running, SqlitePool) {
    old.close().await;
    let listen = "127.0.0.1:0".parse().unwrap();
    let running = serve(Config::new(listen, folder)).await.unwrap();
    let pool = SqlitePool::connect_with(file(folder)).await.unwrap();
    (running, pool)
}

/// A city as it was before inquiries: questions and disputes in tables of their own, answered by nobody.
#[tokio::test]
async fn what_was_asked_before_the_upgrade_is_still_asked_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let pool = before(20, folder.path()).await;
    sqlx::raw_sql(
        "INSERT INTO residents (id, name) VALUES ('nina', 'Нина'), ('petya', 'Петя');
         INSERT INTO facts (id, subject, kind, told_by, recorded, body) VALUES ('f1', 'petya', 'person', 'city', 0, '{}');
         INSERT INTO questions (id, resident, about, text, at) VALUES ('q1', 'nina', NULL, 'Когда \"приём\"?', 1795590000);
         INSERT INTO disputes (id, resident, fact, text, at) VALUES ('d1', 'nina', 'f1', 'Это не он', 1795590060);",
    )
    .execute(&pool)
    .await
    .unwrap();
    let (running, pool) = after(pool, folder.path()).await;
    let bodies: Vec<String> =
        sqlx::query_scalar("SELECT body FROM changes WHERE kind = 'inquiry' ORDER BY seq")
            .fetch_all(&pool)
            .await
            .unwrap();
    let told: Vec<Inquiry> = bodies
        .iter()
        .map(|body| serde_json::from_str(body).unwrap())
        .collect();
    let [question, dispute] = told.as_slice() else {
        panic!("{told:?}");
    };
    assert_eq!(question.kind, InquiryKind::Question);
    assert_eq!(question.text, "Когда \"приём\"?");
    let asked = question.asked.start_in(&jiff::tz::TimeZone::UTC);
    assert_eq!(asked.as_second(), 1_795_590_000);
    assert_eq!(dispute.kind, InquiryKind::Dispute);
    assert_eq!(
        (dispute.subject.as_str(), dispute.about.as_deref()),
        ("petya", Some("f1"))
    );
    assert_eq!(dispute.answer, None);
    running.shutdown.stop().await;
}

/// A city as it was when a look was recorded once, and never counted.
#[tokio::test]
async fn a_look_from_before_the_upgrade_stands_as_one_at_its_time() {
    let folder = tempfile::tempdir().unwrap();
    let pool = before(22, folder.path()).await;
    sqlx::raw_sql(
        "INSERT INTO residents (id, name) VALUES ('petya', 'Петя');
         INSERT INTO access_records (id, subject, fact, reader, at, body)
             VALUES ('r1', 'petya', 'f1', 'resident/nina', 1795590000, '{}');",
    )
    .execute(&pool)
    .await
    .unwrap();
    let (running, pool) = after(pool, folder.path()).await;
    let look: (String, i64, i64) = sqlx::query_as("SELECT id, first, looks FROM access_records")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(look, ("r1".to_owned(), 1_795_590_000, 1));
    running.shutdown.stop().await;
}

/// A city as it was when a doctor's office was told in one language.
#[tokio::test]
async fn a_visit_from_before_the_upgrade_names_its_doctor_in_both_languages_and_is_told_anew() {
    let folder = tempfile::tempdir().unwrap();
    let pool = before(26, folder.path()).await;
    sqlx::raw_sql(
        r#"INSERT INTO schedules (id, service, practitioner, place)
             VALUES ('s1', 'adult_clinic', 'Терапевт "на углу"', '{}'), ('s2', 'mfc', NULL, '{}');
         INSERT INTO changes (subject, kind, id, body)
             VALUES ('petya', 'appointment', 'v1', '{"id": "v1", "practitioner": "Терапевт \"на углу\""}'),
                    ('petya', 'appointment', 'v2', '{"id": "v2"}');"#,
    )
    .execute(&pool)
    .await
    .unwrap();
    let (running, pool) = after(pool, folder.path()).await;
    let offices: Vec<Option<String>> = sqlx::query_scalar(
        "SELECT practitioner FROM schedules WHERE id IN ('s1', 's2') ORDER BY id",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let both = json!({"ru": "Терапевт \"на углу\"", "en": "Терапевт \"на углу\""});
    let offices: Vec<Option<Value>> = offices
        .iter()
        .map(|office| office.as_ref().map(|it| serde_json::from_str(it).unwrap()))
        .collect();
    assert_eq!(offices, [Some(both.clone()), None]);
    let told: Vec<(i64, String)> =
        sqlx::query_as("SELECT seq, body FROM changes WHERE kind = 'appointment' ORDER BY seq")
            .fetch_all(&pool)
            .await
            .unwrap();
    let told: Vec<(i64, Value)> = told
        .iter()
        .map(|(seq, body)| (*seq, serde_json::from_str(body).unwrap()))
        .collect();
    let plain = (2, json!({"id": "v2"}));
    let anew = (3, json!({"id": "v1", "practitioner": both}));
    assert_eq!(
        told,
        [plain, anew],
        "devices read the one that changed again"
    );
    running.shutdown.stop().await;
}
