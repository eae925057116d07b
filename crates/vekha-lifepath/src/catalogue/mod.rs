//! The catalogue, compiled once: every name resolved, every expression typed.
mod anchor;
mod build;
mod dates;
mod fixed;
mod guardrails;
mod order;
mod reads;
mod region;
mod since;
mod situation;
mod step;
mod vocabulary;
mod written;

pub(crate) use dates::{Dates, Rule};
pub(crate) use reads::{Kinds, Reads};

use crate::expression::Expression;
use crate::source::{Citations, FieldType, Material, Scope, ServiceSource, Source, Validity};
use crate::time::{Span, Window, WorkCalendar};
use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use vekha_model::{
    Action, CatalogueFork, CatalogueSituation, CatalogueStep, CatalogueVersion, Condition as Words,
    DeadlineKind, Missing, ServiceKey, ServicePlace, Sex, Shared, SituationKey, StepKey, Text,
};

#[derive(Debug)]
pub struct Catalogue {
    pub(crate) source: Source,
    pub(crate) zone: TimeZone,
    pub(crate) calendar: WorkCalendar,
    pub(crate) kinds: Vec<KnownKind>,
    pub(crate) kind_index: FxHashMap<String, usize>,
    pub(crate) person: Option<usize>,
    pub(crate) outcome: usize,
    pub(crate) ended: usize,
    pub(crate) smoker: Option<(usize, String)>,
    /// The kind of fact that tells of a check-up test, and the field that names the test.
    pub(crate) tests: Option<(usize, String)>,
    pub(crate) parameters: Vec<String>,
    pub(crate) citations: Citations,
    pub(crate) markers: Vec<CompiledMarker>,
    pub(crate) marker_index: FxHashMap<String, usize>,
    /// In an order in which whatever starts or is read comes first.
    pub(crate) situations: Vec<Situation>,
    pub(crate) reads: Reads,
    /// About how many steps a full plan has.
    pub(crate) steps: usize,
}

/// Something wrong in a catalogue: in which file, beside which words, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub file: String,
    /// Words that stand on its line. Several, one on a line each, lead to it one after the other: first the fork, then its
    /// condition.
    pub near: String,
    pub text: String,
}

#[derive(Debug)]
pub(crate) struct KnownKind {
    pub name: String,
    pub scope: Scope,
    pub question: Option<Shared<Text>>,
    pub fields: FxHashMap<String, (FieldType, Option<Shared<Text>>)>,
}

impl KnownKind {
    /// The question that asks the resident for a field; none where others have to say.
    pub fn question(&self, field: Option<&str>) -> Option<&Shared<Text>> {
        field
            .and_then(|field| self.fields.get(field)?.1.as_ref())
            .or(self.question.as_ref())
    }
}

#[derive(Debug)]
pub(crate) struct CompiledMarker {
    pub share: Option<Share>,
    pub skip: Vec<Expression>,
    pub limits: Vec<Option<Expression>>,
}

/// The marker whose part a share is, by its place.
#[derive(Debug)]
pub(crate) struct Share {
    pub of: usize,
    pub between: (f64, f64),
    pub concern_under: f64,
}

#[derive(Debug)]
pub(crate) struct Situation {
    pub key: SituationKey,
    pub of: Shared<CatalogueSituation>,
    pub source: usize,
    pub triggers: Vec<Trigger>,
    pub anchor_code: SmolStr,
    pub anchor: AnchorAt,
    pub lasts: Option<Span>,
    pub expects: Option<Expects>,
    /// The field of the starting fact that names whom the steps are for.
    pub about: Option<String>,
    /// The field of the starting fact whose day tells apart those whom nobody has named.
    pub apart: Option<String>,
    pub suppresses: Vec<String>,
    pub since: Option<Since>,
    pub ends: Vec<Condition>,
    pub steps: Vec<Step>,
    pub forks: Vec<Fork>,
    /// Kinds of facts that may begin or end a run, or move its anchor.
    pub begins_by: Kinds,
}

