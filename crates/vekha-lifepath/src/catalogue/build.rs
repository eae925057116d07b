use super::step::{Workshop, merged};
use super::{
    AnchorAt, Catalogue, CompiledMarker, Fork, KnownKind, Problem, Screening, Situation, Step,
    StepAnchor, Trigger,
};
use crate::expression::{Allowed, Names, Read, compile};
use crate::source::{
    FieldForm, FieldSource, ForkSource, KindSource, OneOrMany, SituationSource, Source, StepSource,
};
use crate::time::{Span, WorkCalendar};
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use vekha_model::{
    CatalogueFork, Condition as Words, ForkKey, Shared, SituationKey, StepKey, Text,
};

impl Catalogue {
    /// Checks and compiles. Every problem is reported, not only the first.
    pub fn compile(mut source: Source) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        add_built_in(&mut source);
        let zone = TimeZone::get(&source.header.zone).unwrap_or_else(|_| {
            problems.push(Problem {
                file: "catalogue.yaml".into(),
                near: "zone".into(),
                text: format!("the time zone “{}” is not known", source.header.zone),
            });
            TimeZone::UTC
        });
        let (kinds, names) = vocabulary(&source, &mut problems);
        let kind_index: HashMap<String, usize> = kinds
            .iter()
            .enumerate()
            .map(|(i, kind)| (kind.name.clone(), i))
            .collect();
        let markers = markers(&source, &names, &mut problems);
        let mut situations = Vec::new();
        for place in in_order(&source, &mut problems) {
            situations.push(situation(
                &source,
                place,
                &names,
                &kind_index,
                &mut problems,
            ));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let smoker = source.smoker.as_deref().and_then(|path| {
            let (kind, field) = path.rsplit_once('.')?;
            Some((*kind_index.get(kind)?, field.to_owned()))
        });
        let mut marker_index = HashMap::new();
        for (place, marker) in source.markers.iter().enumerate() {
            marker_index.insert(marker.loinc.clone(), place);
            marker.also.iter().for_each(|code| {
                marker_index.insert(code.clone(), place);
            });
        }
        Ok(Self {
            zone,
            calendar: WorkCalendar::new(&source.calendar),
            person: kind_index.get("person").copied(),
            outcome: kind_index["step.outcome"],
            ended: kind_index["situation.ended"],
            smoker,
            parameters: source.parameters.keys().cloned().collect(),
            kinds,
            kind_index,
            markers,
            marker_index,
            situations,
            source,
        })
    }
}

/// Kinds the planner itself reads, whatever the vocabulary says.
fn add_built_in(source: &mut Source) {
    let short = |kind: &str| FieldSource::Short(kind.into());
    let outcomes = [
        "held",
        "booked",
        "done",
        "declined",
        "cancelled",
        "have_it",
        "no_slot",
        "missed",
    ];
    let outcome = FieldSource::Full(Box::new(FieldForm {
        values: Some(outcomes.map(str::to_owned).to_vec()),
        ..FieldForm::default()
    }));
    source
        .facts
        .entry("step.outcome".into())
        .or_insert_with(|| KindSource {
            ru: "Что с шагом".into(),
            en: "What became of a step".into(),
            fields: BTreeMap::from([
                ("step".into(), short("string")),
                ("outcome".into(), outcome),
                ("start".into(), short("moment")),
                ("held_until".into(), short("moment")),
                ("place".into(), short("string")),
                ("appointment".into(), short("string")),
            ]),
            ..KindSource::default()
        });
    source
        .facts
        .entry("situation.ended".into())
        .or_insert_with(|| KindSource {
            ru: "Вы закрыли эту ситуацию".into(),
            en: "You closed this situation".into(),
            fields: BTreeMap::from([("run".into(), short("string"))]),
            ..KindSource::default()
        });
}

