use crate::device::{Device, NOW, town};
use serde_json::{Value, json};

/// What the last month held for the switch of health.
async fn last_month(device: &Device) -> Value {
    let me = device.read("me").await;
    let consents = me["consents"].as_array().unwrap();
    let health = consents.iter().find(|it| it["id"] == "health-C2").unwrap();
    health["last_month"].clone()
}

#[tokio::test]
async fn a_switch_is_explained_by_what_the_resident_s_own_last_month_held() {
    let town = town();
    let device = Device::signed_in(town.clone()).await;
    let before = last_month(&device).await;
    town.pregnancy("2026-11-20", "2026-09-28");
    device.sync().await;
    let case = last_month(&device).await;
    assert_ne!(case, before);
    assert_eq!(case["action"], "book", "{case:#}");
    let began = case["began"].as_str().unwrap();
    assert!(("2026-10-24".."2026-11-24").contains(&began), "{began}");
    let steps = device.steps("pregnancy").await;
    assert!(steps.iter().any(|it| it["title"] == case["title"]));
}

#[tokio::test]
async fn what_was_not_told_yet_is_not_told_by_a_switch_either() {
    let town = town();
    crate::device::result(&town);
    let device = Device::signed_in(town).await;
    let case = last_month(&device).await.to_string().to_lowercase();
    for word in ["онко", "рэа", "опухол", "tumour", "cancer"] {
        assert!(!case.contains(word), "{case}");
    }
}

#[tokio::test]
async fn in_the_days_after_a_loss_no_switch_speaks_of_the_month() {
    let town = town();
    town.pregnancy("2026-11-02", "2026-09-28");
    let loss = json!({"date": "2026-11-23", "outcome": "loss", "weeks": 7});
    town.fact("p2", "pregnancy.ended", NOW, "clinician", loss);
    let device = Device::signed_in(town).await;
    assert_eq!(last_month(&device).await, Value::Null);
}
