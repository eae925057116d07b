use super::{of_step, of_visit, queue_to_undo, visit_card};
use crate::{
    App, CommandError,
    scene::Scene,
    view::{AnswerOffer, AnswerStep, Card, OfferOf},
};
use std::sync::Arc;
use vekha_model::{AppointmentId, StepId};
use vekha_protocol::{Action, OfferAnswer, Slot, StepAnswer};

/// Takes the answer at once, online or not; the city gets it when the time to undo is over.
pub async fn answer_offer(app: &Arc<App>, args: AnswerOffer) -> Result<Card, CommandError> {
    let records = app.records()?;
    let mut visits = records.appointments.iter();
    let visit = visits.find(|it| it.id == args.appointment);
    let visit = visit.ok_or_else(CommandError::not_found)?;
    if records.standing().any(|wish| {
        matches!(&wish.action, Action::AnswerOffer { appointment, answer, slot, .. }
        if *appointment == args.appointment && *answer == args.answer && *slot == args.slot)
    }) {
        return card_of(&app.scene()?, &args.appointment);
    }
    let zone = app.live().catalogue.zone().clone();
    let held_until = visit.held_until.map(|until| until.end_in(&zone));
    let lapsed = held_until.is_some_and(|until| until < app.now());
    if visit.status.is_offer()
        && lapsed
        && !records
            .standing()
            .any(|wish| wish.action.thing() == format!("offer/{}", visit.id))
    {
        return Err(CommandError::of("hold-lapsed"));
    }
    let action = Action::AnswerOffer {
        appointment: args.appointment.clone(),
        answer: args.answer,
        start: Some(visit.start),
        slot: args.slot,
        reason: args.reason,
    };
    queue_to_undo(app, &action)?;
    app.host.retract(&format!("offer/{}", args.appointment));
    card_of(&app.scene()?, &args.appointment)
}

pub async fn other_times(app: &Arc<App>, args: OfferOf) -> Result<Vec<Slot>, CommandError> {
    let records = app.records()?;
    let visit = records
        .appointments
        .into_iter()
        .find(|it| it.id == args.appointment);
    let visit = visit.ok_or_else(CommandError::not_found)?;
    let times = app.city()?.other_times(&visit).await;
    times.map_err(|error| CommandError::from(&error))
}

/// As [`answer_offer`]: a stray tap must not give a held time away.
pub async fn answer_step(app: &Arc<App>, args: AnswerStep) -> Result<Card, CommandError> {
    let scene = app.scene()?;
    if scene.step(&args.id).is_none() {
        return let_go(app, &scene, args).await;
    }
    let action = Action::AnswerStep {
        step: args.id.clone(),
        answer: args.answer,
    };
    queue_to_undo(app, &action)?;
    card_of_step(&app.scene()?, &args.id)
}

/// Of a visit that no step asked for one can only say that it is not needed.
async fn let_go(app: &Arc<App>, scene: &Scene, args: AnswerStep) -> Result<Card, CommandError> {
    let mut visits = scene.records.appointments.iter();
    let visit = visits.find(|it| visit_card(&it.id) == args.id);
    let visit = visit.filter(|_| args.answer != StepAnswer::Done);
    let answer = AnswerOffer {
        appointment: visit.ok_or_else(CommandError::not_found)?.id.clone(),
        answer: OfferAnswer::Decline,
        slot: None,
        reason: None,
    };
    answer_offer(app, answer).await
}

fn card_of(scene: &Scene, id: &AppointmentId) -> Result<Card, CommandError> {
    let visit = scene.records.appointments.iter().find(|it| it.id == *id);
    let visit = visit.ok_or_else(CommandError::not_found)?;
    let step = visit.step.as_ref().and_then(|step| scene.step(step));
    Ok(step.map_or_else(|| of_visit(scene, visit), |step| of_step(scene, step)))
}

fn card_of_step(scene: &Scene, id: &StepId) -> Result<Card, CommandError> {
    scene
        .step(id)
        .map(|step| of_step(scene, step))
        .ok_or_else(CommandError::not_found)
}
