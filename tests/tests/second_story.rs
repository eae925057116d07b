//! A pregnancy: every date of the worked example, on the device and in the city; twins; a loss.

use crate::{
    MORNING, list,
    plans::{of_city, run_of, step_of},
};
use serde_json::{Value, json};
use vekha_testkit::{City, Device, with_city};

const SILENT: [&str; 6] = [
    "offers",
    "next",
    "late",
    "waiting",
    "done_by_city",
    "notices",
];

async fn pregnant(city: &City, fetuses: u8) {
    let body = json!({"resident": "maria", "lmp": "2026-10-05", "fetuses": fetuses});
    city.operate("pregnancy", body).await;
}

async fn path_with(maria: &Device, situation: &str) -> Value {
    maria
        .until("path", json!({}), situation, |it| {
            list(it, "runs")
                .iter()
                .any(|run| run["situation"] == situation && run["state"] == "active")
        })
        .await
}

/// On the device and in the city: (step, opens, due).
async fn assert_dates(city: &City, maria: &Device, dates: &[(&str, Option<&str>, Option<&str>)]) {
    let path = path_with(maria, "pregnancy").await;
    let mine = run_of(&path, "pregnancy");
    let theirs = of_city(city, maria, "maria").await;
    for (step, opens, due) in dates {
        let here = list(mine, "steps").iter();
        let ends = format!("/{step}");
        let mut here = here.filter(|it| it["id"].as_str().unwrap().ends_with(&ends));
        let here = here.next().unwrap();
        let there = step_of(&theirs, "pregnancy", step);
        for (name, wanted) in [("opens", opens), ("due", due)] {
            if let Some(wanted) = wanted {
                assert_eq!(here[name], *wanted, "{step} {name} on the device");
                assert_eq!(there[name], *wanted, "{step} {name} in the city");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pregnancy_has_every_date_of_the_example_here_and_there() {
    let city = with_city(MORNING).await;
    let maria = Device::signed_in("maria", &city).await;
    pregnant(&city, 1).await;
    let dates = [
        ("early_flag", None, Some("2026-12-28")),
        ("screen1", Some("2026-12-21"), Some("2027-01-11")),
        ("screen2", Some("2027-02-15"), Some("2027-03-01")),
        ("ogtt", Some("2027-03-22"), Some("2027-04-19")),
        ("leave", Some("2027-05-03"), Some("2027-05-03")),
        ("birth_cert30", Some("2027-05-03"), Some("2027-07-12")),
        ("screen3", Some("2027-05-31"), Some("2027-06-14")),
    ];
    assert_dates(&city, &maria, &dates).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn twins_bring_the_leave_and_the_certificate_forward() {
    let city = with_city(MORNING).await;
    let maria = Device::signed_in("maria", &city).await;
    pregnant(&city, 2).await;
    let dates = [
        ("leave", Some("2027-04-19"), Some("2027-04-19")),
        ("birth_cert30", Some("2027-04-19"), None),
    ];
    assert_dates(&city, &maria, &dates).await;
    let path = maria.read("path").await;
    let leave = list(run_of(&path, "pregnancy"), "steps").iter();
    let leave = leave
        .clone()
        .find(|it| it["id"].as_str().unwrap().ends_with("/leave"));
    assert!(
        leave.unwrap()["title"]["ru"]
            .as_str()
            .unwrap()
            .contains("194")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn twins_seen_later_change_the_same_pregnancy() {
    let city = with_city(MORNING).await;
    let maria = Device::signed_in("maria", &city).await;
    pregnant(&city, 1).await;
    path_with(&maria, "pregnancy").await;
    city.wait("14d").await;
    city.operate("twins", json!({"resident": "maria"})).await;
    let path = maria
        .until("path", json!({}), "the leave of twins", |it| {
            it.to_string().contains("194 дня")
        })
        .await;
    let runs = list(&path, "runs").iter();
    let active = runs.filter(|it| it["situation"] == "pregnancy" && it["state"] == "active");
    assert_eq!(active.count(), 1, "one pregnancy, not two: {path:#}");
}

fn mentions(lists: &Value, names: &[&str]) -> Vec<Value> {
    let cards = names.iter().flat_map(|name| list(lists, name));
    let of_pregnancy = |card: &&Value| {
        let text = |name: &str| card[name].as_str().unwrap_or_default().to_owned();
        format!("{} {}", text("id"), text("card")).contains("pregnancy:")
    };
    cards.filter(of_pregnancy).cloned().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_loss_silences_everything_the_same_moment_here_and_in_the_city() {
    let city = with_city("2027-01-15T10:00:00+03:00").await;
    let maria = Device::signed_in("maria", &city).await;
    pregnant(&city, 1).await;
    let offer = maria
        .until("today", json!({}), "an offer", |it| {
            !list(it, "offers").is_empty()
        })
        .await;
    let appointment = list(&offer, "offers")[0]["appointment"].clone();
    maria.told(1).await;
    // She answers on the underground; nobody knows of it yet.
    maria.set_offline(true).await;
    maria
        .call(
            "answer_offer",
            json!({"appointment": appointment, "answer": "accept"}),
        )
        .await;
    maria.wait_out_undo();

    city.operate("pregnancy-loss", json!({"resident": "maria"}))
        .await;
    for status in ["pending", "booked"] {
        let visits = city.visits("maria", status).await;
        let left: Vec<_> = visits
            .iter()
            .filter(|it| it["step"].as_str().unwrap().starts_with("pregnancy:"))
            .collect();
        assert!(left.is_empty(), "{left:#?}");
    }
    let theirs = of_city(&city, &maria, "maria").await;
    let alive = ["upcoming", "open", "due_soon", "overdue", "held", "booked"];
    for step in list(&theirs, "steps") {
        let silent =
            step["situation"] != "pregnancy" || !alive.contains(&step["state"].as_str().unwrap());
        assert!(silent, "{step:#}");
    }

    let told = maria.host.shown();
    maria.set_offline(false).await;
    let path = path_with(&maria, "pregnancy_loss").await;
    let runs = list(&path, "runs").iter();
    let silenced: Vec<_> = runs.filter(|it| it["situation"] == "pregnancy").collect();
    assert_eq!(silenced.len(), 1);
    assert_eq!(silenced[0]["forks"], json!([]), "no turn says how it ended");
    for step in list(silenced[0], "steps") {
        let state = step["state"].as_str().unwrap();
        assert!(!alive.contains(&state) && state != "cancelled", "{step:#}");
    }
    maria
        .until("session", json!({}), "nothing waits", |it| {
            it["waiting"] == 0
        })
        .await;
    let today = maria.read("today").await;
    assert_eq!(mentions(&today, &SILENT), Vec::<Value>::new());
    assert!(
        today["calm"].is_null() || !today["calm"]["id"].as_str().unwrap().contains("pregnancy:")
    );
    let calendar = json!({"entries": maria.read("calendar").await});
    assert_eq!(mentions(&calendar, &["entries"]), Vec::<Value>::new());
    let ics = maria.read("calendar_ics").await["text"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        !ics.contains("STATUS:CONFIRMED") && !ics.contains("STATUS:TENTATIVE"),
        "{ics}"
    );
    for notification in told.iter().filter(|it| it.tag.starts_with("offer/")) {
        assert!(
            maria.host.retracted().contains(&notification.tag),
            "{notification:?}"
        );
    }
    for new in &maria.host.shown()[told.len()..] {
        assert!(new.hash.contains("pregnancy_loss:"), "only help: {new:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn she_may_end_it_herself_with_one_tap_without_a_network() {
    let city = with_city(MORNING).await;
    let maria = Device::signed_in("maria", &city).await;
    pregnant(&city, 1).await;
    maria
        .until("today", json!({}), "an offer", |it| {
            !list(it, "offers").is_empty()
        })
        .await;
    let told = maria.told(1).await;
    let path = path_with(&maria, "pregnancy").await;
    let run = run_of(&path, "pregnancy")["id"].clone();
    maria.set_offline(true).await;
    maria.call("end_situation", json!({"id": run})).await;
    let today = maria.read("today").await;
    assert_eq!(
        mentions(&today, &["offers", "next", "late", "notices"]),
        Vec::<Value>::new()
    );
    let calendar = json!({"entries": maria.read("calendar").await});
    assert_eq!(mentions(&calendar, &["entries"]), Vec::<Value>::new());
    let ics = maria.read("calendar_ics").await["text"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(!ics.contains("STATUS:CONFIRMED"), "{ics}");
    let mut of_offers = told.iter().map(|it| &it.tag);
    let offer = of_offers.find(|tag| tag.starts_with("offer/"));
    let offer = offer.expect("an offer was told");
    let taken_back = |_: &Value| maria.host.retracted().contains(offer);
    maria
        .until("session", json!({}), "it is told no longer", taken_back)
        .await;
    maria.set_offline(false).await;
    maria
        .until("session", json!({}), "the city knows", |it| {
            it["waiting"] == 0
        })
        .await;
    let pending = city.visits("maria", "pending").await;
    assert!(
        pending
            .iter()
            .all(|it| !it["step"].as_str().unwrap().starts_with("pregnancy:")),
        "{pending:#?}"
    );
}
