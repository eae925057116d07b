//! Kindergarten, school and the parents' report on vaccinations.
use super::life::Life;
use jiff::{ToSpan, civil::Date};
use serde_json::json;

pub fn lived(life: &mut Life) {
    if (1..=3).contains(&life.age) && life.chance(400) {
        let (asked, wished) = (life.lately(180), life.today.saturating_add(90.days()));
        let fields = json!({"desired_date": wished.to_string()});
        life.tell("kindergarten.application", asked, fields);
    }
    if (7..=17).contains(&life.age) {
        let september = Date::constant(life.today.year() - 1, 9, 1);
        let started = i64::from(september.year()) - i64::from(life.birth.year());
        let grade = (started - 6).clamp(1, 11);
        life.tell(
            "school.study",
            september.max(life.birth),
            json!({"studying": true, "grade": grade}),
        );
        if life.chance(15) {
            let at = life.lately(60);
            life.tell("school.absence", at, json!({"days": 4, "explained": true}));
        }
    }
    if life.chance(20) {
        let at = life.lately(700);
        life.tell("health.chronic", at, json!({"present": true}));
    }
    if life.chance(3) {
        let at = life.lately(200);
        life.tell("vaccine.choice", at, json!({"refused": true}));
    }
}
