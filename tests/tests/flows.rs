//! Flows across app, connectors and city, without a window: real devices, real cities, nothing faked between them.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

mod bad_input;
mod calendar_link;
mod demo;
mod double_booking;
mod first_story;
mod offline;
mod own_time;
mod partial_city;
mod places;
mod plans;
mod same_plan;
mod second_story;
mod tact;
mod what_if;

use serde_json::Value;

/// A Monday.
const MORNING: &str = "2026-11-23T10:00:00+03:00";

/// What reads all that a device has.
const SCREENS: [&str; 8] = [
    "session",
    "today",
    "path",
    "calendar",
    "calendar_ics",
    "me",
    "facts",
    "access",
];

const PEOPLE: [&str; 14] = [
    "anna", "maria", "oleg", "nina", "elena", "viktor", "olga", "irina", "galina", "pavel",
    "svetlana", "boris", "vera", "semyon",
];

fn list<'a>(from: &'a Value, name: &str) -> &'a [Value] {
    match from[name].as_array() {
        Some(list) => list,
        None => panic!("{name} is a list in {from:#}"),
    }
}

/// A FHIR resource as some laboratory really sends it.
fn observation(file: &str) -> Value {
    let path = format!("{}/scenarios/{file}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}
