//! Any interleaving of what the resident does, what the city does, what the network does, and the power going off.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

mod town;

use proptest::prelude::*;
use std::collections::BTreeMap;
use town::{Device, Fault, Town};

#[derive(Debug, Clone)]
enum Event {
    /// The resident disputes one of three facts.
    Ask {
        thing: u8,
        refused: bool,
    },
    /// The city writes a record, or takes one away.
    Put {
        id: u8,
        kind: &'static str,
    },
    Remove {
        id: u8,
    },
    /// A round, with what goes wrong with each request in turn.
    Round(Vec<Fault>),
    /// The city's feed starts anew: old cursors mean nothing.
    ForgetCursors,
    Wait(u16),
}

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        6 => Just(Fault::None),
        1 => Just(Fault::NeverArrived),
        1 => Just(Fault::AnswerLost),
        1 => Just(Fault::Busy),
        1 => Just(Fault::Garbage),
        1 => Just(Fault::GarbledAnswer),
        1 => Just(Fault::PowerOffBefore),
        2 => Just(Fault::PowerOffAfter),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => (0u8..3, prop::bool::weighted(0.1)).prop_map(|(thing, refused)| Event::Ask { thing, refused }),
        4 => (0u8..12, prop_oneof![4 => Just("fact"), 1 => Just("hologram"), 1 => Just("rune")])
            .prop_map(|(id, kind)| Event::Put { id, kind }),
        2 => (0u8..12).prop_map(|id| Event::Remove { id }),
        5 => prop::collection::vec(fault(), 0..8).prop_map(Event::Round),
        1 => Just(Event::ForgetCursors),
        1 => (1u16..900).prop_map(Event::Wait),
    ]
}

#[test]
fn a_first_sync_that_was_cut_off_goes_on_where_it_was() {
    let (town, mut device) = (Town::default(), Device::new());
    for id in 0..9 {
        town.put("fact", &id.to_string(), 0);
    }
    town.expect(&[Fault::None, Fault::PowerOffAfter]);
    assert_eq!(device.round(&town).pulled, 3);
    assert_eq!(device.round(&town).pulled, 6);
    assert_eq!(device.records(), town.records());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn every_action_arrives_once_and_in_order_and_the_device_ends_up_with_what_the_city_has(
        events in prop::collection::vec(event(), 1..40),
    ) {
        let (town, mut device) = (Town::default(), Device::new());
        let mut asked: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut refused = Vec::new();
        for (number, event) in events.iter().enumerate() {
            match event {
                Event::Ask { thing, refused: no } => {
                    let (thing, text) = (format!("f{thing}"), if *no { format!("no {number}") } else { number.to_string() });
                    device.dispute(&thing, &text);
                    if *no {
                        refused.push(text);
                    } else {
                        asked.entry(thing).or_default().push(text);
                    }
                }
                Event::Put { id, kind } => town.put(kind, &id.to_string(), number),
                Event::Remove { id } => town.remove(&id.to_string()),
                Event::Round(faults) => {
                    town.expect(faults);
                    device.round(&town);
                }
                Event::ForgetCursors => town.forget_cursors(),
                Event::Wait(seconds) => device.wait(i64::from(*seconds)),
            }
        }

        town.expect(&[]);
        let mut rounds = 0;
        while !device.settled() {
            device.wait(4000);
            device.round(&town);
            rounds += 1;
            prop_assert!(rounds < 100, "it never comes to rest");
        }
        device.round(&town);

        prop_assert_eq!(town.done(), asked, "each action once, those on one thing in order");
        prop_assert_eq!(device.refused(), refused, "what was refused is there to be read");
        prop_assert_eq!(device.records(), town.records(), "the device has what the city has");
    }
}
