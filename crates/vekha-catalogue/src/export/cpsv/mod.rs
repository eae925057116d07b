//! The catalogue as linked data: JSON-LD of the Core Public Service Vocabulary Application Profile 3.2.0.
//!
//! Situations are life or business events, steps public services, offices public organisations; laws are legal resources
//! that the rules of the steps implement.
mod parts;

use crate::words::Words;
use parts::Graph;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use vekha_lifepath::source::{SituationSource, Source, StepSource};
use vekha_lifepath::time::{Bound, Unit};
use vekha_model::{DeadlineKind, Language, Text};

/// Kinds of facts by which somebody begins to earn on their own; what they start is a business event.
const BUSINESS: [&str; 4] = ["business", "earning", "npd", "taxi"];

/// The whole catalogue as one JSON-LD document.
pub fn document(source: &Source) -> Value {
    let mut export = Export {
        source,
        words: [Language::Ru, Language::En].map(Words::new),
        graph: Graph::new(source),
        channels: BTreeSet::new(),
    };
    for of in &source.situations {
        export.situation(of);
    }
    json!({ "@context": parts::context(), "@graph": export.graph.nodes })
}

struct Export<'a> {
    source: &'a Source,
    words: [Words; 2],
    graph: Graph,
    /// Offices already written down.
    channels: BTreeSet<String>,
}

impl Export<'_> {
    fn situation(&mut self, of: &SituationSource) {
        let added = of.forks.iter().flat_map(|fork| &fork.adds);
        let mut steps = self.source.steps_of(of);
        steps.extend(added.cloned());
        let mut seen = BTreeSet::new();
        steps.retain(|step| seen.insert(step.id.clone()));
        let event = self.graph.iri("situation", &of.id);
        let services: Vec<String> = steps.iter().map(|step| self.step_iri(of, step)).collect();
        let class = if is_business(of) {
            "BusinessEvent"
        } else {
            "LifeEvent"
        };
        let begins: Vec<Text> = of
            .trigger
            .iter()
            .chain(&of.triggers)
            .flat_map(|trigger| trigger.sources.clone())
            .collect();
        let mut node = node(&event, &[class, "Event"]);
        node.insert("identifier".into(), json!(of.id));
        node.insert("title".into(), parts::text(&of.title));
        if let Some(text) = parts::joined(&begins) {
            node.insert("description".into(), text);
        }
        node.insert("hasRelatedService".into(), json!(services));
        self.graph.push(node);
        for step in &steps {
            self.step(of, step, &event);
        }
    }

    fn step_iri(&self, of: &SituationSource, step: &StepSource) -> String {
        self.graph.iri("service", &format!("{}/{}", of.id, step.id))
    }

    fn step(&mut self, of: &SituationSource, step: &StepSource, event: &str) {
        let iri = self.step_iri(of, step);
        let key = format!("{}/{}", of.id, step.id);
        let title = step.title.clone().unwrap_or_default();
        let laws = self.laws(step.law.as_deref().unwrap_or_default());
        let rule = self.rule(&key, &title, step, &laws);
        let mut node = node(&iri, &["PublicService"]);
        node.insert("identifier".into(), json!(key));
        node.insert("title".into(), parts::text(&title));
        node.insert("description".into(), self.described(&title, step));
        node.insert("isGroupedBy".into(), json!([event]));
        node.insert("follows".into(), json!([rule]));
        node.insert("hasLegalResource".into(), json!(laws));
        node.insert("language".into(), json!([parts::RUSSIAN]));
        node.insert("spatial".into(), json!([parts::RUSSIA]));
        if let Some(service) = &step.service {
            let (office, channel) = self.office(service);
            node.insert("hasCompetentAuthority".into(), json!([office]));
            node.insert("hasChannel".into(), json!([channel]));
        }
        if let Some(domain) = step.domain.or(of.domain) {
            let area = self.graph.iri("domain", &crate::cases::word(&domain));
            let label = self.both(|words| words.member("domain", &domain));
            self.graph
                .once(&area, &["Concept"], &[("prefLabel", label)]);
            node.insert("thematicArea".into(), json!([area]));
        }
        if let Some(duration) = duration(step) {
            node.insert("processingTime".into(), json!(duration));
        }
        let requirements: Vec<String> = step
            .when
            .iter()
            .flatten()
            .enumerate()
            .map(|(place, one)| {
                let id = format!("{key}/{}", place + 1);
                let iri = self.graph.iri("requirement", &id);
                let title = parts::text(&Text::new(&one.ru, &one.en));
                let parts = [
                    ("identifier", json!(id)),
                    ("title", title),
                    ("fulfils", json!([rule])),
                ];
                self.graph.once(&iri, &["Requirement"], &parts);
                iri
            })
            .collect();
        if !requirements.is_empty() {
            node.insert("holdsRequirement".into(), json!(requirements));
        }
        self.graph.push(node);
    }

    /// What the step is: its note, or its title, and when.
    fn described(&self, title: &Text, step: &StepSource) -> Value {
        let says = step.note.as_ref().unwrap_or(title);
        self.both(|words| {
            format!(
                "{}. {}",
                words.of(says).trim_end_matches('.'),
                when(words, step)
            )
        })
    }

    fn rule(&mut self, key: &str, title: &Text, step: &StepSource, laws: &[String]) -> String {
        let iri = self.graph.iri("rule", key);
        let description = self.both(|words| when(words, step));
        let parts = [
            ("identifier", json!(key)),
            ("title", parts::text(title)),
            ("description", description),
            ("language", json!([parts::RUSSIAN])),
            ("implements", json!(laws)),
        ];
        self.graph.once(&iri, &["Rule"], &parts);
        iri
    }

    /// Each law that a step names, one after a semicolon.
    fn laws(&mut self, law: &str) -> Vec<String> {
        let names = law
            .split(';')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let names: Vec<&str> = names.collect();
        let mut laws = Vec::with_capacity(names.len());
        for name in names {
            let iri = self.graph.iri("law", name);
            let parts = [
                ("identifier", json!(name)),
                ("eliTitle", json!({ "ru": name })),
            ];
            self.graph.once(&iri, &["LegalResource"], &parts);
            laws.push(iri);
        }
        laws
    }

    /// The office that performs a step, and the way to it.
    fn office(&mut self, key: &str) -> (String, String) {
        let (office, channel) = (
            self.graph.iri("office", key),
            self.graph.iri("channel", key),
        );
        if self.channels.insert(key.to_owned()) {
            let known = self.source.services.get(key).cloned().unwrap_or_default();
            let name = parts::text(&Text::new(known.ru, known.en));
            let organisation = [
                ("identifier", json!(key)),
                ("title", name.clone()),
                ("prefLabel", name.clone()),
                ("spatial", json!([parts::RUSSIA])),
            ];
            self.graph.once(
                &office,
                &["PublicOrganisation", "Organization"],
                &organisation,
            );
            let way = [
                ("identifier", json!(key)),
                ("description", name),
                ("ownedBy", json!([office])),
            ];
            self.graph.once(&channel, &["Channel"], &way);
        }
        (office, channel)
    }

    fn both(&self, say: impl Fn(&Words) -> String) -> Value {
        let [ru, en] = &self.words;
        json!({ "ru": say(ru), "en": say(en) })
    }
}

