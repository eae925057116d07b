use super::guardrails::guard;
use super::{AnchorFrom, Condition, Kinds, Problem, Repeat, Screening, Step};
use crate::expression::{Allowed, Names, compile};
use crate::nearest::nearest;
use crate::source::{Citations, CriterionSource, ForkSource, SituationSource, StepSource};
use crate::time::{Bound, Span, Window};
use std::collections::BTreeMap;
use vekha_model::{
    Action, CatalogueStep, Condition as Words, Confidence, DeadlineKind, Domain, ForkKey,
    Sensitivity, ServiceKey, Shared, SituationKey, StepKey, Text,
};

/// What compiling the parts of one file needs.
pub(super) struct Workshop<'a> {
    pub names: &'a Names,
    pub citations: &'a Citations,
    pub file: String,
    pub problems: &'a mut Vec<Problem>,
}

impl Workshop<'_> {
    pub fn problem(&mut self, near: &str, text: impl Into<String>) {
        self.problems.push(Problem {
            file: self.file.clone(),
            near: near.to_owned(),
            text: text.into(),
        });
    }

    pub fn conditions(
        &mut self,
        sources: &[CriterionSource],
        allowed: &Allowed<'_>,
    ) -> Vec<Condition> {
        let mut conditions = Vec::with_capacity(sources.len());
        for source in sources {
            match compile(&source.condition, self.names, allowed) {
                Ok(expression) => conditions.push(Condition {
                    words: Shared::new(Words {
                        text: Text::new(&source.ru, &source.en),
                        expression: source.condition.clone(),
                    }),
                    expression,
                }),
                Err(text) => self.problem(&source.condition, text),
            }
        }
        conditions
    }

    fn bound(&mut self, text: &Option<String>, near: &str) -> Option<Bound> {
        let text = text.as_ref()?;
        let bound = Bound::parse(text);
        if bound.is_none() {
            self.problem(
                near,
                format!("“{text}” is not a window bound such as +3bd, +2w, @04-01 or @day15"),
            );
        }
        bound
    }

    pub fn step(
        &mut self,
        source: &StepSource,
        of: &SituationSource,
        anchors: &BTreeMap<String, Vec<AnchorFrom>>,
        allowed: &Allowed<'_>,
        fork: Option<&ForkSource>,
    ) -> Step {
        let near = format!("id: {}", source.id);
        let mut window = |bounds: &(Option<String>, Option<String>)| {
            Window::from((self.bound(&bounds.0, &near), self.bound(&bounds.1, &near)))
        };
        let within = source.within.as_ref().map(&mut window);
        let window = source.window.as_ref().map_or_else(Window::default, window);
        let anchor = match source.anchor.as_deref() {
            None => vec![AnchorFrom::Run],
            Some(name) => anchors.get(name).cloned().unwrap_or_else(|| {
                let meant = nearest(name, anchors.keys().map(String::as_str));
                self.problem(
                    &near,
                    format!(
                        "step “{}” counts from “{name}”, which is not among the anchors{meant}",
                        source.id
                    ),
                );
                vec![AnchorFrom::Run]
            }),
        };
        let done = source
            .done
            .as_ref()
            .and_then(|text| match compile(text, self.names, allowed) {
                Ok(expression) => Some(expression),
                Err(error) => {
                    self.problem(text, error);
                    None
                }
            });
        let repeat = source.repeat.as_ref().and_then(|repeat| {
            let every = Span::parse(&repeat.every).filter(|span| span.count > 0);
            let until = repeat.until.as_deref().map(Span::parse);
            if every.is_none() || until == Some(None) {
                self.problem(
                    &near,
                    format!(
                        "step “{}” repeats in a way that is not a period such as 1mo",
                        source.id
                    ),
                );
            }
            Some(Repeat {
                every: every?,
                times: repeat.times,
                until: until.flatten(),
            })
        });
        for name in source.amounts.iter().flatten() {
            if !self.names.parameters.contains_key(name) {
                let meant = nearest(name, self.names.parameters.keys().map(String::as_str));
                let text = format!(
                    "step “{}” names the amount “{name}”, which is not in parameters.yaml{meant}",
                    source.id
                );
                self.problem(&near, text);
            }
        }
        // A recommendation does not become law by the law its situation rests on.
        let binds = source.deadline.is_some_and(DeadlineKind::binds);
        let law = source.law.as_ref().or(of.law.as_ref().filter(|_| binds));
        let catalogued = CatalogueStep {
            situation: SituationKey::new(&of.id),
            step: StepKey::new(&source.id),
            deadline: source.deadline.unwrap_or(DeadlineKind::Rec),
            action: source.action.unwrap_or(Action::Inform),
            service: ServiceKey::new(source.service.clone().unwrap_or_default()),
            law: law.map(|law| self.citations.cite(law)),
            title: source.title.clone().unwrap_or_default(),
            neutral: source.neutral.clone().or_else(|| of.neutral.clone()),
            note: source.note.clone(),
            late: source.late.clone(),
            domain: source.domain.or(of.domain).unwrap_or(Domain::City),
            sensitivity: source
                .sensitivity
                .or(of.sensitivity)
                .unwrap_or(Sensitivity::S1),
            consents: source.consent.clone().unwrap_or_else(|| of.consent.clone()),
            confidence: source.conf.map_or(Confidence::Medium, Confidence::from),
            checked: source.checked.or(of.checked),
            material: source.material.clone(),
            amounts: source.amounts.clone().unwrap_or_default(),
            fork: fork.map(|fork| ForkKey::new(&fork.id)),
            human: source.human.unwrap_or(false) || fork.is_some_and(|fork| fork.human),
        };
        guard(source, of, &catalogued, window, &near, self);
        Step {
            of: Shared::new(catalogued),
            window,
            within,
            valid: source.valid.clone(),
            anchor,
            own: source.about.as_deref() == Some("resident"),
            when: self.conditions(source.when.as_deref().unwrap_or_default(), allowed),
            done,
            repeat,
            screening: None::<Screening>,
            asked: false,
            reads: Kinds::default(),
        }
    }
}

/// A step with the parts that `over` names put in place of its own.
pub(super) fn merged(base: &StepSource, over: &StepSource) -> StepSource {
    let (b, o) = (base.clone(), over.clone());
    StepSource {
        id: b.id,
        title: o.title.or(b.title),
        neutral: o.neutral.or(b.neutral),
        window: o.window.or(b.window),
        within: o.within.or(b.within),
        deadline: o.deadline.or(b.deadline),
        action: o.action.or(b.action),
        service: o.service.or(b.service),
        anchor: o.anchor.or(b.anchor),
        law: o.law.or(b.law),
        valid: o.valid.or(b.valid),
        conf: o.conf.or(b.conf),
        checked: o.checked.or(b.checked),
        note: o.note.or(b.note),
        late: o.late.or(b.late),
        material: o.material.or(b.material),
        amounts: o.amounts.or(b.amounts),
        when: o.when.or(b.when),
        repeat: o.repeat.or(b.repeat),
        done: o.done.or(b.done),
        sensitivity: o.sensitivity.or(b.sensitivity),
        consent: o.consent.or(b.consent),
        domain: o.domain.or(b.domain),
        human: o.human.or(b.human),
        about: o.about.or(b.about),
    }
}
