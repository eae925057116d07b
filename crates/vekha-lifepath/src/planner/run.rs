use super::criteria::{Began, began, holds};
use super::period::Period;
use super::scene::{About, Frame, Scene, asked};
use crate::catalogue::{AnchorAt, Situation};
use crate::facts::{Entry, moment_of};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use std::ops::{Deref, DerefMut};
use vekha_model::{FactId, InstanceId, Moment, ResidentId, Truth};

/// One run of a situation before its steps are planned.
pub struct Run<'a> {
    pub situation: &'a Situation,
    pub event: &'a Entry<'a>,
    pub begun: Begun,
}

/// How a run began, and what later runs leave to it.
#[derive(Clone)]
pub struct Begun {
    pub id: InstanceId,
    pub anchor: Moment,
    pub upper: Option<Timestamp>,
    /// The day that started it, where the calendar did.
    pub period: Option<Period>,
    /// Started by a fork of another situation, not by its own trigger.
    pub forced: bool,
    pub trigger: usize,
    /// Whom it is about, where that is not the resident.
    pub about: Option<ResidentId>,
    /// The day by which somebody unnamed is told from another one.
    day: Option<Date>,
    /// When a run about somebody else began, who came on a later day.
    pub next: Option<Timestamp>,
    /// An earlier run is about somebody of the same day: what is the resident's own stands there.
    pub twin: bool,
}

impl Deref for Run<'_> {
    type Target = Begun;

    fn deref(&self) -> &Begun {
        &self.begun
    }
}

impl DerefMut for Run<'_> {
    fn deref_mut(&mut self) -> &mut Begun {
        &mut self.begun
    }
}

pub struct End {
    pub by: Option<FactId>,
    pub at: Moment,
}

impl<'a> Run<'a> {
    pub fn new(
        scene: &Scene<'a>,
        situation: &'a Situation,
        event: &'a Entry<'a>,
        trigger: usize,
        forced: bool,
        period: Option<Period>,
    ) -> Self {
        let begun = Begun {
            id: match &period {
                Some(period) => InstanceId::in_period(&situation.key, event.root, &period.name),
                None => InstanceId::of(&situation.key, event.root),
            },
            anchor: event.fact.at,
            upper: None,
            period,
            forced,
            trigger,
            about: situation.about.as_ref().and_then(|field| {
                let child = event.fact.fields.get(field)?.as_str()?;
                Some(ResidentId::new(child))
            }),
            day: situation.apart.as_ref().and_then(|field| {
                let day = event.fact.fields.get(field).and_then(moment_of)?;
                Some(day.date_in(scene.catalogue.zone()))
            }),
            next: None,
            twin: false,
        };
        let mut run = Self {
            situation,
            event,
            begun,
        };
        run.anchor = run.anchor_in(scene);
        run
    }

    /// Whether both are about the same one: by name, else by the day that tells them apart.
    pub fn is_about_the_same(&self, other: &Run<'_>) -> bool {
        match (&self.about, &other.about) {
            (Some(one), Some(another)) => one == another,
            (one, another) => self.is_of_the_day(other) && (self.day.is_some() || one == another),
        }
    }

    pub fn is_of_the_day(&self, other: &Run<'_>) -> bool {
        self.day == other.day
    }

    /// The anchor as the facts up to a moment give it: a correction moves it.
    pub fn anchor_in(&self, scene: &Scene<'_>) -> Moment {
        let event = self.event;
        match (&self.period, &self.situation.anchor) {
            (Some(period), _) => Moment::Day(period.day),
            (None, AnchorAt::Event) => event.fact.at,
            (None, AnchorAt::EventField(field)) => event
                .fact
                .fields
                .get(field)
                .and_then(moment_of)
                .unwrap_or(event.fact.at),
            (None, AnchorAt::Field(kind, field)) => {
                let own = event.fact.fields.get(field).and_then(moment_of);
                let anchor = own.unwrap_or(event.fact.at);
                let scene = Scene {
                    event: Some(event),
                    frame: Some(self.frame_at(anchor, scene)),
                    ..*scene
                };
                let latest = scene.with_field(*kind, field);
                latest
                    .and_then(|(_, value)| moment_of(value))
                    .unwrap_or(anchor)
            }
        }
    }

