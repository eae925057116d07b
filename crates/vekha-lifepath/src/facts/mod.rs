//! A resident's facts, sorted and freed from what was taken back.
pub mod reason;
pub mod units;

use crate::Catalogue;
use jiff::{Timestamp, civil::Date};
use reason::Reason;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use serde_json::Value;
use std::{borrow::Borrow, cmp::Ordering};
use vekha_model::{Fact, FactId, FactStatus, Moment, Rejected, ResidentId};

/// What is known of one resident; whoever holds the facts already lends them, `Facts<&Fact>`.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts<F = Fact> {
    pub resident: ResidentId,
    pub facts: Vec<F>,
}

impl<F: Borrow<Fact>> Facts<F> {
    pub(crate) fn all(&self) -> impl Iterator<Item = &Fact> {
        self.facts.iter().map(Borrow::borrow)
    }

    /// Those about the resident.
    pub(crate) fn mine(&self) -> Vec<&Fact> {
        self.all()
            .filter(|fact| fact.subject == self.resident)
            .collect()
    }
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
    /// The place of the laboratory marker that its code names.
    pub marker: Option<usize>,
}

impl<'a> Entry<'a> {
    /// A fact has few fields: comparing lengths with each of them beats a search by order.
    pub fn field(&self, name: &str) -> Option<&'a Value> {
        let mut fields = self.fact.fields.iter();
        fields.find_map(|(known, value)| (known == name).then_some(value))
    }
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
    outcomes: Vec<Outcome<'a>>,
    /// Where those of a step begin.
    first_of: FxHashMap<&'a str, usize>,
    /// By check-up test, the place of the latest fact that tells of it.
    last_tests: FxHashMap<&'a str, usize>,
    pub rejected: Vec<Rejected>,
    pub birth: Option<Date>,
}

impl<'a> Index<'a> {
    pub fn new(catalogue: &Catalogue, facts: &[&'a Fact], now: Moment) -> Self {
        let zone = catalogue.zone();
        let limit = now.end_in(zone);
        let mut index = Self {
            kinds: vec![Vec::new(); catalogue.kinds.len()],
            outcomes: Vec::new(),
            first_of: FxHashMap::default(),
            last_tests: FxHashMap::default(),
            rejected: Vec::new(),
            birth: None,
        };
        let mut seen = FxHashSet::with_capacity_and_hasher(facts.len(), FxBuildHasher);
        // What is known of one visit or one paper is of one day: its midnight is looked up once.
        let mut last: Option<(Moment, Timestamp)> = None;
        let mut start = |at: Moment| match last {
            Some((known, start)) if known == at => start,
            _ => last.insert((at, at.start_in(zone))).1,
        };
        let mut mine: Vec<(&'a Fact, Timestamp)> =
            facts.iter().map(|fact| (*fact, start(fact.at))).collect();
        mine.sort_unstable_by(|a, b| in_time(*a, *b));
        mine.retain(|(fact, at)| {
            if *at > limit {
                index.reject(fact, reason::TOO_EARLY);
                return false;
            }
            seen.insert(&fact.id)
        });
        let mut replaced: FxHashSet<&FactId> = FxHashSet::default();
        let mut earlier: FxHashMap<&FactId, &FactId> = FxHashMap::default();
        for (fact, before) in mine
            .iter()
            .filter_map(|(fact, _)| Some((*fact, fact.supersedes.as_ref()?)))
        {
            replaced.insert(before);
            earlier.insert(&fact.id, before);
        }
        let counts =
            |fact: &Fact| fact.status != FactStatus::EnteredInError && !replaced.contains(&fact.id);
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
            let mut root = &fact.id;
            for _ in 0..earlier.len() {
                match earlier.get(root) {
                    Some(before) => root = before,
                    None => break,
                }
            }
            match index.entry(catalogue, fact, at, root) {
                Ok(entry) => index.kinds[entry.kind].push(entry),
                Err(reason) => index.reject(fact, reason),
            }
        }
        let outcomes = index.kinds[catalogue.outcome].iter().rev();
        index.outcomes = outcomes.filter_map(Outcome::of).collect();
        index.outcomes.sort_by_key(|outcome| outcome.step);
        index.find_steps();
        index.find_tests(catalogue);
        index
    }

    fn find_tests(&mut self, catalogue: &Catalogue) {
        let Some((kind, field)) = &catalogue.tests else {
            return;
        };
        self.last_tests.clear();
        for (place, entry) in self.kinds[*kind].iter().enumerate() {
            if let Some(test) = entry.field(field).and_then(Value::as_str) {
                self.last_tests.insert(test, place);
            }
        }
    }

    /// The latest fact that tells of a check-up test.
    pub fn last_test(&self, catalogue: &Catalogue, test: &str) -> Option<&Entry<'a>> {
        let (kind, _) = catalogue.tests.as_ref()?;
        self.kinds[*kind].get(*self.last_tests.get(test)?)
    }

