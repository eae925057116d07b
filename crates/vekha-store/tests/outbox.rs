//! The outbox keeps the order of each thing, whatever waits.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use uuid::Uuid;
use vekha_store::{Key, Queued, Store, StoreError};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn actions_on_one_thing_are_sent_in_order_and_each_once(
        actions in prop::collection::vec((0u8..4, 0i64..20, 0i64..3), 1..30),
    ) {
        let (folder, key) = (tempfile::tempdir().unwrap(), Key::random());
        let store = Store::open(folder.path(), "anna", &key).unwrap().store;
        for (number, (thing, not_before, _)) in actions.iter().enumerate() {
            let queued = Queued {
                key: Uuid::new_v4(),
                thing: format!("offer/{thing}"),
                action: number.to_string(),
                not_before: Some(at(*not_before)),
            };
            store.write::<_, StoreError>(|tx| tx.queue(&queued, at(0))).unwrap();
        }
        let mut failures: Vec<i64> = actions.iter().map(|(_, _, failures)| *failures).collect();
        let (mut sent, mut now) = (Vec::new(), at(0));
        while sent.len() < actions.len() {
            match store.read(|tx| tx.outbox().next(now)).unwrap() {
                Some(row) => {
                    let number: usize = row.action.parse().unwrap();
                    if failures[number] > 0 {
                        failures[number] -= 1;
                        store.write::<_, StoreError>(|tx| tx.try_later(row.seq, now + SignedDuration::from_secs(3))).unwrap();
                    } else {
                        store.write::<_, StoreError>(|tx| tx.unqueue(row.seq)).unwrap();
                        sent.push(number);
                    }
                }
                None => now += SignedDuration::from_secs(1),
            }
        }
        for thing in 0..4u8 {
            let of_thing: Vec<_> = sent.iter().filter(|number| actions[**number].0 == thing).collect();
            prop_assert!(of_thing.is_sorted());
        }
    }
}
