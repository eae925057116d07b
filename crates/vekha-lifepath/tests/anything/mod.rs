//! Facts of every kind that the built-in vocabulary knows.
use crate::people::fact;
use jiff::civil::Date;
use proptest::prelude::*;
use serde_json::{Value, json};
use vekha_catalogue::builtin;
use vekha_lifepath::source::FieldType;
use vekha_model::Fact;

/// A fact of any kind, with any of its fields, so many days after `from`; the same numbers give the same fact.
pub fn any_kind(from: Date, days: i64) -> impl Strategy<Value = Fact> {
    (any::<prop::sample::Index>(), 0..days, any::<u64>()).prop_map(move |(kind, day, seed)| {
        let at = from.saturating_add(jiff::Span::new().days(day));
        let vocabulary = builtin().vocabulary();
        let kinds: Vec<&String> = vocabulary.keys().filter(|kind| *kind != "person").collect();
        let kind = kinds[kind.index(kinds.len())];
        let mut dice = Dice(seed);
        let mut fields = serde_json::Map::new();
        for (name, field) in &vocabulary[kind].fields {
            if dice.roll(4) > 0
                && let Ok(form) = field.field_type()
            {
                fields.insert(name.clone(), value(name, &form, at, &mut dice));
            }
        }
        let id = format!("{kind}-{day}-{seed:x}");
        fact(&id, kind, &at.to_string(), Value::Object(fields))
    })
}

fn value(name: &str, form: &FieldType, at: Date, dice: &mut Dice) -> Value {
    match form {
        FieldType::Bool => json!(dice.roll(2) == 0),
        FieldType::Number => json!(dice.roll(30)),
        FieldType::Enum(values) => json!(dice.of(values)),
        FieldType::Date | FieldType::Moment => {
            let days = i64::try_from(dice.roll(800)).unwrap() - 400;
            json!(at.saturating_add(jiff::Span::new().days(days)).to_string())
        }
        FieldType::Quantity(unit) => {
            let units = ["ng/mL", "U/mL", "g", "%"].map(str::to_owned);
            let unit = unit.clone().unwrap_or_else(|| dice.of(&units).clone());
            json!({"value": dice.roll(40), "unit": unit})
        }
        FieldType::Text if name == "code" => {
            let markers = &builtin().source().markers;
            json!(dice.of(markers).loinc)
        }
        FieldType::Text if name == "step" => {
            let situations = &builtin().source().situations;
            let situation = dice.of(situations);
            let added = situation.forks.iter().flat_map(|fork| &fork.adds);
            let steps: Vec<_> = situation.steps.iter().chain(added).collect();
            let step = steps.get(usize::try_from(dice.roll(50)).unwrap() % steps.len().max(1));
            let step = step.map_or("none", |step| step.id.as_str());
            json!(format!("{}.{step}", situation.id))
        }
        FieldType::Text if name == "child" => json!(dice.of(&["kid-1", "kid-2"])),
        FieldType::Text => json!(dice.of(&["caop", "C50", "flg", "imaging"])),
    }
}

/// SplitMix64: enough to vary fields by one number.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let place = self.roll(u64::try_from(all.len()).unwrap());
        &all[usize::try_from(place).unwrap()]
    }
}
