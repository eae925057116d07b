//! One situation, compiled.
use super::anchor::anchors;
use super::dates::dates;
use super::guardrails::guard_situation;
use super::since::since;
use super::step::{Workshop, merged};
use super::{AnchorAt, Expects, Fork, Kinds, Problem, Screening, Situation, Step, Trigger};
use crate::expression::{Allowed, Names, Read};
use crate::source::{Citations, ForkSource, OneOrMany, Source, StepSource};
use crate::time::Span;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::collections::{BTreeSet, HashMap};
use vekha_model::{
    CatalogueFork, CatalogueSituation, Condition as Words, Confidence, ForkKey, NamedStep, Shared,
    SituationKey, StepKey,
};

pub(super) fn situation(
    source: &Source,
    place: usize,
    (names, citations): (&Names, &Citations),
    kinds: &FxHashMap<String, usize>,
    problems: &mut Vec<Problem>,
) -> Situation {
    let of = &source.situations[place];
    let mut shop = Workshop {
        names,
        citations,
        file: format!("situations/{}.yaml", of.id),
        problems,
    };
    guard_situation(of, &mut shop);
    let written: Vec<_> = of.trigger.iter().chain(&of.triggers).collect();
    let events: Vec<String> = written
        .iter()
        .flat_map(|t| t.event.as_slice().to_vec())
        .collect();
    let mut triggers = Vec::new();
    for trigger in &written {
        let mut these = Vec::new();
        for event in trigger.event.as_slice() {
            match kinds.get(event) {
                Some(kind) => these.push(*kind),
                None => shop.problem(event, format!("“{event}” is not in the facts vocabulary")),
            }
        }
        let mut rule = None;
        if let Some((kind, dates)) = trigger
            .dates
            .as_ref()
            .and_then(|of| dates(of, kinds, &mut shop))
        {
            these = vec![kind];
            rule = Some(dates);
        }
        let allowed = Allowed {
            events: trigger.event.as_slice(),
            ..Allowed::default()
        };
        triggers.push(Trigger {
            kinds: these,
            dates: rule,
            when: shop.conditions(&trigger.when, &allowed),
        });
    }
    let steps: Vec<StepSource> = source.steps_of(of);
    let mut rows: HashMap<String, Screening> = HashMap::new();
    if let Some(table) = source
        .screening
        .as_ref()
        .filter(|table| table.situation == of.id)
    {
        match kinds.get(&table.done.kind) {
            None => shop.problem(
                &table.done.kind,
                format!("“{}” is not in the facts vocabulary", table.done.kind),
            ),
            Some(kind) => {
                for row in &table.tests {
                    rows.insert(
                        row.step.id.clone(),
                        Screening {
                            words: Shared::new(Words {
                                text: vekha_words::text("why-due-this-year"),
                                expression: format!("screening.{}", row.step.id),
                            }),
                            kind: *kind,
                            field: table.done.field.clone(),
                            sex: row.sex,
                            age: row.age,
                            ages: row.ages.clone(),
                            every: row.every_y.unwrap_or(1),
                        },
                    );
                }
            }
        }
    }
    let ids: Vec<String> = steps.iter().map(|step| step.id.clone()).collect();
    let all: BTreeSet<&String> = ids
        .iter()
        .chain(of.forks.iter().flat_map(|f| f.adds.iter().map(|s| &s.id)))
        .collect();
    let anchors = anchors(of, kinds, &all, &mut shop);
    let allowed = Allowed {
        events: &events,
        steps: &ids,
        anchors: Some(&anchors),
        run: true,
    };
    let stateless = Allowed {
        steps: &[],
        ..allowed.clone()
    };
    let build = |shop: &mut Workshop<'_>, source: &StepSource, fork: Option<&ForkSource>| -> Step {
        let mut step = shop.step(source, of, &anchors, &stateless, fork);
        step.screening = rows.get(&source.id).cloned();
        step
    };
    let mut compiled: Vec<Step> = steps
        .iter()
        .map(|step| build(&mut shop, step, None))
        .collect();
    let named = |step: &StepSource| NamedStep {
        step: StepKey::new(&step.id),
        title: step.title.clone().unwrap_or_default(),
    };
    let added = || of.forks.iter().flat_map(|fork| &fork.adds);
    let named_of = |ids: &[&String]| -> Vec<NamedStep> {
        let of = |id: &&String| steps.iter().chain(added()).find(|step| step.id == **id);
        ids.iter().filter_map(of).map(named).collect()
    };
    let mut forks = Vec::new();
    for fork in &of.forks {
        let cancels = fork
            .cancels
            .as_ref()
            .map(OneOrMany::as_slice)
            .unwrap_or_default();
        let keeps = fork
            .keeps
            .as_ref()
            .map(OneOrMany::as_slice)
            .unwrap_or_default();
        for (does, ids) in [("cancels", cancels), ("keeps", keeps)] {
            for id in ids.iter().filter(|id| *id != "*" && !all.contains(id)) {
                shop.problem(
                    &format!("id: {}", fork.id),
                    format!("fork “{}” {does} “{id}”, which is not a step here", fork.id),
                );
            }
        }
        if let Some(started) = fork
            .starts
            .as_ref()
            .filter(|id| !names.situations.contains(id))
        {
            shop.problem(
                &format!("id: {}", fork.id),
                format!(
                    "fork “{}” starts “{started}”, which the catalogue does not hold",
                    fork.id
                ),
            );
        }
        let cancelled: Vec<&String> = match cancels.iter().any(|id| id == "*") {
            true => ids.iter().collect(),
            false => cancels.iter().collect(),
        };
        let mut replaces = Vec::new();
        for (id, over) in &fork.replaces {
            match steps.iter().chain(added()).find(|step| step.id == *id) {
                Some(base) => replaces.push(build(&mut shop, &merged(base, over), Some(fork))),
                None => shop.problem(
                    &format!("id: {}", fork.id),
                    format!(
                        "fork “{}” replaces “{id}”, which is not a step here",
                        fork.id
                    ),
                ),
            }
        }
        let adds: Vec<Step> = fork
            .adds
            .iter()
            .map(|step| build(&mut shop, step, Some(fork)))
            .collect();
        forks.push(Fork {
            of: Shared::new(CatalogueFork {
                fork: ForkKey::new(&fork.id),
                text: fork.title.clone(),
                does: fork.does.clone(),
                human: fork.human,
                feared: fork.feared,
                confidence: fork.conf.map_or(Confidence::Medium, Confidence::from),
                starts: fork.starts.as_ref().map(SituationKey::new),
                adds: fork.adds.iter().map(named).collect(),
                cancels: named_of(&cancelled),
                replaces: named_of(&fork.replaces.keys().collect::<Vec<_>>()),
                ends: fork.ends,
                law: fork.law.as_deref().map(|law| shop.citations.cite(law)),
            }),
            // How a step stands depends on whether the run has ended, so no end may depend on it.
            when: shop.conditions(&fork.when, if fork.ends { &stateless } else { &allowed }),
            adds,
            cancels_all: cancels.iter().any(|id| id == "*"),
            cancels: cancels.iter().map(StepKey::new).collect(),
            replaces,
            ends: fork.ends,
            keeps: keeps.iter().map(StepKey::new).collect(),
            reads: Kinds::default(),
        });
    }
    let ends = shop.conditions(&of.ends, &stateless);
    let anchor = match of.anchor.at.as_deref() {
        None | Some("event.at") => AnchorAt::Event,
        Some(path) => match (path.strip_prefix("event."), path.rsplit_once('.')) {
            (Some(field), _) => AnchorAt::EventField(field.to_owned()),
            (None, Some((kind, field))) if kinds.contains_key(kind) => {
                AnchorAt::Field(kinds[kind], field.to_owned())
            }
            _ => {
                shop.problem(
                    path,
                    format!("the anchor “{path}” is not in the facts vocabulary"),
                );
                AnchorAt::Event
            }
        },
    };
    let lasts = of.lasts.as_deref().and_then(|text| {
        let span = Span::parse(text);
        if span.is_none() {
            shop.problem(text, format!("“{text}” is not a period such as +12mo"));
        }
        span
    });
    let expects = of.expects.as_ref().and_then(|child| {
        let mut span = |text: &str| {
            let span = Span::parse(text);
            if span.is_none() {
                shop.problem(text, format!("“{text}” is not a period such as 40w"));
            }
            span
        };
        let (conceived, born) = (span(&child.conceived), span(&child.born));
        Some(Expects {
            conceived: conceived?,
            born: born?,
        })
    });
    let reads = forks
        .iter()
        .flat_map(|fork| &fork.when)
        .flat_map(|condition| &condition.expression.reads);
    let asked: BTreeSet<&String> = reads
        .filter_map(|read| match read {
            Read::StepState(step) | Read::StepOutcome(step) => Some(step),
            _ => None,
        })
        .collect();
    for step in &mut compiled {
        step.asked = asked.iter().any(|asked| *asked == step.of.step.as_str());
    }
    let mut starting = |shop: &mut Workshop<'_>, path: &Option<String>| {
        let path = path.as_deref()?;
        let field = path.strip_prefix("event.").filter(|field| {
            let mut kinds = events.iter().filter_map(|event| names.kinds.get(event));
            kinds.any(|(_, fields)| fields.contains_key(*field))
        });
        if field.is_none() {
            shop.problem(
                path,
                format!("“{path}” is not a field of the starting fact, such as event.child"),
            );
        }
        field.map(str::to_owned)
    };
    let about = starting(&mut shop, &of.about);
    let apart = starting(&mut shop, &of.apart);
    let since = of
        .suppresses_since
        .as_ref()
        .and_then(|of| since(of, &mut starting, &mut shop));
    Situation {
        key: SituationKey::new(&of.id),
        of: Shared::new(CatalogueSituation {
            situation: SituationKey::new(&of.id),
            title: of.title.clone(),
        }),
        source: place,
        triggers,
        anchor_code: SmolStr::new(&of.anchor.code),
        anchor,
        lasts,
        expects,
        about,
        apart,
        suppresses: of.suppresses.clone(),
        since,
        ends,
        steps: compiled,
        forks,
        begins_by: Kinds::default(),
    }
}
