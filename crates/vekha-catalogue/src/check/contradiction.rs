use std::collections::BTreeMap;
use vekha_lifepath::source::CriterionSource;

/// What is known of one name when several conditions hold together.
struct Bounds<'a> {
    equal: Option<&'a str>,
    /// The least and the greatest value, and whether each itself is allowed.
    low: (f64, bool),
    high: (f64, bool),
}

impl Default for Bounds<'_> {
    fn default() -> Self {
        Self {
            equal: None,
            low: (f64::NEG_INFINITY, true),
            high: (f64::INFINITY, true),
        }
    }
}

/// Why conditions never hold together: one name would be two values at once, or above and below at once.
///
/// Looks only at conditions joined by *and*, each a name beside a value: what it names is wrong, what it passes may be.
pub fn contradiction(criteria: &[CriterionSource]) -> Option<String> {
    let mut known: BTreeMap<&str, Bounds<'_>> = BTreeMap::new();
    let joined = criteria
        .iter()
        .filter(|one| !one.condition.contains(['|', '?']));
    for part in joined.flat_map(|one| one.condition.split("&&")) {
        let part = part.trim().trim_matches(['(', ')']);
        if part == "false" {
            return Some("it is plainly false".into());
        }
        let Some((name, how, value)) = comparison(part) else {
            continue;
        };
        let bounds = known.entry(name).or_default();
        let number = value.parse::<f64>().ok();
        match (how, number) {
            ("==", _) => match bounds.equal {
                Some(other) if other != value => {
                    return Some(format!("{name} is both {other} and {value}"));
                }
                _ => {
                    bounds.equal = Some(value);
                    if let Some(number) = number {
                        bounds.raise(number, true);
                        bounds.lower(number, true);
                    }
                }
            },
            (">" | ">=", Some(number)) => bounds.raise(number, how == ">="),
            ("<" | "<=", Some(number)) => bounds.lower(number, how == "<="),
            _ => {}
        }
        if bounds.low.0 > bounds.high.0
            || bounds.low.0 == bounds.high.0 && !(bounds.low.1 && bounds.high.1)
        {
            return Some(format!(
                "no {name} is above {} and below {} at once",
                bounds.low.0, bounds.high.0
            ));
        }
    }
    None
}

impl Bounds<'_> {
    fn raise(&mut self, to: f64, itself: bool) {
        if to > self.low.0 || to == self.low.0 && !itself {
            self.low = (to, itself);
        }
    }

    fn lower(&mut self, to: f64, itself: bool) {
        if to < self.high.0 || to == self.high.0 && !itself {
            self.high = (to, itself);
        }
    }
}

fn comparison(part: &str) -> Option<(&str, &'static str, &str)> {
    ["==", ">=", "<=", ">", "<"].into_iter().find_map(|how| {
        let (name, value) = part.split_once(how)?;
        let (name, value) = (name.trim(), value.trim());
        let plain = |c: char| c.is_alphanumeric() || c == '.' || c == '_';
        (!name.is_empty() && name.chars().all(plain)).then_some((name, how, value))
    })
}
