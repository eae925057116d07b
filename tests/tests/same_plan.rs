//! One planner, two places: what the device shows is what the city plans by, for everybody, whatever the day.

use crate::{
    MORNING, PEOPLE, list,
    plans::{assert_alike, facts_of_city, of, of_city, of_path, of_plan, shows_all},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use vekha_model::Moment;
use vekha_testkit::{City, Device, with_city};

async fn everybody(city: &City) -> Vec<(&'static str, Device)> {
    let mut devices = Vec::new();
    for who in PEOPLE {
        let device = Device::signed_in(who, city).await;
        shows_all(&device).await;
        devices.push((who, device));
    }
    devices
}

/// The device and the city agree about the resident and those they care for.
async fn assert_same(city: &City, who: &str, device: &Device, what: &str) {
    let session = device.read("sync").await;
    assert!(session["problem"].is_null(), "{session:#}");
    for resident in list(&session, "residents") {
        let id = resident["id"].as_str().unwrap();
        let theirs = of_plan(&of_city(city, device, id).await);
        let mine = of_path(&device.call("path", json!({"resident": id})).await);
        assert!(
            id != who || !mine.is_empty(),
            "{what}: nothing is planned for {who}"
        );
        assert_alike(
            &mine,
            &theirs,
            &format!("{what}: {id} on the device of {who}"),
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybodys_plan_is_the_citys_plan_today_and_as_the_city_goes_on() {
    let city = with_city(MORNING).await;
    let devices = everybody(&city).await;
    for (who, device) in &devices {
        assert_same(&city, who, device, "today").await;
    }
    let result =
        json!({"resident": "irina", "code": "2039-6", "value": 12, "unit": "ng/mL", "high": 5.0});
    city.operate("lab-result", result).await;
    city.operate(
        "pregnancy",
        json!({"resident": "maria", "lmp": "2026-10-05"}),
    )
    .await;
    city.operate(
        "birth",
        json!({"resident": "elena", "date": "2026-11-22", "sex": "female"}),
    )
    .await;
    for (span, hours) in [("1h", 1), ("26h", 26), ("9d", 216)] {
        city.wait(span).await;
        for (who, device) in &devices {
            device.host.advance(SignedDuration::from_hours(hours));
            assert_same(&city, who, device, &format!("{span} later")).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_day_a_device_without_a_network_plans_what_the_city_would() {
    let city = with_city(MORNING).await;
    city.operate(
        "pregnancy",
        json!({"resident": "maria", "lmp": "2026-10-05", "fetuses": 2}),
    )
    .await;
    let result =
        json!({"resident": "anna", "code": "2039-6", "value": 12, "unit": "ng/mL", "high": 5.0});
    city.operate("lab-result", result).await;
    for (who, device) in &everybody(&city).await {
        device.read("sync").await;
        let facts = facts_of_city(&city, device).await;
        device.set_offline(true).await;
        // Uneven steps: weekends, ends of months, holidays and a leap of the year are all met.
        for days in [
            0, 1, 2, 3, 5, 8, 13, 34, 39, 44, 48, 70, 97, 133, 190, 260, 365, 400,
        ] {
            let now: Timestamp = city.now + SignedDuration::from_hours(24 * days + 1);
            device.host.set(now);
            let path = device.read("path").await;
            let now: Moment = path["now"].as_str().unwrap().parse().unwrap();
            let theirs = of_plan(&of(&facts, who, now));
            assert_alike(
                &of_path(&path),
                &theirs,
                &format!("{who} after {days} days"),
            );
        }
    }
}
