//! A plan that is kept: one more fact costs only the situations that look at it.
use super::again::{Kept, Standing};
use super::scene::Scene;
use super::silence::{EVERYTHING, Silence};
use super::spell::Spell;
use super::{Planner, Rules, Started, Undecided, question};
use crate::Catalogue;
use crate::facts::{Facts, Index};
use vekha_model::{Fact, Moment, Plan, Rejected, ResidentId, SituationState};

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
    pub fn new(catalogue: &'a Catalogue, facts: &'a Facts, now: Moment) -> Self {
        Self::by(catalogue, facts, now, Rules::OfTheirDay)
    }

    pub(super) fn by(
        catalogue: &'a Catalogue,
        facts: &'a Facts,
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

    fn of(
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
            let (situations, steps) = (planner.situations.len(), planner.steps.len());
            let mut spells = self.plan_one(place, &mut planner);
            self.spells.append(&mut spells);
            let mut part = std::mem::take(&mut planner.part);
            part.situations = planner.situations.len() - situations;
            part.steps = planner.steps.len() - steps;
            self.parts.push(part);
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
        let mut changed: Vec<usize> = Vec::new();
        let mut silent: Vec<&'a String> = Vec::new();
        for place in 0..due.len() {
            if due[place] == Due::No {
                continue;
            }
            changed.push(place);
            if due[place] == Due::InPart && self.in_part(place, kind) {
                continue;
            }
            due[place] = Due::Anew;
            let news = self.replace(place);
            if news.spells {
                reads.asked_by[place]
                    .iter()
                    .for_each(|other| due[*other] = Due::Anew);
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
        // What is silenced otherwise than before is made anew, and silenced anew.
        let anew = (0..due.len()).filter(|place| {
            let key = self.catalogue.situations[*place].key.as_str();
            let named = |name: &&String| *name == key || *name == EVERYTHING;
            due[*place] != Due::Anew && silent.iter().any(named)
        });
        for place in anew.collect::<Vec<_>>() {
            self.replace(place);
            changed.push(place);
        }
        self.finish(changed);
    }

    /// Plans again those parts of a situation that read a kind; false where it has to be made anew.
    fn in_part(&mut self, place: usize, kind: usize) -> bool {
        let situation = &self.catalogue.situations[place];
        let (first, mut step) = self.start_of(place);
        let part = &mut self.parts[place];
        let not_started = part.situations > part.runs.len();
        let mut own = situation.steps.iter();
        if situation.begins_by.contains(&kind)
            || not_started && own.any(|step| step.reads.contains(&kind))
        {
            return false;
        }
        let scene = Scene::new(self.catalogue, &self.index, self.plan.now, &self.spells);
        let mut enough = true;
        for (run, kept) in part.runs.iter_mut().enumerate() {
            let before = kept.steps;
            let stands = Standing {
                run: &mut self.plan.situations[first + run],
                place: run,
                steps: &mut self.plan.steps,
                first: step,
                open: &mut part.open,
            };
            enough = enough && kept.again(&scene, situation, kind, stands);
            part.steps = part.steps + kept.steps - before;
            step += kept.steps;
        }
        enough
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

    /// Makes one situation anew and puts it in place of what it gave before.
    fn replace(&mut self, place: usize) -> News<'a> {
        let key = &self.catalogue.situations[place].key;
        let before: Vec<Spell<'a>> = self
            .spells
            .extract_if(.., |spell| spell.situation == key)
            .collect();
        let mut planner = Planner::new(self.rules, Vec::new(), Vec::new());
        let spells = self.plan_one(place, &mut planner);
        let part = Part {
            situations: planner.situations.len(),
            steps: planner.steps.len(),
            ..planner.part
        };
        let (situations, steps) = self.start_of(place);
        let old = std::mem::replace(&mut self.parts[place], part);
        let part = &self.parts[place];
        let range = situations..situations + old.situations;
        self.plan.situations.splice(range, planner.situations);
        let range = steps..steps + old.steps;
        self.plan.steps.splice(range, planner.steps);
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
        planner.situation(&scene, situation, &forced)
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
