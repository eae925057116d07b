//! What the law forbids a step, whoever wrote it. A catalogue that breaks one of these does not compile.
use super::step::Workshop;
use crate::source::{SituationSource, StepSource};
use crate::time::{Bound, Window};
use vekha_model::{Action, CatalogueStep, ConsentClass, Domain, Sensitivity, Text};

/// What opens a secret. C0 is the law's own order, such as protecting a child in danger; it opens nothing about health.
fn opens(domain: Option<Domain>) -> &'static [ConsentClass] {
    match domain {
        Some(Domain::Health) => &[ConsentClass::C2],
        _ => &[ConsentClass::C2, ConsentClass::C0],
    }
}

/// Refuses a situation about health that asks for no consent to it (152-ФЗ ст. 10, 323-ФЗ ст. 13).
pub(super) fn guard_situation(of: &SituationSource, shop: &mut Workshop<'_>) {
    if keeps_secrets(of.domain, of.sensitivity) && !ask(&of.consent, opens(of.domain)) {
        let id = &of.id;
        shop.problem(
            &format!("id: {id}"),
            format!("the situation “{id}” is S3 or about health and does not ask for consent C2"),
        );
    }
}

/// Refuses a step that decides about a person without a person, and one that gives away a medical secret.
pub(super) fn guard(
    source: &StepSource,
    of: &SituationSource,
    step: &CatalogueStep,
    window: Window,
    near: &str,
    shop: &mut Workshop<'_>,
) {
    let id = &source.id;
    let asks = |classes: &[ConsentClass]| ask(&step.consents, classes);
    // 152-ФЗ ст. 16: a decision is a person's, unless the resident agreed in writing to a machine's.
    if step.action == Action::Decide && !step.human && !asks(&[ConsentClass::C5]) {
        shop.problem(
            near,
            format!("the step “{id}” decides about a person without one: say human: true"),
        );
    }
    let secret = keeps_secrets(Some(step.domain), Some(step.sensitivity));
    // Where the whole situation lacks it, that is said once.
    let inherits = source.consent.is_none() && keeps_secrets(of.domain, of.sensitivity);
    if secret && !inherits && !asks(opens(Some(step.domain))) {
        shop.problem(
            near,
            format!("the step “{id}” is about health and does not ask for consent C2"),
        );
    }
    // Even the fact of a visit is secret.
    if step.domain == Domain::Health && step.sensitivity != Sensitivity::S3 {
        shop.problem(
            near,
            format!("the step “{id}” is about health and is not S3"),
        );
    }
    let neutral = source.neutral.as_ref().or(of.neutral.as_ref());
    if secret && neutral.is_none_or(|words| words.ru.trim().is_empty()) {
        shop.problem(
            near,
            format!("the step “{id}” is S3 and has no neutral words"),
        );
    } else if secret && tells(neutral, &step.title) {
        shop.problem(
            near,
            format!(
                "the neutral words of step “{id}” are its title: they would tell what it is about"
            ),
        );
    }
    let at_once = matches!(window.from, Some(Bound::After(span)) if span.count <= 0);
    if step.action == Action::Suppress && !at_once {
        shop.problem(
            near,
            format!("the step “{id}” silences later than at once: its window opens at +0d"),
        );
    }
}

fn keeps_secrets(domain: Option<Domain>, sensitivity: Option<Sensitivity>) -> bool {
    domain == Some(Domain::Health) || sensitivity == Some(Sensitivity::S3)
}

fn ask(consents: &[ConsentClass], classes: &[ConsentClass]) -> bool {
    classes.iter().any(|one| consents.contains(one))
}

fn tells(neutral: Option<&Text>, title: &Text) -> bool {
    let same = |one: &str, other: &str| one.trim().to_lowercase() == other.trim().to_lowercase();
    neutral.is_some_and(|words| same(&words.ru, &title.ru) || same(&words.en, &title.en))
}
