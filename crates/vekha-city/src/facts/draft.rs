use serde_json::Value;
use vekha_model::{Fact, FactId, FactStatus, Moment, ResidentId, Source, SourceKind, Text};

/// A fact of the city's own making, not yet told: the one place that knows what a new fact looks like.
pub(crate) fn draft(
    subject: &ResidentId,
    kind: &str,
    at: Moment,
    source: Source,
    fields: Value,
) -> Fact {
    let fields = match fields {
        Value::Object(fields) => fields.into_iter().collect(),
        _ => std::collections::BTreeMap::new(),
    };
    Fact {
        id: FactId::new(uuid::Uuid::now_v7().to_string()),
        subject: subject.clone(),
        kind: kind.to_owned(),
        at,
        recorded: None,
        status: FactStatus::Final,
        supersedes: None,
        source,
        fields,
        private: false,
    }
}

/// The city speaks.
pub(crate) fn city() -> Source {
    source(SourceKind::City, vekha_words::text("speaker-city"))
}

/// The resident speaks.
pub(crate) fn resident() -> Source {
    source(SourceKind::Resident, vekha_words::text("speaker-resident"))
}

/// Who in a demo town would say this kind of thing.
pub(crate) fn speaker(kind: &str) -> Source {
    match kind {
        "lab.result" => source(
            SourceKind::Laboratory,
            vekha_words::text("speaker-laboratory"),
        ),
        "habit.smoking" | "work" => resident(),
        "person" | "birth" | "birth.certificate" => {
            source(SourceKind::Registry, vekha_words::text("speaker-registry"))
        }
        _ => source(
            SourceKind::Clinician,
            vekha_words::text("speaker-clinician"),
        ),
    }
}

fn source(kind: SourceKind, name: Text) -> Source {
    Source {
        kind,
        name,
        reference: None,
    }
}
