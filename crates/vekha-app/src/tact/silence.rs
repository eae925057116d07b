use crate::{scene::Scene, view::Notice};
use vekha_model::{Action, PlannedSituation, PlannedStep, SituationState};

/// Working days, the day itself not counted.
const SILENCE: usize = 5;

/// The loss whose days of silence these are.
pub fn silent(scene: &Scene) -> Option<&PlannedSituation> {
    let mut runs = scene.plans.iter().flat_map(|plan| &plan.situations);
    runs.find(|run| is_loss(run) && in_its_days(scene, run))
}

fn is_loss(run: &PlannedSituation) -> bool {
    let key = run.situation.as_str();
    let stands = matches!(run.state, SituationState::Active | SituationState::Ended);
    stands && (key == "pregnancy_loss" || key.starts_with("death"))
}

fn in_its_days(scene: &Scene, run: &PlannedSituation) -> bool {
    let first = run.anchor.at.date_in(scene.zone());
    let today = scene.moment().date_in(scene.zone());
    let (mut last, mut worked) = (first, 0);
    while worked < SILENCE {
        let Ok(next) = last.tomorrow() else {
            return false;
        };
        last = next;
        worked += usize::from(scene.catalogue.calendar().is_working(last));
    }
    today >= first && today <= last
}

/// Somebody to see or to talk to is not held back; papers, payments and what was switched off can wait.
pub fn helps(run: &PlannedSituation, step: &PlannedStep) -> bool {
    let somebody = matches!(step.action, Action::Book | Action::Visit | Action::Human);
    step.instance == run.id && somebody
}

/// The one thing that is said by itself.
pub fn condolence(scene: &Scene) -> Option<Notice> {
    let run = silent(scene)?;
    Some(Notice {
        id: format!("condolence/{}", run.id),
        title: vekha_words::text("condolence"),
        body: vekha_words::text("condolence-more"),
        at: None,
        card: None,
    })
}
