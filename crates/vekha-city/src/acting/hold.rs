use super::{allow::Consents, slot::next_free, wanted::Wanted};
use crate::{City, Fault, db, db::Tx, facts::draft};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use vekha_model::{Action, DeadlineKind, Plan, PlannedStep, ResidentId, SlotId, StepState};
use vekha_protocol::{AppointmentStatus, Reach};

/// Nobody can be at a doctor's the next minute.
const LEAD: SignedDuration = SignedDuration::from_hours(1);
/// A window further off is not asked about yet.
const AHEAD: SignedDuration = SignedDuration::from_hours(14 * 24);
/// How long a late promise is still kept by holding a time.
const PATIENCE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long the city waits after each hold that lapsed unanswered; after the last of these it asks no more, and the step
/// stays open for the resident to take up. What was promised by a day is asked about sooner.
const PAUSES: [SignedDuration; 2] = [
    SignedDuration::from_hours(7 * 24),
    SignedDuration::from_hours(30 * 24),
];
const PAUSES_OF_A_PROMISE: [SignedDuration; 2] = [
    SignedDuration::from_hours(20),
    SignedDuration::from_hours(3 * 24),
];

/// Holds the nearest time for each step that may have one.
pub(super) async fn hold(
    city: &City,
    tx: &mut Tx,
    subject: &ResidentId,
    plan: &Plan,
    consents: &Consents,
    now: Timestamp,
) -> Result<bool, Fault> {
    let mut steps: Vec<&PlannedStep> = plan
        .steps
        .iter()
        .filter(|step| wants_time(city, step, now) && consents.reach(step) >= Reach::Arrange)
        .collect();
    steps.sort_by_key(|step| {
        let due = step
            .due
            .map_or(Timestamp::MAX, |due| due.end_in(city.zone()));
        (step.deadline != DeadlineKind::State, due)
    });
    for step in steps {
        if !is_turn_of(city, tx, subject, step, now).await? {
            continue;
        }
        let (from, to) = bounds(city, step, now);
        let calm = calm(city, now).max(from);
        let mut found = next_free(tx, subject, &step.service, calm, to, None).await?;
        if found.is_none() && calm > from {
            found = next_free(tx, subject, &step.service, from, to, None).await?;
        }
        match found {
            Some(slot) => {
                let act = consents.reach(step) == Reach::Act;
                take(city, tx, step, slot, act, now).await?;
                return Ok(true);
            }
            None => {
                if step.deadline == DeadlineKind::State && no_time(city, tx, step, now).await? {
                    return Ok(true);
                }
            }
        }
    }
    Ok(false)
}

fn wants_time(city: &City, step: &PlannedStep, now: Timestamp) -> bool {
    let ahead = if silences(city, step) {
        SignedDuration::ZERO
    } else {
        AHEAD
    };
    let soon = step
        .opens
        .is_none_or(|opens| opens.start_in(city.zone()) <= now + ahead);
    let open = match step.state {
        StepState::Open | StepState::DueSoon => true,
        StepState::Upcoming => soon && step.opens.is_some(),
        StepState::Overdue => step.deadline == DeadlineKind::State && !long_ago(city, step, now),
        _ => false,
    };
    // While a condition is open, nobody knows whether the resident needs it.
    step.action == Action::Book && open && step.missing.is_empty() && !is_test(city, step)
}

/// Where something has just fallen silent, nothing is asked ahead of its time.
fn silences(city: &City, step: &PlannedStep) -> bool {
    let situations = &city.catalogue.source().situations;
    situations
        .iter()
        .any(|it| it.id == step.situation.as_str() && !it.suppresses.is_empty())
}

/// What was promised long ago and never came is a person's to clear up, not an hour to hold.
fn long_ago(city: &City, step: &PlannedStep, now: Timestamp) -> bool {
    step.due
        .is_some_and(|due| due.end_in(city.zone()) + PATIENCE < now)
}

fn is_test(city: &City, step: &PlannedStep) -> bool {
    let source = city.catalogue.source();
    source.is_test(&step.situation, &step.step)
}

