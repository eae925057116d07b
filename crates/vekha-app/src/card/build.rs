use crate::{
    scene::{Scene, Unsent},
    view::{Card, CardKind, Pending},
};
use vekha_model::{Action, AppointmentId, DeadlineKind, PlannedStep, StepId, StepState, Text};
use vekha_protocol::{Appointment, OfferAnswer};

/// A step as a card, with its visit and the resident's own unsent answer.
pub fn of_step(scene: &Scene, step: &PlannedStep) -> Card {
    let visit = scene.visit(&step.id).filter(|_| shows_visit(step.state));
    let wish = wish(scene, &step.id, visit);
    let service = scene.catalogue.service(&step.service);
    let service = service.map_or_else(
        || Text::new(step.service.as_str(), step.service.as_str()),
        |it| Text::new(it.ru.clone(), it.en.clone()),
    );
    let done = scene
        .records
        .documents
        .iter()
        .any(|it| it.step.as_ref() == Some(&step.id));
    let kind = match (visit, step.state) {
        (Some(visit), _) if visit.status.is_offer() => CardKind::Offer,
        (Some(_), _) => CardKind::Appointment,
        (None, StepState::Done) if done => CardKind::Document,
        _ => CardKind::Step,
    };
    let by_state = step.deadline == DeadlineKind::State;
    let late_days = (step.state == StepState::Overdue)
        .then(|| late(scene, step))
        .flatten();
    let mut card = Card {
        id: step.id.clone(),
        kind,
        title: crate::tact::name(scene, step),
        whose: scene.whose(step),
        state: step.state,
        when: step.visit.as_ref().map(|visit| visit.start),
        until: step.due,
        place: step.visit.as_ref().and_then(|visit| visit.place.clone()),
        address: None,
        way: None,
        practitioner: None,
        holder: by_state.then(|| service.clone()),
        service,
        held_until: None,
        appointment: None,
        pending: None,
        refused: None,
        undo_until: None,
        law: crate::tact::law(scene, step),
        deadline: step.deadline,
        action: step.action,
        note: step.note.clone(),
        human: step.human,
        confidence: step.confidence,
        late_days,
        nowhere: visit.is_none() && nowhere(scene, step),
    };
    if let Some(visit) = visit {
        place(&mut card, visit);
    }
    answered(&mut card, wish, scene);
    card
}

/// The card of a visit that no step of the plan asked for.
pub fn visit_card(visit: &AppointmentId) -> StepId {
    StepId::new(format!("visit/{visit}"))
}

/// A visit that no step of the plan asked for, or whose step is gone.
pub fn of_visit(scene: &Scene, visit: &Appointment) -> Card {
    let service = visit
        .service
        .as_ref()
        .and_then(|key| scene.catalogue.service(key));
    let state = match visit.status {
        status if status.is_offer() => StepState::Held,
        vekha_protocol::AppointmentStatus::Fulfilled => StepState::Done,
        vekha_protocol::AppointmentStatus::Cancelled => StepState::Cancelled,
        _ => StepState::Booked,
    };
    let mut card = Card {
        id: visit_card(&visit.id),
        kind: if visit.status.is_offer() {
            CardKind::Offer
        } else {
            CardKind::Appointment
        },
        title: visit.title.clone(),
        whose: scene.records.resident(&visit.subject),
        state,
        when: None,
        until: None,
        place: None,
        address: None,
        way: None,
        practitioner: None,
        service: service.map_or_else(Text::default, |it| Text::new(it.ru.clone(), it.en.clone())),
        held_until: None,
        appointment: None,
        pending: None,
        refused: None,
        undo_until: None,
        law: None,
        deadline: DeadlineKind::Rec,
        // One goes there; `Action::Visit` is somebody who comes.
        action: Action::Book,
        note: visit.instructions.clone(),
        human: false,
        confidence: vekha_model::Confidence::High,
        late_days: None,
        nowhere: false,
        holder: None,
    };
    place(&mut card, visit);
    let wish = wish(scene, &card.id, Some(visit));
    answered(&mut card, wish, scene);
    card
}

/// Whether one would have to go somewhere, and the city knows of no such place.
fn nowhere(scene: &Scene, step: &PlannedStep) -> bool {
    let settled = matches!(
        step.state,
        StepState::Done | StepState::Declined | StepState::Cancelled | StepState::NotApplicable
    );
    let goes = matches!(step.action, Action::Book | Action::Visit);
    let places = scene.catalogue.places(&step.service);
    !settled && goes && places.is_some_and(<[_]>::is_empty)
}

fn shows_visit(state: StepState) -> bool {
    !matches!(state, StepState::Cancelled | StepState::NotApplicable)
}

fn place(card: &mut Card, visit: &Appointment) {
    card.when = Some(visit.start);
    card.appointment = Some(visit.id.clone());
    card.practitioner.clone_from(&visit.practitioner);
    card.held_until = visit.held_until.filter(|_| visit.status.is_offer());
    if let Some(place) = &visit.place {
        card.place = Some(place.name.clone());
        let said = |text: &Text| (!text.ru.is_empty()).then(|| text.clone());
        card.address = said(&place.address);
        card.way = said(&place.way);
    }
}

impl Unsent {
    fn stands(&self) -> Pending {
        if self.refused.is_some() {
            Pending::Refused
        } else {
            Pending::Waiting
        }
    }
}

fn wish<'a>(scene: &'a Scene, step: &StepId, visit: Option<&Appointment>) -> Option<&'a Unsent> {
    let about_visit = visit.and_then(|it| scene.records.unsent_about(&format!("offer/{}", it.id)));
    // A declined visit is cancelled here already, so it no longer stands for its step.
    let declined = || {
        scene.records.unsent.iter().find(|wish| match &wish.action {
            vekha_protocol::Action::AnswerOffer {
                appointment,
                answer: OfferAnswer::Decline,
                ..
            } => {
                let visit = scene
                    .records
                    .appointments
                    .iter()
                    .find(|it| it.id == *appointment);
                visit.is_some_and(|it| it.step.as_ref() == Some(step))
            }
            _ => false,
        })
    };
    about_visit
        .or_else(|| scene.records.unsent_about(&format!("step/{step}")))
        .or_else(declined)
}

/// What the resident has answered about a step and the city does not show yet.
pub fn pending(scene: &Scene, step: &PlannedStep) -> Option<Pending> {
    wish(scene, &step.id, scene.visit(&step.id)).map(|wish| wish.stands())
}

fn answered(card: &mut Card, wish: Option<&Unsent>, scene: &Scene) {
    let Some(wish) = wish else { return };
    card.refused.clone_from(&wish.refused);
    card.pending = Some(wish.stands());
    card.undo_until = wish
        .not_before
        .filter(|until| *until > scene.now && wish.refused.is_none())
        .map(|until| until.to_string());
    if let vekha_protocol::Action::AnswerOffer { appointment, .. } = &wish.action {
        card.appointment.get_or_insert_with(|| appointment.clone());
    }
}

fn late(scene: &Scene, step: &PlannedStep) -> Option<i32> {
    let due = step.due?.date_in(scene.zone());
    let today = scene.moment().date_in(scene.zone());
    Some(due.until(today).ok()?.get_days().max(0))
}
