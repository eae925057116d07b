use super::scene::Scene;
use crate::catalogue::Share;
use crate::expression::{Marker, Value, truth, undecided};
use crate::facts::{Entry, quantity, units};
use crate::source::{LimitSource, MarkerSource};
use serde_json::Value as Json;
use vekha_model::{Missing, Truth};

/// Growth in percent since a measurement at least this many days older.
const BETWEEN_MEASUREMENTS: i32 = 21;

/// What a laboratory result says about its limit.
enum Limit {
    /// From the first to the second, where it depends on something unknown; in the unit of the result.
    Known(f64, f64),
    UnitMismatch,
    None,
}

pub fn read<'a>(scene: &'a Scene<'_>, what: Marker) -> Option<Value<'a>> {
    let event = scene.event?;
    let found = event.marker;
    let measured = event.field("value").and_then(quantity);
    match what {
        Marker::Known => Some(Value::Bool(found.is_some())),
        Marker::Value => measured.map(|(value, _)| Value::Number(value)),
        // Never a plain no for a number: what cannot be compared is not known to be fine.
        Marker::UnitOk if share(scene, event).is_some() => {
            (measured?.1 == "%").then_some(Value::Bool(true))
        }
        Marker::UnitOk => match (measured, limit(scene, event)) {
            (Some(_), Limit::Known(..)) => Some(Value::Bool(true)),
            (None, _)
                if found
                    .is_some_and(|at| !scene.catalogue.source.markers[at].abnormal.is_empty()) =>
            {
                Some(Value::Bool(false))
            }
            _ => None,
        },
        Marker::Limit => match limit(scene, event) {
            Limit::Known(low, high) => Some(between(low, high)),
            _ => None,
        },
        Marker::Ratio if share(scene, event).is_some() => share(scene, event)?.ratio(scene, event),
        Marker::Ratio => match limit(scene, event) {
            Limit::Known(low, high) if low > 0.0 => {
                let value = measured?.0;
                Some(between(value / high, value / low))
            }
            _ => None,
        },
        Marker::Urgent => {
            let source = &scene.catalogue.source.markers[found?];
            let Some(urgent) = source.urgent else {
                return Some(Value::Bool(false));
            };
            let (value, unit) = measured?;
            let factor = units::factor(unit, source.unit.as_deref()?)?;
            Some(Value::Bool(value * factor >= urgent))
        }
        Marker::Skip => {
            let Some(found) = found else {
                return Some(Value::Bool(false));
            };
            let mut any = Truth::No;
            for expression in &scene.catalogue.markers[found].skip {
                match truth(&expression.node, scene) {
                    Truth::Yes => return Some(Value::Bool(true)),
                    Truth::Unknown => any = Truth::Unknown,
                    Truth::No => {}
                }
            }
            (any == Truth::No).then_some(Value::Bool(false))
        }
        Marker::Abnormal => {
            let source = &scene.catalogue.source.markers[found?];
            if source.abnormal.is_empty() {
                return Some(Value::Bool(false));
            }
            let text = event.field("text").and_then(Json::as_str)?;
            Some(Value::Bool(
                source
                    .abnormal
                    .iter()
                    .any(|word| word.eq_ignore_ascii_case(text.trim())),
            ))
        }
        Marker::Growth => {
            let (value, unit) = measured?;
            let code = event.field("code");
            let before = scene.index.kinds[event.kind].iter().rev().find(|earlier| {
                earlier.field("code") == code
                    && earlier
                        .date
                        .until(event.date)
                        .is_ok_and(|span| span.get_days() >= BETWEEN_MEASUREMENTS)
            })?;
            let (old, old_unit) = before.field("value").and_then(quantity)?;
            let old = old * units::factor(old_unit, unit)?;
            (old > 0.0).then_some(Value::Number((value / old - 1.0) * 100.0))
        }
    }
}

/// Whether the result came in a unit that the limit cannot be put in.
pub fn other_unit(scene: &Scene<'_>) -> bool {
    scene.event.is_some_and(|event| match share(scene, event) {
        Some(_) => {
            matches!(event.field("value").and_then(quantity), Some((_, unit)) if unit != "%")
        }
        None => matches!(limit(scene, event), Limit::UnitMismatch),
    })
}

