//! A resident's facts, sorted and freed from what was taken back.
pub mod reason;
pub mod units;

use crate::Catalogue;
use jiff::{Timestamp, civil::Date};
use reason::Reason;
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
    pub kind: usize,
    pub at: Timestamp,
    pub date: Date,
    pub root: &'a FactId,
    /// The run it says it belongs to.
    pub run: Option<&'a str>,
    /// The situation it says it belongs to.
    pub situation: Option<&'a str>,
}

/// What became of a step: a `step.outcome`, taken apart once.
pub(crate) struct Outcome<'a> {
    pub entry: Entry<'a>,
    pub step: &'a str,
    pub period: Option<&'a str>,
    pub word: &'a str,
    /// When the visit is, where one is named; else when the outcome was said.
    pub visit: Option<Moment>,
}

impl<'a> Outcome<'a> {
    fn of(entry: &Entry<'a>) -> Option<Self> {
        let fields = &entry.fact.fields;
        let id = fields.get("step")?.as_str()?;
        let (situation, tail) = match id.rsplit_once('/') {
            Some((_, tail)) => (None, tail),
            None => id
                .split_once('.')
                .map(|(situation, tail)| (Some(situation), tail))?,
        };
        let (step, period) = tail
            .split_once('@')
            .map_or((tail, None), |(step, period)| (step, Some(period)));
        let mut entry = entry.clone();
        entry.situation = situation;
        Some(Self {
            entry,
            step,
            period,
            word: fields.get("outcome").and_then(Value::as_str)?,
            visit: fields.get("start").and_then(moment_of),
        })
    }

    pub fn is_done(&self) -> bool {
        matches!(self.word, "done" | "have_it")
    }

    /// When the step took place, or will.
    pub fn moment(&self) -> Moment {
        self.visit.unwrap_or(self.entry.fact.at)
    }
}

pub(crate) struct Index<'a> {
    pub kinds: Vec<Vec<Entry<'a>>>,
    /// By step, the latest of each first.
    pub outcomes: Vec<Outcome<'a>>,
    pub rejected: Vec<Rejected>,
    pub birth: Option<Date>,
}

impl<'a> Index<'a> {
    pub fn new(catalogue: &Catalogue, facts: &'a Facts, now: Moment) -> Self {
        let zone = catalogue.zone();
        let limit = now.end_in(zone);
        let mut index = Self {
            kinds: vec![Vec::new(); catalogue.kinds.len()],
            outcomes: Vec::new(),
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
                index.reject(fact, reason::TOO_EARLY);
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
        for (fact, _) in mine.iter().filter(|(fact, _)| !counts(fact)) {
            let reason = if fact.status == FactStatus::EnteredInError {
                reason::WITHDRAWN
            } else {
                reason::CORRECTED
            };
            index.reject(fact, reason);
        }
        index.birth = catalogue.person.and_then(|person| {
            let name = &catalogue.kinds[person].name;
            mine.iter()
                .rev()
                .filter(|(fact, _)| counts(fact) && fact.kind == *name)
                .find_map(|(fact, _)| fact.fields.get("birth_date")?.as_str()?.parse().ok())
        });
        for (fact, at) in mine.iter().copied().filter(|(fact, _)| counts(fact)) {
            let Some(&kind) = catalogue.kind_index.get(&fact.kind) else {
                index.reject(fact, reason::UNKNOWN_KIND);
                continue;
            };
            let date = fact.at.date_in(zone);
            let birth = index.birth.filter(|_| Some(kind) != catalogue.person);
            if let Some(reason) = reason::against(fact, date, &catalogue.kinds[kind], birth, zone) {
                index.reject(fact, reason);
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
                kind,
                at,
                date,
                root,
                run: text(fact, "run").or_else(|| {
                    let (run, _) = text(fact, "step")?.rsplit_once('/')?;
                    Some(run)
                }),
                situation: text(fact, "situation"),
            });
        }
        let outcomes = index.kinds[catalogue.outcome].iter().rev();
        index.outcomes = outcomes.filter_map(Outcome::of).collect();
        index.outcomes.sort_by_key(|outcome| outcome.step);
        index
    }

    pub fn outcomes_of(&self, step: &str) -> &[Outcome<'a>] {
        let from = self.outcomes.partition_point(|outcome| outcome.step < step);
        let to = self
            .outcomes
            .partition_point(|outcome| outcome.step <= step);
        &self.outcomes[from..to]
    }

    fn reject(&mut self, fact: &Fact, (ru, en): Reason) {
        self.rejected.push(Rejected {
            fact: fact.id.clone(),
            reason: Text::new(ru, en),
        });
    }
}

fn text<'a>(fact: &'a Fact, field: &str) -> Option<&'a str> {
    fact.fields.get(field)?.as_str()
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
