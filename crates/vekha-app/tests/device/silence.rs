use crate::device::{Device, NOW, town};
use jiff::SignedDuration;
use serde_json::{Value, json};

fn all(today: &Value) -> usize {
    ["offers", "next", "late", "questions"]
        .iter()
        .map(|list| today[*list].as_array().unwrap().len())
        .sum()
}

#[tokio::test]
async fn after_a_loss_nothing_but_condolence_and_help_for_five_working_days() {
    let town = town();
    town.pregnancy("2026-11-20", "2026-10-05");
    let device = Device::signed_in(town.clone()).await;
    assert!(all(&device.read("today").await) > 0);

    let loss = json!({"date": "2026-11-23", "outcome": "loss", "weeks": 7});
    town.fact("p2", "pregnancy.ended", NOW, "clinician", loss);
    device.sync().await;
    // An unrelated offer arrives in these days: it is not told and does not stand on Today.
    town.visit(
        "v9",
        None,
        "pending",
        "2026-11-26T10:00:00+03:00",
        json!({}),
    );
    device.sync().await;
    let today = device.read("today").await;
    assert!(
        today["notices"][0]["id"]
            .as_str()
            .unwrap()
            .starts_with("condolence/"),
        "{:#}",
        today["notices"]
    );
    let own = |list: &str| today[list].as_array().unwrap().clone();
    for words in ["Выплата", "Пособие", "отключены", "Отменено"] {
        assert!(!today.to_string().contains(words), "{words}: {today:#}");
    }
    for card in own("offers").iter().chain(&own("next")).chain(&own("late")) {
        assert!(
            card["id"].as_str().unwrap().starts_with("pregnancy_loss"),
            "{card:#}"
        );
    }
    assert!(own("questions").is_empty());
    assert!(device.shown().is_empty(), "{:?}", device.shown());

    // Monday to Monday: five working days have passed.
    device.advance(SignedDuration::from_hours(24 * 8));
    let later = device.read("today").await;
    let condolence = |it: &Value| it["id"].as_str().unwrap().starts_with("condolence/");
    assert!(!later["notices"].as_array().unwrap().iter().any(condolence));
}