/// Names what keeps a result from being compared.
pub fn missing(scene: &Scene<'_>, into: &mut Vec<Missing>) {
    let Some(event) = scene.event else { return };
    let mut need = |kind: &str, field: &str| {
        into.push(Missing {
            kind: kind.to_owned(),
            field: Some(field.to_owned()),
        });
    };
    let Some((_, unit)) = event.field("value").and_then(quantity) else {
        if !event.fact.fields.contains_key("text") {
            need(&event.fact.kind, "value");
        }
        return;
    };
    if let Some(share) = share(scene, event) {
        if unit != "%" {
            need(&event.fact.kind, "value.unit");
        } else if share.whole(scene, event).is_none() {
            need(&event.fact.kind, "value");
        }
        return;
    }
    let found = event.marker;
    match limit(scene, event) {
        Limit::UnitMismatch => need(&event.fact.kind, "value.unit"),
        Limit::None => need(&event.fact.kind, "high"),
        Limit::Known(low, high) if low < high => {
            if let Some((kind, field)) = &scene.catalogue.smoker
                && scene.with_field(*kind, field).is_none()
                && found.is_some_and(|at| {
                    scene.catalogue.source.markers[at]
                        .limits
                        .iter()
                        .any(|l| l.smoker.is_some())
                })
            {
                need(&scene.catalogue.kinds[*kind].name, field);
            }
        }
        Limit::Known(..) => {}
    }
    let Some(found) = found else { return };
    let source = &scene.catalogue.source.markers[found];
    if source.urgent.is_some()
        && source
            .unit
            .as_deref()
            .and_then(|to| units::factor(unit, to))
            .is_none()
    {
        need(&event.fact.kind, "value.unit");
    }
    let compiled = &scene.catalogue.markers[found];
    for expression in compiled.skip.iter().chain(compiled.limits.iter().flatten()) {
        if truth(&expression.node, scene) == Truth::Unknown {
            let mut open = Vec::new();
            undecided(&expression.node, scene, &mut open);
            open.into_iter()
                .for_each(|read| scene.missing(read, false, into));
        }
    }
}

fn share<'a>(scene: &Scene<'a>, event: &Entry<'_>) -> Option<&'a Share> {
    scene.catalogue.markers[event.marker?].share.as_ref()
}

impl Share {
    /// The latest value of the whole not after the share, in the unit of its marker.
    fn whole(&self, scene: &Scene<'_>, event: &Entry<'_>) -> Option<f64> {
        let unit = scene.catalogue.source.markers[self.of].unit.as_deref()?;
        let found = scene.index.kinds[event.kind]
            .iter()
            .rev()
            .find(|entry| entry.date <= event.date && entry.marker == Some(self.of))?;
        let (value, from) = found.field("value").and_then(quantity)?;
        Some(value * units::factor(from, unit)?)
    }

    /// Above one where the share is too low; nothing to say where the whole is outside its range.
    fn ratio<'a>(&self, scene: &Scene<'_>, event: &Entry<'_>) -> Option<Value<'a>> {
        let whole = self.whole(scene, event)?;
        let (value, unit) = event.field("value").and_then(quantity)?;
        if !(self.between.0..=self.between.1).contains(&whole) {
            return Some(Value::Number(0.0));
        }
        (unit == "%" && value > 0.0).then_some(Value::Number(self.concern_under / value))
    }
}

fn between<'a>(low: f64, high: f64) -> Value<'a> {
    if low == high {
        Value::Number(low)
    } else {
        Value::Between(low, high)
    }
}

/// The laboratory's own range first, the catalogue's table only where it printed none.
fn limit(scene: &Scene<'_>, event: &Entry<'_>) -> Limit {
    let Some((_, unit)) = event.field("value").and_then(quantity) else {
        return Limit::None;
    };
    if let Some((high, high_unit)) = event.field("high").and_then(quantity) {
        let of_value = if matches!(event.field("high"), Some(Json::Number(_))) {
            Some(1.0)
        } else {
            units::factor(high_unit, unit)
        };
        return match of_value {
            Some(factor) => Limit::Known(high * factor, high * factor),
            None => Limit::UnitMismatch,
        };
    }
    let Some(found) = event.marker else {
        return Limit::None;
    };
    let source: &MarkerSource = &scene.catalogue.source.markers[found];
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for (row, condition) in source
        .limits
        .iter()
        .zip(&scene.catalogue.markers[found].limits)
    {
        let mut fits = row_fits(scene, row);
        if let Some(condition) = condition {
            fits = crate::expression::and(fits, truth(&condition.node, scene));
        }
        if fits != Truth::No {
            (low, high) = (low.min(row.max), high.max(row.max));
        }
        if fits == Truth::Yes {
            break;
        }
    }
    if low > high {
        return Limit::None;
    }
    match source
        .unit
        .as_deref()
        .and_then(|from| units::factor(from, unit))
    {
        Some(factor) => Limit::Known(low * factor, high * factor),
        None => Limit::UnitMismatch,
    }
}

fn row_fits(scene: &Scene<'_>, row: &LimitSource) -> Truth {
    let mut fits = Truth::Yes;
    let mut and = |known: Option<bool>| {
        let one = known.map_or(
            Truth::Unknown,
            |yes| if yes { Truth::Yes } else { Truth::No },
        );
        fits = crate::expression::and(fits, one);
    };
    if let Some(sex) = row.sex {
        and(super::screening::sex_of(scene).map(|own| own == sex));
    }
    if let Some((from, to)) = row.age {
        and(super::screening::age_of(scene, false)
            .map(|age| from.is_none_or(|from| from <= age) && to.is_none_or(|to| age <= to)));
    }
    if let Some(smoker) = row.smoker {
        let known = scene
            .catalogue
            .smoker
            .as_ref()
            .and_then(|(kind, field)| scene.with_field(*kind, field)?.1.as_bool());
        and(known.map(|own| own == smoker));
    }
    fits
}
