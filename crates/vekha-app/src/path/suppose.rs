//! «Что если»: pretended facts, and what they would change. Nothing is kept, nothing is sent.
use crate::{
    App, CommandError,
    question::{checked, field},
    scene::Scene,
    view::{PathOf, Question, Supposable, Suppose, Supposition, WhatIf},
};
use jiff::{ToSpan, civil::Date};
use std::sync::Arc;
use vekha_lifepath::source::{FieldSource, KindSource, Scope};
use vekha_model::{Domain, Fact, FactId, FactStatus, Missing, Moment, ResidentId, Source, Text};

/// How far ahead one may pretend.
const YEARS: i32 = 20;

/// Whatever a resident can be asked can be pretended, and what is always so of a person and has words.
pub async fn supposable(app: &Arc<App>, args: PathOf) -> Result<Vec<Supposable>, CommandError> {
    let scene = app.scene()?;
    let subject = super::whose(&scene, args.resident)?;
    let mut found = Vec::new();
    for (kind, source) in scene.catalogue.vocabulary() {
        for (name, of) in &source.fields {
            let missing = Missing {
                kind: kind.clone(),
                field: Some(name.clone()),
            };
            if let (Some(text), Some(field)) = (words(source, of), field(of)) {
                found.push(Supposable {
                    domain: source.domain.unwrap_or(Domain::City),
                    begins: source.scope == Scope::Event && scene.catalogue.begins(kind),
                    question: Question {
                        subject: subject.clone(),
                        missing,
                        text,
                        settles: Vec::new(),
                        helps: Vec::new(),
                        field,
                    },
                });
            }
        }
    }
    Ok(found)
}

/// What happens to people is named only where they may be asked about it: nobody meets a loss in a list of choices.
fn words(kind: &KindSource, field: &FieldSource) -> Option<Text> {
    let asked = field.question().or(kind.question.as_ref()).cloned();
    asked.or_else(|| match field {
        FieldSource::Full(own)
            if kind.scope == Scope::Life && !kind.private && !own.ru.is_empty() =>
        {
            let of = |kind: &str, field: &str| format!("{kind}. {field}");
            Some(Text::new(of(&kind.ru, &own.ru), of(&kind.en, &own.en)))
        }
        _ => None,
    })
}

pub async fn what_if(app: &Arc<App>, args: Suppose) -> Result<WhatIf, CommandError> {
    let scene = app.scene()?;
    let subject = super::whose(&scene, args.resident)?;
    let mut pretended: Vec<Fact> = Vec::new();
    for one in args.facts {
        let fact = pretend(&scene, &subject, one)?;
        match pretended.iter_mut().find(|known| known.kind == fact.kind) {
            Some(known) => {
                known.fields.extend(fact.fields);
                if fact.at.start_in(scene.zone()) > known.at.start_in(scene.zone()) {
                    known.at = fact.at;
                }
            }
            None => pretended.push(fact),
        }
    }
    let beside = scene.beside();
    let facts = scene.facts_of(&subject, &beside);
    let now = scene.moment();
    let (difference, plan) = vekha_lifepath::suppose(&scene.catalogue, &facts, &pretended, now);
    Ok(super::would::would(&scene, plan, difference))
}

/// A day that lies ahead is when it happens; anything else is so from now on.
fn pretend(scene: &Scene, subject: &ResidentId, one: Supposition) -> Result<Fact, CommandError> {
    let source = scene.catalogue.vocabulary().get(&one.missing.kind);
    let source = source.ok_or_else(CommandError::not_found)?;
    let name = one.missing.field.ok_or_else(CommandError::not_found)?;
    let wanted = source.fields.get(&name).and_then(field);
    let wanted = wanted.ok_or_else(CommandError::not_found)?;
    let today = scene.moment().date_in(scene.zone());
    let last = today.saturating_add(YEARS.years());
    let born = scene.records.resident(subject).birth_date;
    let value = checked(&wanted, one.value, born, last)?;
    let ahead = value.as_str().and_then(|text| text.parse::<Date>().ok());
    let ahead = ahead.filter(|day| *day > today && source.scope == Scope::Event);
    Ok(Fact {
        id: FactId::new(format!("pretended-{}", one.missing.kind)),
        subject: subject.clone(),
        kind: one.missing.kind,
        at: ahead.map_or_else(|| scene.moment(), Moment::Day),
        recorded: None,
        status: FactStatus::Final,
        supersedes: None,
        source: Source::default(),
        fields: [(name, value)].into(),
        private: true,
    })
}
