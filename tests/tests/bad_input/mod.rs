//! What must not be trusted: each gives words a person can act on, and loses nothing.

mod answers;
mod catalogue;
mod certificate;
mod clock;
mod device;
mod facts;
mod results;
mod sign_in;

use crate::{MORNING, list};
use serde_json::{Value, json};
use std::{collections::BTreeSet, time::Duration};
use vekha_app::CommandError;
use vekha_testkit::{City, Device, Wire, assert_plain, with_city};

/// Anna, who has answered an offer that has not left her device yet, and the wire to her city.
pub struct Underway {
    pub city: City,
    pub wire: Wire,
    pub anna: Device,
    pub appointment: Value,
    facts: BTreeSet<String>,
}

pub async fn underway() -> Underway {
    let city = with_city(MORNING).await;
    let wire = Wire::before(&city.url).await;
    let anna = Device::signed_in_at(&wire.url, "anna", &city).await;
    let result =
        json!({"resident": "anna", "code": "2039-6", "value": 12, "unit": "ng/mL", "high": 5.0});
    city.operate("lab-result", result).await;
    let appointment = anna.offered("/gp").await["appointment"].clone();
    anna.set_offline(true).await;
    anna.call(
        "answer_offer",
        json!({"appointment": appointment, "answer": "accept"}),
    )
    .await;
    anna.wait_out_undo();
    let facts = facts(&anna).await;
    Underway {
        city,
        wire,
        anna,
        appointment,
        facts,
    }
}

impl Underway {
    /// The network is there again, such as it is; returns when the device has tried.
    pub async fn connect(&self) {
        let before = self.wire.asked("");
        self.anna.set_offline(true).await;
        self.anna.set_offline(false).await;
        for _ in 0..400 {
            if self.wire.asked("") > before {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// The session says so, in words.
    pub async fn assert_said(&self, code: &str) {
        let session = self
            .anna
            .until("session", json!({}), code, |it| {
                it["problem"]["code"] == code
            })
            .await;
        assert_plain(&session["problem"]["message"]);
    }

    /// Everything she knew and did is still there.
    pub async fn assert_nothing_lost(&self) {
        assert!(facts(&self.anna).await.is_superset(&self.facts));
        let session = self.anna.read("session").await;
        assert_eq!(session["waiting"], 1, "{session:#}");
        let today = self.anna.read("today").await;
        assert_eq!(list(&today, "waiting")[0]["appointment"], self.appointment);
    }

    /// All is well again: her answer arrives, once.
    pub async fn assert_heals(&self) {
        self.wire.heal();
        self.anna.set_offline(false).await;
        self.anna.read("sync").await;
        self.anna
            .until(
                "session",
                json!({}),
                "her answer is sent and nothing is wrong",
                |it| !it["resident"].is_null() && it["waiting"] == 0 && it["problem"].is_null(),
            )
            .await;
        let booked = self.city.visits("anna", "booked").await;
        assert_eq!(booked.len(), 1, "{booked:#?}");
        assert_eq!(booked[0]["id"], self.appointment);
    }
}

/// The ids of all facts on the screen Me.
pub async fn facts(device: &Device) -> BTreeSet<String> {
    let facts = device.facts().await.into_iter();
    facts
        .map(|it| it["id"].as_str().unwrap().to_owned())
        .collect()
}

/// The line of a fact on the screen Me.
pub async fn fact(device: &Device, id: &str) -> Option<Value> {
    let mut facts = device.facts().await.into_iter();
    facts.find(|it| it["id"] == id)
}

pub fn assert_refused<T: std::fmt::Debug>(answer: Result<T, CommandError>, code: &str) {
    let error = answer.unwrap_err();
    assert_eq!(error.code, code);
    assert_plain(&json!(error.message));
}
