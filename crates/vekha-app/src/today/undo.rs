use crate::{
    App, CommandError,
    scene::Scene,
    view::{Nothing, Session, Undo, UndoOf},
};
use std::sync::Arc;
use vekha_model::{InstanceId, Text};
use vekha_protocol::{Action, OfferAnswer, StepAnswer};
use vekha_store::StoreError;

/// The newest of what has not left the device yet and can be taken back.
pub fn newest(scene: &Scene) -> Option<Undo> {
    let held = scene.records.standing().filter_map(|wish| {
        let until = wish.not_before.filter(|until| *until > scene.now)?;
        let words = match &wish.action {
            Action::AnswerOffer { answer, .. } => answered(*answer),
            Action::AnswerStep { answer, .. } => said(*answer),
            Action::BookStep { .. } => vekha_words::text("undo-book"),
            Action::EndSituation { situation } => ended(scene, situation),
            _ => return None,
        };
        Some((wish.queued, until, wish.action.thing(), words))
    });
    let (_, until, thing, words) = held.max_by_key(|(queued, ..)| *queued)?;
    Some(Undo {
        thing,
        until: until.to_string(),
        words,
    })
}

fn answered(answer: OfferAnswer) -> Text {
    vekha_words::text(match answer {
        OfferAnswer::Accept => "undo-accept",
        OfferAnswer::Change => "undo-change",
        OfferAnswer::Decline => "undo-decline",
    })
}

fn said(answer: StepAnswer) -> Text {
    vekha_words::text(match answer {
        StepAnswer::Done => "undo-done",
        StepAnswer::HaveIt => "undo-have-it",
        StepAnswer::Declined => "undo-not-needed",
    })
}

fn ended(scene: &Scene, run: &InstanceId) -> Text {
    let title = scene
        .run(run)
        .map(|it| it.title.clone())
        .unwrap_or_default();
    vekha_words::filled("undo-ended", &[("what", &title)])
}

/// Takes back what has not left the device yet.
///
/// # Errors
/// `too-late` where it has gone.
pub async fn undo(app: &Arc<App>, args: UndoOf) -> Result<Session, CommandError> {
    let store = app.store()?;
    let now = app.host.now();
    let (taken, tags) = store.write::<_, StoreError>(|write| {
        let mut rows = write.read().outbox().all()?.into_iter();
        let waits = |row: &vekha_store::Waiting| {
            row.thing == args.thing && row.not_before > now && row.refused.is_none()
        };
        match rows.find(waits) {
            Some(row) => write.unqueue(row.seq).map(|()| true),
            None => Ok(false),
        }
    })?;
    if !taken {
        return Err(CommandError::of("too-late"));
    }
    app.stale(tags);
    crate::session::read(app, Nothing {}).await
}
