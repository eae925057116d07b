use super::date::{Stretch, Wanted};
use crate::fhir::resource::{Resource, values};
use jiff::tz::TimeZone;
use serde_json::Value;

/// A search parameter of a kind of resource.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Param {
    pub(crate) name: &'static str,
    pub(crate) how: How,
    /// Where in the resource; several are alternatives.
    pub(crate) paths: &'static [&'static str],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    Token,
    Date,
    Text,
    /// The kind a bare id means.
    Reference(&'static str),
}

const fn param(name: &'static str, how: How, paths: &'static [&'static str]) -> Param {
    Param { name, how, paths }
}

const ID: Param = param("_id", How::Token, &["id"]);
const UPDATED: Param = param("_lastUpdated", How::Date, &["meta.lastUpdated"]);
const IDENTIFIER: Param = param("identifier", How::Token, &["identifier"]);
const STATUS: Param = param("status", How::Token, &["status"]);
const SERVICE: Param = param("service-type", How::Token, &["serviceType"]);
const CODE: Param = param("code", How::Token, &["code"]);
const CATEGORY: Param = param("category", How::Token, &["category"]);
const PATIENT: Param = param("patient", How::Reference("Patient"), &["subject"]);
const SUBJECT: Param = param("subject", How::Reference("Patient"), &["subject"]);

const OBSERVATION: &[Param] = &[
    ID,
    UPDATED,
    IDENTIFIER,
    STATUS,
    CODE,
    CATEGORY,
    PATIENT,
    SUBJECT,
    param(
        "date",
        How::Date,
        &[
            "effectiveDateTime",
            "effectivePeriod",
            "effectiveInstant",
            "issued",
        ],
    ),
];

const CONDITION: &[Param] = &[
    ID,
    UPDATED,
    IDENTIFIER,
    CODE,
    CATEGORY,
    PATIENT,
    SUBJECT,
    param("clinical-status", How::Token, &["clinicalStatus"]),
    param("verification-status", How::Token, &["verificationStatus"]),
    param("onset-date", How::Date, &["onsetDateTime", "onsetPeriod"]),
    param("recorded-date", How::Date, &["recordedDate"]),
];

const PATIENT_PARAMS: &[Param] = &[
    ID,
    UPDATED,
    IDENTIFIER,
    param(
        "name",
        How::Text,
        &["name.text", "name.given", "name.family"],
    ),
    param("gender", How::Token, &["gender"]),
    param("birthdate", How::Date, &["birthDate"]),
];

const SCHEDULE: &[Param] = &[
    ID,
    UPDATED,
    IDENTIFIER,
    SERVICE,
    param("actor", How::Reference("Location"), &["actor"]),
    param("active", How::Token, &["active"]),
    param("date", How::Date, &["planningHorizon"]),
];

const SLOT: &[Param] = &[
    ID,
    UPDATED,
    STATUS,
    SERVICE,
    param("schedule", How::Reference("Schedule"), &["schedule"]),
    param("start", How::Date, &["start"]),
];

const APPOINTMENT: &[Param] = &[
    ID,
    UPDATED,
    STATUS,
    SERVICE,
    param("patient", How::Reference("Patient"), &["participant.actor"]),
    param("actor", How::Reference("Patient"), &["participant.actor"]),
    param("slot", How::Reference("Slot"), &["slot"]),
    param("date", How::Date, &["start"]),
];

pub(crate) fn params_of(kind: &str) -> &'static [Param] {
    match kind {
        "Observation" => OBSERVATION,
        "Condition" => CONDITION,
        "Patient" => PATIENT_PARAMS,
        "Schedule" => SCHEDULE,
        "Slot" => SLOT,
        "Appointment" => APPOINTMENT,
        _ => &[],
    }
}