fn vocabulary(source: &Source, problems: &mut Vec<Problem>) -> (Vec<KnownKind>, Names) {
    let mut names = Names {
        parameters: source
            .parameters
            .keys()
            .enumerate()
            .map(|(i, name)| (name.clone(), i))
            .collect(),
        situations: source.situations.iter().map(|s| s.id.clone()).collect(),
        kinds: BTreeMap::new(),
    };
    let mut kinds = Vec::new();
    for (place, (name, kind)) in source.facts.iter().enumerate() {
        let mut fields = BTreeMap::new();
        for (field, form) in &kind.fields {
            match form.field_type() {
                Ok(kind) => {
                    fields.insert(field.clone(), (kind, form.question().cloned()));
                }
                Err(word) => problems.push(Problem {
                    file: "facts.yaml".into(),
                    near: name.clone(),
                    text: format!("“{word}” is not a type of a field"),
                }),
            }
        }
        let types = fields
            .iter()
            .map(|(name, (kind, _))| (name.clone(), kind.clone()))
            .collect();
        names.kinds.insert(name.clone(), (place, types));
        kinds.push(KnownKind {
            name: name.clone(),
            scope: kind.scope,
            question: kind.question.clone(),
            fields,
        });
    }
    (kinds, names)
}

fn markers(source: &Source, names: &Names, problems: &mut Vec<Problem>) -> Vec<CompiledMarker> {
    let mut compiled = Vec::new();
    for marker in &source.markers {
        let mut one = |text: &String| {
            compile(text, names, &Allowed::default())
                .map_err(|error| {
                    problems.push(Problem {
                        file: "markers.yaml".into(),
                        near: text.clone(),
                        text: error,
                    })
                })
                .ok()
        };
        compiled.push(CompiledMarker {
            skip: marker.skip_if.iter().filter_map(&mut one).collect(),
            limits: marker
                .limits
                .iter()
                .map(|limit| limit.condition.as_ref().and_then(&mut one))
                .collect(),
        });
    }
    compiled
}

/// Situations so that each comes after those that start it and those it asks about with `active()`.
fn in_order(source: &Source, problems: &mut Vec<Problem>) -> Vec<usize> {
    let index: HashMap<&str, usize> = source
        .situations
        .iter()
        .enumerate()
        .map(|(i, s)| (s.id.as_str(), i))
        .collect();
    let mut before: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); source.situations.len()];
    for (place, situation) in source.situations.iter().enumerate() {
        for fork in &situation.forks {
            if let Some(started) = fork.starts.as_deref().and_then(|id| index.get(id)) {
                before[*started].insert(place);
            }
        }
    }
    let mut order = Vec::new();
    let mut left: BTreeSet<usize> = (0..source.situations.len()).collect();
    while !left.is_empty() {
        let Some(next) = left
            .iter()
            .copied()
            .find(|place| before[*place].is_disjoint(&left))
        else {
            let names: Vec<&str> = left
                .iter()
                .map(|i| source.situations[*i].id.as_str())
                .collect();
            problems.push(Problem {
                file: "situations".into(),
                near: String::new(),
                text: format!(
                    "situations start each other in a circle: {}",
                    names.join(", ")
                ),
            });
            break;
        };
        left.remove(&next);
        order.push(next);
    }
    // Markers ask active('pregnancy') while suspicion is planned: what others do not start goes as early as it can.
    order.sort_by_key(|place| !before[*place].is_empty());
    order.sort_by_key(|place| {
        source.situations[*place]
            .triggers
            .iter()
            .chain(&source.situations[*place].trigger)
            .any(|t| t.event.as_slice().iter().any(|e| e == "lab.result"))
    });
    let position: HashMap<usize, usize> = order
        .iter()
        .enumerate()
        .map(|(i, place)| (*place, i))
        .collect();
    let sound = before.iter().enumerate().all(|(place, earlier)| {
        earlier
            .iter()
            .all(|e| position.get(e) < position.get(&place))
    });
    if sound { order } else { topological(&before) }
}

fn topological(before: &[BTreeSet<usize>]) -> Vec<usize> {
    let mut order = Vec::new();
    let mut left: BTreeSet<usize> = (0..before.len()).collect();
    while let Some(next) = left
        .iter()
        .copied()
        .find(|place| before[*place].is_disjoint(&left))
    {
        left.remove(&next);
        order.push(next);
    }
    order
}

