//! A sign-in that ran out.

use super::underway;
use jiff::Timestamp;
use serde_json::json;
use vekha_testkit::Fault;

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_ran_out_is_renewed_without_a_word() {
    let mut it = underway().await;
    it.anna.kill();
    it.anna
        .host
        .change_tokens(|tokens| tokens.expires_at = Some(Timestamp::UNIX_EPOCH));
    let before = it.anna.host.token();
    it.anna.start().await;
    it.assert_heals().await;
    assert_ne!(it.anna.host.token(), before, "and it was another token");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_the_city_no_longer_takes_is_renewed_without_a_word() {
    let mut it = underway().await;
    it.anna.kill();
    it.anna
        .host
        .change_tokens(|tokens| tokens.access = "not-a-token".to_owned());
    it.anna.start().await;
    it.assert_heals().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_ended_is_said_and_everything_stays_until_the_next() {
    let mut it = underway().await;
    it.anna.kill();
    it.anna.host.change_tokens(|tokens| {
        tokens.expires_at = Some(Timestamp::UNIX_EPOCH);
        tokens.refresh = Some("not-a-token".to_owned());
    });
    it.anna.start().await;
    it.anna.set_offline(false).await;
    it.assert_said("signed-out").await;
    it.assert_nothing_lost().await;

    // A day later, still not signed in: all of it can be read.
    it.anna.kill();
    it.anna.start().await;
    it.assert_nothing_lost().await;
    for screen in ["today", "path", "calendar", "me", "facts"] {
        it.anna.read(screen).await;
    }
    it.anna.call("sign_in", json!({})).await;
    it.assert_heals().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_city_that_takes_no_token_ends_the_sign_in_and_not_what_was_done() {
    let it = underway().await;
    let problem = br#"{"type":"no-token","title":"?","status":401}"#.to_vec();
    it.wire.fault(
        "/city/v1",
        Fault::Answer(401, "application/problem+json", problem),
    );
    it.connect().await;
    it.assert_said("signed-out").await;
    it.assert_nothing_lost().await;
    it.wire.heal();
    it.anna.call("sign_in", json!({})).await;
    it.assert_heals().await;
}
