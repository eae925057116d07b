//! Marriages, divorces, pregnancies, births and what comes of them; losses.
use super::life::Life;
use jiff::ToSpan;
use serde_json::json;
use vekha_model::Sex;

pub fn lived(life: &mut Life) {
    if (20..=45).contains(&life.age) && life.chance(14) {
        let filed = life.lately(60);
        let day = filed.saturating_add(45.days());
        let fields = json!({"date": day.to_string(), "filed": filed.to_string()});
        life.tell("marriage.application", filed, fields);
    }
    if (22..=60).contains(&life.age) && life.chance(8) {
        let day = life.lately(365);
        life.tell("divorce.application", day, json!({"date": day.to_string()}));
    }
    if life.chance(15) {
        let day = life.lately(365);
        let place = life.one_of(&["home", "hospital", "hospital", "other"]);
        life.tell(
            "relative.death",
            day,
            json!({"date": day.to_string(), "place": place}),
        );
    }
    if life.is(Sex::Female, 18, 44) {
        if life.chance(32) {
            pregnant(life);
        } else if life.chance(130) {
            gave_birth(life);
        } else if life.chance(5) {
            lost(life);
        }
    }
    if (25..=50).contains(&life.age) && life.chance(180) {
        family(life);
    }
}

fn pregnant(life: &mut Life) {
    let lmp = life.lately(270);
    let weeks = life.number(6, 11);
    let known = lmp.saturating_add((weeks * 7).days());
    if known > life.today {
        return;
    }
    let fetuses = if life.chance(15) { 2 } else { 1 };
    life.tell(
        "pregnancy",
        known,
        json!({"lmp": lmp.to_string(), "fetuses": fetuses}),
    );
    if life.chance(800) {
        life.tell(
            "pregnancy.registered",
            known,
            json!({"date": known.to_string()}),
        );
    }
    if life.chance(400) {
        let factor = if life.chance(150) {
            "negative"
        } else {
            "positive"
        };
        life.tell("health.rh", known, json!({"factor": factor}));
    }
}

fn gave_birth(life: &mut Life) {
    let born = life.lately(1000);
    let lmp = born.saturating_sub(276.days());
    life.tell(
        "pregnancy",
        lmp.saturating_add(56.days()),
        json!({"lmp": lmp.to_string(), "fetuses": 1}),
    );
    let sex = life.one_of(&["female", "male"]);
    life.tell(
        "birth",
        born,
        json!({"date": born.to_string(), "sex": sex, "children": 1}),
    );
    let home = born.saturating_add(4.days());
    if home <= life.today {
        life.tell("birth.discharge", home, json!({"date": home.to_string()}));
    }
    let registered = born.saturating_add(10.days());
    if registered <= life.today && life.chance(950) {
        life.tell(
            "birth.certificate",
            registered,
            json!({"date": registered.to_string()}),
        );
        life.did("birth_registration.certificate", registered);
    }
}

fn lost(life: &mut Life) {
    let day = life.lately(240);
    let lmp = day.saturating_sub(70.days());
    life.tell(
        "pregnancy",
        lmp.saturating_add(49.days()),
        json!({"lmp": lmp.to_string(), "fetuses": 1}),
    );
    life.tell(
        "pregnancy.ended",
        day,
        json!({"date": day.to_string(), "outcome": "loss"}),
    );
}

fn family(life: &mut Life) {
    let at = life.lately(500);
    let children = life.number(1, 4);
    life.tell("family", at, json!({"children_total": children}));
    if life.chance(350) {
        life.tell("benefit.application", at, json!({"date": at.to_string()}));
    }
    if children >= 3 {
        life.tell("family.third_child", at, json!({"born": at.to_string()}));
    }
}
