use super::read::{list, moment};
use jiff::civil;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use vekha_model::{
    Fact, FactId, FactStatus, Moment, Relation, Resident, ResidentId, Sex, Source, SourceKind, Text,
};

/// A Patient as the resident, and as the fact the planner reads where the birth date is known.
pub(super) fn read(json: &Value, patient: &ResidentId) -> (Resident, Option<Fact>) {
    let birth_date = match moment(&json["birthDate"]) {
        Some(Moment::Day(day)) => Some(day),
        _ => None,
    };
    let sex = match json["gender"].as_str() {
        Some("female") => Some(Sex::Female),
        Some("male") => Some(Sex::Male),
        _ => None,
    };
    let resident = Resident {
        id: patient.clone(),
        name: name(json).unwrap_or_default(),
        birth_date,
        sex,
        relation: Relation::Myself,
    };
    (resident, birth_date.map(|born| person(patient, born, sex)))
}

fn person(patient: &ResidentId, born: civil::Date, sex: Option<Sex>) -> Fact {
    let mut fields = BTreeMap::from([("birth_date".to_owned(), json!(born.to_string()))]);
    if let Some(sex) = sex {
        fields.insert("sex".to_owned(), json!(sex));
    }
    Fact {
        id: FactId::new(format!("person-{patient}")),
        subject: patient.clone(),
        kind: "person".to_owned(),
        at: Moment::Day(born),
        recorded: None,
        status: FactStatus::Final,
        supersedes: None,
        source: Source {
            kind: SourceKind::Registry,
            name: Text::default(),
            reference: Some(format!("Patient/{patient}")),
        },
        fields,
        private: false,
    }
}

/// The first given name of the usual or official name, else whatever the server prints.
fn name(json: &Value) -> Option<String> {
    let all = list(&json["name"]);
    let best = ["usual", "official"]
        .iter()
        .find_map(|usage| all.iter().find(|it| it["use"] == *usage))
        .or_else(|| all.first())?;
    let given = list(&best["given"]).first().and_then(Value::as_str);
    given
        .or_else(|| best["text"].as_str())
        .or_else(|| best["family"].as_str())
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patient_is_called_by_the_given_name() {
        let json = json!({
            "name": [{"use": "old", "text": "Анна Старая"}, {"use": "official", "family": "Белова", "given": ["Анна", "Сергеевна"]}],
            "birthDate": "1996-03-02", "gender": "female",
        });
        let (resident, person) = read(&json, &"p1".into());
        assert_eq!(resident.name, "Анна");
        assert_eq!(person.unwrap().fields["birth_date"], "1996-03-02");
    }

    #[test]
    fn a_patient_without_a_birth_date_is_a_resident_all_the_same() {
        let (resident, person) = read(&json!({"gender": "unknown"}), &"p1".into());
        assert_eq!((resident.sex, person), (None, None));
    }
}
