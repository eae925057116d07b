use crate::{App, CommandError, card::queue_after, scene::Scene};
use serde_json::Value;
use std::collections::BTreeMap;
use uuid::Uuid;
use vekha_model::{Fact, FactId, FactStatus, ResidentId, Source, SourceKind, Text};
use vekha_protocol::{Action, RecordKind};
use vekha_store::{StoreError, Write};

/// Keeps something the resident says as their own fact; only a shared one is sent.
pub fn tell(
    app: &App,
    scene: &Scene,
    subject: ResidentId,
    kind: &str,
    fields: BTreeMap<String, Value>,
    private: bool,
) -> Result<(), CommandError> {
    let fact = Fact {
        id: FactId::new(format!("own-{}", Uuid::new_v4())),
        subject,
        kind: kind.to_owned(),
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
        private,
    };
    let body = serde_json::to_string(&fact).map_err(|error| CommandError::inside(&error))?;
    let record = RecordKind::Fact.as_str();
    let id = fact.id.clone();
    let keep = |write: &Write<'_>| write.put_record(record, id.as_str(), &body, 0);
    if private {
        let ((), tags) = app.store()?.write::<_, StoreError>(keep)?;
        app.stale(tags);
        return Ok(());
    }
    queue_after(app, &Action::ShareFact { fact }, None, |write, _| {
        keep(write)
    })
}
