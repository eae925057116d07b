//! A resident's facts, sorted and freed from what was taken back.
pub mod units;

use crate::Catalogue;
use jiff::{Timestamp, civil::Date};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use vekha_model::{Fact, FactId, FactStatus, Moment, Rejected, ResidentId, Text};

/// What is known of one resident.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    pub resident: ResidentId,
    pub facts: Vec<Fact>,
}

/// A fact that counts, with the first fact of its chain of corrections.
#[derive(Debug, Clone)]
pub(crate) struct Entry<'a> {
    pub fact: &'a Fact,
    pub at: Timestamp,
    pub date: Date,
    pub root: &'a FactId,
}

pub(crate) struct Index<'a> {
    pub kinds: Vec<Vec<Entry<'a>>>,
    pub rejected: Vec<Rejected>,
    pub birth: Option<Date>,
}

impl<'a> Index<'a> {
    pub fn new(catalogue: &Catalogue, facts: &'a Facts, now: Moment) -> Self {
        let zone = catalogue.zone();
        let limit = now.end_in(zone);
        let mut index = Self {
            kinds: vec![Vec::new(); catalogue.kinds.len()],
            rejected: Vec::new(),
            birth: None,
        };
        let mut seen = HashSet::with_capacity(facts.facts.len());
        let mut mine: Vec<(&Fact, Timestamp)> = facts
            .facts
            .iter()
            .filter(|fact| fact.subject == facts.resident)
            .map(|fact| (fact, fact.at.start_in(zone)))
            .collect();
        mine.sort_by(|(a, at), (b, bt)| {
            (at, a.recorded, &a.id)
                .cmp(&(bt, b.recorded, &b.id))
                .then_with(|| tie(a).cmp(&tie(b)))
        });
        mine.retain(|(fact, at)| {
            if *at > limit {
                index.reject(
                    fact,
                    "Дата этой записи ещё не наступила.",
                    "The date of this record has not come yet.",
                );
                return false;
            }
            seen.insert(&fact.id)
        });
        let replaced: HashMap<&FactId, &FactId> = mine
            .iter()
            .filter_map(|(fact, _)| Some((fact.supersedes.as_ref()?, &fact.id)))
            .collect();
        let earlier: HashMap<&FactId, &FactId> = mine
            .iter()
            .filter_map(|(fact, _)| Some((&fact.id, fact.supersedes.as_ref()?)))
            .collect();
        let counts = |fact: &Fact| {
            fact.status != FactStatus::EnteredInError && !replaced.contains_key(&fact.id)
        };
        index.birth = catalogue.person.and_then(|person| {
            let name = &catalogue.kinds[person].name;
            mine.iter()
                .rev()
                .filter(|(fact, _)| counts(fact) && fact.kind == *name)
                .find_map(|(fact, _)| fact.fields.get("birth_date")?.as_str()?.parse().ok())
        });
        for (fact, at) in mine.iter().copied().filter(|(fact, _)| counts(fact)) {
            let Some(&kind) = catalogue.kind_index.get(&fact.kind) else {
                index.reject(
                    fact,
                    "Каталог не знает такого вида записи.",
                    "The catalogue does not know this kind of record.",
                );
                continue;
            };
            let date = fact.at.date_in(zone);
            if Some(kind) != catalogue.person && index.birth.is_some_and(|birth| date < birth) {
                index.reject(
                    fact,
                    "Дата записи раньше дня рождения.",
                    "The date of the record is before the birthday.",
                );
                continue;
            }
            let mut root = &fact.id;
            for _ in 0..mine.len() {
                match earlier.get(root) {
                    Some(before) => root = before,
                    None => break,
                }
            }
            index.kinds[kind].push(Entry {
                fact,
                at,
                date,
                root,
            });
        }
        index
    }

    fn reject(&mut self, fact: &Fact, ru: &str, en: &str) {
        self.rejected.push(Rejected {
            fact: fact.id.clone(),
            reason: Text::new(ru, en),
        });
    }
}

/// Two facts with one id differ in something; the order must not depend on where they stood.
fn tie(fact: &Fact) -> (u8, String) {
    (
        fact.status as u8,
        serde_json::to_string(&fact.fields).unwrap_or_default(),
    )
}

pub(crate) fn moment_of(value: &Value) -> Option<Moment> {
    value.as_str()?.parse().ok()
}

/// The number and unit of a quantity; a bare number has no unit.
pub(crate) fn quantity(value: &Value) -> Option<(f64, &str)> {
    match value {
        Value::Number(number) => Some((number.as_f64()?, "")),
        Value::Object(parts) => Some((
            parts.get("value")?.as_f64()?,
            parts
                .get("unit")
                .or_else(|| parts.get("code"))
                .and_then(Value::as_str)
                .unwrap_or(""),
        )),
        _ => None,
    }
}
