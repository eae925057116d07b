use crate::device::{Device, town};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

fn now(session: &Value) -> Timestamp {
    session["now"].as_str().unwrap().parse().unwrap()
}

fn clock_notice(today: &Value) -> Option<Value> {
    let notices = today["notices"].as_array().unwrap();
    notices.iter().find(|it| it["id"] == "clock").cloned()
}

fn ahead_of_device(device: &Device, session: &Value) -> i64 {
    use vekha_app::Host;
    now(session).duration_since(device.host.now()).as_secs()
}

#[tokio::test]
async fn the_device_counts_by_the_citys_clock_and_still_does_offline_after_a_restart() {
    let town = town();
    let mut device = Device::signed_in(town.clone()).await;
    assert!(clock_notice(&device.read("today").await).is_none());
    use vekha_app::Host;
    // The town's clock runs three years ahead of this device's.
    let years = SignedDuration::from_hours(3 * 365 * 24);
    let device_now = device.host.now();
    town.set_clock(device_now.duration_since(Timestamp::now()) + years);
    device.sync().await;
    let session = device.read("session").await;
    assert!((ahead_of_device(&device, &session) - years.as_secs()).abs() <= 3);
    let notice = clock_notice(&device.read("today").await).unwrap();
    assert!(
        notice["body"]["ru"]
            .as_str()
            .unwrap()
            .contains("по времени города")
    );

    town.set_offline(true);
    device.start().await;
    let session = device.read("session").await;
    assert!((ahead_of_device(&device, &session) - years.as_secs()).abs() <= 3);
    assert!(clock_notice(&device.read("today").await).is_some());
}

#[tokio::test]
async fn minutes_of_difference_are_followed_without_a_word() {
    let town = town();
    let device = Device::signed_in(town.clone()).await;
    use vekha_app::Host;
    let device_now = device.host.now();
    town.set_clock(device_now.duration_since(Timestamp::now()) + SignedDuration::from_secs(90));
    device.sync().await;
    let session = device.read("session").await;
    assert!((ahead_of_device(&device, &session) - 90).abs() <= 3);
    assert!(clock_notice(&device.read("today").await).is_none());
}

#[tokio::test]
async fn an_answer_can_be_taken_back_for_ten_seconds_though_the_citys_clock_jumps() {
    let town = town();
    town.visit(
        "v1",
        None,
        "pending",
        "2026-11-24T10:00:00+03:00",
        json!({}),
    );
    let device = Device::signed_in(town.clone()).await;
    device
        .call(
            "answer_offer",
            json!({"appointment": "v1", "answer": "accept"}),
        )
        .await;
    use vekha_app::Host;
    let back = SignedDuration::from_hours(-2);
    town.set_clock(device.host.now().duration_since(Timestamp::now()) + back);
    device.sync().await;
    let today = device.read("today").await;
    let until: Timestamp = today["undo"]["until"].as_str().unwrap().parse().unwrap();
    let left = until.duration_since(now(&device.read("session").await));
    assert!(left.as_secs() <= 10, "{left}");
    device.advance(SignedDuration::from_secs(11));
    device.sync().await;
    assert_eq!(town.pushed().len(), 1);
}

#[tokio::test]
async fn what_happened_within_the_second_it_was_recorded_in_counts_at_once() {
    let town = town();
    let device = Device::signed_in(town.clone()).await;
    let next = device.read("today").await["next"].clone();
    let step = &next[0]["id"];
    use vekha_app::Host;
    // The device's clock is a little behind; the town writes whole seconds into `recorded`.
    let recorded = Timestamp::from_second(device.host.now().as_second() + 2).unwrap();
    let at = recorded + SignedDuration::from_millis(900);
    let source = json!({"kind": "city", "name": {"ru": "Город"}});
    let fields = json!({"step": step, "outcome": "done"});
    town.tell(
        vekha_protocol::RecordKind::Fact,
        "outcome-now",
        json!({"id": "outcome-now", "subject": "anna", "kind": "step.outcome", "status": "final", "source": source,
            "at": at.to_string().replace('Z', "+00:00"), "recorded": recorded, "fields": fields}),
    );
    device.sync().await;
    let card = device.call("card", json!({"id": step})).await;
    assert_eq!(card["card"]["state"], "done");
}
