use crate::{calendar::neutral, scene::Scene, view::HardNews};
use serde_json::Value;
use vekha_model::{
    Action, Condition, Criterion, Fact, FactId, PlannedFork, PlannedSituation, PlannedStep,
    Sensitivity, Shared, SourceKind, StepState, Text, Truth,
};

/// Whether nobody has told the resident yet what started this run, though it may be hard to hear.
pub(super) fn untold(scene: &Scene, run: &PlannedSituation) -> bool {
    let may_be_hard = run.forks.iter().any(|fork| fork.feared);
    may_be_hard && scene.news != HardNews::App && from_a_machine(scene, run) && !told(scene, run)
}

/// What a doctor, a registry or the resident said is known to a person already.
fn from_a_machine(scene: &Scene, run: &PlannedSituation) -> bool {
    let start = scene.fact(&run.started_by);
    start.is_some_and(|it| it.source.kind == SourceKind::Laboratory)
}

fn told(scene: &Scene, run: &PlannedSituation) -> bool {
    let seen = |step: &&PlannedStep| {
        step.instance == run.id
            && step.state == StepState::Done
            && matches!(step.action, Action::Book | Action::Visit)
    };
    let begun = run.anchor.at.start_in(scene.zone());
    let said = |fact: &&Fact| {
        fact.subject == run.subject
            && fact.fields.get("told_in_person") == Some(&Value::Bool(true))
            && fact.at.end_in(scene.zone()) >= begun
    };
    scene.steps().any(|step| seen(&step)) || scene.records.facts.iter().any(|fact| said(&fact))
}

/// What a step is called on a screen.
pub fn name(scene: &Scene, step: &PlannedStep) -> Text {
    let hidden = step.sensitivity == Sensitivity::S3
        && scene
            .run(&step.instance)
            .is_some_and(|run| untold(scene, run));
    if hidden {
        neutral(step)
    } else {
        step.title.clone()
    }
}

/// What stands in the place of a result that nobody has told yet.
pub fn withheld(scene: &Scene, fact: &FactId) -> Option<Text> {
    let mut runs = scene.plans.iter().flat_map(|plan| &plan.situations);
    let run = runs.find(|run| run.started_by == *fact)?;
    untold(scene, run).then(|| match scene.news {
        HardNews::Call => Text::new(
            "Вам позвонят и расскажут, место у врача уже есть",
            "Somebody will call and tell you; a visit is held",
        ),
        HardNews::Visit | HardNews::App => Text::new(
            "Расскажет врач на приёме",
            "The doctor will tell you at the visit",
        ),
    })
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
    let text = Text::new(
        "Пришёл результат, который врач хочет обсудить с вами",
        "A result has come that a doctor wants to discuss with you",
    );
    vec![Criterion {
        truth: Truth::Yes,
        facts: vec![run.started_by.clone()],
        of: Shared::new(Condition {
            text,
            expression: String::new(),
        }),
    }]
}
