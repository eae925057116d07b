use super::{Outcome, Sender, kept, known, receive};
use crate::{City, Fault, Writing, db::FactRow};
use vekha_model::Fact;

/// Takes back the resource a fact came from, and the fact with it, as its sender would.
/// `false` where the fact did not come by this door.
pub(crate) async fn retract(
    city: &City,
    writing: &mut Writing,
    row: &FactRow,
) -> Result<bool, Fault> {
    let Some((kind, id)) = reference(&row.fact) else {
        return Ok(false);
    };
    let inside = |outcome: Outcome| Fault::internal(outcome);
    let kind = known(kind).map_err(inside)?;
    let found = kept::find(&mut *writing.tx, kind, id)
        .await
        .map_err(inside)?;
    let Some(it) = found.filter(|it| it.resource.fact.as_ref() == Some(&row.fact.id)) else {
        return Ok(false);
    };
    let sender = Sender {
        id: it.told_by,
        name: row.fact.source.name.clone(),
    };
    receive::retract(city, writing, &sender, &it.resource)
        .await
        .map_err(inside)?;
    Ok(true)
}

/// The laboratory sends the same Observation again with another value.
///
/// # Errors
/// The fact did not come as an Observation with a quantity, or not from this sender.
pub(crate) async fn correct(
    city: &City,
    sender: &Sender,
    fact: &Fact,
    value: f64,
) -> Result<(), Outcome> {
    let (kind, id) = reference(fact).ok_or_else(Outcome::not_found)?;
    let kind = known(kind)?;
    let mut json = kept::find(city.pool(), kind, id)
        .await?
        .ok_or_else(Outcome::not_found)?
        .resource
        .json;
    if !json["valueQuantity"].is_object() {
        return Err(Outcome::not_found());
    }
    json["id"] = id.into();
    json["status"] = "corrected".into();
    json["valueQuantity"]["value"] = value.into();
    receive::update(city, sender, kind, id, &json.to_string(), None).await?;
    Ok(())
}

fn reference(fact: &Fact) -> Option<(&str, &str)> {
    fact.source.reference.as_deref()?.split_once('/')
}
