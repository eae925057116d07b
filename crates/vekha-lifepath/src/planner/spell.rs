use jiff::Timestamp;

/// The time during which a situation was active, so that `active()` can be asked about the past too.
pub struct Spell {
    pub situation: String,
    pub from: Timestamp,
    pub to: Option<Timestamp>,
}

impl Spell {
    pub fn covers(&self, situation: &str, at: Timestamp) -> bool {
        self.situation == situation && self.from <= at && self.to.is_none_or(|to| at < to)
    }
}
