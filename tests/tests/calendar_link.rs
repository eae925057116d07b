//! Another calendar reads the visits from an address of the city's, which the resident can take back.

use crate::MORNING;
use serde_json::json;
use vekha_testkit::{City, Device, Fault, Wire, is_neutral, with_city};

/// Where the city serves it, without the city.
fn path_of(subscription: &serde_json::Value) -> String {
    let url = subscription["link"]["url"].as_str().unwrap();
    let at = url.find("/calendar/").unwrap();
    url[at..].to_owned()
}

async fn booked(anna: &Device, city: &City) {
    let cea =
        json!({"resident": "anna", "code": "2039-6", "value": 12, "unit": "ng/mL", "high": 5.0});
    city.operate("lab-result", cea).await;
    let offer = anna.offered("/gp").await;
    let yes = json!({"appointment": offer["appointment"], "answer": "accept"});
    anna.call("answer_offer", yes).await;
    anna.wait_out_undo();
    anna.read("sync").await;
    // The device shows at once what the city may not have yet.
    anna.until("session", json!({}), "sent", |it| it["waiting"] == 0)
        .await;
    anna.until_state("/gp", "booked").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_calendar_reads_the_visits_without_a_word_of_health_until_the_address_is_taken_back()
 {
    let city = with_city(MORNING).await;
    let anna = Device::signed_in("anna", &city).await;
    let none = anna.read("calendar_link").await;
    assert_eq!(none, json!({"offered": true, "link": null}));

    let first = path_of(&anna.read("make_calendar_link").await);
    let (status, empty) = city.fetch(&first).await;
    assert_eq!(status, 200);
    assert!(!empty.contains("BEGIN:VEVENT"), "an offer is no visit yet");
    booked(&anna, &city).await;
    let (_, calendar) = city.fetch(&first).await;
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 1, "{calendar}");
    assert!(calendar.contains("STATUS:CONFIRMED") && calendar.contains("REFRESH-INTERVAL"));
    assert!(is_neutral(&calendar), "{calendar}");
    let own = anna.read("calendar_ics").await;
    let uid = |text: &str| {
        text.lines()
            .find(|it| it.starts_with("UID:"))
            .map(str::to_owned)
    };
    assert_eq!(
        uid(&calendar),
        uid(own["text"].as_str().unwrap()),
        "the file and the address tell of the same event"
    );

    let known = anna.read("calendar_link").await;
    assert!(known["link"]["read"].is_string(), "{known:#}");
    assert_eq!(known["link"]["url"], json!(null), "told once only");

    let second = path_of(&anna.read("make_calendar_link").await);
    assert_eq!(city.fetch(&first).await.0, 404, "the first one is void");
    assert_eq!(city.fetch(&second).await.0, 200);
    anna.read("end_calendar_link").await;
    assert_eq!(city.fetch(&second).await.0, 404);
    assert_eq!(city.fetch("/calendar/guess.ics").await.0, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_the_address_is_neither_made_nor_lost() {
    let city = with_city(MORNING).await;
    let anna = Device::signed_in("anna", &city).await;
    let path = path_of(&anna.read("make_calendar_link").await);
    anna.set_offline(true).await;
    for name in ["calendar_link", "make_calendar_link", "end_calendar_link"] {
        let refused = anna.attempt(name, json!({})).await;
        assert!(refused.is_err(), "{name}");
    }
    assert_eq!(city.fetch(&path).await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_city_without_such_addresses_is_said_to_have_none() {
    let city = with_city(MORNING).await;
    let wire = Wire::before(&city.url).await;
    let none = json!({"type": "not-found", "title": "Not found", "status": 404});
    wire.fault(
        "/city/v1/calendar-link",
        Fault::Answer(
            404,
            "application/problem+json",
            none.to_string().into_bytes(),
        ),
    );
    let anna = Device::signed_in_at(&wire.url, "anna", &city).await;
    let said = anna.read("calendar_link").await;
    assert_eq!(said, json!({"offered": false, "link": null}));
}
