use crate::{City, Fault, turn};
use jiff::{Span, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
pub(super) struct Clock {
    #[serde(default)]
    advance: Option<String>,
    #[serde(default)]
    set: Option<Timestamp>,
}

/// Moves the clock and does what the time in between brings.
pub(super) async fn turn(city: &City, it: Clock) -> Result<Value, Fault> {
    let now = city.now();
    let to = match (it.advance, it.set) {
        (_, Some(to)) => to,
        (Some(span), None) => {
            let span: Span = span
                .parse()
                .map_err(|_| Fault::unreadable("advance is a span such as 1d, 3h or 30m"))?;
            now.to_zoned(city.zone().clone())
                .checked_add(span)
                .map_err(|error| Fault::unreadable(error.to_string()))?
                .timestamp()
        }
        (None, None) => return Err(Fault::unreadable("advance or set is missing")),
    };
    let furthest = now
        .to_zoned(city.zone().clone())
        .saturating_add(Span::new().years(2))
        .timestamp();
    if to < now || to > furthest {
        return Err(Fault::invalid("clock"));
    }
    turn::advance(city, to).await?;
    Ok(json!({"now": city.moment(city.now())}))
}
