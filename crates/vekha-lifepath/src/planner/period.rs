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
    match &dates.rule {
        Rule::Yearly(bound) => {
            let of = |year: i16| {
                let january = Moment::Day(Date::new(year, 1, 1).unwrap_or(today));
                bound.after(january, calendar, zone).date_in(zone)
            };
            let years = (today.year() - AROUND)..=(today.year() + AROUND);
            let mut all: Vec<Period> = years
                .map(|year| Period {
                    name: year.to_string(),
                    from: begins(of(year)),
                    day: of(year),
                    until: is_calendar_year(*bound, dates.ahead).then(|| of(year + 1)),
                })
                .filter(|period| period.from <= today)
                .collect();
            let latest = all.len().saturating_sub(1);
            let mut place = 0;
            all.retain(|period| {
                let is_latest = place == latest;
                place += 1;
                is_latest || lasts.is_some_and(|lasts| moved(period.day, lasts) > today)
            });
            all
        }
        Rule::After { field, spans } => {
            let Some(day) = event.fact.fields.get(field).and_then(moment_of) else {
                return Vec::new();
            };
            let mut all: Vec<Period> = spans
                .iter()
                .map(|(name, span)| {
                    let day = moved(day.date_in(zone), *span);
                    Period {
                        name: name.clone(),
                        from: begins(day),
                        day,
                        until: None,
                    }
                })
                .filter(|period| period.from <= today)
                .collect();
            all.sort_by_key(|period| period.day);
            // What ended long ago is the past of another age; the last one is still worth a look for a year.
            let latest = all.last().map(|period| period.day);
            all.retain(|period| {
                let Some(end) = lasts.map(|lasts| moved(period.day, lasts)) else {
                    return true;
                };
                let yet = if Some(period.day) == latest {
                    moved(end, YEAR)
                } else {
                    end
                };
                yet > today
            });
            all
        }
    }
}

fn is_calendar_year(day: Bound, ahead: Option<Span>) -> bool {
    ahead.is_none() && day == Bound::Yearly(1, 1)
}