fn situation(
    source: &Source,
    place: usize,
    names: &Names,
    kinds: &HashMap<String, usize>,
    problems: &mut Vec<Problem>,
) -> Situation {
    let of = &source.situations[place];
    let mut shop = Workshop {
        names,
        file: format!("situations/{}.yaml", of.id),
        problems,
    };
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
        if trigger.yearly {
            these.extend(kinds.get("person"));
        }
        let allowed = Allowed {
            events: trigger.event.as_slice(),
            steps: &[],
            run: false,
        };
        triggers.push(Trigger {
            kinds: these,
            yearly: trigger.yearly,
            when: shop.conditions(&trigger.when, &allowed),
        });
    }
    let mut steps: Vec<StepSource> = of.steps.clone();
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
                                text: Text::new(
                                    "Положено в этом году по возрасту и давности",
                                    "Due this year by age and by when it was last done",
                                ),
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
                    steps.push(StepSource {
                        window: row.step.window.clone().or_else(|| table.window.clone()),
                        ..row.step.clone()
                    });
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
    let compiled: Vec<Step> = steps
        .iter()
        .map(|step| build(&mut shop, step, None))
        .collect();
    let mut forks = Vec::new();
    for fork in &of.forks {
        let cancels = fork
            .cancels
            .as_ref()
            .map(OneOrMany::as_slice)
            .unwrap_or_default();
        for id in cancels.iter().filter(|id| *id != "*" && !all.contains(id)) {
            shop.problem(
                &format!("id: {}", fork.id),
                format!(
                    "fork “{}” cancels “{id}”, which is not a step here",
                    fork.id
                ),
            );
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
        let mut replaces = Vec::new();
        for (id, over) in &fork.replaces {
            match steps.iter().find(|step| step.id == *id) {
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
                starts: fork.starts.as_ref().map(SituationKey::new),
                law: fork.law.clone(),
            }),
            when: shop.conditions(&fork.when, &allowed),
            adds,
            cancels_all: cancels.iter().any(|id| id == "*"),
            cancels: cancels.iter().map(StepKey::new).collect(),
            replaces,
            ends: fork.ends,
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
    let reads_states = forks.iter().flat_map(|fork| &fork.when).any(|c| {
        c.expression
            .reads
            .iter()
            .any(|r| matches!(r, Read::StepState(_)))
    });
    Situation {
        key: SituationKey::new(&of.id),
        title: of.title.clone(),
        source: place,
        triggers,
        anchor_code: of.anchor.code.clone(),
        anchor,
        lasts,
        suppresses: of.suppresses.clone(),
        ends,
        steps: compiled,
        forks,
        reads_states,
    }
}

fn anchors(
    of: &SituationSource,
    kinds: &HashMap<String, usize>,
    steps: &BTreeSet<&String>,
    shop: &mut Workshop<'_>,
) -> BTreeMap<String, StepAnchor> {
    let mut anchors = BTreeMap::from([
        (of.anchor.code.clone(), StepAnchor::Run),
        ("start".to_owned(), StepAnchor::Start),
        ("fork".to_owned(), StepAnchor::Fork),
    ]);
    for (name, anchor) in &of.anchors {
        let compiled = match (&anchor.fact, &anchor.step) {
            (Some(fact), _) => kinds.get(fact).map(|kind| StepAnchor::Fact {
                kind: *kind,
                field: anchor.field.clone(),
                filter: anchor.filter.clone(),
            }),
            (None, Some(step)) if steps.contains(step) => {
                Some(StepAnchor::Step(StepKey::new(step)))
            }
            _ => None,
        };
        match compiled {
            Some(compiled) => {
                anchors.insert(name.clone(), compiled);
            }
            None => shop.problem(
                name,
                format!("the anchor “{name}” names neither a known fact nor a step"),
            ),
        }
    }
    anchors
}
