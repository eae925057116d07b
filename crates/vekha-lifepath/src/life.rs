//! A whole life in one picture.
//!
//! There is no second reckoning: the same plan is made for many days, one in every year and every day on which the calendar
//! begins something, and what its runs say of themselves is put together. Orders change and run out; a picture that reaches
//! from one end of a life to the other draws all of it by today's.
use crate::catalogue::{Rule, Situation};
use crate::facts::{Index, moment_of};
use crate::planner::{Planning, Rules, plan_by};
use crate::{Catalogue, Facts};
use jiff::ToSpan;
use jiff::civil::Date;
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use vekha_model::{
    Fact, FactStatus, InstanceId, LifeLine, LifeSpan, Milestone, MilestoneKind, Moment, Plan,
    PlannedSituation, ResidentId, SituationKey, SituationState, Text, Unborn,
};

/// Milestones and spans from one day to another, both included, whatever the order of facts. For a child not born yet the
/// facts of the mother, under her own name, give the beginning. Of a span longer than 200 years only the first 200 are drawn.
pub fn life<F: Borrow<Fact>>(
    catalogue: &Catalogue,
    facts: &Facts<F>,
    from: Date,
    to: Date,
) -> LifeLine {
    let zone = catalogue.zone();
    let known = facts.all().map(|fact| fact.at.date_in(zone)).max();
    let mut line = LifeLine {
        resident: facts.resident.clone(),
        from: Moment::Day(from),
        to: Moment::Day(to),
        known_until: known.map(Moment::Day),
        milestones: Vec::new(),
        spans: Vec::new(),
        unborn: Vec::new(),
    };
    let Some(known) = known else { return line };
    let picture = Picture {
        catalogue,
        known,
        from,
        to,
    };
    let born = Index::new(catalogue, &facts.mine(), Moment::Day(known)).birth;
    let mut facts = Facts {
        resident: facts.resident.clone(),
        facts: facts.all().collect(),
    };
    let expected: Fact;
    let beginning = if let Some(born) = born {
        picture.before(born).map(|day| (day, born))
    } else if let Some(child) = picture.on_the_way(&facts) {
        let (conceived, born) = (child.conceived.date_in(zone), child.born.date_in(zone));
        expected = birth(&facts.resident, born);
        facts.facts.push(&expected);
        Some((conceived, born))
    } else {
        None
    };
    if let Some((conceived, _)) = beginning {
        line.milestones.push(picture.point(
            MilestoneKind::Conception,
            conceived,
            vekha_words::text("life-begins"),
        ));
    }
    if let Some(born) = born.or(beginning.map(|(_, born)| born)) {
        let words = vekha_words::text("life-birth");
        line.milestones
            .push(picture.point(MilestoneKind::Birth, born, words));
    }
    picture.fill(&facts, &mut line);
    let within = |at: Moment| (from..=to).contains(&at.date_in(zone));
    line.milestones.retain(|one| within(one.at));
    line.milestones
        .sort_by(|a, b| (a.at.date_in(zone), &a.run).cmp(&(b.at.date_in(zone), &b.run)));
    line.spans
        .sort_by(|a, b| (a.from.date_in(zone), &a.run).cmp(&(b.from.date_in(zone), &b.run)));
    line
}

/// The day of birth as a fact, for a child who has none yet.
fn birth(of: &ResidentId, born: Date) -> Fact {
    Fact {
        id: "expected-birth".into(),
        subject: of.clone(),
        kind: "person".into(),
        at: Moment::Day(born),
        recorded: None,
        status: FactStatus::Preliminary,
        supersedes: None,
        source: vekha_model::Source::default(),
        fields: [("birth_date".to_owned(), born.to_string().into())].into(),
        private: false,
    }
}

struct Picture<'a> {
    catalogue: &'a Catalogue,
    known: Date,
    from: Date,
    to: Date,
}

