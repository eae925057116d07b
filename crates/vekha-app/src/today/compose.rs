use crate::{
    card::{of_step, of_visit},
    scene::Scene,
    tact::{condolence, helps, silent, unspoken},
    view::{Card, CardKind, Notice, Today},
};
use jiff::SignedDuration;
use std::collections::HashSet;
use vekha_model::{Action, DeadlineKind, Moment, PlannedStep, SourceKind, StepId, StepState, Text};
use vekha_protocol::AppointmentStatus;

/// What the city did stays in sight this long.
const RECENT: SignedDuration = SignedDuration::from_hours(24 * 30);
/// An answer to a question is news this long.
const ANSWERED: SignedDuration = SignedDuration::from_hours(24 * 2);
/// How many steps of the future are shown below what is open now.
const AHEAD: usize = 3;

pub fn today(scene: &Scene, as_of: Option<String>) -> Today {
    let mut today = Today {
        as_of,
        offers: Vec::new(),
        next: Vec::new(),
        done_by_city: Vec::new(),
        late: Vec::new(),
        waiting: Vec::new(),
        calm: None,
        notices: notices(scene),
        questions: if silent(scene).is_some() {
            Vec::new()
        } else {
            crate::question::all(scene)
        },
        ask_hard_news: false,
        undo: super::undo::newest(scene),
    };
    let loss = silent(scene);
    let doings = Doings::of(scene);
    let mut ahead = Vec::new();
    for step in scene.steps() {
        // Silence is kept, not shown as something done.
        if step.action == Action::Suppress || unspoken(scene, step) {
            continue;
        }
        // After a loss only help is shown, and visits that stand: somebody expects the resident there.
        let kept = matches!(step.state, StepState::Booked);
        if loss.is_some_and(|loss| !kept && !helps(loss, step)) {
            continue;
        }
        let card = of_step(scene, step);
        if card.pending.is_some() {
            today.waiting.push(card);
            continue;
        }
        match step.state {
            StepState::Held if card.kind == CardKind::Offer => today.offers.push(card),
            StepState::Held | StepState::Booked | StepState::Open | StepState::DueSoon => {
                today.next.push(card);
            }
            StepState::Overdue => today.late.push(card),
            StepState::Upcoming if card.until.is_some() || step.opens.is_some() => {
                ahead.push((step.opens.or(step.due), card));
            }
            StepState::Done if doings.hold(step) => today.done_by_city.push(card),
            _ => {}
        }
    }
    for visit in scene
        .records
        .appointments
        .iter()
        .filter(|it| alive(it.status))
    {
        let planned = visit
            .step
            .as_ref()
            .is_some_and(|step| scene.step(step).is_some());
        if planned || visit.start.start_in(scene.zone()) < scene.now {
            continue;
        }
        let card = of_visit(scene, visit);
        if loss.is_some() && card.kind == CardKind::Offer {
            continue;
        }
        match (card.pending.is_some(), card.kind) {
            (true, _) => today.waiting.push(card),
            (false, CardKind::Offer) => today.offers.push(card),
            (false, _) => today.next.push(card),
        }
    }
    let instant = |card: &Card| {
        let at = card.when.or(card.until);
        at.map_or(i64::MAX, |at| at.start_in(scene.zone()).as_second())
    };
    for list in [
        &mut today.offers,
        &mut today.next,
        &mut today.late,
        &mut today.waiting,
    ] {
        list.sort_by_key(instant);
    }
    ahead.sort_by_key(|(at, _)| at.map_or(i64::MAX, |at| at.start_in(scene.zone()).as_second()));
    let quiet = today.offers.is_empty() && today.next.is_empty() && today.late.is_empty();
    let mut ahead = ahead.into_iter().map(|(_, card)| card);
    if quiet {
        today.calm = ahead.next();
    } else {
        today.next.extend(ahead.take(AHEAD));
    }
    today
}

fn alive(status: AppointmentStatus) -> bool {
    status.is_offer()
        || matches!(
            status,
            AppointmentStatus::Booked | AppointmentStatus::Arrived
        )
}

/// What the city has done of late, by itself.
struct Doings<'a>(HashSet<&'a StepId>, HashSet<&'a str>);

impl<'a> Doings<'a> {
    fn of(scene: &'a Scene) -> Self {
        let fresh = |at: Moment| scene.now.duration_since(at.start_in(scene.zone())) < RECENT;
        let papers = scene.records.documents.iter().filter(|it| fresh(it.issued));
        let said = scene.records.facts.iter().filter(|fact| {
            fact.kind == "step.outcome"
                && fact.source.kind == SourceKind::City
                && fact.fields.get("outcome").is_some_and(|it| it == "done")
                && fresh(fact.at)
        });
        Self(
            papers.filter_map(|it| it.step.as_ref()).collect(),
            said.filter_map(|fact| fact.fields.get("step")?.as_str())
                .collect(),
        )
    }

    /// What left something to read, or what the city owed.
    fn hold(&self, step: &PlannedStep) -> bool {
        let by_city = matches!(
            step.action,
            Action::Issue
                | Action::Enrol
                | Action::Supply
                | Action::Inform
                | Action::Pay
                | Action::Bill
        );
        let owed = step.deadline == DeadlineKind::State && self.1.contains(step.id.as_str());
        by_city && (self.0.contains(&step.id) || owed)
    }
}

fn notices(scene: &Scene) -> Vec<Notice> {
    let cancelled = scene.records.appointments.iter().filter(|visit| {
        visit.status == AppointmentStatus::Cancelled
            && visit.reason.is_some()
            && visit.start.start_in(scene.zone()) > scene.now
            && scene
                .records
                .unsent_about(&format!("offer/{}", visit.id))
                // An answer that came too late for it must not hide that it is gone.
                .is_none_or(|wish| wish.refused.is_some())
    });
    let cancelled = cancelled.map(|visit| {
        let what = &visit.neutral;
        Notice {
            id: format!("cancelled/{}/{}", visit.id, visit.version),
            title: vekha_words::filled("notice-cancelled", &[("what", what)]),
            body: visit.reason.clone().unwrap_or_default(),
            at: Some(visit.start),
            card: visit.step.clone(),
        }
    });
    let refused = scene.records.unsent.iter().filter_map(|wish| {
        let own = matches!(
            wish.action,
            vekha_protocol::Action::AnswerOffer { .. }
                | vekha_protocol::Action::AnswerStep { .. }
                | vekha_protocol::Action::BookStep { .. }
        );
        let body = wish.refused.clone().filter(|_| !own)?;
        Some(Notice {
            id: format!("refused/{}", wish.key),
            title: vekha_words::text("notice-refused"),
            body,
            at: None,
            card: None,
        })
    });
    match condolence(scene) {
        Some(condolence) => vec![condolence],
        None => cancelled.chain(refused).chain(answers(scene)).collect(),
    }
}

/// What a person answered lately.
fn answers(scene: &Scene) -> impl Iterator<Item = Notice> {
    scene.records.inquiries.iter().filter_map(|it| {
        let answer = it.answer.as_ref()?;
        let age = scene.now.duration_since(answer.at.start_in(scene.zone()));
        let about = it.about.as_deref().map(StepId::new);
        (age < ANSWERED).then(|| Notice {
            id: format!("answer/{}", it.id),
            title: vekha_words::text("notice-answer"),
            body: Text::new(&answer.text, &answer.text),
            at: Some(answer.at),
            card: about.filter(|id| scene.step(id).is_some()),
        })
    })
}
