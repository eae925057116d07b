//! Which news is told now. Decided without doing anything, so that the whole of it can be tested.

use super::{
    choose::{Kind, News},
    quiet::quiet,
};
use crate::view::Settings;
use jiff::{Zoned, civil::Date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// New offers in a day; the rest is on Today and waits for tomorrow. Cancellations and changes are never held back.
pub const OFFERS_A_DAY: u32 = 6;
/// Said before, and no longer so: never said again, nothing left to take back.
pub const OVER: &str = "over";

/// What was told today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub day: Date,
    pub offers: u32,
    pub digest: bool,
}

impl Told {
    pub fn nothing(day: Date) -> Self {
        Self {
            day,
            offers: 0,
            digest: false,
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
pub struct Decision<'a> {
    /// Each by itself, the most pressing first.
    pub at_once: Vec<&'a News>,
    /// Together, once a day.
    pub digest: Vec<&'a News>,
    /// Taken as known without a word.
    pub silent: Vec<&'a News>,
    pub gone: Vec<&'a str>,
    pub told: Told,
}

impl Decision<'_> {
    pub fn says_nothing(&self) -> bool {
        let Self {
            at_once,
            digest,
            silent,
            gone,
            told: _,
        } = self;
        at_once.is_empty() && digest.is_empty() && silent.is_empty() && gone.is_empty()
    }
}

/// `begun` is false at the very first look: what was there before is on the screen already.
pub fn decide<'a>(
    current: &'a [News],
    said: &'a BTreeMap<String, String>,
    begun: bool,
    settings: &Settings,
    now: &Zoned,
    told: Option<Told>,
) -> Decision<'a> {
    let today = now.date();
    let mut decision = Decision {
        at_once: Vec::new(),
        digest: Vec::new(),
        silent: Vec::new(),
        gone: said
            .iter()
            .filter(|(tag, what)| *what != OVER && !current.iter().any(|it| it.tag == **tag))
            .map(|(tag, _)| tag.as_str())
            .collect(),
        told: told
            .filter(|it| it.day == today)
            .unwrap_or_else(|| Told::nothing(today)),
    };
    for it in current {
        let before = said.get(&it.tag);
        if before == Some(&it.digest) {
            continue;
        }
        let first_time = it.kind == Kind::Moved && before.is_none();
        let over = before.is_some_and(|it| it == OVER);
        if !begun || first_time || over || !settings.notifications {
            decision.silent.push(it);
        } else if !quiet(settings, now, it) {
            tell(it, &mut decision);
        }
    }
    if !decision.digest.is_empty() {
        decision.told.digest = true;
    }
    decision
}

