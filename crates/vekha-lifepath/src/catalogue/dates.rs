//! Days that start a run by themselves.
use super::step::Workshop;
use crate::source::DatesSource;
use crate::time::{Bound, Span};
use rustc_hash::FxHashMap;

/// When runs begin without an event.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Dates {
    pub rule: Rule,
    /// How long before the day its run begins.
    pub ahead: Option<Span>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Rule {
    /// This day of every year.
    Yearly(Bound),
    /// So long after the day in this field; each with its name.
    After {
        field: String,
        spans: Vec<(String, Span)>,
    },
}

/// The rule, and the kind of fact whose latest one the runs start from.
pub(super) fn dates(
    of: &DatesSource,
    kinds: &FxHashMap<String, usize>,
    shop: &mut Workshop<'_>,
) -> Option<(usize, Dates)> {
    let ahead = match of.ahead.as_deref().map(Span::parse) {
        Some(None) => {
            let near = of.ahead.clone().unwrap_or_default();
            shop.problem(&near, format!("“{near}” is not a period such as 30d"));
            None
        }
        ahead => ahead.flatten(),
    };
    let (kind, rule) = match (&of.on, &of.of) {
        (Some(on), None) => match Bound::parse(on) {
            Some(day @ Bound::Yearly(..)) => (kinds.get("person"), Rule::Yearly(day)),
            _ => {
                shop.problem(
                    on,
                    format!("“{on}” is not a day of the year such as @09-01"),
                );
                return None;
            }
        },
        (None, Some(path)) if !of.at.is_empty() => {
            let (kind, field) = path.rsplit_once('.').unwrap_or((path, ""));
            let mut spans = Vec::with_capacity(of.at.len());
            for text in &of.at {
                match Span::parse(text) {
                    Some(span) => spans.push((text.clone(), span)),
                    None => shop.problem(text, format!("“{text}” is not a period such as 14y")),
                }
            }
            // Planning looks from the longest down, and stops where the past begins.
            spans.sort_by_key(|(_, span)| span.rough_length());
            let field = field.to_owned();
            (kinds.get(kind), Rule::After { field, spans })
        }
        _ => {
            shop.problem(
                "dates:",
                "dates are “on” a day of the year, or “of” a day with “at” how long after it",
            );
            return None;
        }
    };
    if kind.is_none() {
        let near = of.of.clone().unwrap_or_else(|| "person".into());
        shop.problem(&near, format!("“{near}” is not in the facts vocabulary"));
    }
    Some((*kind?, Dates { rule, ahead }))
}