/// How long after the anchor a child was conceived, and is born.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Expects {
    pub conceived: Span,
    pub born: Span,
}

/// How to find the first day of what a situation silences.
#[derive(Debug)]
pub(crate) struct Since {
    pub weeks: Option<String>,
    pub first: Option<(usize, String)>,
    pub after: Option<(usize, String)>,
    pub most: Span,
}

#[derive(Debug)]
pub(crate) struct Trigger {
    pub kinds: Vec<usize>,
    pub dates: Option<Dates>,
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

/// Where a moment to count from may come from. An anchor is a row of these: the first that is known counts.
#[derive(Debug, Clone, PartialEq)]
pub enum AnchorFrom {
    /// The anchor of the run.
    Run,
    /// The fact that started the run.
    Start,
    /// The moment the fork was taken that brought the step.
    Fork,
    /// The latest fact of a kind with one of the values of each field.
    Fact {
        kind: usize,
        field: Option<String>,
        filter: Vec<(String, Vec<serde_json::Value>)>,
    },
    /// A step that took place; or a booked one too.
    Step { key: StepKey, booked: bool },
}

#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub of: Shared<CatalogueStep>,
    pub window: Window,
    /// Another window that has to be open as well.
    pub within: Option<Window>,
    /// The days from which its rule counts.
    pub valid: Option<Validity>,
    pub anchor: Vec<AnchorFrom>,
    /// For the resident, though the situation is about somebody else.
    pub own: bool,
    pub when: Vec<Condition>,
    pub done: Option<Expression>,
    pub repeat: Option<Repeat>,
    pub screening: Option<Screening>,
    /// Whether some fork asks about its state.
    pub asked: bool,
    pub reads: Kinds,
}

impl Step {
    /// Whether nothing is left of it when its time has passed, as of news that nobody loses a right by, or of a talk that
    /// was only offered.
    pub fn passes(&self) -> bool {
        matches!(
            (self.of.action, self.of.deadline),
            (Action::Inform, DeadlineKind::Rec | DeadlineKind::State)
                | (Action::Human, DeadlineKind::Rec)
        )
    }
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
    pub keeps: Vec<StepKey>,
    /// What its conditions read.
    pub reads: Kinds,
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

    /// The region's whole directory.
    pub fn directory(&self) -> impl Iterator<Item = &ServicePlace> {
        let region = self.source.region.iter();
        region.flat_map(|(_, it)| it.places.values().flatten())
    }

    /// Where a service is to be found; `None` where the region keeps no directory.
    pub fn places(&self, key: &ServiceKey) -> Option<&[ServicePlace]> {
        let (_, region) = self.source.region.as_ref()?;
        if region.places.is_empty() {
            return None;
        }
        Some(region.places.get(key.as_str()).map_or(&[], Vec::as_slice))
    }

    /// A law as it is cited, in both languages.
    pub fn cite(&self, law: &str) -> Text {
        self.citations.cite(law)
    }

    /// The question that asks the resident for it; none where others have to say.
    pub fn question(&self, missing: &Missing) -> Option<&Shared<Text>> {
        let kind = &self.kinds[*self.kind_index.get(&missing.kind)?];
        kind.question(missing.field.as_deref())
    }

    /// Whether a fact of this kind may begin a situation.
    pub fn begins(&self, kind: &str) -> bool {
        let Some(place) = self.kind_index.get(kind) else {
            return false;
        };
        let mut triggers = self.situations.iter().flat_map(|it| &it.triggers);
        triggers.any(|trigger| trigger.kinds.contains(place))
    }

    pub(crate) fn asks(&self, missing: &Missing) -> bool {
        self.question(missing).is_some()
    }

    /// What the catalogue was compiled from.
    pub fn source(&self) -> &Source {
        &self.source
    }
}