impl Picture<'_> {
    fn point(&self, kind: MilestoneKind, day: Date, title: Text) -> Milestone {
        Milestone {
            kind,
            at: Moment::Day(day),
            title,
            run: None,
            situation: None,
            age: None,
            expected: day > self.known || kind == MilestoneKind::Conception,
        }
    }

    fn plan(&self, facts: &Facts<&Fact>, day: Date) -> Plan {
        plan_by(self.catalogue, facts, Moment::Day(day), Rules::Any)
    }

    /// About when somebody born on a day was conceived.
    fn before(&self, born: Date) -> Option<Date> {
        let mut all = self.catalogue.situations.iter();
        let expects = all.find_map(|one| one.expects)?;
        let moved = |day: Date, span: crate::time::Span| {
            let (calendar, zone) = (self.catalogue.calendar(), self.catalogue.zone());
            span.from(Moment::Day(day), calendar, zone).date_in(zone)
        };
        Some(moved(
            moved(born, expects.born.times(-1)),
            expects.conceived,
        ))
    }

    /// The child that the facts of somebody else tell of.
    fn on_the_way(&self, facts: &Facts<&Fact>) -> Option<Unborn> {
        let others: BTreeSet<&ResidentId> = facts
            .facts
            .iter()
            .map(|fact| &fact.subject)
            .filter(|subject| **subject != facts.resident)
            .collect();
        others.into_iter().find_map(|mother| {
            let facts = Facts {
                resident: mother.clone(),
                facts: facts.facts.clone(),
            };
            let plan = self.plan(&facts, self.known);
            plan.situations.iter().rev().find_map(|run| self.child(run))
        })
    }

    fn child(&self, run: &PlannedSituation) -> Option<Unborn> {
        let expects = self.situation(&run.situation)?.expects?;
        let (calendar, zone) = (self.catalogue.calendar(), self.catalogue.zone());
        (run.state == SituationState::Active).then(|| Unborn {
            run: run.id.clone(),
            conceived: expects.conceived.from(run.anchor.at, calendar, zone),
            born: expects.born.from(run.anchor.at, calendar, zone),
        })
    }

    fn situation(&self, key: &SituationKey) -> Option<&Situation> {
        let mut all = self.catalogue.situations.iter();
        all.find(|one| one.key == *key)
    }

    /// The days to plan for.
    fn days(&self, facts: &Facts<&Fact>) -> BTreeSet<Date> {
        let (calendar, zone) = (self.catalogue.calendar(), self.catalogue.zone());
        let mut days = BTreeSet::from([self.from, self.to]);
        days.insert(self.known);
        let last = self.to.year().min(self.from.year().saturating_add(200));
        days.extend((self.from.year()..=last).filter_map(|year| Date::new(year, 1, 1).ok()));
        let situations = self.catalogue.situations.iter();
        let rules = situations
            .flat_map(|one| &one.triggers)
            .filter_map(|trigger| Some((trigger.kinds.first()?, &trigger.dates.as_ref()?.rule)));
        for (kind, rule) in rules {
            let Rule::After { field, spans } = rule else {
                continue;
            };
            let name = &self.catalogue.kinds[*kind].name;
            let told = facts.facts.iter().filter(|fact| fact.kind == *name);
            for day in told.filter_map(|fact| moment_of(fact.fields.get(field)?)) {
                days.extend(
                    spans
                        .iter()
                        .map(|(_, span)| span.from(day, calendar, zone).date_in(zone)),
                );
            }
        }
        days.retain(|day| (self.from..=self.to).contains(day));
        days
    }

    fn fill(&self, facts: &Facts<&Fact>, line: &mut LifeLine) {
        let zone = self.catalogue.zone();
        let mut runs: BTreeMap<InstanceId, PlannedSituation> = BTreeMap::new();
        let mut keep = |plan: &Plan| {
            let all = plan.situations.iter().cloned();
            runs.extend(all.map(|run| (run.id.clone(), run)));
        };
        // A long life has thousands of facts: each day is given those it knows of, and all days that know all of them share one order.
        let mut mine = facts.mine();
        mine.sort_by_cached_key(|fact| fact.at.start_in(zone));
        let last = mine.last().map(|fact| fact.at.date_in(zone));
        let all_known = last.map_or(self.known, |day| day.max(self.known));
        let plan = |day: Date| {
            let day = Moment::Day(day);
            let end = day.end_in(zone);
            let known = mine.partition_point(|fact| fact.at.start_in(zone) <= end);
            let known = mine[..known].to_vec();
            Planning::of(self.catalogue, &facts.resident, known, day, Rules::Any)
        };
        let (before, after): (Vec<Date>, Vec<Date>) = self
            .days(facts)
            .into_iter()
            .partition(|day| *day < all_known);
        for day in before {
            keep(plan(day).plan());
        }
        let mut planning = plan(all_known);
        for day in after {
            planning = planning.on(Moment::Day(day));
            keep(planning.plan());
        }
        let now = plan(self.known).into_plan();
        line.unborn = now
            .situations
            .iter()
            .filter_map(|run| self.child(run))
            .collect();
        let lived = runs
            .into_values()
            .filter(|run| matches!(run.state, SituationState::Active | SituationState::Ended));
        let mut lived: Vec<PlannedSituation> = lived.collect();
        let key = |run: &PlannedSituation| run.anchor.at.date_in(zone);
        lived.sort_by(|a, b| (&a.situation, key(a), &a.id).cmp(&(&b.situation, key(b), &b.id)));
        let mut last: Option<LifeSpan> = None;
        for run in &lived {
            let Some(period) = self.period(run) else {
                line.spans.push(self.span(run, self.end(run)));
                continue;
            };
            let span = self.span(run, self.end_of(run, &period));
            // What goes on without a break, year after year or age after age, is one stretch.
            let begins = match &mut last {
                Some(before) if self.goes_on(before, &span) => {
                    before.to = span.to;
                    before.ends_expected = span.ends_expected;
                    false
                }
                _ => {
                    line.spans.extend(last.replace(span));
                    true
                }
            };
            match period {
                Period::Age(age) => line.milestones.push(self.begins(run, Some(age))),
                Period::Year if begins => line.milestones.push(self.begins(run, None)),
                Period::Year => {}
            }
        }
        line.spans.extend(last);
        line.spans.retain(|span| {
            span.from.date_in(zone) <= self.to
                && span.to.is_none_or(|to| to.date_in(zone) >= self.from)
        });
    }

    /// A day of every year takes over from the one before it.
    fn end_of(&self, run: &PlannedSituation, period: &Period) -> Option<Moment> {
        let Period::Age(_) = period else {
            let next = run
                .anchor
                .at
                .date_in(self.catalogue.zone())
                .checked_add(1.year());
            return next.ok()?.yesterday().ok().map(Moment::Day);
        };
        self.end(run)
    }

    fn goes_on(&self, before: &LifeSpan, next: &LifeSpan) -> bool {
        let zone = self.catalogue.zone();
        before.situation == next.situation
            && before.to.is_none_or(|to| {
                let after = to.date_in(zone).tomorrow();
                after.is_ok_and(|day| next.from.date_in(zone) <= day)
            })
    }

    fn begins(&self, run: &PlannedSituation, age: Option<String>) -> Milestone {
        Milestone {
            kind: MilestoneKind::Begins,
            at: run.anchor.at,
            title: run.title.clone(),
            run: Some(run.id.clone()),
            situation: Some(run.situation.clone()),
            age,
            expected: self.is_expected(run.anchor.at),
        }
    }

    /// When it ended, or will have lasted as long as it can.
    fn end(&self, run: &PlannedSituation) -> Option<Moment> {
        let (calendar, zone) = (self.catalogue.calendar(), self.catalogue.zone());
        let lasts = self.situation(&run.situation).and_then(|one| one.lasts);
        let end = || lasts.map(|lasts| lasts.from(run.anchor.at, calendar, zone));
        run.ended_at.or_else(end)
    }

    fn span(&self, run: &PlannedSituation, to: Option<Moment>) -> LifeSpan {
        LifeSpan {
            run: run.id.clone(),
            situation: run.situation.clone(),
            title: run.title.clone(),
            from: run.anchor.at,
            to,
            expected: self.is_expected(run.anchor.at) && self.period(run).is_some(),
            ends_expected: to.is_none_or(|to| self.is_expected(to)),
        }
    }

    fn is_expected(&self, at: Moment) -> bool {
        at.date_in(self.catalogue.zone()) > self.known
    }

    /// The part of a run's id that names its day, where the calendar started it.
    fn period(&self, run: &PlannedSituation) -> Option<Period> {
        let (_, name) = run.id.as_str().rsplit_once('@')?;
        let triggers = &self.situation(&run.situation)?.triggers;
        triggers
            .iter()
            .find_map(|trigger| match &trigger.dates.as_ref()?.rule {
                Rule::Yearly(_) => name.parse::<i16>().is_ok().then_some(Period::Year),
                Rule::After { spans, .. } => {
                    let known = spans.iter().any(|(known, _)| known == name);
                    known.then(|| Period::Age(name.to_owned()))
                }
            })
    }
}

enum Period {
    Year,
    Age(String),
}
