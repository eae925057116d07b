//! What a device reads: the latest state of every record, in the order it came to be.

use crate::{
    City, Fault,
    access::{Reader, Shown, looked},
    sign_in::Caller,
};
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;
use sqlx::QueryBuilder;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use vekha_model::{FactId, ResidentId};
use vekha_protocol::{Body, Change, ChangesPage, Cursor, Problem, RecordKind};

const USUAL: u32 = 500;
const MOST: u32 = 1000;

pub(crate) fn router() -> OpenApiRouter<City> {
    OpenApiRouter::new().routes(routes!(read))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Where the last page ended; without it, from the beginning.
    cursor: Option<String>,
    /// How many changes at most; 500 unless told, 1,000 at most.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<u32>,
}

/// Where a read stands: behind `seq`, and it began behind `from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    seq: i64,
    from: i64,
}

impl Place {
    fn write(self, city: &str) -> Cursor {
        Cursor(URL_SAFE_NO_PAD.encode(format!("1.{city}.{}.{}", self.seq, self.from)))
    }

    fn read(cursor: &str, city: &str) -> Option<Self> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
        let rest = text
            .strip_prefix("1.")?
            .strip_prefix(city)?
            .strip_prefix('.')?;
        let (seq, from) = rest.split_once('.')?;
        let place = Self {
            seq: seq.parse().ok()?,
            from: from.parse().ok()?,
        };
        (place.seq >= place.from && place.from >= 0).then_some(place)
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    seq: i64,
    subject: String,
    kind: String,
    id: String,
    deleted: bool,
    body: Option<String>,
}

/// Changes of the resident and of those they care for since a cursor, oldest first.
#[utoipa::path(get, path = "/city/v1/changes", tag = "changes", params(Wanted),
    responses((status = 200, body = ChangesPage), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 410, description = "The cursor is not one of this city: read from the beginning", body = Problem)))]
pub(crate) async fn read(
    State(city): State<City>,
    caller: Caller,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Json<ChangesPage>, Fault> {
    let Query(wanted) = wanted.map_err(|refused| Fault::unreadable(refused.body_text()))?;
    let place = match wanted.cursor.as_deref() {
        None | Some("") => Place { seq: 0, from: 0 },
        Some(cursor) => Place::read(cursor, &city.id).ok_or_else(gone)?,
    };
    let limit = wanted.limit.unwrap_or(USUAL);
    if !(1..=MOST).contains(&limit) {
        return Err(Fault::unreadable(format!("limit is 1 to {MOST}")));
    }
    let mut tx = city.pool.begin().await?;
    let last: i64 = sqlx::query_scalar("SELECT COALESCE(MAX(seq), 0) FROM changes")
        .fetch_one(&mut *tx)
        .await?;
    // A city restored from a copy has forgotten what the device has read: only reading anew brings them together.
    if place.seq > last {
        return Err(gone());
    }
    let mut query = of_caller(
        "SELECT seq, subject, kind, id, deleted, body FROM changes",
        &caller,
        place.seq,
    );
    query
        .push(" ORDER BY seq LIMIT ")
        .push_bind(i64::from(limit) + 1);
    let mut rows: Vec<Row> = query.build_query_as().fetch_all(&mut *tx).await?;
    let (total,): (i64,) = of_caller("SELECT COUNT(*) FROM changes", &caller, place.from)
        .build_query_as()
        .fetch_one(&mut *tx)
        .await?;
    tx.commit().await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    looked(&city, Reader::Resident(&caller.resident), facts(&rows)).await?;
    let seq = rows.last().map_or(place.seq, |row| row.seq);
    let changes = rows.into_iter().map(change).collect::<Result<_, _>>()?;
    let next = Place {
        seq,
        from: if more { place.from } else { seq },
    };
    Ok(Json(ChangesPage {
        changes,
        cursor: next.write(&city.id),
        more,
        total: u64::try_from(total).ok(),
    }))
}

fn of_caller(select: &'static str, caller: &Caller, after: i64) -> QueryBuilder<sqlx::Sqlite> {
    let mut query = QueryBuilder::new(select);
    query
        .push(" WHERE seq > ")
        .push_bind(after)
        .push(" AND subject IN (");
    let mut list = query.separated(", ");
    for subject in caller.subjects() {
        list.push_bind(subject.to_string());
    }
    query.push(")");
    query
}

/// The facts on the page.
fn facts(rows: &[Row]) -> Vec<Shown> {
    rows.iter()
        .filter(|row| row.kind == RecordKind::Fact.as_str() && !row.deleted)
        .map(|row| Shown::fact(ResidentId::new(&row.subject), FactId::new(&row.id)))
        .collect()
}

fn change(row: Row) -> Result<Change, Fault> {
    let body = row.body.map(Body::parse).transpose()?;
    Ok(Change {
        kind: row.kind,
        id: row.id,
        deleted: row.deleted,
        body: body.unwrap_or_default(),
    })
}

fn gone() -> Fault {
    Fault::problem("cursor-gone", StatusCode::GONE).titled("The cursor is not one of this city")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_in_its_own_city_only() {
        let place = Place { seq: 7, from: 3 };
        let Cursor(cursor) = place.write("here");
        assert_eq!(Place::read(&cursor, "here"), Some(place));
        assert_eq!(Place::read(&cursor, "elsewhere"), None);
        assert_eq!(Place::read("nonsense", "here"), None);
    }
}
