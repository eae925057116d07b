//! Homes, what is owned (a flat, a car, land), moves and faults in the building.
use super::life::Life;
use serde_json::json;

pub fn lived(life: &mut Life) {
    if life.age >= 25 && life.chance(550) {
        let since = life.lately(4000);
        life.tell("home.account", since, json!({"since": since.to_string()}));
        if life.chance(930) {
            let paid = life.lately(13);
            life.did("utilities_month.payday", paid);
        }
    }
    if life.chance(if life.age < 25 { 100 } else { 650 }) {
        let at = life.lately(1500);
        let relief = life.age >= 60;
        life.tell("tax.property", at, json!({"owns": true, "relief": relief}));
    }
    if life.chance(200) {
        let at = life.lately(300);
        life.tell("tax.year", at, json!({"deductible": true}));
    }
    if life.chance(25) {
        let day = life.lately(365);
        life.tell("home.move", day, json!({"date": day.to_string()}));
    }
    if (25..=65).contains(&life.age) && life.chance(15) {
        let day = life.lately(365);
        life.tell("home.purchase", day, json!({"date": day.to_string()}));
    }
    if life.chance(30) {
        let at = life.lately(90);
        let what = life.one_of(&[
            "leak",
            "heat",
            "power",
            "hot_water",
            "cold_water",
            "gas_smell",
        ]);
        life.tell("home.fault", at, json!({"what": what}));
    }
}
