use jiff::Timestamp;
use vekha_model::SituationKey;

/// The time during which a situation was active, so that `active()` can be asked about the past too.
#[derive(PartialEq)]
pub struct Spell<'c> {
    pub situation: &'c SituationKey,
    pub from: Timestamp,
    pub to: Option<Timestamp>,
}

impl Spell<'_> {
    pub fn covers(&self, situation: &str, at: Timestamp) -> bool {
        self.situation.as_str() == situation && self.from <= at && self.to.is_none_or(|to| at < to)
    }
}
