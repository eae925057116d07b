use super::{Outcome, media};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
};
use jiff::Timestamp;
use serde_json::{Value, value::RawValue};
use std::collections::BTreeMap;
use vekha_model::{FactId, ResidentId};

/// A resource as it is given out: the text as its sender wrote it, with our id and meta.
#[derive(Debug, Clone)]
pub(super) struct Resource {
    pub(super) kind: &'static str,
    pub(super) id: String,
    pub(super) version: i64,
    pub(super) updated: Timestamp,
    /// Whose it is; nobody's where it is a schedule or a free time.
    pub(super) subject: Option<ResidentId>,
    pub(super) fact: Option<FactId>,
    pub(super) text: String,
    pub(super) json: Value,
}

impl Resource {
    /// A resource we put together ourselves; `body` has neither id nor meta yet.
    pub(super) fn made(
        kind: &'static str,
        id: &str,
        version: i64,
        updated: Timestamp,
        subject: Option<ResidentId>,
        mut body: Value,
    ) -> Self {
        body["resourceType"] = kind.into();
        body["id"] = id.into();
        body["meta"]["versionId"] = version.to_string().into();
        body["meta"]["lastUpdated"] = instant(updated).into();
        Self {
            kind,
            id: id.to_owned(),
            version,
            updated,
            subject,
            fact: None,
            text: body.to_string(),
            json: body,
        }
    }

    /// A resource somebody sent. Every value stays as written, down to the zeros of a decimal.
    pub(super) fn sent(
        kind: &'static str,
        id: &str,
        version: i64,
        updated: Timestamp,
        subject: ResidentId,
        text: &str,
    ) -> Result<Self, Outcome> {
        let mut fields: BTreeMap<String, Box<RawValue>> = serde_json::from_str(text)?;
        let mut meta: BTreeMap<String, Box<RawValue>> = fields
            .get("meta")
            .and_then(|meta| serde_json::from_str(meta.get()).ok())
            .unwrap_or_default();
        let raw = |value: String| serde_json::value::to_raw_value(&value);
        meta.insert("versionId".to_owned(), raw(version.to_string())?);
        meta.insert("lastUpdated".to_owned(), raw(instant(updated))?);
        fields.insert("meta".to_owned(), serde_json::value::to_raw_value(&meta)?);
        fields.insert("id".to_owned(), raw(id.to_owned())?);
        let text = serde_json::to_string(&fields)?;
        Ok(Self {
            kind,
            id: id.to_owned(),
            version,
            updated,
            subject: Some(subject),
            fact: None,
            json: serde_json::from_str(&text)?,
            text,
        })
    }

    pub(super) fn etag(&self) -> String {
        format!("W/\"{}\"", self.version)
    }

    pub(super) fn url(&self, base: &str) -> String {
        format!("{base}/{}/{}", self.kind, self.id)
    }

    pub(super) fn respond(self, status: StatusCode, location: Option<String>) -> Response<Body> {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, media());
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache"),
        );
        let modified = jiff::fmt::rfc2822::DateTimePrinter::new()
            .timestamp_to_rfc9110_string(&self.updated)
            .unwrap_or_default();
        for (name, value) in [
            (header::ETAG, Some(self.etag())),
            (header::LAST_MODIFIED, Some(modified)),
            (header::LOCATION, location),
        ] {
            if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
                headers.insert(name, value);
            }
        }
        let mut response = Response::new(Body::from(self.text));
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        response
    }
}

/// FHIR `instant`: to the millisecond, UTC.
pub(super) fn instant(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// The values at a dotted path, through lists.
pub(super) fn values<'a>(from: &'a Value, path: &str) -> Vec<&'a Value> {
    let mut found = vec![from];
    for name in path.split('.') {
        found = found
            .into_iter()
            .filter_map(|value| value.get(name))
            .flat_map(|value| match value {
                Value::Array(items) => items.iter().collect(),
                other => vec![other],
            })
            .collect();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_comes_back_as_written_with_our_id() {
        let sent = r#"{"resourceType":"Observation","valueQuantity":{"value":12.00},"meta":{"profile":["urn:x"]},"x-lab":{"a":1e2}}"#;
        let kept = Resource::sent(
            "Observation",
            "1",
            2,
            Timestamp::UNIX_EPOCH,
            "anna".into(),
            sent,
        )
        .unwrap();
        assert!(kept.text.contains(r#"{"value":12.00}"#));
        assert!(kept.text.contains(r#""x-lab":{"a":1e2}"#));
        assert_eq!(kept.json["meta"]["profile"][0], "urn:x");
        assert_eq!(kept.json["meta"]["lastUpdated"], "1970-01-01T00:00:00.000Z");
        assert_eq!(kept.etag(), "W/\"2\"");
    }

    #[test]
    fn a_path_goes_through_lists() {
        let json = serde_json::json!({"a": [{"b": 1}, {"b": [2, 3]}]});
        assert_eq!(values(&json, "a.b").len(), 3);
    }
}
