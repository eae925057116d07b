//! Named moments to count from.
use super::AnchorFrom;
use super::step::Workshop;
use crate::source::{SituationSource, StepAnchorSource};
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use vekha_model::StepKey;

pub(super) fn anchors(
    of: &SituationSource,
    kinds: &FxHashMap<String, usize>,
    steps: &BTreeSet<&String>,
    shop: &mut Workshop<'_>,
) -> BTreeMap<String, Vec<AnchorFrom>> {
    let mut anchors = BTreeMap::from([
        (of.anchor.code.clone(), vec![AnchorFrom::Run]),
        ("start".to_owned(), vec![AnchorFrom::Start]),
        ("fork".to_owned(), vec![AnchorFrom::Fork]),
    ]);
    for name in of.anchors.keys() {
        let mut row = Vec::new();
        let mut next = Some(name);
        while let Some(name) = next {
            if let Some(known) = anchors.get(name) {
                row.extend(known.iter().cloned());
                break;
            }
            let found = of.anchors.get(name).and_then(|anchor| {
                row.push(one(anchor, kinds, steps)?);
                Some(anchor)
            });
            let Some(anchor) = found else {
                shop.problem(
                    name,
                    format!("the anchor “{name}” names neither a known fact nor a step"),
                );
                break;
            };
            next = anchor.or.as_ref();
            if row.len() > of.anchors.len() {
                shop.problem(
                    name,
                    format!("the anchor “{name}” falls back on itself in a circle"),
                );
                break;
            }
        }
        anchors.insert(name.clone(), row);
    }
    anchors
}

fn one(
    anchor: &StepAnchorSource,
    kinds: &FxHashMap<String, usize>,
    steps: &BTreeSet<&String>,
) -> Option<AnchorFrom> {
    if let Some(fact) = &anchor.fact {
        let values = |value: &Value| match value {
            Value::Array(values) => values.clone(),
            one => vec![one.clone()],
        };
        return Some(AnchorFrom::Fact {
            kind: *kinds.get(fact)?,
            field: anchor.field.clone(),
            filter: anchor
                .filter
                .iter()
                .map(|(name, value)| (name.clone(), values(value)))
                .collect(),
        });
    }
    let step = anchor.step.as_ref().filter(|step| steps.contains(step))?;
    Some(AnchorFrom::Step {
        key: StepKey::new(step),
        booked: anchor.booked,
    })
}
