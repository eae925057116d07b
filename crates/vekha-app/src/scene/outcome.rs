use super::Records;
use serde_json::{Value, json};
use vekha_model::{
    Fact, FactId, FactStatus, InstanceId, Moment, ResidentId, Source, SourceKind, StepId, Text,
};
use vekha_protocol::{Action, Appointment, AppointmentStatus as Status, OfferAnswer, StepAnswer};

/// What stands beside the city's facts: held and booked visits and the resident's own answers, as outcomes of steps.
pub fn beside(records: &Records, now: Moment) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut steps: Vec<&StepId> = records
        .appointments
        .iter()
        .filter_map(|visit| visit.step.as_ref())
        .collect();
    steps.sort();
    steps.dedup();
    for step in steps {
        if let Some(visit) = visit_of(&records.appointments, step) {
            facts.extend(of_visit(visit, step, now));
        }
    }
    for wish in records.wishes() {
        let at = match now {
            Moment::Time { offset, .. } => Moment::Time {
                at: wish.queued,
                offset,
            },
            day @ Moment::Day(_) => day,
        };
        match &wish.action {
            Action::AnswerStep { step, answer } => {
                let word = match answer {
                    StepAnswer::Done => "done",
                    StepAnswer::HaveIt => "have_it",
                    StepAnswer::Declined => "declined",
                };
                let fields = json!({"step": step, "outcome": word});
                facts.extend(owner(records, &step.instance()).map(|subject| {
                    said(&wish.key.to_string(), subject, "step.outcome", at, &fields)
                }));
            }
            Action::BookStep { step, start, .. } => {
                let fields = json!({"step": step, "outcome": "booked", "start": start});
                facts.extend(owner(records, &step.instance()).map(|subject| {
                    said(&wish.key.to_string(), subject, "step.outcome", at, &fields)
                }));
            }
            Action::AnswerOffer {
                appointment,
                answer: OfferAnswer::Decline,
                ..
            } => {
                let visit = records.appointments.iter().find(|it| it.id == *appointment);
                facts.extend(visit.and_then(|visit| {
                    let fields = json!({"step": visit.step.as_ref()?, "outcome": "declined"});
                    let subject = visit.subject.clone();
                    Some(said(
                        &wish.key.to_string(),
                        subject,
                        "step.outcome",
                        now,
                        &fields,
                    ))
                }));
            }
            Action::EndSituation { situation } => {
                facts.extend(owner(records, situation).map(|subject| {
                    let fields = json!({"run": situation});
                    said(
                        &wish.key.to_string(),
                        subject,
                        "situation.ended",
                        at,
                        &fields,
                    )
                }));
            }
            _ => {}
        }
    }
    facts
}

/// The visit that stands for a step: live before finished, finished before cancelled, then the newest.
pub fn visit_of<'a>(visits: &'a [Appointment], step: &StepId) -> Option<&'a Appointment> {
    let rank = |visit: &Appointment| match visit.status {
        Status::Booked | Status::Arrived => 4,
        Status::Pending | Status::Proposed => 3,
        Status::Fulfilled => 2,
        Status::Waitlist | Status::Noshow => 1,
        Status::Cancelled | Status::EnteredInError => 0,
    };
    visits
        .iter()
        .filter(|visit| visit.step.as_ref() == Some(step))
        .max_by(|a, b| {
            (rank(a), a.version, a.start.to_string()).cmp(&(
                rank(b),
                b.version,
                b.start.to_string(),
            ))
        })
}

fn of_visit(visit: &Appointment, step: &StepId, now: Moment) -> Option<Fact> {
    let (outcome, at) = match visit.status {
        // A hold that ran out while nobody could be asked holds nothing any more.
        Status::Pending | Status::Proposed if lapsed(visit, now) => return None,
        Status::Pending | Status::Proposed => ("held", now),
        Status::Booked | Status::Arrived => ("booked", now),
        Status::Fulfilled => ("done", visit.start),
        Status::Noshow => ("missed", visit.start),
        Status::Cancelled | Status::EnteredInError | Status::Waitlist => return None,
    };
    let mut fields = json!({
        "step": step, "outcome": outcome, "start": visit.start, "appointment": visit.id,
    });
    if let Some(place) = &visit.place {
        fields["place"] = Value::String(place.name.ru.clone());
    }
    let mut fact = said(
        visit.id.as_str(),
        visit.subject.clone(),
        "step.outcome",
        at,
        &fields,
    );
    fact.source.kind = SourceKind::City;
    Some(fact)
}

fn lapsed(visit: &Appointment, now: Moment) -> bool {
    let utc = jiff::tz::TimeZone::UTC;
    let until = visit.held_until;
    until.is_some_and(|until| until.end_in(&utc) <= now.start_in(&utc))
}

/// Whose run it is: the subject of the fact that started it.
fn owner(records: &Records, run: &InstanceId) -> Option<ResidentId> {
    let anchor = run.anchor()?;
    let fact = records.facts.iter().find(|fact| fact.id == anchor);
    fact.map(|fact| fact.subject.clone())
        .or_else(|| records.me.clone())
}

fn said(key: &str, subject: ResidentId, kind: &str, at: Moment, fields: &Value) -> Fact {
    Fact {
        id: FactId::new(format!("device:{key}")),
        subject,
        kind: kind.to_owned(),
        at,
        recorded: None,
        status: FactStatus::Final,
        supersedes: None,
        source: Source {
            kind: SourceKind::Resident,
            name: Text::default(),
            reference: None,
        },
        fields: fields
            .as_object()
            .map(|map| map.clone().into_iter().collect())
            .unwrap_or_default(),
        private: true,
    }
}
