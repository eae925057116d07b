use jiff::{ToSpan, civil::Date};
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use serde_json::Value;
use vekha_lifepath::Facts;
use vekha_model::{Fact, FactId, FactStatus, Moment, ResidentId, Sex, Source};

/// One life as it is drawn: chances taken, and what they made happen.
pub struct Life {
    rng: ChaCha8Rng,
    resident: ResidentId,
    facts: Vec<Fact>,
    pub sex: Sex,
    pub birth: Date,
    /// In full years.
    pub age: i64,
    pub today: Date,
}

impl Life {
    pub fn new(rng: ChaCha8Rng, number: u64, sex: Sex, birth: Date, today: Date) -> Self {
        let had = (today.month(), today.day()) >= (birth.month(), birth.day());
        Self {
            rng,
            resident: ResidentId::new(format!("r{number}")),
            facts: Vec::with_capacity(16),
            sex,
            birth,
            age: i64::from(today.year()) - i64::from(birth.year()) - i64::from(!had),
            today,
        }
    }

    pub fn tell(&mut self, kind: &str, at: Date, fields: Value) {
        let Value::Object(fields) = fields else {
            return;
        };
        // Nothing is known of anybody before they were born.
        let at = at.max(self.birth);
        self.facts.push(Fact {
            id: FactId::new(format!("f{}", self.facts.len() + 1)),
            subject: self.resident.clone(),
            kind: kind.to_owned(),
            at: Moment::Day(at),
            recorded: None,
            status: FactStatus::Final,
            supersedes: None,
            source: Source::default(),
            fields: fields.into_iter().collect(),
            private: false,
        });
    }

    /// What became of a step of a situation.
    pub fn did(&mut self, step: &str, at: Date) {
        let fields = serde_json::json!({"step": step, "outcome": "done"});
        self.tell("step.outcome", at, fields);
    }

    pub fn chance(&mut self, of_a_thousand: u32) -> bool {
        self.rng.random_range(0..1000) < of_a_thousand
    }

    pub fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.rng.random_range(0..all.len())]
    }

    pub fn number(&mut self, from: i64, to: i64) -> i64 {
        self.rng.random_range(from..=to)
    }

    /// A day of the last so many days.
    pub fn lately(&mut self, days: i64) -> Date {
        let ago = self.number(1, days);
        self.today.saturating_sub(ago.days())
    }

    pub fn is(&self, sex: Sex, from: i64, to: i64) -> bool {
        self.sex == sex && (from..=to).contains(&self.age)
    }

    pub fn into_facts(self) -> Facts {
        Facts {
            resident: self.resident,
            facts: self.facts,
        }
    }
}
