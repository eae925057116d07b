use crate::{City, Fault, sign_in::Caller};
use axum::{Json, extract::State};
use utoipa_axum::{router::OpenApiRouter, routes};
use vekha_protocol::{AccessRecord, Problem};

const LATEST: i64 = 1000;

pub(crate) fn router() -> OpenApiRouter<City> {
    OpenApiRouter::new().routes(routes!(list))
}

/// Who looked at what, latest first; the latest thousand (all of them are in the changes).
#[utoipa::path(get, path = "/city/v1/access-records", tag = "access",
    responses((status = 200, body = Vec<AccessRecord>), (status = 401, body = Problem), (status = 403, body = Problem)))]
pub(crate) async fn list(
    State(city): State<City>,
    caller: Caller,
) -> Result<Json<Vec<AccessRecord>>, Fault> {
    let mut all: Vec<AccessRecord> = Vec::new();
    for subject in caller.subjects() {
        let rows: Vec<String> = sqlx::query_scalar(
            "SELECT body FROM access_records WHERE subject = ? ORDER BY at DESC, rowid DESC LIMIT ?",
        )
        .bind(subject.as_str())
        .bind(LATEST)
        .fetch_all(city.pool())
        .await?;
        for row in rows {
            all.push(serde_json::from_str(&row)?);
        }
    }
    all.sort_by_key(|it| std::cmp::Reverse(it.at));
    Ok(Json(all))
}