fn bounds(city: &City, step: &PlannedStep, now: Timestamp) -> (i64, i64) {
    let opens = step
        .opens
        .map_or(Timestamp::MIN, |opens| opens.start_in(city.zone()));
    let from = opens.max(now + LEAD).as_second();
    let to = match step.due {
        // A promise that is late is still kept, as soon as can be.
        _ if step.state == StepState::Overdue => i64::MAX,
        Some(due) => due.end_in(city.zone()).as_second(),
        None => i64::MAX,
    };
    (from, to)
}

/// What is arranged at night leaves the morning to answer: not before noon, where the window lets it.
fn calm(city: &City, now: Timestamp) -> i64 {
    let here = city.zone().to_datetime(now);
    let day = match here.hour() {
        0..8 => here.date(),
        22.. => here.date().tomorrow().unwrap_or(here.date()),
        _ => return i64::MIN,
    };
    day.at(12, 0, 0, 0)
        .to_zoned(city.zone().clone())
        .map_or(i64::MIN, |noon| noon.timestamp().as_second())
}

/// One thing at a time: what has a promised deadline is arranged at once, the rest waits until nothing else is asked.
async fn is_turn_of(
    city: &City,
    tx: &mut Tx,
    subject: &ResidentId,
    step: &PlannedStep,
    now: Timestamp,
) -> Result<bool, Fault> {
    let pauses = match step.deadline {
        DeadlineKind::State => PAUSES_OF_A_PROMISE,
        _ => PAUSES,
    };
    let mut lapses = Vec::new();
    for stored in db::appointments_of(&mut **tx, subject).await? {
        let visit = &stored.appointment;
        let ahead =
            visit.status == AppointmentStatus::Booked && visit.start.start_in(city.zone()) > now;
        if visit.step.as_ref() == Some(&step.id) {
            match stored.ended.as_deref() {
                Some("lapsed") => lapses.push(stored.changed),
                // The clinic called it off: another time is looked for at once.
                Some(_) => {}
                None => return Ok(false),
            }
        }
        if step.deadline != DeadlineKind::State {
            let same_run = visit
                .step
                .as_ref()
                .is_some_and(|it| it.instance() == step.instance);
            if visit.status.is_offer() || (ahead && same_run) {
                return Ok(false);
            }
        }
    }
    let Some(last) = lapses.iter().max() else {
        return Ok(true);
    };
    let pause = pauses.get(lapses.len() - 1);
    Ok(pause.is_some_and(|pause| now.as_second() - last >= pause.as_secs()))
}

async fn take(
    city: &City,
    tx: &mut Tx,
    step: &PlannedStep,
    slot: SlotId,
    act: bool,
    now: Timestamp,
) -> Result<(), Fault> {
    let patience = if step.deadline == DeadlineKind::State {
        24
    } else {
        72
    };
    let held = SignedDuration::from_hours(patience);
    let wanted = Wanted {
        subject: &step.subject,
        step: &step.id,
        service: &step.service,
        title: &step.title,
        neutral: step.neutral.as_ref(),
        note: step.note.as_ref(),
    };
    wanted
        .take(city, tx, slot, (!act).then_some(held), now)
        .await?;
    Ok(())
}

/// There is no time inside the promised window: the catalogue knows what follows. Told once per service and run.
async fn no_time(
    city: &City,
    tx: &mut Tx,
    step: &PlannedStep,
    now: Timestamp,
) -> Result<bool, Fault> {
    let served: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM schedules WHERE service = ?")
        .bind(step.service.as_str())
        .fetch_one(&mut **tx)
        .await?;
    let known = city.facts(tx, &step.subject).await?.iter().any(|fact| {
        fact.kind == "care.no_slot"
            && fact.fields.get("step").and_then(|it| it.as_str()) == Some(step.id.as_str())
    });
    if served == 0 || known || !city.catalogue.vocabulary().contains_key("care.no_slot") {
        return Ok(false);
    }
    let fields = json!({"service": step.service, "step": step.id});
    let at = city.moment(now);
    let fact = draft::draft(&step.subject, "care.no_slot", at, draft::city(), fields);
    db::insert_fact(tx, &fact, "city", now).await?;
    Ok(true)
}