impl Param {
    pub(crate) fn find(kind: &str, name: &str) -> Option<&'static Self> {
        params_of(kind).iter().find(|param| param.name == name)
    }

    fn found<'a>(&self, resource: &'a Resource) -> impl Iterator<Item = &'a Value> {
        self.paths
            .iter()
            .flat_map(|path| values(&resource.json, path))
    }

    pub(super) fn is_missing(&self, resource: &Resource) -> bool {
        self.found(resource).next().is_none()
    }

    /// Whether one of the resource's values is `wanted`; `None` where `wanted` is no value of this type.
    pub(super) fn fits(
        &self,
        resource: &Resource,
        wanted: &str,
        base: &str,
        zone: &TimeZone,
    ) -> Option<bool> {
        Some(match self.how {
            How::Token => self.found(resource).any(|value| token_fits(value, wanted)),
            How::Text => {
                let wanted = wanted.to_lowercase();
                self.found(resource).any(|value| {
                    value
                        .as_str()
                        .is_some_and(|text| text.to_lowercase().starts_with(&wanted))
                })
            }
            How::Reference(kind) => {
                let wanted = relative(wanted, kind, base);
                self.found(resource).any(|value| {
                    value
                        .get("reference")
                        .and_then(Value::as_str)
                        .is_some_and(|reference| relative(reference, kind, base) == wanted)
                })
            }
            How::Date => {
                let wanted = Wanted::parse(wanted, zone)?;
                self.found(resource)
                    .filter_map(|value| Stretch::of(value, zone))
                    .any(|stretch| wanted.fits(stretch))
            }
        })
    }

    /// What the resource is sorted by: text that compares as the values do; the lowest of several.
    pub(super) fn key(&self, resource: &Resource, zone: &TimeZone) -> Option<String> {
        self.found(resource)
            .filter_map(|value| match self.how {
                How::Date => {
                    let start = Stretch::of(value, zone)?.start;
                    let shifted = i128::from(u64::MAX) + start.as_nanosecond();
                    Some(format!("{shifted:025}"))
                }
                How::Token => token_text(value),
                How::Text => value.as_str().map(str::to_lowercase),
                How::Reference(_) => value
                    .get("reference")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            })
            .min()
    }
}

/// `Patient/anna` however it was written: bare, relative, or absolute within this server.
pub(crate) fn relative(reference: &str, kind: &str, base: &str) -> String {
    let reference = reference
        .strip_prefix(base)
        .map_or(reference, |rest| rest.trim_start_matches('/'));
    let reference = reference.split("/_history/").next().unwrap_or_default();
    if reference.contains('/') || reference.contains(':') {
        reference.to_owned()
    } else {
        format!("{kind}/{reference}")
    }
}

fn token_fits(value: &Value, wanted: &str) -> bool {
    if let Some(codings) = value.get("coding").and_then(Value::as_array) {
        return codings.iter().any(|coding| token_fits(coding, wanted));
    }
    let (system, code) = match wanted.split_once('|') {
        Some((system, code)) => (Some(system), code),
        None => (None, wanted),
    };
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    let (has_system, has_code) = match value {
        Value::String(text) => (None, Some(text.clone())),
        Value::Bool(it) => (None, Some(it.to_string())),
        _ => (
            text("system"),
            text("code").or_else(|| text("value")).map(str::to_owned),
        ),
    };
    // A plain code element has no system of its own to compare with.
    let plain = !value.is_object();
    system.is_none_or(|system| plain || has_system.unwrap_or_default() == system)
        && (code.is_empty() || has_code.as_deref() == Some(code))
}

fn token_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(it) => Some(it.to_string()),
        _ => ["code", "value"]
            .iter()
            .find_map(|name| value.get(name)?.as_str().map(str::to_owned))
            .or_else(|| value.get("coding")?.as_array()?.iter().find_map(token_text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_code_is_found_with_its_system_or_without() {
        let code = json!({"coding": [{"system": "urn:local", "code": "7"}, {"system": "http://loinc.org", "code": "2039-6"}]});
        assert!(token_fits(&code, "2039-6"));
        assert!(token_fits(&code, "http://loinc.org|2039-6"));
        assert!(token_fits(&code, "http://loinc.org|"));
        assert!(!token_fits(&code, "urn:local|2039-6"));
        assert!(!token_fits(&code, "|2039-6"));
    }

    #[test]
    fn a_reference_is_the_same_however_it_is_written() {
        let base = "http://127.0.0.1:1/fhir";
        for written in [
            "anna",
            "Patient/anna",
            "http://127.0.0.1:1/fhir/Patient/anna",
            "Patient/anna/_history/3",
        ] {
            assert_eq!(relative(written, "Patient", base), "Patient/anna");
        }
        assert_ne!(
            relative("http://other/fhir/Patient/anna", "Patient", base),
            "Patient/anna"
        );
    }
}
