use crate::{
    App, CommandError,
    card::queue,
    view::{AnswerQuestion, AskHuman, DisputeFact, Nothing, Session, SetConsent},
};
use serde_json::Value;
use std::{collections::BTreeMap, sync::Arc};
use uuid::Uuid;
use vekha_model::{Fact, FactId, FactStatus, Source, SourceKind, Text};
use vekha_protocol::Action;
use vekha_store::StoreError;

/// The longest thing a resident may write; a city turns more away.
const LONGEST: usize = 4000;

/// Keeps the answer as the resident's own fact; only a shared one is sent.
pub async fn answer_question(
    app: &Arc<App>,
    args: AnswerQuestion,
) -> Result<Session, CommandError> {
    let scene = app.scene()?;
    let subject = args.resident.or_else(|| {
        let mut questions = scene.plans.iter().flat_map(|plan| &plan.questions);
        questions
            .find(|it| it.missing == args.missing)
            .map(|it| it.subject.clone())
    });
    let subject = subject
        .or_else(|| scene.records.me.clone())
        .ok_or_else(CommandError::signed_out)?;
    let known = scene.catalogue.vocabulary().get(&args.missing.kind);
    let known = known.ok_or_else(CommandError::not_found)?;
    let fields: BTreeMap<String, Value> = match (&args.missing.field, args.value) {
        (Some(field), value) if known.fields.contains_key(field) => [(field.clone(), value)].into(),
        (None, Value::Object(map)) if map.keys().all(|it| known.fields.contains_key(it)) => {
            map.into_iter().collect()
        }
        _ => {
            return Err(CommandError::new(
                "bad-arguments",
                "Такой ответ сюда не подходит.",
                "This answer does not fit the question.",
            ));
        }
    };
    let fact = Fact {
        id: FactId::new(format!("own-{}", Uuid::new_v4())),
        subject,
        kind: args.missing.kind.clone(),
        at: scene.moment(),
        recorded: Some(scene.now),
        status: FactStatus::Final,
        supersedes: None,
        source: Source {
            kind: SourceKind::Resident,
            name: Text::default(),
            reference: None,
        },
        fields,
        private: args.private,
    };
    let body = serde_json::to_string(&fact).map_err(|error| CommandError::inside(&error))?;
    let ((), tags) = app
        .store()?
        .write::<_, StoreError>(|write| write.put_record("fact", fact.id.as_str(), &body, 0))?;
    app.stale(tags);
    if !args.private {
        queue(app, &Action::ShareFact { fact }, None)?;
    }
    crate::session::read(app, Nothing {}).await
}

pub async fn set_consent(app: &Arc<App>, args: SetConsent) -> Result<Session, CommandError> {
    if !app
        .scene()?
        .records
        .consents
        .iter()
        .any(|it| it.id == args.id)
    {
        return Err(CommandError::not_found());
    }
    queue(
        app,
        &Action::SetConsent {
            consent: args.id,
            reach: args.reach,
            given: args.given,
        },
        None,
    )?;
    app.stale([vekha_store::Tag::Me]);
    crate::session::read(app, Nothing {}).await
}

pub async fn dispute(app: &Arc<App>, args: DisputeFact) -> Result<Session, CommandError> {
    if !app.scene()?.records.facts.iter().any(|it| it.id == args.id) {
        return Err(CommandError::not_found());
    }
    let text = words(&args.text)?;
    queue(
        app,
        &Action::DisputeFact {
            fact: args.id,
            text,
        },
        None,
    )?;
    crate::session::read(app, Nothing {}).await
}

pub async fn ask(app: &Arc<App>, args: AskHuman) -> Result<Session, CommandError> {
    let text = words(&args.text)?;
    queue(
        app,
        &Action::AskHuman {
            text,
            about: args.about,
        },
        None,
    )?;
    crate::session::read(app, Nothing {}).await
}

fn words(text: &str) -> Result<String, CommandError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(CommandError::new(
            "empty",
            "Напишите хотя бы несколько слов.",
            "Please write a few words.",
        ));
    }
    if text.chars().count() > LONGEST {
        return Err(CommandError::new(
            "too-long",
            "Слишком длинно: уложитесь, пожалуйста, в 4000 знаков.",
            "Too long: please stay within 4,000 characters.",
        ));
    }
    Ok(text.to_owned())
}
