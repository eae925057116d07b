//! A plan that is kept: one more fact costs only the situations that look at it.
use super::again::Kept;
use super::scene::Scene;
use super::silence::{EVERYTHING, Silence};
use super::spell::Spell;
use super::{Planner, Rules, Started, Undecided, question};
use crate::Catalogue;
use crate::facts::{Facts, Index};
use std::{borrow::Borrow, vec};
use vekha_model::{
    Fact, Moment, Plan, PlannedSituation, PlannedStep, Rejected, ResidentId, SituationState,
};

/// A plan of one moment, and what it takes to plan again when a fact comes. The plan is always the one that
/// [`plan`](super::plan) gives for the same facts.
pub struct Planning<'a> {
    catalogue: &'a Catalogue,
    resident: &'a ResidentId,
    rules: Rules,
    facts: Vec<&'a Fact>,
    index: Index<'a>,
    parts: Vec<Part<'a>>,
    spells: Vec<Spell<'a>>,
    plan: Plan,
}

/// Room for what one more fact brings.
const ROOM: usize = 16;

/// What one situation gave, beside its runs and steps in the plan.
#[derive(Default)]
pub(super) struct Part<'a> {
    situations: usize,
    steps: usize,
    /// Its runs, which come before what did not start.
    pub runs: Vec<Kept>,
    pub open: Vec<Undecided>,
    pub rejected: Vec<Rejected>,
    pub silences: Vec<Silence<'a>>,
    pub started: Started<'a>,
}

impl<'a> Planning<'a> {
    pub fn new<F: Borrow<Fact>>(
        catalogue: &'a Catalogue,
        facts: &'a Facts<F>,
        now: Moment,
    ) -> Self {
        Self::by(catalogue, facts, now, Rules::OfTheirDay)
    }

    pub(super) fn by<F: Borrow<Fact>>(
        catalogue: &'a Catalogue,
        facts: &'a Facts<F>,
        now: Moment,
        rules: Rules,
    ) -> Self {
        Self::of(catalogue, &facts.resident, facts.mine(), now, rules)
    }

