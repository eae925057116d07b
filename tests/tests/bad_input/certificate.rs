//! Somebody who pretends to be the city.

use super::{assert_refused, underway};
use serde_json::json;
use vekha_testkit::{Impostor, Wire};

#[tokio::test(flavor = "multi_thread")]
async fn a_city_with_a_wrong_certificate_is_not_connected_to_and_hears_nothing() {
    let it = underway().await;
    let impostor = Impostor::listening().await;
    let refused = it
        .anna
        .attempt("connect_city", json!({"address": impostor.url}))
        .await;
    assert_refused(refused, "untrusted");
    assert_eq!(impostor.heard(), 0);
    it.assert_nothing_lost().await;
    it.assert_heals().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_who_says_the_citys_id_gets_no_token_and_no_answer_of_hers() {
    let it = underway().await;
    let twin = Wire::before(&it.city.url).await;
    let elsewhere = twin.url.replace("127.0.0.1", "localhost");
    twin.edit("/.well-known/vekha", move |manifest| {
        for place in ["/sign_in/issuer", "/fhir/base", "/city_api/base"] {
            if let Some(address) = manifest.pointer_mut(place) {
                *address = elsewhere.clone().into();
            }
        }
    });
    it.anna.set_offline(false).await;
    let session = it
        .anna
        .call("connect_city", json!({"address": twin.url}))
        .await;
    assert_eq!(session["state"], "signed_out", "{session:#}");
    it.anna.attempt("sync", json!({})).await.unwrap_err();
    assert_eq!(twin.asked(""), twin.asked("GET /.well-known/vekha"));
    it.anna
        .call("connect_city", json!({"address": it.wire.url}))
        .await;
    it.anna.sign_in().await;
    it.assert_heals().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_goes_wrong_later_stops_everything_that_would_be_sent() {
    let it = underway().await;
    let impostor = Impostor::listening().await;
    let base = format!("{}/city/v1", impostor.url);
    it.wire.edit("/.well-known/vekha", move |manifest| {
        manifest["city_api"]["base"] = base.clone().into();
    });
    it.anna
        .call("connect_city", json!({"address": it.wire.url}))
        .await;
    it.connect().await;
    it.assert_said("untrusted").await;
    it.assert_nothing_lost().await;
    assert_eq!(impostor.heard(), 0, "not one byte of hers");
    it.wire.heal();
    it.anna
        .call("connect_city", json!({"address": it.wire.url}))
        .await;
    it.assert_heals().await;
}
