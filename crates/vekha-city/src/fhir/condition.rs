use super::{
    earlier::Replaces,
    outcome::Issue,
    reading::{Around, Saying, codings, complain, moment_at, text_of},
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use vekha_model::{FactStatus, Moment, Text};

/// МКБ-10 by its FHIR name, its Russian register, its OID.
const ICD: [&str; 3] = [
    "http://hl7.org/fhir/sid/icd-10",
    "urn:oid:1.2.643.5.1.13.13.11.1005",
    "urn:oid:1.2.643.5.1.13.13.99.2.692",
];

/// A clinician's Condition as a `diagnosis`.
pub(super) fn read(
    json: &Value,
    around: &Around,
    issues: &mut Vec<Issue>,
) -> (Option<Saying>, Replaces) {
    let verified = code_of(&json["verificationStatus"]);
    let clinical = code_of(&json["clinicalStatus"]);
    for (given, known, name) in [
        (
            verified,
            &[
                "unconfirmed",
                "provisional",
                "differential",
                "confirmed",
                "refuted",
                "entered-in-error",
            ][..],
            "verificationStatus",
        ),
        (
            clinical,
            &[
                "active",
                "recurrence",
                "relapse",
                "inactive",
                "remission",
                "resolved",
            ][..],
            "clinicalStatus",
        ),
    ] {
        if let Some(given) = given
            && !known.contains(&given)
        {
            complain(
                issues,
                "code-invalid",
                format!("“{given}” is not in its value set"),
                name,
            );
        }
    }
    if clinical.is_none() && verified != Some("entered-in-error") {
        complain(
            issues,
            "required",
            "clinicalStatus is missing (con-3)",
            "clinicalStatus",
        );
    }
    if text_of(&json["code"]).is_none() {
        complain(issues, "required", "code needs a coding or a text", "code");
    }
    let at = moment_at(
        json,
        &["recordedDate", "onsetDateTime", "onsetPeriod"],
        around.zone,
        issues,
    )
    .unwrap_or_else(|| Moment::at(around.now, around.zone));
    let (status, replaces) = match verified {
        Some("entered-in-error" | "refuted") => (Some(FactStatus::EnteredInError), Replaces::Any),
        Some("unconfirmed" | "provisional" | "differential") => {
            (Some(FactStatus::Preliminary), Replaces::Unfinished)
        }
        _ => (Some(FactStatus::Final), Replaces::Unfinished),
    };
    let codes = codings(&json["code"]);
    let Some((_, icd)) = codes.iter().find(|(system, _)| ICD.contains(system)) else {
        return (None, replaces);
    };
    let mut fields = BTreeMap::from([("code".to_owned(), json!(icd))]);
    // Only a verified conclusion says whether it is malignant; nothing is guessed from a suspicion.
    if status == Some(FactStatus::Final) {
        fields.insert("malignant".to_owned(), json!(icd.starts_with('C')));
    }
    let performer = json["asserter"]["display"]
        .as_str()
        .map(|name| Text::new(name, name));
    let says = status.map(|status| Saying {
        kind: "diagnosis",
        at,
        status,
        fields,
        performer,
    });
    (says, replaces)
}

fn code_of(concept: &Value) -> Option<&str> {
    codings(concept).first().map(|(_, code)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{Timestamp, tz::TimeZone};

    fn said(json: &Value) -> (Option<Saying>, usize) {
        let zone = TimeZone::UTC;
        let around = Around {
            base: "",
            zone: &zone,
            now: Timestamp::UNIX_EPOCH,
        };
        let mut issues = Vec::new();
        let (says, _) = read(json, &around, &mut issues);
        (says, issues.len())
    }

    #[test]
    fn a_suspicion_does_not_say_malignant() {
        let mut it = json!({
            "clinicalStatus": {"coding": [{"code": "active"}]},
            "verificationStatus": {"coding": [{"code": "provisional"}]},
            "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "C18.7"}]},
            "recordedDate": "2026-11-23"
        });
        let says = said(&it).0.unwrap();
        assert_eq!(says.status, FactStatus::Preliminary);
        assert_eq!(says.fields.get("malignant"), None);
        it["verificationStatus"] = json!({"coding": [{"code": "confirmed"}]});
        assert_eq!(said(&it).0.unwrap().fields["malignant"], true);
    }

    #[test]
    fn a_condition_without_code_and_status_is_refused() {
        assert_eq!(said(&json!({})).1, 2);
    }
}
