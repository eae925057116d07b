use crate::{
    calendar::neutral,
    scene::Scene,
    tact::{helps, silent},
};
use vekha_model::{
    Action, DeadlineKind, Moment, PlannedStep, ResidentId, Sensitivity, StepId, StepState, Text,
};
use vekha_protocol::{Appointment, AppointmentStatus, Document, Inquiry};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Cancelled,
    Moved,
    /// The city booked it by itself, as the resident allowed; it can be undone.
    Arranged,
    Offer,
    /// A person answered what the resident had asked.
    Answered,
    Deadline,
    /// Something the city issued is there to read.
    Paper,
}

/// Something worth telling, before it is put into words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    pub kind: Kind,
    pub tag: String,
    /// What it says; another digest under the same tag is news again.
    pub digest: String,
    pub subject: ResidentId,
    pub what: Text,
    pub when: Moment,
    pub sensitive: bool,
    pub hash: String,
}

/// Everything that could be told now, the most pressing first.
pub fn news(scene: &Scene) -> Vec<News> {
    let mut news: Vec<News> = scene
        .records
        .appointments
        .iter()
        .filter_map(|visit| of_visit(scene, visit))
        .collect();
    news.extend(scene.steps().filter_map(|step| {
        let theirs = !held_back(scene, Some(step))
            && matches!(step.deadline, DeadlineKind::Duty | DeadlineKind::Right);
        let due = step
            .due
            .filter(|_| theirs && step.state == StepState::DueSoon)?;
        Some(News {
            kind: Kind::Deadline,
            tag: format!("deadline/{}", step.id),
            digest: due.to_string(),
            subject: step.subject.clone(),
            what: neutral(step),
            when: due,
            sensitive: step.sensitivity == Sensitivity::S3,
            hash: format!("#/card/{}", step.id),
        })
    }));
    news.extend(
        scene
            .records
            .documents
            .iter()
            .filter_map(|it| of_paper(scene, it)),
    );
    news.extend(
        scene
            .records
            .inquiries
            .iter()
            .filter_map(|it| of_answer(scene, it)),
    );
    news.sort_by_key(|it| (it.kind, it.when.start_in(scene.zone()), it.tag.clone()));
    news
}

fn of_visit(scene: &Scene, visit: &Appointment) -> Option<News> {
    let coming = visit.start.start_in(scene.zone()) > scene.now;
    let held = visit
        .held_until
        .is_none_or(|until| until.end_in(scene.zone()) > scene.now);
    let answered = scene
        .records
        .unsent_about(&format!("offer/{}", visit.id))
        .is_some();
    let (kind, name) = match visit.status {
        AppointmentStatus::Cancelled if coming && !answered && visit.reason.is_some() => {
            (Kind::Cancelled, "cancelled")
        }
        status if status.is_offer() && coming && held && !answered => (Kind::Offer, "offer"),
        // Booked from the first: nobody has asked the resident.
        AppointmentStatus::Booked if coming && !answered && visit.version == 1 => {
            (Kind::Arranged, "visit")
        }
        // A time they chose is no news to them; another time under the same tag is.
        AppointmentStatus::Booked if coming && !answered => (Kind::Moved, "visit"),
        _ => return None,
    };
    let step = visit.step.as_ref().and_then(|id| scene.step(id));
    if held_back(scene, step)
        || (visit.status != AppointmentStatus::Cancelled && scene.fell_away(visit))
    {
        return None;
    }
    let card = visit.step.as_ref().filter(|_| step.is_some());
    let hash = card.map_or_else(
        || format!("#/card/visit/{}", visit.id),
        |id| format!("#/card/{id}"),
    );
    Some(News {
        kind,
        tag: format!("{name}/{}", visit.id),
        digest: visit.start.to_string(),
        subject: visit.subject.clone(),
        what: visit.neutral.clone(),
        when: visit.start,
        sensitive: step.is_none_or(|step| step.sensitivity == Sensitivity::S3),
        hash,
    })
}

/// Told also in the days after a loss: the resident asked for it.
fn of_answer(scene: &Scene, inquiry: &Inquiry) -> Option<News> {
    let answer = inquiry.answer.as_ref()?;
    let about = inquiry.about.as_deref().map(StepId::new);
    let card = about.filter(|id| scene.step(id).is_some());
    Some(News {
        kind: Kind::Answered,
        tag: format!("answer/{}", inquiry.id),
        digest: answer.at.to_string(),
        subject: inquiry.subject.clone(),
        // Neither the question nor the answer: both may be about anything.
        what: Text::default(),
        when: answer.at,
        sensitive: false,
        hash: card.map_or_else(|| "#/me/inquiries".to_owned(), |id| format!("#/card/{id}")),
    })
}

/// Articles are never told of: only what was issued to the resident.
fn of_paper(scene: &Scene, paper: &Document) -> Option<News> {
    let step = scene.step(paper.step.as_ref()?)?;
    let issued = matches!(step.action, Action::Issue | Action::Enrol | Action::Supply);
    if !issued || held_back(scene, Some(step)) {
        return None;
    }
    Some(News {
        kind: Kind::Paper,
        tag: format!("paper/{}", paper.id),
        digest: paper.issued.to_string(),
        subject: paper.subject.clone(),
        what: neutral(step),
        when: paper.issued,
        sensitive: paper.sensitivity == Sensitivity::S3,
        hash: format!("#/card/{}", step.id),
    })
}

/// In the days after a loss nothing but help is told.
fn held_back(scene: &Scene, step: Option<&PlannedStep>) -> bool {
    silent(scene).is_some_and(|loss| !step.is_some_and(|step| helps(loss, step)))
}