    fn frame_at(&self, anchor: Moment, scene: &Scene<'_>) -> Frame<'_> {
        let day = anchor.date_in(scene.catalogue.zone());
        Frame {
            id: self.id.as_str(),
            situation: self.situation.key.as_str(),
            anchor,
            from: match &self.period {
                Some(period) => period.from,
                None => day.min(self.event.date),
            },
            upper: self.upper,
            about: self.situation.about.as_deref().map(|field| About {
                field,
                who: self.about.as_ref().map(ResidentId::as_str),
                next: self.next,
            }),
        }
    }

    /// When it began to be the resident's.
    pub fn begins(&self, zone: &TimeZone) -> Timestamp {
        match &self.period {
            Some(period) => Moment::Day(period.from).start_in(zone),
            None => self.anchor.start_in(zone).min(self.event.at),
        }
    }

    /// What its trigger is asked in.
    pub fn asked<'b>(&'b self, scene: &Scene<'b>) -> Scene<'b>
    where
        'a: 'b,
    {
        asked(scene, self.event, self.period.as_ref())
    }

    pub fn scene<'b>(&'b self, scene: &Scene<'b>) -> Scene<'b>
    where
        'a: 'b,
    {
        Scene {
            event: Some(self.event),
            frame: Some(self.frame_at(self.anchor, scene)),
            ..*scene
        }
    }

    /// The same run as it looked at an earlier moment.
    pub fn scene_at<'b>(&'b self, scene: &Scene<'b>, until: Timestamp) -> Scene<'b> {
        let then = Scene {
            until: until.min(scene.until),
            ..*scene
        };
        Scene {
            frame: Some(self.frame_at(self.anchor_in(&then), &then)),
            ..then
        }
    }

    /// When and by what the run ended, as seen from `scene`.
    pub fn end(&self, scene: &Scene<'_>) -> Option<End> {
        let catalogue = scene.catalogue;
        let zone = catalogue.zone();
        let scene = self.scene(scene);
        let by_wish = scene.index.kinds[catalogue.ended].iter().find(|entry| {
            entry.at <= scene.until
                && entry
                    .fact
                    .fields
                    .get("run")
                    .and_then(serde_json::Value::as_str)
                    == Some(self.id.as_str())
        });
        let by_fact = self
            .situation
            .ends
            .iter()
            .filter(|end| holds(std::slice::from_ref(*end), &scene) == Truth::Yes);
        let by_fork = self
            .situation
            .forks
            .iter()
            .filter(|fork| fork.ends && holds(&fork.when, &scene) == Truth::Yes);
        let mut ends: Vec<End> = by_fact
            .map(|end| began(std::slice::from_ref(end), &scene))
            .chain(by_fork.map(|fork| began(&fork.when, &scene)))
            .map(|found: Option<Began<'_>>| End {
                by: found.and_then(|began| Some(began.entry?.fact.id.clone())),
                at: found.map_or(scene.now, |began| began.moment),
            })
            .collect();
        ends.extend(by_wish.map(|entry| End {
            by: Some(entry.fact.id.clone()),
            at: entry.fact.at,
        }));
        if let Some(lasts) = self.situation.lasts {
            let at = lasts.from(self.anchor, catalogue.calendar(), zone);
            if at.end_in(zone) <= scene.until {
                ends.push(End { by: None, at });
            }
        }
        ends.into_iter()
            .min_by(|a, b| (a.at.start_in(zone), &a.by).cmp(&(b.at.start_in(zone), &b.by)))
    }
}
