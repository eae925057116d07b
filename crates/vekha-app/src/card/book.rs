//! A resident takes a time for a step by themselves, where the city may only suggest or has stopped asking.
use super::{of_step, queue_to_undo};
use crate::{
    App, CommandError,
    scene::Scene,
    view::{BookStep, Card, CardOf},
};
use jiff::SignedDuration;
use std::sync::Arc;
use vekha_model::{Action, PlannedStep, StepState};
use vekha_protocol::{self as protocol, Slot};

/// Nobody makes an appointment for what begins later than the city's times reach.
const AHEAD: SignedDuration = SignedDuration::from_hours(21 * 24);

/// Whether a time can be taken for this step: it is its time, nothing is held or asked about it, and the city both has
/// times and knows what it is about.
pub fn bookable(app: &App, scene: &Scene, step: &PlannedStep) -> bool {
    let live = app.live();
    let manifest = live.kept.manifest.as_ref();
    let offered = manifest.is_some_and(|it| it.city_api.is_some());
    let open = match step.state {
        StepState::Open | StepState::DueSoon | StepState::Overdue => true,
        StepState::Upcoming => step
            .opens
            .is_some_and(|opens| opens.start_in(scene.zone()) <= scene.now + AHEAD),
        _ => false,
    };
    let places = scene.catalogue.places(&step.service);
    let run = scene.run(&step.instance);
    let shared = run.and_then(|run| scene.records.fact(&run.started_by));
    let source = scene.catalogue.source();
    offered
        && open
        && step.action == Action::Book
        && step.missing.is_empty()
        && places.is_none_or(|places| !places.is_empty())
        && shared.is_some_and(|fact| !fact.private)
        && !source.is_test(&step.situation, &step.step)
}

/// Those within the time of the step; what is late is best done as soon as can be.
pub async fn step_times(app: &Arc<App>, args: CardOf) -> Result<Vec<Slot>, CommandError> {
    let scene = app.scene()?;
    let step = scene.step(&args.id).ok_or_else(CommandError::not_found)?;
    let times = app.city()?.step_times(&args.id).await;
    let mut times = times.map_err(|error| CommandError::from(&error))?;
    let zone = scene.zone();
    let opens = step.opens.map(|opens| opens.start_in(zone));
    let due = step.due.filter(|_| step.state != StepState::Overdue);
    let due = due.map(|due| due.end_in(zone));
    times.retain(|slot| {
        let start = slot.start.start_in(zone);
        opens.is_none_or(|opens| start >= opens) && due.is_none_or(|due| start <= due)
    });
    Ok(times)
}

/// Takes the time at once, online or not; the city gets it when the time to undo is over.
pub async fn book_step(app: &Arc<App>, args: BookStep) -> Result<Card, CommandError> {
    let scene = app.scene()?;
    let step = scene.step(&args.id).ok_or_else(CommandError::not_found)?;
    if !bookable(app, &scene, step) {
        return Err(CommandError::not_found());
    }
    let action = protocol::Action::BookStep {
        step: args.id.clone(),
        slot: args.slot,
        start: args.start,
    };
    queue_to_undo(app, &action)?;
    let scene = app.scene()?;
    let step = scene.step(&args.id).ok_or_else(CommandError::not_found)?;
    Ok(of_step(&scene, step))
}
