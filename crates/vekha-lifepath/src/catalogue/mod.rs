//! The catalogue, compiled once: every name resolved, every expression typed.
mod build;
mod step;

use crate::expression::Expression;
use crate::source::{FieldType, Material, Scope, ServiceSource, Source};
use crate::time::{Span, Window, WorkCalendar};
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, HashMap};
use vekha_model::{
    CatalogueFork, CatalogueStep, CatalogueVersion, Condition as Words, Missing, ServiceKey, Sex,
    Shared, SituationKey, StepKey, Text,
};

#[derive(Debug)]
pub struct Catalogue {
    pub(crate) source: Source,
    pub(crate) zone: TimeZone,
    pub(crate) calendar: WorkCalendar,
    pub(crate) kinds: Vec<KnownKind>,
    pub(crate) kind_index: HashMap<String, usize>,
    pub(crate) person: Option<usize>,
    pub(crate) outcome: usize,
    pub(crate) ended: usize,
    pub(crate) smoker: Option<(usize, String)>,
    pub(crate) parameters: Vec<String>,
    pub(crate) markers: Vec<CompiledMarker>,
    pub(crate) marker_index: HashMap<String, usize>,
    /// In an order in which whatever starts or is read comes first.
    pub(crate) situations: Vec<Situation>,
}

/// Something wrong in a catalogue: in which file, beside which words, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub file: String,
    pub near: String,
    pub text: String,
}

#[derive(Debug)]
pub(crate) struct KnownKind {
    pub name: String,
    pub scope: Scope,
    pub question: Option<Text>,
    pub fields: BTreeMap<String, (FieldType, Option<Text>)>,
}

#[derive(Debug)]
pub(crate) struct CompiledMarker {
    pub skip: Vec<Expression>,
    pub limits: Vec<Option<Expression>>,
}

#[derive(Debug)]
pub(crate) struct Situation {
    pub key: SituationKey,
    pub title: Text,
    pub source: usize,
    pub triggers: Vec<Trigger>,
    pub anchor_code: String,
    pub anchor: AnchorAt,
    pub lasts: Option<Span>,
    pub suppresses: Vec<String>,
    pub ends: Vec<Condition>,
    pub steps: Vec<Step>,
    pub forks: Vec<Fork>,
    pub reads_states: bool,
}

#[derive(Debug)]
pub(crate) struct Trigger {
    pub kinds: Vec<usize>,
    pub yearly: bool,
    pub when: Vec<Condition>,
}

#[derive(Debug, Clone)]
pub(crate) struct Condition {
    pub words: Shared<Words>,
    pub expression: Expression,
}

#[derive(Debug, Clone)]
pub(crate) enum AnchorAt {
    Event,
    EventField(String),
    Field(usize, String),
}

#[derive(Debug, Clone)]
pub(crate) enum StepAnchor {
    Run,
    Start,
    Fork,
    Fact {
        kind: usize,
        field: Option<String>,
        filter: BTreeMap<String, serde_json::Value>,
    },
    Step(StepKey),
}

#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub of: Shared<CatalogueStep>,
    pub window: Window,
    pub anchor: StepAnchor,
    pub when: Vec<Condition>,
    pub done: Option<Expression>,
    pub repeat: Option<Repeat>,
    pub screening: Option<Screening>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Repeat {
    pub every: Span,
    pub times: Option<u32>,
    pub until: Option<Span>,
}

/// A row of the check-up table.
#[derive(Debug, Clone)]
pub(crate) struct Screening {
    pub words: Shared<Words>,
    pub kind: usize,
    pub field: String,
    pub sex: Option<Sex>,
    pub age: Option<(Option<i64>, Option<i64>)>,
    pub ages: Option<Vec<i64>>,
    pub every: i64,
}

#[derive(Debug)]
pub(crate) struct Fork {
    pub of: Shared<CatalogueFork>,
    pub when: Vec<Condition>,
    pub adds: Vec<Step>,
    pub cancels_all: bool,
    pub cancels: Vec<StepKey>,
    pub replaces: Vec<Step>,
    pub ends: bool,
}

impl Catalogue {
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    pub fn calendar(&self) -> &WorkCalendar {
        &self.calendar
    }

    pub fn version(&self) -> CatalogueVersion {
        CatalogueVersion {
            id: self.source.header.id.clone(),
            version: self.source.header.version.clone(),
        }
    }

    /// Every kind of fact, with its fields, words and questions.
    pub fn vocabulary(&self) -> &BTreeMap<String, crate::source::KindSource> {
        &self.source.facts
    }

    pub fn material(&self, id: &str) -> Option<&Material> {
        self.source.materials.get(id)
    }

    pub fn service(&self, key: &ServiceKey) -> Option<&ServiceSource> {
        self.source.services.get(key.as_str())
    }

    /// The question that asks the resident for it; none where others have to say.
    pub fn question(&self, missing: &Missing) -> Option<&Text> {
        let kind = &self.kinds[*self.kind_index.get(&missing.kind)?];
        let field = missing
            .field
            .as_ref()
            .and_then(|field| kind.fields.get(field));
        field
            .and_then(|(_, question)| question.as_ref())
            .or(kind.question.as_ref())
    }

    pub(crate) fn asks(&self, missing: &Missing) -> bool {
        self.question(missing).is_some()
    }

    /// What the catalogue was compiled from.
    pub fn source(&self) -> &Source {
        &self.source
    }
}
