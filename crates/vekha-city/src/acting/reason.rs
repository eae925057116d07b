use crate::{City, Fault, db::Tx};
use serde_json::Value;
use vekha_model::{
    Fact, FactId, FactStatus, InstanceId, Plan, ResidentId, SituationState, SourceKind, StepId,
    Text,
};

/// Why visits fell away, as residents read it.
pub(super) struct Reasons(Vec<Fact>);

impl Reasons {
    pub(super) async fn of(city: &City, tx: &mut Tx, subject: &ResidentId) -> Result<Self, Fault> {
        Ok(Self(city.facts(tx, subject).await?))
    }

    /// The source has taken back, or corrected, what the visit was held for.
    pub(super) fn taken_back(&self, plan: &Plan, step: &StepId) -> Option<Text> {
        let first = step.instance().anchor()?;
        let last = self.last_word(&first)?;
        let laboratory = last.source.kind == SourceKind::Laboratory;
        if last.status == FactStatus::EnteredInError {
            return Some(if laboratory {
                vekha_words::text("off-result-withdrawn")
            } else {
                vekha_words::text("off-record-withdrawn")
            });
        }
        let goes_on = plan
            .situations
            .iter()
            .any(|run| run.id == step.instance() && run.state == SituationState::Active);
        // A run nobody may plan any more is not one that was corrected away.
        let looked_at = plan.situations.iter().any(|run| run.id == step.instance());
        (last.id != first && looked_at && !goes_on)
            .then(|| vekha_words::text("off-record-corrected"))
    }

    /// The resident ended it, or something silenced it.
    pub(super) fn over(&self, city: &City, plan: &Plan, step: &StepId) -> Option<Text> {
        let run = step.instance();
        let ended = self.0.iter().any(|fact| {
            fact.kind == "situation.ended"
                && fact.status != FactStatus::EnteredInError
                && fact.fields.get("run").and_then(Value::as_str) == Some(run.as_str())
        });
        if ended {
            return Some(vekha_words::text("off-ended"));
        }
        if silenced(city, plan, &run) {
            // Not a word of what happened: the resident knows, and others may be reading.
            return Some(vekha_words::text("off-silenced"));
        }
        None
    }

    /// Everything else.
    pub(super) fn plan_changed() -> Text {
        vekha_words::text("off-plan-changed")
    }

    /// The newest fact of the chain that began with this one.
    fn last_word(&self, first: &FactId) -> Option<&Fact> {
        let mut last = self.0.iter().find(|fact| fact.id == *first)?;
        // Facts are kept in the order they came, and one supersedes only what came before it.
        for fact in &self.0 {
            if fact.supersedes.as_ref() == Some(&last.id) {
                last = fact;
            }
        }
        Some(last)
    }
}

/// Whether something under way is there to silence this run, whatever state the run itself is in.
fn silenced(city: &City, plan: &Plan, run: &InstanceId) -> bool {
    let situations = &city.catalogue.source().situations;
    plan.situations
        .iter()
        .filter(|other| other.state == SituationState::Active)
        .filter_map(|other| {
            situations
                .iter()
                .find(|it| it.id == other.situation.as_str())
        })
        .any(|other| {
            other
                .suppresses
                .iter()
                .any(|it| it == run.situation().as_str())
        })
}
