//! Which of a sender's earlier reports a new one takes the place of: the same thing by its business identifier.

use super::{reading::codings, resource::Resource};
use serde_json::Value;

/// How far a report reaches back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Replaces {
    Nothing,
    /// What was not the last word yet: a final result takes the place of a preliminary one, not of another final one.
    Unfinished,
    Any,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Unfinished,
    Finished,
    TakenBack,
}

fn stage(it: &Resource) -> Stage {
    let status = if it.kind == "Condition" {
        codings(&it.json["verificationStatus"])
            .first()
            .map(|(_, code)| *code)
    } else {
        it.json["status"].as_str()
    };
    match status {
        Some("registered" | "unknown" | "preliminary")
        | Some("unconfirmed" | "provisional" | "differential") => Stage::Unfinished,
        Some("cancelled" | "entered-in-error" | "refuted") => Stage::TakenBack,
        _ => Stage::Finished,
    }
}

/// The latest report whose place this one takes.
pub(super) fn replaced(
    sent: Vec<Resource>,
    kind: &str,
    json: &Value,
    replaces: Replaces,
) -> Option<Resource> {
    sent.into_iter()
        .filter(|it| match (replaces, stage(it)) {
            (Replaces::Nothing, _) | (_, Stage::TakenBack) => false,
            (Replaces::Unfinished, stage) => stage == Stage::Unfinished,
            (Replaces::Any, _) => true,
        })
        .filter(|it| is_same(kind, &it.json, json))
        .max_by_key(|it| it.updated)
}

/// Whether the last word on this is here already: queues of senders overtake each other.
pub(super) fn is_finished(sent: &[Resource], kind: &str, json: &Value) -> bool {
    sent.iter()
        .any(|it| stage(it) == Stage::Finished && is_same(kind, &it.json, json))
}

fn is_same(kind: &str, left: &Value, right: &Value) -> bool {
    let known = identifiers(left);
    let shared = identifiers(right).iter().any(|it| known.contains(it));
    // A laboratory may put the number of the order on every result of it; a diagnosis may change its code.
    shared && (kind != "Observation" || agree(&left["code"], &right["code"]))
}

/// The same analysis, as far as both name it.
fn agree(left: &Value, right: &Value) -> bool {
    let (left, right) = (codings(left), codings(right));
    left.is_empty() || right.is_empty() || left.iter().any(|it| right.contains(it))
}

fn identifiers(of: &Value) -> Vec<(&str, &str)> {
    of["identifier"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|it| {
            Some((
                it["system"].as_str().unwrap_or_default(),
                it["value"].as_str()?,
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use serde_json::json;

    fn result(id: &str, status: &str, code: &str, second: i64) -> Resource {
        let body = json!({
            "resourceType": "Observation", "status": status, "identifier": [{"system": "urn:lab", "value": "7"}],
            "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        });
        let at = Timestamp::from_second(second).unwrap();
        Resource::made("Observation", id, 1, at, Some("anna".into()), body)
    }

    fn found(sent: &[Resource], new: &Resource, replaces: Replaces) -> Option<String> {
        replaced(sent.to_vec(), "Observation", &new.json, replaces).map(|it| it.id)
    }

    #[test]
    fn a_final_result_replaces_the_latest_preliminary_one_and_no_final_one() {
        let sent = [
            result("first", "preliminary", "2039-6", 1),
            result("second", "preliminary", "2039-6", 2),
            result("third", "final", "2039-6", 3),
        ];
        let new = result("new", "final", "2039-6", 4);
        assert_eq!(
            found(&sent, &new, Replaces::Unfinished).as_deref(),
            Some("second")
        );
        assert_eq!(found(&sent, &new, Replaces::Any).as_deref(), Some("third"));
        assert_eq!(found(&sent, &new, Replaces::Nothing), None);
    }

    #[test]
    fn another_analysis_under_the_same_order_is_not_replaced() {
        let sent = [result("cea", "preliminary", "2039-6", 1)];
        let new = result("psa", "final", "2857-1", 2);
        assert_eq!(found(&sent, &new, Replaces::Unfinished), None);
        assert!(!is_finished(&sent, "Observation", &new.json));
    }

    #[test]
    fn what_was_taken_back_is_not_replaced_again() {
        for status in ["entered-in-error", "cancelled"] {
            let sent = [result("old", status, "2039-6", 1)];
            let new = result("new", "corrected", "2039-6", 2);
            assert_eq!(found(&sent, &new, Replaces::Any), None, "{status}");
        }
    }
}
