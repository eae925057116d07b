//! The days that start runs by themselves, as they stand on a day.
use crate::catalogue::{Dates, Rule};
use crate::facts::{Entry, moment_of};
use crate::time::{Bound, Span, Unit, WorkCalendar};
use jiff::{civil::Date, tz::TimeZone};
use vekha_model::Moment;

/// How many years around today are looked at for a day of every year.
const AROUND: i16 = 5;
const YEAR: Span = Span {
    count: 1,
    unit: Unit::Year,
};

/// One such day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// The year, or how long after the day in the resident's life: part of the run's id.
    pub name: String,
    /// When its run begins.
    pub from: Date,
    pub day: Date,
    /// The day on which the next one takes over, where nothing of this one may reach into it.
    pub until: Option<Date>,
}

/// Those that have begun by `today`, the oldest first. Of a day of every year the latest counts, and those before it while
/// the situation lasts.
pub fn periods(
    dates: &Dates,
    lasts: Option<Span>,
    event: &Entry<'_>,
    today: Date,
    calendar: &WorkCalendar,
    zone: &TimeZone,
) -> Vec<Period> {
    let moved = |day: Date, span: Span| span.from(Moment::Day(day), calendar, zone).date_in(zone);
    let begins = |day: Date| match dates.ahead {
        Some(ahead) => moved(day, ahead.times(-1)),
        None => day,
    };
    let mut all: Vec<Period> = Vec::new();
    match &dates.rule {
        Rule::Yearly(bound) => {
            let of = |year: i16| {
                let january = Moment::Day(Date::new(year, 1, 1).unwrap_or(today));
                bound.after(january, calendar, zone).date_in(zone)
            };
            let years = (today.year() - AROUND)..=(today.year() + AROUND);
            for year in years.rev() {
                let day = of(year);
                let from = begins(day);
                if from > today {
                    continue;
                }
                if !all.is_empty() && lasts.is_none_or(|lasts| moved(day, lasts) <= today) {
                    break;
                }
                all.push(Period {
                    name: year.to_string(),
                    from,
                    day,
                    until: is_calendar_year(*bound, dates.ahead).then(|| of(year + 1)),
                });
            }
        }
        Rule::After { field, spans } => {
            let Some(start) = event.fact.fields.get(field).and_then(moment_of) else {
                return Vec::new();
            };
            let start = start.date_in(zone);
            let mut latest = None;
            for (name, span) in spans.iter().rev() {
                let day = moved(start, *span);
                let from = begins(day);
                if from > today {
                    continue;
                }
                // What ended long ago is the past of another age; the last one is still worth a look for a year.
                if let Some(end) = lasts.map(|lasts| moved(day, lasts)) {
                    let is_latest = *latest.get_or_insert(day) == day;
                    let yet = if is_latest { moved(end, YEAR) } else { end };
                    if yet <= today {
                        if !is_latest {
                            break;
                        }
                        continue;
                    }
                }
                all.push(Period {
                    name: name.clone(),
                    from,
                    day,
                    until: None,
                });
            }
        }
    }
    all.reverse();
    all
}

fn is_calendar_year(day: Bound, ahead: Option<Span>) -> bool {
    ahead.is_none() && day == Bound::Yearly(1, 1)
}
