//! Jobs, earning on one's own, pensions, income and debts.
use super::life::Life;
use jiff::ToSpan;
use serde_json::json;

pub fn lived(life: &mut Life) {
    let since = life.lately(3000);
    let status = match life.age {
        ..23 => life.one_of(&["student_fulltime", "student_fulltime", "employed"]),
        23..=59 => life.one_of(&["employed"; 9]),
        60..=64 => life.one_of(&["employed", "retired"]),
        _ => "retired",
    };
    life.tell("work", since, json!({"status": status}));
    if status == "employed" {
        if life.chance(40) {
            lost_a_job(life);
        }
        if life.chance(25) {
            earns_alone(life);
        }
        if life.chance(6) {
            let at = life.lately(300);
            life.tell("business.idea", at, json!({"what": "кофейня"}));
        }
    }
    if life.age >= 50 && life.chance(500) {
        let at = life.lately(800);
        let years = life.number(15, 42);
        life.tell(
            "pension.record",
            at,
            json!({"years": years, "confirmed": true}),
        );
    }
    if life.chance(250) {
        let low = life.chance(240);
        let at = life.lately(700);
        life.tell("income", at, json!({"within_regional_minimum": low}));
    }
    if life.age < 70 && life.chance(30) {
        let at = life.lately(500);
        life.tell("debt.overdue", at, json!({"date": at.to_string()}));
    }
}

fn lost_a_job(life: &mut Life) {
    let day = life.lately(365);
    let reason = life.one_of(&[
        "own_wish",
        "own_wish",
        "agreement",
        "layoff",
        "contract_ended",
    ]);
    life.tell(
        "employment.ended",
        day,
        json!({"date": day.to_string(), "reason": reason}),
    );
    let again = day.saturating_add(60.days());
    if again <= life.today && life.chance(700) {
        life.tell(
            "employment.started",
            again,
            json!({"date": again.to_string()}),
        );
    } else {
        life.tell("work", day, json!({"status": "unemployed"}));
    }
}

fn earns_alone(life: &mut Life) {
    let at = life.lately(700);
    let way = life.one_of(&["npd", "npd", "tasks", "taxi"]);
    life.tell("earning.wish", at, json!({"way": way}));
    if way == "taxi" {
        life.tell("taxi.application", at, json!({"date": at.to_string()}));
        return;
    }
    life.tell(
        "npd",
        at,
        json!({"registered": true, "date": at.to_string()}),
    );
    for _ in 0..3 {
        let paid = life.lately(300).max(at);
        let fields = json!({"date": paid.to_string(), "payer": "person"});
        life.tell("npd.income", paid, fields);
    }
}
