use crate::{
    scene::Scene,
    view::{AccessView, ConsentView, DocumentView, FactGroup, FactView},
};
use std::collections::{BTreeMap, HashMap};
use vekha_lifepath::source::KindSource;
use vekha_model::{Domain, Fact, FactId, SourceKind, Text};
use vekha_protocol::{AccessRecord, Document};

/// The machinery of steps is shown on their cards, not as facts.
const INNER: [&str; 4] = ["step.outcome", "situation.ended", "care.no_slot", "consent"];

pub fn groups(scene: &Scene) -> Vec<FactGroup> {
    let mut groups: BTreeMap<Domain, Vec<FactView>> = BTreeMap::new();
    for fact in scene
        .records
        .facts
        .iter()
        .filter(|it| !INNER.contains(&it.kind.as_str()))
    {
        let domain = kind_of(scene, fact)
            .and_then(|kind| kind.domain)
            .unwrap_or(Domain::Legal);
        groups
            .entry(domain)
            .or_default()
            .push(fact_view(scene, fact));
    }
    let zone = scene.zone();
    groups
        .into_iter()
        .map(|(domain, mut facts)| {
            facts.sort_by_key(|fact| std::cmp::Reverse(fact.at.start_in(zone)));
            FactGroup {
                domain,
                title: domain_words(domain),
                facts,
            }
        })
        .collect()
}

fn kind_of<'a>(scene: &'a Scene, fact: &Fact) -> Option<&'a KindSource> {
    scene.catalogue.vocabulary().get(&fact.kind)
}

pub fn fact_view(scene: &Scene, fact: &Fact) -> FactView {
    let kind = kind_of(scene, fact);
    let title = kind.map_or_else(
        || vekha_words::text("fact-unknown"),
        |kind| Text::new(kind.ru.clone(), kind.en.clone()),
    );
    let named = fact.fields.get("text").and_then(serde_json::Value::as_str);
    let withheld = crate::tact::withheld(scene, fact);
    FactView {
        id: fact.id.clone(),
        title: match named {
            Some(name) if withheld.is_none() => Text::new(name, name),
            _ => title,
        },
        withheld: withheld.is_some(),
        value: withheld.unwrap_or_else(|| super::value(scene, fact, kind)),
        at: fact.at,
        source: source(fact),
        status: fact.status,
        private: fact.private,
        dispute: crate::inquiry::dispute_of(scene, &fact.id),
        unused: unused(scene, fact),
        subject: fact.subject.clone(),
    }
}

/// Why the plan cannot use it.
fn unused(scene: &Scene, fact: &Fact) -> Option<Text> {
    let mut rejected = scene.plans.iter().flat_map(|plan| &plan.rejected);
    let found = rejected.find(|it| it.fact == fact.id)?;
    Some(found.reason.clone())
}

fn source(fact: &Fact) -> Text {
    if !fact.source.name.ru.is_empty() {
        return fact.source.name.clone();
    }
    vekha_words::text(match fact.source.kind {
        SourceKind::Laboratory => "source-laboratory",
        SourceKind::Clinician => "source-clinician",
        SourceKind::Registry => "source-registry",
        SourceKind::City => "source-city",
        SourceKind::Resident => "source-resident",
    })
}

pub fn consents(scene: &Scene) -> Vec<ConsentView> {
    let view = |it: &vekha_protocol::Consent| ConsentView {
        id: it.id.clone(),
        subject: it.subject.clone(),
        domain: it.domain,
        class: it.class,
        recipient: it.recipient.clone(),
        purpose: it.purpose.clone(),
        given: it.given,
        reach: it.reach,
        at: it.at,
        last_month: super::last_month::case(scene, it),
        pending: scene
            .records
            .unsent_about(&format!("consent/{}", it.id))
            .is_some(),
    };
    scene.records.consents.iter().map(view).collect()
}

/// The latest look first; of one second, the one written down last (ids grow, UUIDv7).
pub fn access(scene: &Scene, mut records: Vec<AccessRecord>) -> Vec<AccessView> {
    let facts: HashMap<&FactId, &Fact> =
        scene.records.facts.iter().map(|it| (&it.id, it)).collect();
    records.sort_by(|a, b| (b.at, &b.id).cmp(&(a.at, &a.id)));
    let view = |it: AccessRecord| {
        let fact = it.fact.as_ref().and_then(|id| facts.get(id));
        AccessView {
            fact: fact.map(|fact| fact_view(scene, fact).title),
            id: it.id,
            who: it.who,
            purpose: it.purpose,
            at: it.at.to_string(),
            subject: it.subject,
        }
    };
    records.into_iter().map(view).collect()
}

pub fn document_view(scene: &Scene, it: &Document) -> DocumentView {
    let of = it.step.as_ref().and_then(|id| scene.step(id));
    let hidden = of.filter(|step| crate::tact::hidden(scene, step));
    DocumentView {
        id: it.id.clone(),
        title: hidden.map_or_else(|| it.title.clone(), |step| crate::tact::name(scene, step)),
        body: it.body.clone(),
        issued: it.issued,
        issuer: it.issuer.clone(),
        signed_by: it.signed_by.clone(),
        whose: scene.records.resident(&it.subject),
    }
}

fn domain_words(domain: Domain) -> Text {
    vekha_words::text(match domain {
        Domain::Health => "domain-health",
        Domain::Legal => "domain-legal",
        Domain::Social => "domain-social",
        Domain::Education => "domain-education",
        Domain::Labour => "domain-labour",
        Domain::Property => "domain-property",
        Domain::Housing => "domain-housing",
        Domain::Money => "domain-money",
        Domain::City => "domain-city",
    })
}
