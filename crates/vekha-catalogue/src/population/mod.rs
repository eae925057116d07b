//! A town that never was: residents and what happened to them, in facts the catalogue knows.
//!
//! Every resident is drawn from the town's seed and their own number alone, so any part of the town can be made anywhere
//! and comes out the same. Ages, rates and shares are those of a Russian town in round numbers (Rosstat, 2023–2024): enough
//! to try a catalogue and a machine on, nothing to draw conclusions about people from.
mod childhood;
mod health;
mod home;
mod life;
mod parents;
mod work;

use jiff::{ToSpan, civil::Date};
use life::Life;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use vekha_lifepath::Facts;
use vekha_model::Sex;

/// A town on a day. The same seed gives the same town.
#[derive(Debug, Clone, Copy)]
pub struct Town {
    seed: u64,
    today: Date,
}

/// How many of a thousand residents are in each five years of age, from 0–4 to 85 and over: women, men.
const AGES: [(u32, u32); 18] = [
    (24, 26),
    (30, 32),
    (31, 33),
    (26, 27),
    (24, 25),
    (26, 27),
    (36, 37),
    (43, 43),
    (41, 39),
    (39, 35),
    (36, 31),
    (34, 28),
    (38, 28),
    (37, 23),
    (30, 16),
    (18, 8),
    (13, 5),
    (14, 4),
];

impl Town {
    pub fn new(seed: u64, today: Date) -> Self {
        Self { seed, today }
    }

    /// All that the city knows of one resident.
    pub fn resident(&self, number: u64) -> Facts {
        let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
        rng.set_stream(number);
        let (sex, age) = sex_and_age(&mut rng);
        let birthday = rng.random_range(0..365_i64);
        let years = i64::try_from(age).unwrap_or_default();
        let birth = self
            .today
            .saturating_sub(years.years())
            .saturating_sub(birthday.days());
        let mut life = Life::new(rng, number, sex, birth, self.today);
        let word = match sex {
            Sex::Female => "female",
            Sex::Male => "male",
        };
        let born = json!({"birth_date": birth.to_string(), "sex": word});
        life.tell("person", birth, born);
        if life.age < 18 {
            childhood::lived(&mut life);
        } else {
            health::lived(&mut life);
            parents::lived(&mut life);
            work::lived(&mut life);
            home::lived(&mut life);
        }
        life.into_facts()
    }
}

fn sex_and_age(rng: &mut ChaCha8Rng) -> (Sex, usize) {
    let all: u32 = AGES.iter().map(|(women, men)| women + men).sum();
    let mut left = rng.random_range(0..all);
    for (place, (women, men)) in AGES.iter().enumerate() {
        let age = place * 5 + rng.random_range(0..5_usize);
        if left < *women {
            return (Sex::Female, age);
        }
        left -= women;
        if left < *men {
            return (Sex::Male, age);
        }
        left -= men;
    }
    (Sex::Female, 85)
}
