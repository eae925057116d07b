use super::criteria::holds;
use super::scene::{Frame, Scene};
use crate::catalogue::{AnchorAt, Condition, Situation};
use crate::facts::{Entry, moment_of};
use jiff::{Timestamp, civil::Date};
use vekha_model::{FactId, InstanceId, Moment, Truth};

/// One run of a situation before its steps are planned.
pub struct Run<'a> {
    pub id: InstanceId,
    pub situation: &'a Situation,
    pub event: &'a Entry<'a>,
    pub anchor: Moment,
    pub upper: Option<Timestamp>,
    pub year: Option<i16>,
    /// Started by a fork of another situation, not by its own trigger.
    pub forced: bool,
    pub trigger: usize,
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
    ) -> Self {
        let zone = scene.catalogue.zone();
        let year = situation
            .triggers
            .get(trigger)
            .filter(|t| t.yearly && !forced)
            .map(|_| scene.now.date_in(zone).year());
        let mut run = Self {
            id: InstanceId::of(&situation.key, event.root),
            situation,
            event,
            anchor: event.fact.at,
            upper: None,
            year,
            forced,
            trigger,
        };
        run.anchor = match (year, &situation.anchor) {
            (Some(year), _) => Moment::Day(Date::new(year, 1, 1).unwrap_or_default()),
            (None, AnchorAt::Event) => event.fact.at,
            (None, AnchorAt::EventField(field)) => event
                .fact
                .fields
                .get(field)
                .and_then(moment_of)
                .unwrap_or(event.fact.at),
            (None, AnchorAt::Field(kind, field)) => {
                let own = event.fact.fields.get(field).and_then(moment_of);
                run.anchor = own.unwrap_or(event.fact.at);
                let latest = {
                    let scene = run.scene(scene);
                    scene
                        .with_field(*kind, field)
                        .and_then(|(_, value)| moment_of(value))
                };
                latest.or(own).unwrap_or(event.fact.at)
            }
        };
        run
    }

    pub fn frame(&self, scene: &Scene<'_>) -> Frame<'_> {
        let zone = scene.catalogue.zone();
        let anchor = self.anchor.date_in(zone);
        Frame {
            id: self.id.as_str(),
            situation: self.situation.key.as_str(),
            anchor: self.anchor,
            from: if self.year.is_some() {
                anchor
            } else {
                anchor.min(self.event.date)
            },
            upper: self.upper,
        }
    }

    pub fn scene<'b>(&'b self, scene: &Scene<'b>) -> Scene<'b>
    where
        'a: 'b,
    {
        Scene {
            event: Some(self.event),
            frame: Some(self.frame(scene)),
            ..*scene
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
            .map(|end| latest_fact(std::slice::from_ref(end), &scene))
            .chain(by_fork.map(|fork| latest_fact(&fork.when, &scene)))
            .map(|found| match found {
                Some(entry) => End {
                    by: Some(entry.fact.id.clone()),
                    at: entry.fact.at,
                },
                None => End {
                    by: None,
                    at: scene.now,
                },
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

/// The last fact that made these conditions hold.
pub fn latest_fact<'a>(conditions: &[Condition], scene: &Scene<'a>) -> Option<&'a Entry<'a>> {
    conditions
        .iter()
        .flat_map(|condition| &condition.expression.reads)
        .filter_map(|read| scene.behind(read))
        .max_by(|a, b| (a.at, &a.fact.id).cmp(&(b.at, &b.fact.id)))
}
