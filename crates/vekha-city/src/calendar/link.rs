use crate::{
    City, Fault,
    sign_in::{digest, random},
};
use jiff::Timestamp;
use vekha_model::{Language, ResidentId};
use vekha_protocol::CalendarLink;

pub(super) async fn read(
    city: &City,
    resident: &ResidentId,
) -> Result<Option<CalendarLink>, Fault> {
    let row: Option<(i64, Option<i64>)> =
        sqlx::query_as("SELECT since, read FROM calendar_links WHERE resident = ?")
            .bind(resident.as_str())
            .fetch_optional(city.pool())
            .await?;
    let moment = |at: i64| {
        let at = Timestamp::from_millisecond(at).map_err(Fault::internal);
        at.map(|at| city.moment(at))
    };
    row.map(|(since, read)| {
        Ok(CalendarLink {
            since: moment(since)?,
            read: read.map(moment).transpose()?,
            url: None,
        })
    })
    .transpose()
}

pub(super) async fn make(
    city: &City,
    resident: &ResidentId,
    language: Language,
) -> Result<CalendarLink, Fault> {
    let (secret, now) = (random(), city.now());
    sqlx::query(
        "INSERT INTO calendar_links (resident, secret, language, since) VALUES (?, ?, ?, ?)
         ON CONFLICT (resident) DO UPDATE SET secret = excluded.secret, language = excluded.language, since = excluded.since, read = NULL",
    )
    .bind(resident.as_str())
    .bind(digest(&secret))
    .bind(code(language))
    .bind(now.as_millisecond())
    .execute(city.pool())
    .await?;
    Ok(CalendarLink {
        since: city.moment(now),
        read: None,
        url: Some(format!("{}/calendar/{secret}.ics", city.base())),
    })
}

/// As it is kept.
fn code(language: Language) -> &'static str {
    match language {
        Language::Ru => "ru",
        Language::En => "en",
    }
}

pub(super) async fn end(city: &City, resident: &ResidentId) -> Result<(), Fault> {
    sqlx::query("DELETE FROM calendar_links WHERE resident = ?")
        .bind(resident.as_str())
        .execute(city.pool())
        .await?;
    Ok(())
}
