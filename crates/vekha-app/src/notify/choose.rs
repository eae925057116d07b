use crate::{calendar::neutral, scene::Scene, view::Settings};
use jiff::{SignedDuration, Timestamp, Zoned};
use vekha_model::{DeadlineKind, Moment, ResidentId, Sensitivity, SituationState, StepState, Text};
use vekha_protocol::{Appointment, AppointmentStatus};

/// Working days on which nothing but condolence and help reaches the resident.
const MOURNING: usize = 5;
/// Reminders of deadlines in a day; offers and changes are never held back by it.
pub const REMINDERS_A_DAY: usize = 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Cancelled,
    Moved,
    Offer,
    Deadline,
}

/// Something worth telling, before it is put into words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    pub kind: Kind,
    pub tag: String,
    /// What it says; another digest under the same tag is news again.
    pub digest: String,
    pub subject: ResidentId,
    pub what: Text,
    pub when: Moment,
    pub sensitive: bool,
    pub hash: String,
}

/// Everything that could be told now, the most pressing first.
pub fn news(scene: &Scene) -> Vec<News> {
    let mut news: Vec<News> = scene
        .records
        .appointments
        .iter()
        .filter_map(|visit| of_visit(scene, visit))
        .collect();
    news.extend(scene.steps().filter_map(|step| {
        let theirs = matches!(step.deadline, DeadlineKind::Duty | DeadlineKind::Right);
        let due = step
            .due
            .filter(|_| theirs && step.state == StepState::DueSoon)?;
        Some(News {
            kind: Kind::Deadline,
            tag: format!("deadline/{}", step.id),
            digest: due.to_string(),
            subject: step.subject.clone(),
            what: neutral(step),
            when: due,
            sensitive: step.sensitivity == Sensitivity::S3,
            hash: format!("#/card/{}", step.id),
        })
    }));
    news.retain(|it| !mourning(scene, &it.subject));
    news.sort_by_key(|it| (it.kind, it.when.start_in(scene.zone()), it.tag.clone()));
    news
}

fn of_visit(scene: &Scene, visit: &Appointment) -> Option<News> {
    let coming = visit.start.start_in(scene.zone()) > scene.now;
    let held = visit
        .held_until
        .is_none_or(|until| until.end_in(scene.zone()) > scene.now);
    let answered = scene
        .records
        .unsent_about(&format!("offer/{}", visit.id))
        .is_some();
    let (kind, name) = match visit.status {
        AppointmentStatus::Cancelled if coming && !answered && visit.reason.is_some() => {
            (Kind::Cancelled, "cancelled")
        }
        status if status.is_offer() && coming && held && !answered => (Kind::Offer, "offer"),
        // The first time is no news; another time under the same tag is.
        AppointmentStatus::Booked if coming && !answered => (Kind::Moved, "visit"),
        _ => return None,
    };
    let step = visit.step.as_ref().and_then(|id| scene.step(id));
    let card = visit.step.as_ref().filter(|_| step.is_some());
    let hash = card.map_or_else(
        || format!("#/card/visit/{}", visit.id),
        |id| format!("#/card/{id}"),
    );
    Some(News {
        kind,
        tag: format!("{name}/{}", visit.id),
        digest: visit.start.to_string(),
        subject: visit.subject.clone(),
        what: visit.neutral.clone(),
        when: visit.start,
        sensitive: step.is_none_or(|step| step.sensitivity == Sensitivity::S3),
        hash,
    })
}

/// After a loss or a death, nothing for five working days.
fn mourning(scene: &Scene, subject: &ResidentId) -> bool {
    let zone = scene.zone();
    let today = scene.moment().date_in(zone);
    scene
        .plans
        .iter()
        .flat_map(|plan| &plan.situations)
        .any(|run| {
            let key = run.situation.as_str();
            let grave = key == "pregnancy_loss" || key.starts_with("death");
            let stands = matches!(run.state, SituationState::Active | SituationState::Ended);
            if !grave || !stands || run.subject != *subject {
                return false;
            }
            let mut day = run.anchor.at.date_in(zone);
            let mut worked = 0;
            while worked < MOURNING {
                let Ok(next) = day.tomorrow() else {
                    return false;
                };
                day = next;
                if scene.catalogue.calendar().is_working(day) {
                    worked += 1;
                }
            }
            today >= run.anchor.at.date_in(zone) && today <= day
        })
}

/// Quiet hours by the wall clock; a visit that falls through within half a day is told all the same.
pub fn quiet(settings: &Settings, now: &Zoned, news: &News) -> bool {
    let (from, to, time) = (settings.quiet_from, settings.quiet_to, now.time());
    let inside = if from <= to {
        time >= from && time < to
    } else {
        time >= from || time < to
    };
    let soon = |at: Timestamp| at.duration_since(now.timestamp()) < SignedDuration::from_hours(12);
    let pressing = news.kind == Kind::Cancelled && soon(news.when.start_in(now.time_zone()));
    inside && !pressing
}
