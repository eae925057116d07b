//! From which day on a situation silences others.
use super::Since;
use super::step::Workshop;
use crate::source::SinceSource;
use crate::time::Span;

pub(super) fn since(
    of: &SinceSource,
    starting: &mut impl FnMut(&mut Workshop<'_>, &Option<String>) -> Option<String>,
    shop: &mut Workshop<'_>,
) -> Option<Since> {
    let weeks = starting(shop, &of.weeks);
    let mut day = |path: &Option<String>| {
        let path = path.as_deref()?;
        let found = path.rsplit_once('.').and_then(|(kind, field)| {
            let (place, fields) = shop.names.kinds.get(kind)?;
            fields
                .contains_key(field)
                .then(|| (*place, field.to_owned()))
        });
        if found.is_none() {
            shop.problem(path, format!("“{path}” is not in the facts vocabulary"));
        }
        found
    };
    let (first, after) = (day(&of.first), day(&of.after));
    let most = Span::parse(&of.most).filter(|span| span.count > 0);
    if most.is_none() {
        let most = &of.most;
        shop.problem(most, format!("“{most}” is not a period such as 42w"));
    }
    Some(Since {
        weeks,
        first,
        after,
        most: most?,
    })
}