fn node(iri: &str, classes: &[&str]) -> Map<String, Value> {
    Map::from_iter([("id".into(), json!(iri)), ("type".into(), json!(classes))])
}

/// “In 11 weeks – in 14 weeks; recommended.”
fn when(words: &Words, step: &StepSource) -> String {
    let window = step.window.clone().unwrap_or_default();
    let window = words.window(&window);
    let deadline = step.deadline.map(|kind| words.member("deadline", &kind));
    let parts: Vec<String> = [words.say("window") + ": " + &window]
        .into_iter()
        .chain(deadline)
        .collect();
    parts.join("; ") + "."
}

fn is_business(of: &SituationSource) -> bool {
    let mut kinds = of
        .trigger
        .iter()
        .chain(&of.triggers)
        .flat_map(|trigger| trigger.event.as_slice());
    kinds.any(|kind| BUSINESS.contains(&kind.split('.').next().unwrap_or_default()))
}

/// How long the authority may take, as an XML Schema duration; none where it counts in working days, which have no such form.
fn duration(step: &StepSource) -> Option<String> {
    if step.deadline != Some(DeadlineKind::State) {
        return None;
    }
    let closes = step.window.as_ref()?.1.as_deref()?;
    let Bound::After(span) = Bound::parse(closes)? else {
        return None;
    };
    if span.count < 0 {
        return None;
    }
    let count = span.count;
    Some(match span.unit {
        Unit::Minute => format!("PT{count}M"),
        Unit::Hour => format!("PT{count}H"),
        Unit::Day => format!("P{count}D"),
        Unit::Week => format!("P{}D", count * 7),
        Unit::Month => format!("P{count}M"),
        Unit::Year => format!("P{count}Y"),
        Unit::WorkingDay => return None,
    })
}