fn tell<'a>(it: &'a News, decision: &mut Decision<'a>) {
    match it.kind {
        Kind::Cancelled | Kind::Moved | Kind::Arranged | Kind::Answered => {
            decision.at_once.push(it);
        }
        Kind::Offer if decision.told.offers < OFFERS_A_DAY => {
            decision.told.offers += 1;
            decision.at_once.push(it);
        }
        Kind::Deadline | Kind::Paper if !decision.told.digest => decision.digest.push(it),
        // Left for another day; Today shows it.
        Kind::Offer | Kind::Deadline | Kind::Paper => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vekha_model::{ResidentId, Text};

    fn news(kind: Kind, tag: &str) -> News {
        News {
            kind,
            tag: tag.to_owned(),
            digest: "1".to_owned(),
            subject: ResidentId::new("anna"),
            what: Text::new("Визит", "A visit"),
            when: "2026-11-24T10:00+03:00".parse().unwrap(),
            sensitive: false,
            hash: String::new(),
        }
    }

    fn at(time: &str) -> Zoned {
        format!("2026-11-23T{time}+03:00[Europe/Moscow]")
            .parse()
            .unwrap()
    }

    fn tags(list: &[&News]) -> Vec<String> {
        list.iter().map(|it| it.tag.clone()).collect()
    }

    #[test]
    fn deadlines_come_together_once_a_day_and_offers_at_once() {
        let all = [
            news(Kind::Offer, "offer/1"),
            news(Kind::Deadline, "deadline/1"),
            news(Kind::Paper, "paper/1"),
        ];
        let (said, settings) = (BTreeMap::new(), Settings::default());
        let first = decide(&all, &said, true, &settings, &at("10:00"), None);
        assert_eq!(tags(&first.at_once), ["offer/1"]);
        assert_eq!(tags(&first.digest), ["deadline/1", "paper/1"]);
        let later = decide(&all, &said, true, &settings, &at("15:00"), Some(first.told));
        assert!(later.digest.is_empty());
    }

    #[test]
    fn more_offers_than_the_budget_wait_and_a_cancellation_does_not() {
        let mut all: Vec<News> = (0..9)
            .map(|it| news(Kind::Offer, &format!("offer/{it}")))
            .collect();
        all.push(news(Kind::Cancelled, "cancelled/1"));
        let (said, settings) = (BTreeMap::new(), Settings::default());
        let told = decide(&all, &said, true, &settings, &at("10:00"), None);
        assert_eq!(told.at_once.len(), OFFERS_A_DAY as usize + 1);
        let tomorrow: Zoned = "2026-11-24T10:00+03:00[Europe/Moscow]".parse().unwrap();
        let next = decide(
            &all[6..],
            &said,
            true,
            &settings,
            &tomorrow,
            Some(told.told),
        );
        assert_eq!(next.at_once.len(), 4);
    }

    #[test]
    fn at_night_only_a_visit_that_falls_through_soon_is_told() {
        let mut cancelled = news(Kind::Cancelled, "cancelled/1");
        cancelled.when = "2026-11-24T08:00+03:00".parse().unwrap();
        let all = [news(Kind::Offer, "offer/1"), cancelled];
        let (said, settings) = (BTreeMap::new(), Settings::default());
        let night = decide(&all, &said, true, &settings, &at("22:30"), None);
        assert_eq!(tags(&night.at_once), ["cancelled/1"]);
        let early = decide(&all, &said, true, &settings, &at("08:59"), None);
        assert!(!tags(&early.at_once).contains(&"offer/1".to_owned()));
        let morning = decide(&all, &said, true, &settings, &at("09:00"), None);
        assert!(tags(&morning.at_once).contains(&"offer/1".to_owned()));
    }

    #[test]
    fn what_the_city_booked_by_itself_is_told_and_what_the_resident_chose_is_not() {
        let all = [
            news(Kind::Arranged, "visit/1"),
            news(Kind::Moved, "visit/2"),
        ];
        let (said, settings) = (BTreeMap::new(), Settings::default());
        let told = decide(&all, &said, true, &settings, &at("10:00"), None);
        assert_eq!(tags(&told.at_once), ["visit/1"]);
        assert_eq!(tags(&told.silent), ["visit/2"]);
    }

    #[test]
    fn an_answer_of_a_person_is_told_at_once_and_not_at_night() {
        let all = [news(Kind::Answered, "answer/1")];
        let (said, settings) = (BTreeMap::new(), Settings::default());
        let day = decide(&all, &said, true, &settings, &at("10:00"), None);
        assert_eq!(tags(&day.at_once), ["answer/1"]);
        let night = decide(&all, &said, true, &settings, &at("23:00"), None);
        assert!(night.at_once.is_empty());
    }

    #[test]
    fn nothing_is_told_twice_nor_at_the_first_look() {
        let all = [news(Kind::Offer, "offer/1")];
        let settings = Settings::default();
        let said: BTreeMap<_, _> = [("offer/1".to_owned(), "1".to_owned())].into();
        let again = decide(&all, &said, true, &settings, &at("10:00"), None);
        assert!(again.at_once.is_empty() && again.silent.is_empty());
        let nothing = BTreeMap::new();
        let first = decide(&all, &nothing, false, &settings, &at("10:00"), None);
        assert!(first.at_once.is_empty() && first.silent.len() == 1);
    }
}
