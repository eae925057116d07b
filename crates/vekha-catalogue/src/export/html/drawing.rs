//! Steps and forks in one picture: time runs from left to right, forks branch off the line of the situation.
//!
//! The axis has one place for every bound that occurs, so that an hour and a year are both readable; it is not to scale.
//! Steps that count from the same anchor stand together, for only they can be compared.
use super::Look;
use super::situation::titles;
use crate::explain::anchor_in_words;
use maud::{Markup, html};
use std::collections::BTreeMap;
use vekha_lifepath::source::{ForkSource, SituationSource, StepSource};
use vekha_lifepath::time::{Bound, Span, Unit};

const ROW: usize = 26;
const LABELS: usize = 430;
const HEAD: usize = 120;
/// A label of thirteen pixels to the letter's height has room for so many letters.
const LETTERS: usize = 52;

pub fn drawing(look: &Look<'_>, of: &SituationSource, steps: &[StepSource]) -> Markup {
    let axis = Axis::of(of, steps);
    let rows = rows(look, of, steps);
    let height = HEAD + ROW * rows.len() + 10;
    let forks = rows.iter().rposition(|row| matches!(row, Row::Fork(_)));
    let trunk = forks.map_or(HEAD, |place| HEAD + ROW * place);
    let title = look.words.of(&of.title);
    html! {
        div.wide {
            svg.drawing role="img" aria-label=(title) viewBox={ "0 0 " (axis.width()) " " (height) }
                width=(axis.width()) height=(height) {
                (axis.draw(look, height))
                line.trunk x1="14" x2="14" y1=(HEAD - 8) y2=(trunk) {}
                circle.start cx="14" cy=(HEAD - 12) r="5" {}
                @for (place, row) in rows.iter().enumerate() {
                    (row.draw(look, of, &axis, HEAD + ROW * place))
                }
            }
        }
        p.soft { (look.words.say("drawing-axis")) }
    }
}

enum Row<'a> {
    /// The anchor that the steps below count from.
    Anchor(String),
    Step(&'a StepSource, bool),
    Fork(&'a ForkSource),
}

fn rows<'a>(look: &Look<'_>, of: &'a SituationSource, steps: &'a [StepSource]) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    grouped(look, of, steps, false, &mut rows);
    for fork in &of.forks {
        rows.push(Row::Fork(fork));
        grouped(look, of, &fork.adds, true, &mut rows);
    }
    rows
}

/// Steps under the anchor they count from; those of the situation's own anchor need no heading.
fn grouped<'a>(
    look: &Look<'_>,
    of: &SituationSource,
    steps: &'a [StepSource],
    branch: bool,
    rows: &mut Vec<Row<'a>>,
) {
    let mut groups: Vec<(&str, Vec<&StepSource>)> = Vec::new();
    for step in steps {
        let anchor = step.anchor.as_deref().unwrap_or(&of.anchor.code);
        match groups.iter_mut().find(|(name, _)| *name == anchor) {
            Some((_, group)) => group.push(step),
            None => groups.push((anchor, vec![step])),
        }
    }
    for (anchor, group) in groups {
        let own = anchor == of.anchor.code || branch && anchor == "fork";
        if !own {
            rows.push(Row::Anchor(
                look.words.of(&anchor_in_words(of, anchor)).to_owned(),
            ));
        }
        rows.extend(group.into_iter().map(|step| Row::Step(step, branch)));
    }
}

impl Row<'_> {
    fn draw(&self, look: &Look<'_>, of: &SituationSource, axis: &Axis, top: usize) -> Markup {
        let base = top + 17;
        match self {
            Self::Anchor(text) => {
                let own = look
                    .words
                    .with("drawing-own", &[("anchor", text.as_str().into())]);
                html! { text.anchor x="50" y=(base) { (short(&own)) } }
            }
            Self::Step(step, branch) => step_row(look, step, *branch, axis, top),
            Self::Fork(fork) => fork_row(look, of, fork, axis, top),
        }
    }
}

fn step_row(look: &Look<'_>, step: &StepSource, branch: bool, axis: &Axis, top: usize) -> Markup {
    let title = step.title.as_ref().map_or("", |title| look.words.of(title));
    let x = if branch { 50 } else { 30 };
    let window = step.window.as_ref();
    let words = window.map(|window| look.words.window(window));
    let deadline = step
        .deadline
        .map_or_else(String::new, |kind| crate::cases::word(&kind));
    html! {
        a href={ "#" (step.id) } {
            text x=(x) y=(top + 17) { (short(title)) title { (title) } }
        }
        @for (from, width) in axis.bars(window) {
            rect class={ "bar " (deadline) } x=(from) y=(top + 6) width=(width) height="14" rx="3" {
                @if let Some(words) = &words { title { (words) } }
            }
        }
    }
}

