//! Consents, check-ups, their results, laboratory results and long illnesses.
use super::life::Life;
use jiff::{ToSpan, civil::Date};
use serde_json::json;
use vekha_model::Sex;

pub fn lived(life: &mut Life) {
    let since = life.lately(900);
    life.tell("consent", since, json!({"class": "C1", "given": true}));
    if life.chance(700) {
        life.tell("consent", since, json!({"class": "C2", "given": true}));
    }
    if life.chance(600) {
        let smokes = life.chance(if life.sex == Sex::Male { 380 } else { 140 });
        let at = life.lately(2000);
        life.tell("habit.smoking", at, json!({"smoker": smokes}));
    }
    check_ups(life);
    laboratory(life);
    let share = u32::try_from((life.age - 30).max(0) * 9).unwrap_or_default();
    if life.chance(share) {
        let at = life.lately(3000);
        life.tell("health.chronic", at, json!({"present": true}));
    }
    if life.chance(if life.age < 65 { 150 } else { 30 }) {
        let opened = life.lately(365);
        let fields = json!({"opened": opened.to_string(), "for_child": false});
        life.tell("sick.leave", opened, fields);
        let closed = opened.saturating_add(12.days());
        if closed <= life.today {
            life.tell(
                "sick.leave.closed",
                closed,
                json!({"date": closed.to_string()}),
            );
        }
    }
    if life.chance(if life.age < 60 { 4 } else { 20 }) {
        let at = life.lately(400);
        life.tell("mse.referral", at, json!({"registered": at.to_string()}));
    }
    if life.age >= 75 && life.chance(90) {
        let at = life.lately(300);
        let by = life.one_of(&["self", "relative", "clinic", "social_worker"]);
        life.tell("care.need", at, json!({"told_by": by}));
    }
    if life.chance(12) {
        let at = life.lately(120);
        let sign = life.one_of(&["lump", "long_cough", "mole_change", "weight_loss"]);
        life.tell("symptom.alarm", at, json!({"sign": sign}));
    }
}

fn check_ups(life: &mut Life) {
    for ago in [2, 1, 0] {
        if !life.chance(if ago == 0 { 350 } else { 550 }) {
            continue;
        }
        let year = life.today.year() - ago;
        let day = life.number(10, 330);
        let day = Date::constant(year, 1, 1).saturating_add(day.days());
        if day > life.today {
            continue;
        }
        for step in ["invite", "stage1"] {
            life.did(&format!("adult_checkup.{step}"), day);
        }
        let tests: &[&str] = match (life.sex, life.age) {
            (Sex::Female, ..40) => &["flg", "gyn", "pap"],
            (Sex::Female, _) => &["flg", "ecg", "cbc", "iop", "mammo", "pap", "fit"],
            (Sex::Male, ..40) => &["flg", "hcv"],
            (Sex::Male, _) => &["flg", "ecg", "cbc", "iop", "fit"],
        };
        for test in tests {
            if life.chance(850) {
                life.tell("screening.done", day, json!({"test": test}));
            }
        }
        let group = life.one_of(&["g1", "g2", "g2", "g3a", "g3b"]);
        life.tell("checkup.result", day, json!({"group": group}));
        result(life, day);
    }
}

fn result(life: &mut Life, day: Date) {
    let (test, worse, usual) = match life.sex {
        Sex::Female if life.age >= 40 => ("mammo", ["birads_0", "birads_4"], "birads_1"),
        Sex::Female => ("pap", ["lsil", "hsil"], "nilm"),
        Sex::Male => ("flg", ["shadow", "lung_change"], "normal"),
    };
    let found = if life.chance(15) {
        life.one_of(&worse)
    } else {
        usual
    };
    let fields = json!({"test": test, "result": found});
    life.tell(
        "screening.result",
        day.saturating_add(7.days()).min(life.today),
        fields,
    );
}

fn laboratory(life: &mut Life) {
    const MARKERS: [(&str, &str, f64); 4] = [
        ("2039-6", "ng/mL", 5.0),
        ("24108-3", "U/mL", 37.0),
        ("6875-9", "U/mL", 31.3),
        ("17843-4", "U/mL", 6.9),
    ];
    if !life.chance(120) {
        return;
    }
    let at = life.lately(700);
    let (code, unit, high) = life.one_of(&MARKERS);
    let share = if life.chance(30) { 2.1 } else { 0.4 };
    let fields = json!({
        "code": code,
        "value": {"value": high * share, "unit": unit},
        "high": {"value": high, "unit": unit},
    });
    life.tell("lab.result", at, fields);
}
