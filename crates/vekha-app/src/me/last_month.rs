use crate::{scene::Scene, tact, view::ConsentCase};
use jiff::ToSpan;
use vekha_model::{Action, Moment, PlannedStep, StepState};
use vekha_protocol::Consent;

/// What the last month of this resident's own life had for a switch: the step that tells most of what the city could
/// have done. Absent where there was none, or where nothing but help is spoken of.
pub fn case(scene: &Scene, consent: &Consent) -> Option<ConsentCase> {
    if tact::silent(scene).is_some() {
        return None;
    }
    let theirs = scene.steps().filter(|step| {
        step.domain == consent.domain
            && *step.about.as_ref().unwrap_or(&step.subject) == consent.subject
    });
    let (step, began) = theirs
        .filter_map(|step| Some((step, in_the_month(scene, step)?)))
        .max_by_key(|(step, began)| {
            (
                told_best(step.action),
                began.start_in(scene.zone()),
                &step.id,
            )
        })?;
    Some(ConsentCase {
        title: tact::name(scene, step),
        action: step.action,
        began,
        until: step.due,
    })
}

/// When its time began, if any of it lay in the last thirty days.
fn in_the_month(scene: &Scene, step: &PlannedStep) -> Option<Moment> {
    let happened = !matches!(
        step.state,
        StepState::Upcoming | StepState::Cancelled | StepState::NotApplicable | StepState::Unknown
    );
    let began = step.opens.or(step.from)?;
    let has_begun = began.start_in(scene.zone()) <= scene.now;
    let today = scene.now.to_zoned(scene.zone().clone());
    let first = today.checked_sub(30.days()).ok()?.timestamp();
    let lasted = step.due.is_none_or(|due| due.end_in(scene.zone()) >= first);
    (happened && told_best(step.action) > 0 && has_begun && lasted).then_some(began)
}

/// A held time shows the switches best, then what the city makes; what only the resident can do shows nothing.
fn told_best(action: Action) -> u8 {
    match action {
        Action::Book => 3,
        Action::Visit => 2,
        Action::Issue | Action::Enrol | Action::Pay | Action::Bill | Action::Supply => 1,
        Action::Inform
        | Action::Do
        | Action::Ask
        | Action::Decide
        | Action::Suppress
        | Action::Human => 0,
    }
}
