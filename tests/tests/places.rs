//! The city's directory: where to go, and that there is nowhere to go.

use crate::{MORNING, list};
use serde_json::{Value, json};
use vekha_testkit::{Device, with_city};

#[tokio::test(flavor = "multi_thread")]
async fn a_card_says_where_to_go_without_network_too() {
    let city = with_city(MORNING).await;
    let anna = Device::signed_in("anna", &city).await;
    let result =
        json!({"resident": "anna", "code": "2039-6", "value": 12, "unit": "ng/mL", "high": 5.0});
    city.operate("lab-result", result).await;
    let offer = anna.offered("/gp").await;
    let of_offer = json!({"id": offer["id"]});
    let listed = |card: &Value| !list(card, "places").is_empty();
    anna.until(
        "card",
        of_offer.clone(),
        "the city's directory is here",
        listed,
    )
    .await;
    anna.set_offline(true).await;

    let card = anna.call("card", of_offer).await;
    assert_eq!(card["card"]["nowhere"], false);
    let [place] = list(&card, "places") else {
        panic!("one place in {:#}", card["places"]);
    };
    assert_eq!(place["name"], card["card"]["place"]);
    for said in ["address", "hours", "phone", "step_free", "languages"] {
        assert!(!place[said].is_null(), "{said} in {place:#}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_without_a_place_nearby_says_so_and_is_not_offered() {
    let city = with_city(MORNING).await;
    let maria = Device::signed_in("maria", &city).await;
    city.tell("maria", "school.wish", json!({"day": "2027-09-01"}))
        .await;
    city.tell("maria", "child.learning", json!({"special_needs": true}))
        .await;
    maria.until_state("/pmpk", "open").await;

    let plan = maria.read("today").await;
    let offered = list(&plan, "offers").iter();
    assert_eq!(offered.filter(|it| it["nowhere"] == true).count(), 0);
    let path = maria.read("path").await;
    let mut steps = list(&path, "runs")
        .iter()
        .flat_map(|run| list(run, "steps"));
    let step = steps.find(|it| it["id"].as_str().is_some_and(|id| id.ends_with("/pmpk")));
    let of_step = json!({"id": step.unwrap()["id"]});
    let told = |card: &Value| card["card"]["nowhere"] == true;
    let card = maria
        .until("card", of_step, "there is no such place in town", told)
        .await;
    assert_eq!(list(&card, "places").len(), 0);
}
