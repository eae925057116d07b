use super::words;
use crate::{City, Fault, Teller, db, fhir, ingest};
use serde::Deserialize;
use vekha_model::{Fact, FactId, FactStatus, Text};
use vekha_protocol::{InquiryAnswer, InquiryKind};

/// What becomes of a disputed record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Verdict {
    #[default]
    Stands,
    /// It was never true: everything that hangs on it falls away.
    Withdrawn,
}

/// A person answers. An answered inquiry stays answered: who has more to say asks anew.
pub(crate) async fn answer(
    city: &City,
    id: &str,
    text: &str,
    by: Text,
    verdict: Verdict,
) -> Result<(), Fault> {
    let mut writing = city.write().await?;
    let mut inquiry = db::inquiry(&mut *writing.tx, id)
        .await?
        .ok_or_else(Fault::not_found)?;
    if inquiry.answer.is_some() {
        return Err(Fault::conflict("answered"));
    }
    inquiry.answer = Some(InquiryAnswer {
        text: words(text)?.to_owned(),
        by,
        at: city.moment(city.now()),
    });
    db::save_inquiry(&mut writing.tx, &inquiry).await?;
    if verdict == Verdict::Withdrawn && inquiry.kind == InquiryKind::Dispute {
        let fact = FactId::new(inquiry.about.clone().unwrap_or_default());
        withdraw(city, &mut writing, &fact).await?;
    }
    writing.commit().await?;
    city.wake(&inquiry.subject).await;
    Ok(())
}

/// Takes a record back, through its own door where it came by FHIR.
pub(crate) async fn withdraw(
    city: &City,
    writing: &mut crate::Writing,
    id: &FactId,
) -> Result<(), Fault> {
    let row = db::find_fact(&mut *writing.tx, id)
        .await?
        .ok_or_else(Fault::not_found)?;
    if db::is_superseded(&mut *writing.tx, id).await? {
        // Its source has said something since: there is nothing left to take back.
        return Ok(());
    }
    if fhir::retract(city, writing, &row).await? {
        return Ok(());
    }
    let withdrawn = Fact {
        id: FactId::new(uuid::Uuid::now_v7().to_string()),
        status: FactStatus::EnteredInError,
        supersedes: Some(id.clone()),
        recorded: None,
        ..row.fact
    };
    let teller = Teller::new(row.told_by);
    ingest::ingest_in(city, &mut writing.tx, withdrawn, &teller).await?;
    Ok(())
}