    fn find_steps(&mut self) {
        self.first_of.clear();
        for (place, outcome) in self.outcomes.iter().enumerate() {
            self.first_of.entry(outcome.step).or_insert(place);
        }
    }

    /// Puts one more fact in its place and says its kind and place; nothing where it changes more than its own kind, or is no good:
    /// then only a new index will do.
    pub fn add(
        &mut self,
        catalogue: &Catalogue,
        before: &[&Fact],
        fact: &'a Fact,
        now: Moment,
    ) -> Option<(usize, usize)> {
        let zone = catalogue.zone();
        let at = fact.at.start_in(zone);
        let alone = fact.supersedes.is_none()
            && fact.status != FactStatus::EnteredInError
            && before
                .iter()
                .all(|other| other.id != fact.id && other.supersedes.as_ref() != Some(&fact.id));
        if !alone || at > now.end_in(zone) {
            return None;
        }
        let entry = self.entry(catalogue, fact, at, &fact.id).ok()?;
        let kind = entry.kind;
        if Some(kind) == catalogue.person {
            return None;
        }
        if kind == catalogue.outcome
            && let Some(outcome) = Outcome::of(&entry)
        {
            let place = self.outcomes.partition_point(|other| {
                let later = || in_time((other.entry.fact, other.entry.at), (fact, at)).is_gt();
                other.step < outcome.step || other.step == outcome.step && later()
            });
            self.outcomes.insert(place, outcome);
            self.find_steps();
        }
        let entries = &mut self.kinds[kind];
        let place =
            entries.partition_point(|other| in_time((other.fact, other.at), (fact, at)).is_lt());
        entries.insert(place, entry);
        if catalogue.tests.as_ref().is_some_and(|(of, _)| *of == kind) {
            self.find_tests(catalogue);
        }
        Some((kind, place))
    }

    fn entry(
        &self,
        catalogue: &Catalogue,
        fact: &'a Fact,
        at: Timestamp,
        root: &'a FactId,
    ) -> Result<Entry<'a>, Reason> {
        let kind = *catalogue
            .kind_index
            .get(&fact.kind)
            .ok_or(reason::UNKNOWN_KIND)?;
        let zone = catalogue.zone();
        let date = fact.at.date_in(zone);
        let birth = self.birth.filter(|_| Some(kind) != catalogue.person);
        if let Some(reason) = reason::against(fact, date, &catalogue.kinds[kind], birth, zone) {
            return Err(reason);
        }
        let (mut run, mut situation, mut step, mut code) = (None, None, None, None);
        for (name, value) in &fact.fields {
            match name.as_str() {
                "code" => code = value.as_str(),
                "run" => run = value.as_str(),
                "situation" => situation = value.as_str(),
                "step" => step = value.as_str(),
                _ => {}
            }
        }
        let run_of = |step: &'a str| Some(step.rsplit_once('/')?.0);
        Ok(Entry {
            fact,
            kind,
            at,
            date,
            root,
            run: run.or_else(|| step.and_then(run_of)),
            situation,
            marker: code.and_then(|code| catalogue.marker_index.get(code).copied()),
        })
    }

    pub fn outcomes_of<'s>(
        &'a self,
        step: &'s str,
    ) -> impl Iterator<Item = &'a Outcome<'a>> + use<'a, 's> {
        let from = self.first_of.get(step).copied();
        let all = self.outcomes[from.unwrap_or(self.outcomes.len())..].iter();
        all.take_while(move |outcome| outcome.step == step)
    }

    fn reject(&mut self, fact: &Fact, reason: Reason) {
        self.rejected.push(Rejected {
            fact: fact.id.clone(),
            reason: reason.words(),
        });
    }
}

/// The order of facts: by when they became true, then by when the holder learnt them.
fn in_time((a, at): (&Fact, Timestamp), (b, bt): (&Fact, Timestamp)) -> Ordering {
    (at, a.recorded, &a.id)
        .cmp(&(bt, b.recorded, &b.id))
        .then_with(|| tie(a).cmp(&tie(b)))
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