fn fork_row(
    look: &Look<'_>,
    of: &SituationSource,
    fork: &ForkSource,
    axis: &Axis,
    top: usize,
) -> Markup {
    let words = look.words;
    let title = words.of(&fork.title);
    let middle = top + 13;
    let branch = format!("M14,{top} C14,{middle} 14,{middle} 34,{middle}");
    let mut says = Vec::new();
    if let Some(named) = &fork.cancels {
        says.push(format!(
            "{}: {}",
            words.say("cancels"),
            titles(look, of, named)
        ));
    }
    if let Some(started) = fork.starts.as_ref().and_then(|id| look.situation(id)) {
        says.push(format!(
            "{}: {}",
            words.say("starts"),
            words.of(&started.title)
        ));
    }
    if fork.ends {
        says.push(words.say("ends-it"));
    }
    let says = says.join(" · ");
    html! {
        path.branch d=(branch) {}
        path.diamond d={ "M34," (middle) " l7,-7 l7,7 l-7,7 z" } {}
        a href={ "#fork-" (fork.id) } {
            text.fork x="56" y=(top + 17) { (short(title)) title { (title) } }
        }
        @if !says.is_empty() {
            text.does x=(LABELS + 4) y=(top + 17) {
                (cut(&says, axis.width().saturating_sub(LABELS) / 7))
                title { (says) }
            }
        }
    }
}

/// The bounds that occur, each in its place.
struct Axis {
    places: BTreeMap<(u8, i64), Bound>,
}

impl Axis {
    fn of(of: &SituationSource, steps: &[StepSource]) -> Self {
        let added = of.forks.iter().flat_map(|fork| &fork.adds);
        let windows = steps
            .iter()
            .chain(added)
            .filter_map(|step| step.window.as_ref());
        let bounds = windows
            .flat_map(|(from, to)| [from, to])
            .filter_map(|text| Bound::parse(text.as_deref()?));
        Self {
            places: bounds.map(|bound| (order(bound), bound)).collect(),
        }
    }

    fn gap(&self) -> usize {
        (760 / (self.places.len() + 1)).clamp(26, 120)
    }

    fn width(&self) -> usize {
        LABELS + self.gap() * (self.places.len() + 1) + 60
    }

    fn x(&self, bound: Bound) -> usize {
        let place = self.places.keys().position(|key| *key == order(bound));
        LABELS + self.gap() * (place.unwrap_or(0) + 1)
    }

    /// Where the bars of a window begin, and how long they are; two where it passes over the end of a year.
    fn bars(&self, window: Option<&(Option<String>, Option<String>)>) -> Vec<(usize, usize)> {
        let Some((from, to)) = window else {
            return Vec::new();
        };
        let x = |text: &Option<String>| {
            let bound = Bound::parse(text.as_deref()?)?;
            Some(self.x(bound))
        };
        let (left, right) = (LABELS + 8, self.width() - 40);
        let bar = |from: usize, to: usize| (from, to.saturating_sub(from).max(8));
        match (x(from), x(to)) {
            (Some(from), Some(to)) if to < from => vec![bar(left, to), bar(from, right)],
            (from, to) => vec![bar(from.unwrap_or(left), to.unwrap_or(right))],
        }
    }

    fn draw(&self, look: &Look<'_>, height: usize) -> Markup {
        html! {
            @for bound in self.places.values() {
                @let x = self.x(*bound);
                line.tick x1=(x) x2=(x) y1=(HEAD - 14) y2=(height) {}
                text.tick x=(x) y=(HEAD - 20) transform={ "rotate(-40 " (x) " " (HEAD - 20) ")" } {
                    (look.words.bound(*bound))
                }
            }
        }
    }
}

/// Periods by their length, then days of the month, then days of the year.
fn order(bound: Bound) -> (u8, i64) {
    match bound {
        Bound::After(span) => (0, minutes(span)),
        Bound::Monthly(day) => (1, i64::from(day)),
        Bound::Yearly(month, day) => (2, i64::from(month) * 100 + i64::from(day)),
    }
}

fn minutes(span: Span) -> i64 {
    let day = 24 * 60;
    let unit = match span.unit {
        Unit::Minute => 1,
        Unit::Hour => 60,
        Unit::Day => day,
        // Five working days are a week.
        Unit::WorkingDay => day * 7 / 5,
        Unit::Week => 7 * day,
        Unit::Month => 30 * day + 10 * 60,
        Unit::Year => 365 * day,
    };
    span.count.saturating_mul(unit)
}

fn short(text: &str) -> String {
    cut(text, LETTERS)
}

fn cut(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let kept: String = text.chars().take(letters.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
