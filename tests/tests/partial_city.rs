//! A city that offers only sign-in and a FHIR server: what it has is used, what it has not is said calmly.

use crate::{MORNING, list, observation, plans::of_path};
use serde_json::{Value, json};
use vekha_testkit::{City, Device, Wire, assert_plain, with_city};

/// The same city seen through a manifest that offers less.
async fn only_fhir(city: &City) -> Wire {
    let wire = Wire::before(&city.url).await;
    wire.edit("/.well-known/vekha", |manifest| {
        let manifest = manifest.as_object_mut().unwrap();
        manifest.remove("city_api");
        manifest.remove("catalogue");
    });
    wire
}

#[tokio::test(flavor = "multi_thread")]
async fn facts_and_visits_come_from_fhir_and_the_plan_is_made_on_the_device() {
    let city = with_city(MORNING).await;
    let (status, kept) = city
        .send("POST", "Observation", &observation("lab-result.json"))
        .await;
    assert_eq!(status, 201, "{kept:#}");
    let wire = only_fhir(&city).await;
    let anna = Device::signed_in_at(&wire.url, "anna", &city).await;
    assert_eq!(
        wire.asked("GET /city/v1"),
        0,
        "what is not offered is not asked"
    );

    let session = anna.read("session").await;
    assert!(
        session["problem"].is_null() && session["state"] == "ready",
        "{session:#}"
    );
    let known = anna.facts().await;
    let id = kept["id"].as_str().unwrap();
    assert!(
        known
            .iter()
            .any(|it| it["id"].as_str().unwrap().contains(id)),
        "{known:#?}"
    );
    let path = anna.read("path").await;
    let planned = of_path(&path);
    assert!(
        planned.keys().any(|run| run.starts_with("onco_suspicion:")),
        "{planned:#?}"
    );

    // What only the city API has is not promised.
    for step in list(&path, "runs")
        .iter()
        .flat_map(|run| list(run, "steps"))
    {
        let card = anna.call("card", json!({"id": step["id"]})).await;
        assert_eq!(card["bookable"], false, "{card:#}");
    }

    // The held visit is there to answer.
    let today = anna.read("today").await;
    let offer = list(&today, "offers")
        .first()
        .unwrap_or_else(|| panic!("an offer in {today:#}"));
    anna.call(
        "answer_offer",
        json!({"appointment": offer["appointment"], "answer": "accept"}),
    )
    .await;
    anna.wait_out_undo();
    anna.read("sync").await;
    anna.until("session", json!({}), "sent", |it| it["waiting"] == 0)
        .await;
    let booked = city.visits("anna", "booked").await;
    assert_eq!((booked.len(), &booked[0]["id"]), (1, &offer["appointment"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_such_a_city_does_not_take_is_said_and_kept() {
    let city = with_city(MORNING).await;
    let wire = only_fhir(&city).await;
    let anna = Device::signed_in_at(&wire.url, "anna", &city).await;
    anna.call(
        "ask_human",
        json!({"text": "Мой случай другой", "about": null}),
    )
    .await;
    let today = anna
        .until("today", json!({}), "it is said", |it| {
            list(it, "notices")
                .iter()
                .any(|it| it["id"].as_str().unwrap().starts_with("refused/"))
        })
        .await;
    let notice = list(&today, "notices")
        .iter()
        .find(|it| it["id"].as_str().unwrap().starts_with("refused/"));
    assert_plain(&notice.unwrap()["body"]);
    let session = anna.read("session").await;
    assert!(session["problem"].is_null(), "{session:#}");
    assert_eq!(wire.asked("POST"), 0, "and not sent anywhere");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_city_that_offers_nothing_to_read_is_no_city() {
    let city = with_city(MORNING).await;
    let anna = Device::of("anna", &city).await;
    for missing in [["fhir", "city_api"], ["sign_in", "sign_in"]] {
        let wire = Wire::before(&city.url).await;
        wire.edit("/.well-known/vekha", move |manifest: &mut Value| {
            for name in missing {
                manifest.as_object_mut().unwrap().remove(name);
            }
        });
        let refused = anna
            .attempt("connect_city", json!({"address": wire.url}))
            .await;
        crate::bad_input::assert_refused(refused, "not-a-city");
    }
}
