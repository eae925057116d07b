//! The first sync of 10,000 facts over HTTP into the encrypted cache, against the least it could cost: downloading the
//! same bytes and inserting the same rows in one transaction. Two is the most that is allowed.

use axum::{
    Router,
    extract::{Query, State},
    http::header::CONTENT_TYPE,
    response::IntoResponse,
    routing::get,
};
use rusqlite::Connection;
use serde_json::json;
use std::{collections::BTreeMap, error::Error, path::Path, sync::Arc, time::Instant};
use vekha_connectors::{HttpCity, Session, StoredTokens, TokenVault, VaultError, http_client};
use vekha_protocol::{Change, ChangesPage, CityApiOffer, Cursor};
use vekha_store::{Key, Store};
use vekha_sync::{SyncReport, WallClock, sync};

const FACTS: usize = 10_000;
const PAGE: usize = 500;
const ROUNDS: usize = 9;
const ALLOWED: f64 = 2.0;

type Anything = Box<dyn Error>;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Anything> {
    let changes: Vec<Change> = (0..FACTS).map(change).collect();
    let rows: Vec<(String, String)> = changes
        .iter()
        .map(|it| (it.id.clone(), it.body.as_str().to_owned()))
        .collect();
    let pages = changes
        .chunks(PAGE)
        .enumerate()
        .map(|(number, changes)| page(number, changes))
        .collect::<Result<Vec<_>, _>>()?;
    let bytes: usize = pages.iter().map(Vec::len).sum();
    let base = serve(pages).await?;

    let (mut ours, mut least) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(first_sync(&base).await?);
        least.push(download_and_insert(&base, &rows).await?);
    }
    let (ours, least) = (median(ours), median(least));
    let ratio = ours / least;
    println!(
        "first sync of {FACTS} facts ({:.1} MB): {ours:.0} ms; download and insert alone: {least:.0} ms; ratio {ratio:.2} (at most {ALLOWED})",
        bytes as f64 / 1e6
    );
    if ratio > ALLOWED && !cfg!(debug_assertions) {
        return Err("the first sync takes too long".into());
    }
    Ok(())
}

async fn first_sync(base: &str) -> Result<f64, Anything> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path(), "anna", &Key::random())?.store;
    let http = http_client()?;
    let session = Arc::new(Session::new(http.clone(), Arc::new(NoVault), tokens(base)));
    let offer = CityApiOffer {
        base: base.to_owned(),
        version: 1,
    };
    let city = HttpCity::new(http, &offer, None, session)?;
    let start = Instant::now();
    let mut report = SyncReport::default();
    sync(&store, &city, &WallClock, &|_| {}, &mut report).await?;
    let took = start.elapsed().as_secs_f64() * 1e3;
    let kept = store.read(|tx| tx.records().count("fact"))?;
    if kept != FACTS as u64 {
        return Err(format!("{kept} facts arrived instead of {FACTS}").into());
    }
    Ok(took)
}

async fn download_and_insert(base: &str, rows: &[(String, String)]) -> Result<f64, Anything> {
    let folder = tempfile::tempdir()?;
    let mut connection = encrypted(folder.path(), &Key::random())?;
    let http = http_client()?;
    let start = Instant::now();
    for page in 0..FACTS / PAGE {
        let url = format!("{base}/changes?limit={PAGE}&cursor={page}");
        http.get(url).send().await?.bytes().await?;
    }
    let transaction = connection.transaction()?;
    {
        let mut insert = transaction.prepare(
            "INSERT INTO record (kind, id, body, generation) VALUES ('fact', ?1, ?2, 1)",
        )?;
        for (id, body) in rows {
            insert.execute([id, body])?;
        }
    }
    transaction.commit()?;
    Ok(start.elapsed().as_secs_f64() * 1e3)
}

/// An empty cache as the store makes it, without the store.
fn encrypted(folder: &Path, key: &Key) -> Result<Connection, Anything> {
    let made = Store::open(folder, "bare", key)?.store;
    let path = made.path().to_owned();
    drop(made);
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "key", format!("x'{}'", key.to_hex()))?;
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")?;
    Ok(connection)
}

fn change(number: usize) -> Change {
    Change {
        kind: "fact".to_owned(),
        id: format!("fact-{number}"),
        deleted: false,
        body: json!({
            "id": format!("fact-{number}"), "subject": "anna", "kind": "lab.result",
            "at": "2026-11-23T08:15:00+03:00", "recorded": "2026-11-23T06:20:00Z", "status": "final",
            "source": {"kind": "laboratory", "name": {"ru": "Городская лаборатория № 1", "en": "City laboratory No. 1"},
                "reference": format!("Observation/fact-{number}")},
            "fields": {"code": "2039-6", "value": {"value": number % 40, "unit": "ng/mL"},
                "high": {"value": 5.0, "unit": "ng/mL"}, "text": "в пределах нормы для этой лаборатории"},
            "from_the_future": {"kept": true},
        })
        .into(),
    }
}

fn page(number: usize, changes: &[Change]) -> serde_json::Result<Vec<u8>> {
    let next = number + 1;
    serde_json::to_vec(&ChangesPage {
        changes: changes.to_vec(),
        cursor: Cursor(next.to_string()),
        more: next * PAGE < FACTS,
        total: Some(FACTS as u64),
    })
}

async fn serve(pages: Vec<Vec<u8>>) -> Result<String, Anything> {
    let pages: Arc<Vec<axum::body::Bytes>> =
        Arc::new(pages.into_iter().map(axum::body::Bytes::from).collect());
    let changes = async |State(pages): State<Arc<Vec<axum::body::Bytes>>>,
                         Query(query): Query<BTreeMap<String, String>>| {
        let asked = query
            .get("cursor")
            .and_then(|it| it.parse().ok())
            .unwrap_or(0);
        let page: axum::body::Bytes = pages.get::<usize>(asked).cloned().unwrap_or_default();
        ([(CONTENT_TYPE, "application/json")], page).into_response()
    };
    let router = Router::new()
        .route("/changes", get(changes))
        .with_state(pages);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let base = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(base)
}

fn tokens(base: &str) -> StoredTokens {
    StoredTokens {
        issuer: base.to_owned(),
        client_id: "vekha-app".to_owned(),
        access: "token".to_owned(),
        refresh: None,
        expires_at: None,
        subject: "anna".to_owned(),
        patient: None,
    }
}

struct NoVault;

impl TokenVault for NoVault {
    fn load(&self) -> Result<Option<StoredTokens>, VaultError> {
        Ok(None)
    }
    fn save(&self, _: &StoredTokens) -> Result<(), VaultError> {
        Ok(())
    }
    fn delete(&self) -> Result<(), VaultError> {
        Ok(())
    }
}

fn median(mut rounds: Vec<f64>) -> f64 {
    rounds.sort_by(f64::total_cmp);
    rounds[rounds.len() / 2]
}
