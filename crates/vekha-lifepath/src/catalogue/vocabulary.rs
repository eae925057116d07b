//! Kinds of facts and markers, compiled.
use super::{CompiledMarker, KnownKind, Problem, Share};
use crate::expression::{Allowed, Names, OUTCOMES, compile};
use crate::source::{FieldForm, FieldSource, KindSource, Source};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use vekha_model::{Shared, Text};

/// Kinds the planner itself reads, whatever the vocabulary says.
pub(super) fn add_built_in(source: &mut Source) {
    let short = |kind: &str| FieldSource::Short(kind.into());
    let outcome = FieldSource::Full(Box::new(FieldForm {
        values: Some(OUTCOMES.map(str::to_owned).to_vec()),
        labels: OUTCOMES
            .map(|word| {
                (
                    word.to_owned(),
                    vekha_words::text(&format!("record-outcome-{word}")),
                )
            })
            .into(),
        ..FieldForm::default()
    }));
    let named = |name: Text, fields| KindSource {
        ru: name.ru,
        en: name.en,
        fields,
        ..KindSource::default()
    };
    source
        .facts
        .entry("step.outcome".into())
        .or_insert_with(|| {
            named(
                vekha_words::text("record-of-step"),
                BTreeMap::from([
                    ("step".into(), short("string")),
                    ("outcome".into(), outcome),
                    ("start".into(), short("moment")),
                    ("held_until".into(), short("moment")),
                    ("place".into(), short("string")),
                    ("appointment".into(), short("string")),
                ]),
            )
        });
    let ended = source.facts.entry("situation.ended".into());
    ended.or_insert_with(|| {
        named(
            vekha_words::text("record-of-end"),
            BTreeMap::from([("run".into(), short("string"))]),
        )
    });
}

pub(super) fn vocabulary(source: &Source, problems: &mut Vec<Problem>) -> (Vec<KnownKind>, Names) {
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
        let mut fields = FxHashMap::default();
        for (field, form) in &kind.fields {
            match form.field_type() {
                Ok(kind) => {
                    fields.insert(
                        field.clone(),
                        (kind, form.question().cloned().map(Shared::new)),
                    );
                }
                Err(word) => problems.push(Problem {
                    file: "facts/".into(),
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
            question: kind.question.clone().map(Shared::new),
            fields,
        });
    }
    (kinds, names)
}

pub(super) fn markers(
    source: &Source,
    names: &Names,
    problems: &mut Vec<Problem>,
) -> Vec<CompiledMarker> {
    let mut compiled = Vec::new();
    for marker in &source.markers {
        let mut wrong = Vec::new();
        let mut one = |text: &String| {
            compile(text, names, &Allowed::default())
                .map_err(|error| {
                    wrong.push(Problem {
                        file: "markers.yaml".into(),
                        near: text.clone(),
                        text: error,
                    })
                })
                .ok()
        };
        let (skip, limits) = (
            marker.skip_if.iter().filter_map(&mut one).collect(),
            marker
                .limits
                .iter()
                .map(|limit| limit.condition.as_ref().and_then(&mut one))
                .collect(),
        );
        problems.append(&mut wrong);
        let share = marker.share.as_ref().and_then(|share| {
            let of = source.markers.iter().position(|other| other.id == share.of);
            if of.is_none() {
                problems.push(Problem {
                    file: "markers.yaml".into(),
                    near: format!("id: {}", marker.id),
                    text: format!(
                        "“{}” is a share of “{}”, which is not among the markers",
                        marker.id, share.of
                    ),
                });
            }
            Some(Share {
                of: of?,
                between: share.between,
                concern_under: share.concern_under,
            })
        });
        compiled.push(CompiledMarker {
            share,
            skip,
            limits,
        });
    }
    compiled
}
