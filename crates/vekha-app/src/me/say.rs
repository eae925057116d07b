use crate::{
    App, CommandError,
    card::queue,
    view::{AskHuman, DisputeFact, Nothing, Session, SetConsent},
};
use std::sync::Arc;
use vekha_protocol::Action;

/// The longest thing a resident may write; a city turns more away.
const LONGEST: usize = 4000;

pub async fn set_consent(app: &Arc<App>, args: SetConsent) -> Result<Session, CommandError> {
    if !app.records()?.consents.iter().any(|it| it.id == args.id) {
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
    let records = app.records()?;
    let fact = records.fact(&args.id);
    let fact = fact.ok_or_else(CommandError::not_found)?;
    if fact.private {
        return Err(CommandError::of("private"));
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
        return Err(CommandError::of("empty"));
    }
    if text.chars().count() > LONGEST {
        return Err(CommandError::of("too-long"));
    }
    Ok(text.to_owned())
}
