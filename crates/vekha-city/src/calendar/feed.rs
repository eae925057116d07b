use crate::{
    City, Fault, db,
    sign_in::{digest, wards},
};
use vekha_calendar::Diary;
use vekha_model::{Language, ResidentId};
use vekha_protocol::{Appointment, AppointmentStatus};

/// The calendar behind a secret. That it was read is noted, so that the resident sees it.
pub(super) async fn of(city: &City, secret: &str) -> Result<String, Fault> {
    let secret = secret.strip_suffix(".ics").unwrap_or(secret);
    let now = city.now();
    let row: Option<(String, String)> = sqlx::query_as(
        "UPDATE calendar_links SET read = ? WHERE secret = ? RETURNING resident, language",
    )
    .bind(now.as_millisecond())
    .bind(digest(secret))
    .fetch_optional(city.pool())
    .await?;
    let (resident, language) = row.ok_or_else(Fault::not_found)?;
    let language = if language == "en" {
        Language::En
    } else {
        Language::Ru
    };
    let mut subjects = vec![ResidentId::new(&resident)];
    subjects.extend(
        wards(city.pool(), &resident)
            .await
            .map_err(Fault::internal)?,
    );
    let mut visits: Vec<Appointment> = Vec::new();
    for subject in &subjects {
        let all = db::appointments_of(city.pool(), subject).await?;
        let told = all
            .into_iter()
            .filter(|it| it.ended.as_deref() != Some("purged"))
            .map(|it| it.appointment)
            .filter(|it| stands(it) || it.status == AppointmentStatus::Cancelled);
        visits.extend(told);
    }
    let name = vekha_words::text("calendar-name");
    let diary = Diary {
        city: &city.id,
        zone: city.zone(),
        now,
        language,
        name: Some(name.in_language(language)),
    };
    Ok(diary.write(visits.iter().map(|visit| (visit, false))))
}

/// An offer is no appointment yet.
fn stands(visit: &Appointment) -> bool {
    matches!(
        visit.status,
        AppointmentStatus::Booked | AppointmentStatus::Arrived | AppointmentStatus::Fulfilled
    )
}
