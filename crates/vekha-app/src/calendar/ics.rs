use super::compose::visits;
use crate::{scene::Scene, view::TextFile};
use vekha_calendar::Diary;
use vekha_model::{Language, Sensitivity};
use vekha_protocol::{Appointment, AppointmentStatus};

/// The visits as a file (RFC 5545).
///
/// `only` names one appointment, also a cancelled one, so that a calendar which has it takes it off.
pub fn ics(scene: &Scene, city: &str, only: Option<&str>, language: Language) -> TextFile {
    let standing: Vec<&Appointment> = match only {
        Some(id) => scene
            .records
            .appointments
            .iter()
            .filter(|it| it.id.as_str() == id)
            .collect(),
        None => {
            let cancelled = scene.records.appointments.iter().filter(|it| {
                it.status == AppointmentStatus::Cancelled
                    && it.start.start_in(scene.zone()) > scene.now
            });
            visits(scene)
                .filter(|it| !it.status.is_offer())
                .chain(cancelled)
                .collect()
        }
    };
    let named = |visit: &Appointment| {
        let step = visit.step.as_ref().and_then(|id| scene.step(id));
        step.is_some_and(|step| step.sensitivity < Sensitivity::S3)
    };
    let diary = Diary {
        city,
        zone: scene.zone(),
        now: scene.now,
        language,
        name: None,
    };
    TextFile {
        name: only.map_or_else(|| "vekha.ics".to_owned(), |_| "vekha-visit.ics".to_owned()),
        text: diary.write(standing.into_iter().map(|visit| (visit, named(visit)))),
    }
}
