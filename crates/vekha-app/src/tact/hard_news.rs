use crate::{calendar::neutral, scene::Scene, view::HardNews};
use jiff::Timestamp;
use vekha_model::{
    Action, Condition, Criterion, Fact, PlannedFork, PlannedSituation, PlannedStep, ResidentId,
    Sensitivity, Shared, SourceKind, StepState, Text, Truth,
};
use vekha_protocol::AppointmentStatus;

/// Whether nobody has told the resident yet what started this run, though it may be hard to hear.
pub(super) fn untold(scene: &Scene, run: &PlannedSituation) -> bool {
    let may_be_hard = run.forks.iter().any(|fork| fork.feared);
    may_be_hard && scene.news != HardNews::App && from_a_machine(scene, run) && !told(scene, run)
}

/// What a doctor, a registry or the resident said is known to a person already.
fn from_a_machine(scene: &Scene, run: &PlannedSituation) -> bool {
    let start = scene.records.fact(&run.started_by);
    start.is_some_and(|it| it.source.kind == SourceKind::Laboratory)
}

fn told(scene: &Scene, run: &PlannedSituation) -> bool {
    let seen = |step: &&PlannedStep| {
        step.instance == run.id
            && step.state == StepState::Done
            && matches!(step.action, Action::Book | Action::Visit)
    };
    let since = run.anchor.at.start_in(scene.zone());
    scene.steps().any(|step| seen(&step)) || said(scene, &run.subject, since)
}

/// Whether a record says that it was told in person.
fn said(scene: &Scene, subject: &ResidentId, since: Timestamp) -> bool {
    let mut told = scene.told().iter();
    told.any(|(whom, at)| whom == subject && *at >= since)
}

/// Whether what a step is for would tell what nobody has told yet.
pub fn hidden(scene: &Scene, step: &PlannedStep) -> bool {
    step.sensitivity == Sensitivity::S3
        && scene
            .run(&step.instance)
            .is_some_and(|run| untold(scene, run))
}

/// Whether that such a step lies ahead would tell it: one visit may be anything, five of them in a row may not.
pub fn unspoken(scene: &Scene, step: &PlannedStep) -> bool {
    let ahead = matches!(
        step.state,
        StepState::Upcoming | StepState::Unknown | StepState::Cancelled
    );
    ahead && hidden(scene, step)
}

/// What a step is called on a screen.
pub fn name(scene: &Scene, step: &PlannedStep) -> Text {
    if hidden(scene, step) {
        neutral(step)
    } else {
        step.title.clone()
    }
}

/// What a step rests on; an order on cancer says as much as a diagnosis.
pub fn law(scene: &Scene, step: &PlannedStep) -> Option<Text> {
    if hidden(scene, step) {
        Some(vekha_words::text("hard-news-at-visit"))
    } else {
        step.law.clone()
    }
}

/// What stands in the place of a result that nobody has told yet.
pub fn withheld(scene: &Scene, fact: &Fact) -> Option<Text> {
    let mut runs = scene.plans.iter().flat_map(|plan| &plan.situations);
    let at_the_visit = || vekha_words::text("hard-news-at-visit");
    let Some(run) = runs.find(|run| run.started_by == fact.id) else {
        // It began nothing; a number outside its limits is still for a person to explain.
        let hard = scene.news != HardNews::App && outside(fact) && !told_since(scene, fact);
        return hard.then(at_the_visit);
    };
    untold(scene, run).then(|| match scene.news {
        HardNews::Call if is_booked(scene, run) => vekha_words::text("hard-news-by-call-booked"),
        HardNews::Call => vekha_words::text("hard-news-by-call"),
        HardNews::Visit | HardNews::App => at_the_visit(),
    })
}

/// Whether the resident has a visit at which it can be spoken of.
fn is_booked(scene: &Scene, run: &PlannedSituation) -> bool {
    let mut steps = scene.steps().filter(|step| step.instance == run.id);
    steps.any(|step| step.state == StepState::Booked)
}

/// A laboratory's number outside the limits the laboratory gives with it.
fn outside(fact: &Fact) -> bool {
    let number = |name: &str| {
        let field = fact.fields.get(name)?;
        field.get("value").unwrap_or(field).as_f64()
    };
    let beyond = |value: f64| {
        number("high").is_some_and(|high| value > high)
            || number("low").is_some_and(|low| value < low)
    };
    fact.source.kind == SourceKind::Laboratory && number("value").is_some_and(beyond)
}

/// Whether a record says that it was told, or a visit has taken place since.
fn told_since(scene: &Scene, fact: &Fact) -> bool {
    let zone = scene.zone();
    let since = fact.at.start_in(zone);
    let visited = |it: &vekha_protocol::Appointment| {
        it.subject == fact.subject
            && it.status == AppointmentStatus::Fulfilled
            && it.start.start_in(zone) >= since
    };
    said(scene, &fact.subject, since) || scene.records.appointments.iter().any(visited)
}

/// The turns a run may take or took: their words tell what was not told yet.
pub fn turns<'a>(scene: &Scene, run: &'a PlannedSituation) -> &'a [PlannedFork] {
    if untold(scene, run) { &[] } else { &run.forks }
}

/// Why a run began; what was not told yet is not told by its reasons either.
pub fn criteria(scene: &Scene, run: &PlannedSituation) -> Vec<Criterion> {
    if !untold(scene, run) {
        return run.why.clone();
    }
    let text = vekha_words::text("hard-news-came");
    vec![Criterion {
        truth: Truth::Yes,
        facts: vec![run.started_by.clone()],
        of: Shared::new(Condition {
            text,
            expression: String::new(),
        }),
    }]
}