    /// The plan as it stands.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    pub fn into_plan(self) -> Plan {
        self.plan
    }

    /// The plan with one more fact. A fact that takes back or corrects another one, that is about the person, or that cannot
    /// be used costs a whole plan.
    pub fn learn(&mut self, fact: &'a Fact) -> &Plan {
        if fact.subject != *self.resident {
            return &self.plan;
        }
        let now = self.plan.now;
        let place = self.index.add(self.catalogue, &self.facts, fact, now);
        self.facts.push(fact);
        match place {
            Some(place) => self.again(place, fact),
            None => {
                let facts = std::mem::take(&mut self.facts);
                *self = Self::of(self.catalogue, self.resident, facts, now, self.rules);
            }
        }
        &self.plan
    }

    /// Of the same facts for another day, on which all of them are known too: what was sorted stays sorted.
    pub(crate) fn on(mut self, day: Moment) -> Self {
        self.parts.clear();
        self.spells.clear();
        self.plan = Plan {
            now: day,
            catalogue: self.plan.catalogue.clone(),
            situations: Vec::new(),
            steps: Vec::new(),
            questions: Vec::new(),
            rejected: Vec::new(),
        };
        self.whole();
        self
    }

    pub(crate) fn of(
        catalogue: &'a Catalogue,
        resident: &'a ResidentId,
        facts: Vec<&'a Fact>,
        now: Moment,
        rules: Rules,
    ) -> Self {
        let mut planning = Self {
            index: Index::new(catalogue, &facts, now),
            catalogue,
            resident,
            rules,
            facts,
            parts: Vec::with_capacity(catalogue.situations.len()),
            spells: Vec::new(),
            plan: Plan {
                now,
                catalogue: catalogue.version(),
                situations: Vec::with_capacity(catalogue.situations.len()),
                steps: Vec::with_capacity(catalogue.steps),
                questions: Vec::new(),
                rejected: Vec::new(),
            },
        };
        planning.whole();
        planning
    }

    fn whole(&mut self) {
        let mut planner = Planner::new(
            self.rules,
            std::mem::take(&mut self.plan.situations),
            std::mem::take(&mut self.plan.steps),
        );
        for place in 0..self.catalogue.situations.len() {
            let mut spells = self.plan_one(place, &mut planner);
            self.spells.append(&mut spells);
            self.parts.push(std::mem::take(&mut planner.part));
        }
        (self.plan.situations, self.plan.steps) = (planner.situations, planner.steps);
        let all = 0..self.parts.len();
        self.finish(all);
    }

    /// Plans again what looks at this kind, and what depends on what that changed.
    fn again(&mut self, (kind, at): (usize, usize), fact: &Fact) {
        let reads = &self.catalogue.reads;
        let mut due = vec![Due::No; self.parts.len()];
        for place in &reads.of_kind[kind] {
            due[*place] = Due::InPart;
        }
        for part in &mut self.parts {
            part.make_room(kind, at);
        }
        for place in &reads.markers {
            let mut runs = self.parts[*place].runs.iter();
            if runs.any(|run| run.event.0 == kind) {
                due[*place] = Due::Anew;
            }
        }
        if let Some(named) = self.named(kind, fact) {
            due[named] = Due::Anew;
        }
        let mut silent: Vec<&'a String> = Vec::new();
        self.write(kind, &mut due, &mut silent);
        // What is silenced otherwise than before is made anew, and silenced anew.
        if !silent.is_empty() {
            let named = |name: &&String, place: usize| {
                let key = self.catalogue.situations[place].key.as_str();
                *name == key || *name == EVERYTHING
            };
            let anew = |place: usize| match due[place] {
                Due::Anew => Due::No,
                _ if silent.iter().any(|name| named(name, place)) => Due::Anew,
                _ => Due::No,
            };
            let mut anew: Vec<Due> = (0..due.len()).map(anew).collect();
            self.write(kind, &mut anew, &mut Vec::new());
            let both = due.iter_mut().zip(anew);
            both.filter(|(_, anew)| *anew != Due::No)
                .for_each(|(due, anew)| *due = anew);
        }
        let changed = (0..due.len()).filter(|place| due[*place] != Due::No);
        self.finish(changed);
    }

    /// Writes the plan once more: what is not due as it was, the rest anew or in part. Says who else is silenced otherwise.
    fn write(&mut self, kind: usize, due: &mut [Due], silent: &mut Vec<&'a String>) {
        let reads = &self.catalogue.reads;
        let situations = std::mem::take(&mut self.plan.situations);
        let steps = std::mem::take(&mut self.plan.steps);
        let mut planner = Planner::new(
            self.rules,
            Vec::with_capacity(situations.len() + ROOM),
            Vec::with_capacity(steps.len() + ROOM),
        );
        let (mut situations, mut steps) = (situations.into_iter(), steps.into_iter());
        for place in 0..due.len() {
            let part = &self.parts[place];
            let mut runs = situations.by_ref().take(part.situations);
            let others = steps.len() - part.steps;
            if due[place] == Due::No {
                planner.situations.extend(runs);
                planner.steps.extend(steps.by_ref().take(part.steps));
                continue;
            }
            let done = due[place] == Due::InPart
                && self.in_part((place, kind), &mut planner, &mut runs, &mut steps);
            runs.for_each(drop);
            let own = steps.len() - others;
            steps.by_ref().take(own).for_each(drop);
            if done {
                continue;
            }
            due[place] = Due::Anew;
            let news = self.anew(place, &mut planner);
            if news.spells {
                for other in &reads.asked_by[place] {
                    due[*other] = Due::Anew;
                }
            }
            if news.started {
                let later = place + 1..due.len();
                let starts = |other: &usize| reads.started_by[*other].contains(&place);
                later
                    .filter(starts)
                    .for_each(|other| due[other] = Due::Anew);
            }
            silent.extend(news.silent);
        }
        (self.plan.situations, self.plan.steps) = (planner.situations, planner.steps);
    }

    /// Plans again those parts of a situation that read a kind; false, and nothing planned, where it has to be made anew.
    fn in_part(
        &mut self,
        (place, kind): (usize, usize),
        planner: &mut Planner<'a>,
        runs: &mut impl Iterator<Item = PlannedSituation>,
        steps: &mut vec::IntoIter<PlannedStep>,
    ) -> bool {
        let situation = &self.catalogue.situations[place];
        let part = &mut self.parts[place];
        let not_started = part.situations > part.runs.len();
        let mut own = situation.steps.iter();
        if situation.begins_by.contains(&kind)
            || not_started && own.any(|step| step.reads.contains(&kind))
        {
            return false;
        }
        let scene = Scene::new(self.catalogue, &self.index, self.plan.now, &self.spells);
        let of = (&scene, situation, kind);
        planner.first = planner.situations.len();
        let first = planner.steps.len();
        let others = steps.len() - part.steps;
        for (kept, run) in part.runs.iter_mut().zip(runs.by_ref()) {
            if !planner.run_again(of, kept, run, steps, &mut part.open) {
                planner.situations.truncate(planner.first);
                planner.steps.truncate(first);
                return false;
            }
        }
        planner.situations.extend(runs);
        let own = steps.len() - others;
        planner.steps.extend(steps.take(own));
        part.steps = planner.steps.len() - first;
        true
    }

    /// The situation that a fact names by one of its steps or runs.
    fn named(&self, kind: usize, fact: &Fact) -> Option<usize> {
        let field = match kind {
            kind if kind == self.catalogue.outcome => "step",
            kind if kind == self.catalogue.ended => "run",
            _ => return None,
        };
        let id = fact.fields.get(field)?.as_str()?;
        let name = id.split([':', '.']).next()?;
        let mut all = self.catalogue.situations.iter();
        all.position(|situation| situation.key.as_str() == name)
    }

    /// Makes one situation anew in place of what it gave before.
    fn anew(&mut self, place: usize, planner: &mut Planner<'a>) -> News<'a> {
        let key = &self.catalogue.situations[place].key;
        let before: Vec<Spell<'a>> = self
            .spells
            .extract_if(.., |spell| spell.situation == key)
            .collect();
        let spells = self.plan_one(place, planner);
        let part = std::mem::take(&mut planner.part);
        let old = std::mem::replace(&mut self.parts[place], part);
        let part = &self.parts[place];
        let silent: &[String] = if part.silences == old.silences {
            &[]
        } else {
            &self.catalogue.situations[place].suppresses
        };
        let news = News {
            spells: spells != before,
            started: part.started != old.started,
            silent,
        };
        self.spells.extend(spells);
        news
    }

    /// Plans one situation and says when it was active; the planner holds what else it gave.
    fn plan_one(&self, place: usize, planner: &mut Planner<'a>) -> Vec<Spell<'a>> {
        let situation = &self.catalogue.situations[place];
        let starters = self.catalogue.reads.started_by[place].iter();
        let forced: Vec<(usize, usize)> = starters
            .flat_map(|starter| &self.parts[*starter].started)
            .filter(|(target, _)| **target == situation.key)
            .map(|(_, event)| *event)
            .collect();
        let idle = |kind: &usize| self.index.kinds[*kind].is_empty();
        let mut triggers = situation.triggers.iter();
        if forced.is_empty() && triggers.all(|trigger| trigger.kinds.iter().all(idle)) {
            return Vec::new();
        }
        let scene = Scene::new(self.catalogue, &self.index, self.plan.now, &self.spells);
        let (situations, steps) = (planner.situations.len(), planner.steps.len());
        let spells = planner.situation(&scene, situation, &forced);
        planner.part.situations = planner.situations.len() - situations;
        planner.part.steps = planner.steps.len() - steps;
        spells
    }

    /// Where the runs and the steps of a situation begin in the plan.
    fn start_of(&self, place: usize) -> (usize, usize) {
        let before = self.parts[..place].iter();
        before.fold((0, 0), |(situations, steps), part| {
            (situations + part.situations, steps + part.steps)
        })
    }

    /// Silences what is silenced among the situations that were planned, and asks what is to be asked.
    fn finish(&mut self, planned: impl IntoIterator<Item = usize>) {
        let any = self.parts.iter().any(|part| !part.silences.is_empty());
        for place in planned.into_iter().filter(|_| any) {
            let (situations, steps) = self.start_of(place);
            let part = &self.parts[place];
            super::silence::suppress(
                self.parts.iter().flat_map(|part| &part.silences),
                &mut self.plan.situations[situations..situations + part.situations],
                &mut self.plan.steps[steps..steps + part.steps],
                self.catalogue.zone(),
            );
        }
        let mut first = 0;
        let mut open: Vec<&Undecided> = Vec::new();
        for part in &self.parts {
            let runs = &self.plan.situations[first..first + part.situations];
            let heard = |one: &&Undecided| runs[one.run].state != SituationState::Suppressed;
            open.extend(part.open.iter().filter(heard));
            first += part.situations;
        }
        self.plan.questions = question::questions(
            self.catalogue,
            self.resident,
            self.plan.now.wall_start(self.catalogue.zone()),
            &self.plan.steps,
            &open,
        );
        self.plan.rejected.clear();
        self.plan.rejected.extend_from_slice(&self.index.rejected);
        let by_situations = self.parts.iter().flat_map(|part| &part.rejected);
        self.plan.rejected.extend(by_situations.cloned());
        self.plan.rejected.dedup_by(|a, b| a.fact == b.fact);
    }
}

/// Whether a situation has to be planned again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Due {
    No,
    /// What of it reads the kind of the new fact.
    InPart,
    Anew,
}

impl Part<'_> {
    /// Counts a fact that comes in at a place among those of its kind.
    fn make_room(&mut self, kind: usize, at: usize) {
        let runs = self.runs.iter_mut().map(|run| &mut run.event);
        let started = self.started.iter_mut().map(|(_, event)| event);
        let later = runs
            .chain(started)
            .filter(|event| event.0 == kind && event.1 >= at);
        later.for_each(|event| event.1 += 1);
    }
}

/// What others may have to hear of when a situation was made anew.
struct News<'a> {
    spells: bool,
    started: bool,
    /// Situations that are silenced otherwise than before.
    silent: &'a [String],
}
