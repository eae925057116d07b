use crate::{AccessRecord, Appointment, Body, Consent, Document, Inquiry};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use vekha_model::{Fact, Resident};

/// Where a device has read to. Opaque: made and understood by the city alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct Cursor(pub String);

/// What changed since a cursor, oldest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangesPage {
    pub changes: Vec<Change>,
    pub cursor: Cursor,
    pub more: bool,
    /// How many changes there are in all from where this read began, where the city knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
}

/// One record as it now is, or its tombstone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Change {
    /// The kind's own name, of [`RecordKind`] or from the future: kept under it, so that a newer version finds it.
    #[schema(value_type = RecordKind)]
    pub kind: String,
    pub id: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deleted: bool,
    /// The record itself; absent in a tombstone. Kept as sent, so that fields we do not know survive.
    #[serde(default, skip_serializing_if = "Body::is_null")]
    #[schema(value_type = Object)]
    pub body: Body,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    Resident,
    Fact,
    Appointment,
    Document,
    Consent,
    Access,
    Inquiry,
    /// A kind this version does not know: kept, not shown.
    #[serde(other)]
    Unknown,
}

/// A change's body, read.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "records are read one at a time and moved on at once"
)]
pub enum Record {
    Resident(Resident),
    Fact(Fact),
    Appointment(Appointment),
    Document(Document),
    Consent(Consent),
    Access(AccessRecord),
    Inquiry(Inquiry),
}

impl RecordKind {
    const ALL: [Self; 7] = [
        Self::Resident,
        Self::Fact,
        Self::Appointment,
        Self::Document,
        Self::Consent,
        Self::Access,
        Self::Inquiry,
    ];

    /// The name it travels and is stored under.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::Fact => "fact",
            Self::Appointment => "appointment",
            Self::Document => "document",
            Self::Consent => "consent",
            Self::Access => "access",
            Self::Inquiry => "inquiry",
            Self::Unknown => "unknown",
        }
    }

    /// The kind of that name; [`RecordKind::Unknown`] for one from the future.
    #[must_use]
    pub fn parse(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == name)
            .unwrap_or(Self::Unknown)
    }
}

impl Record {
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Resident(it) => it.id.as_str(),
            Self::Fact(it) => it.id.as_str(),
            Self::Appointment(it) => it.id.as_str(),
            Self::Document(it) => it.id.as_str(),
            Self::Consent(it) => it.id.as_str(),
            Self::Access(it) => &it.id,
            Self::Inquiry(it) => &it.id,
        }
    }
}

impl Change {
    pub fn put(record: &Record) -> Result<Self, serde_json::Error> {
        let (kind, id, body) = match record {
            Record::Resident(it) => (RecordKind::Resident, it.id.to_string(), Body::of(it)?),
            Record::Fact(it) => (RecordKind::Fact, it.id.to_string(), Body::of(it)?),
            Record::Appointment(it) => (RecordKind::Appointment, it.id.to_string(), Body::of(it)?),
            Record::Document(it) => (RecordKind::Document, it.id.to_string(), Body::of(it)?),
            Record::Consent(it) => (RecordKind::Consent, it.id.to_string(), Body::of(it)?),
            Record::Access(it) => (RecordKind::Access, it.id.clone(), Body::of(it)?),
            Record::Inquiry(it) => (RecordKind::Inquiry, it.id.clone(), Body::of(it)?),
        };
        Ok(Self {
            kind: kind.as_str().to_owned(),
            id,
            deleted: false,
            body,
        })
    }

    pub fn tombstone(kind: RecordKind, id: impl Into<String>) -> Self {
        Self {
            kind: kind.as_str().to_owned(),
            id: id.into(),
            deleted: true,
            body: Body::default(),
        }
    }

    /// [`RecordKind::Unknown`] for one from the future.
    #[must_use]
    pub fn known_kind(&self) -> RecordKind {
        RecordKind::parse(&self.kind)
    }

    /// The record, `None` for a tombstone or a kind this version does not know.
    ///
    /// # Errors
    /// The body does not have the shape of its kind, or speaks of another record.
    pub fn record(&self) -> Result<Option<Record>, serde_json::Error> {
        if self.deleted {
            return Ok(None);
        }
        let body = self.body.as_str();
        let record = match self.known_kind() {
            RecordKind::Resident => Record::Resident(serde_json::from_str(body)?),
            RecordKind::Fact => Record::Fact(serde_json::from_str(body)?),
            RecordKind::Appointment => Record::Appointment(serde_json::from_str(body)?),
            RecordKind::Document => Record::Document(serde_json::from_str(body)?),
            RecordKind::Consent => Record::Consent(serde_json::from_str(body)?),
            RecordKind::Access => Record::Access(serde_json::from_str(body)?),
            RecordKind::Inquiry => Record::Inquiry(serde_json::from_str(body)?),
            RecordKind::Unknown => return Ok(None),
        };
        if record.id() != self.id {
            return Err(serde::de::Error::custom("the id inside is another"));
        }
        Ok(Some(record))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_from_the_future_is_kept_and_not_read() {
        let change: Change =
            serde_json::from_str(r#"{"kind":"hologram","id":"1","body":{}}"#).unwrap();
        assert_eq!(
            (change.kind.as_str(), change.known_kind()),
            ("hologram", RecordKind::Unknown)
        );
        assert_eq!(change.record().unwrap(), None);
    }

    #[test]
    fn a_record_that_speaks_of_another_is_not_read() {
        let fact = |id: &str| {
            Change {
            kind: "fact".into(),
            id: "1".into(),
            deleted: false,
            body: serde_json::json!({"id": id, "subject": "anna", "kind": "person", "at": "2026-11-23"}).into(),
        }
        };
        assert!(fact("1").record().is_ok());
        assert!(fact("2").record().is_err());
    }

    #[test]
    fn a_kind_has_one_name_on_the_wire_and_in_every_store() {
        for kind in RecordKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
            assert_eq!(RecordKind::parse(kind.as_str()), kind);
        }
        assert_eq!(RecordKind::parse("hologram"), RecordKind::Unknown);
    }
}
