use crate::{
    card::{of_step, of_visit},
    scene::Scene,
    view::{CalendarEntry, EntryKind},
};
use jiff::civil::Date;
use vekha_model::{DeadlineKind, Moment, PlannedStep, Sensitivity, StepState, Text};
use vekha_protocol::{Appointment, AppointmentStatus};

/// Everything with a date between two days, in order; on the resident's own screen a step has its name, as on its card.
pub fn entries(scene: &Scene, from: Option<Date>, to: Option<Date>) -> Vec<CalendarEntry> {
    let mut entries: Vec<CalendarEntry> = visits(scene).map(|visit| of(scene, visit)).collect();
    entries.extend(scene.steps().filter_map(|step| deadline(scene, step)));
    let zone = scene.zone();
    entries.retain(|entry| {
        let day = entry.start.date_in(zone);
        from.is_none_or(|from| day >= from) && to.is_none_or(|to| day <= to)
    });
    entries.sort_by_key(|entry| (entry.start.start_in(zone), entry.id.clone()));
    entries
}

/// Visits that stand, or stood. One whose step fell away is gone at once, though the city has not freed its time yet.
pub fn visits(scene: &Scene) -> impl Iterator<Item = &Appointment> {
    scene.records.appointments.iter().filter(|visit| {
        let live = visit.status.is_offer()
            || matches!(
                visit.status,
                AppointmentStatus::Booked | AppointmentStatus::Arrived
            );
        (live && !scene.fell_away(visit)) || visit.status == AppointmentStatus::Fulfilled
    })
}

fn of(scene: &Scene, visit: &Appointment) -> CalendarEntry {
    let step = visit.step.as_ref().and_then(|id| scene.step(id));
    let card = step.map_or_else(|| of_visit(scene, visit), |step| of_step(scene, step));
    CalendarEntry {
        id: visit.id.to_string(),
        title: step.map_or_else(
            || visit.neutral.clone(),
            |step| crate::tact::name(scene, step),
        ),
        kind: EntryKind::Appointment,
        start: visit.start,
        end: visit.end,
        all_day: matches!(visit.start, Moment::Day(_)),
        whose: scene.records.resident(&visit.subject),
        place: card.place,
        address: card.address,
        practitioner: card.practitioner,
        way: card.way,
        preparation: visit.instructions.clone(),
        state: card.state,
        pending: card.pending,
        card: Some(card.id),
        appointment: Some(visit.id.clone()),
    }
}

fn deadline(scene: &Scene, step: &PlannedStep) -> Option<CalendarEntry> {
    let open = matches!(
        step.state,
        StepState::Upcoming | StepState::Open | StepState::DueSoon | StepState::Overdue
    );
    let theirs = step.deadline != DeadlineKind::State;
    let spoken = !crate::tact::unspoken(scene, step);
    let due = step.due.filter(|_| open && theirs && spoken)?;
    let window = step.deadline == DeadlineKind::Window || step.deadline == DeadlineKind::Rec;
    let start = if window {
        step.opens.unwrap_or(due)
    } else {
        due
    };
    Some(CalendarEntry {
        id: step.id.to_string(),
        title: crate::tact::name(scene, step),
        kind: if window {
            EntryKind::Window
        } else {
            EntryKind::Deadline
        },
        start,
        end: window.then_some(due),
        all_day: true,
        whose: scene.whose(step),
        place: None,
        address: None,
        practitioner: None,
        way: None,
        preparation: None,
        state: step.state,
        pending: None,
        card: Some(step.id.clone()),
        appointment: None,
    })
}

/// Words that may be read over a shoulder.
pub fn neutral(step: &PlannedStep) -> Text {
    match (&step.neutral, step.sensitivity) {
        (Some(neutral), _) => neutral.clone(),
        (None, Sensitivity::S3) => vekha_words::text("neutral"),
        (None, _) => step.title.clone(),
    }
}
