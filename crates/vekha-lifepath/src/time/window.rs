use super::WorkCalendar;
use jiff::{SignedDuration, civil::Date, tz::TimeZone};
use vekha_model::{DeadlineKind, Moment};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Minute,
    Hour,
    Day,
    WorkingDay,
    Week,
    Month,
    Year,
}

/// A signed number of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub count: i64,
    pub unit: Unit,
}

/// One end of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    After(Span),
    /// The next such day of a year: month, day.
    Yearly(i8, i8),
    /// The next such day of a month.
    Monthly(i8),
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Window {
    pub from: Option<Bound>,
    pub to: Option<Bound>,
}

impl From<(Option<Bound>, Option<Bound>)> for Window {
    fn from((from, to): (Option<Bound>, Option<Bound>)) -> Self {
        Self { from, to }
    }
}

impl Span {
    pub fn parse(text: &str) -> Option<Self> {
        let split = text.find(|c: char| c.is_ascii_alphabetic())?;
        let (number, unit) = text.split_at(split);
        let unit = match unit {
            "min" => Unit::Minute,
            "h" => Unit::Hour,
            "d" => Unit::Day,
            "bd" => Unit::WorkingDay,
            "w" => Unit::Week,
            "mo" => Unit::Month,
            "y" => Unit::Year,
            _ => return None,
        };
        let count: i64 = number.trim_start_matches('+').parse().ok()?;
        (count.abs() <= 100_000).then_some(Self { count, unit })
    }

    pub fn times(self, factor: i64) -> Self {
        Self {
            count: self.count.saturating_mul(factor),
            ..self
        }
    }

    /// In tenths of a day, roughly: enough to put spans in order.
    pub(crate) fn rough_length(self) -> i64 {
        let per_unit = match self.unit {
            Unit::Minute | Unit::Hour => 0,
            Unit::Day | Unit::WorkingDay => 10,
            Unit::Week => 70,
            Unit::Month => 304,
            Unit::Year => 3652,
        };
        self.count.saturating_mul(per_unit)
    }

    fn is_exact(self) -> bool {
        matches!(self.unit, Unit::Minute | Unit::Hour)
    }

    /// The moment this far from `anchor`: an instant for hours, else a day.
    pub fn from(self, anchor: Moment, calendar: &WorkCalendar, zone: &TimeZone) -> Moment {
        if self.is_exact() {
            let step = if self.unit == Unit::Hour { 3600 } else { 60 };
            let start = anchor.start_in(zone);
            let at = start
                .checked_add(SignedDuration::from_secs(self.count.saturating_mul(step)))
                .unwrap_or(start);
            return Moment::at(at, zone);
        }
        let day = anchor.date_in(zone);
        let count = self.count;
        if count == 0 {
            return Moment::Day(day);
        }
        Moment::Day(match self.unit {
            Unit::WorkingDay => calendar.working_days_from(day, count),
            Unit::Week => days_from(day, count.saturating_mul(7)),
            Unit::Month => months_from(day, count),
            Unit::Year => months_from(day, count.saturating_mul(12)),
            _ => days_from(day, count),
        })
    }
}

/// The same day of another month, or its last one; the day itself where there is no such year.
fn months_from(day: Date, count: i64) -> Date {
    let months = i64::from(day.year()) * 12 + i64::from(day.month()) - 1;
    let there = months.saturating_add(count);
    let first = i16::try_from(there.div_euclid(12)).ok().and_then(|year| {
        let month = i8::try_from(there.rem_euclid(12) + 1).ok()?;
        Date::new(year, month, 1).ok()
    });
    let of = |first: Date| {
        let day = day.day().min(first.days_in_month());
        Date::new(first.year(), first.month(), day).ok()
    };
    first.and_then(of).unwrap_or(day)
}

fn days_from(day: Date, count: i64) -> Date {
    let hours = SignedDuration::from_hours(count.saturating_mul(24));
    day.checked_add(hours).unwrap_or(day)
}

impl Bound {
    pub fn parse(text: &str) -> Option<Self> {
        let Some(date) = text.strip_prefix('@') else {
            return Span::parse(text).map(Self::After);
        };
        if let Some(day) = date.strip_prefix("day") {
            return day
                .parse()
                .ok()
                .filter(|day| (1..=31).contains(day))
                .map(Self::Monthly);
        }
        let (month, day) = date.split_once('-')?;
        let (month, day) = (month.parse().ok()?, day.parse().ok()?);
        Date::new(2024, month, day).ok()?;
        Some(Self::Yearly(month, day))
    }

    /// The moment this bound means, seen from `anchor`.
    pub fn after(self, anchor: Moment, calendar: &WorkCalendar, zone: &TimeZone) -> Moment {
        let base = anchor.date_in(zone);
        match self {
            Self::After(span) => span.from(anchor, calendar, zone),
            Self::Yearly(month, day) => {
                let of = |year| {
                    Date::new(year, month, day).unwrap_or_else(|_| Date::constant(year, 2, 28))
                };
                let this = of(base.year());
                let next = of((base.year() + 1).min(9999));
                Moment::Day(if this >= base { this } else { next })
            }
            Self::Monthly(day) => {
                let of = |month: Date| {
                    Date::new(month.year(), month.month(), day.min(month.days_in_month()))
                        .unwrap_or(month)
                };
                let this = of(base);
                let next = of(months_from(base.first_of_month(), 1));
                Moment::Day(if this >= base { this } else { next })
            }
        }
    }
}

impl Window {
    /// When the window opens and closes. The `index`-th repetition moves it by `every`.
    ///
    /// A period starts on the day after its event (ст. 191), so adding the days to the event's date gives its last day.
    /// A last day that is not a working day moves on (ст. 193); `docs/plan.md` says which ones never do.
    pub fn on(
        &self,
        anchor: Moment,
        repeat: Option<(Span, i64)>,
        kind: DeadlineKind,
        calendar: &WorkCalendar,
        zone: &TimeZone,
    ) -> (Option<Moment>, Option<Moment>) {
        let base = match repeat {
            Some((every, index)) if index != 0 => every.times(index).from(anchor, calendar, zone),
            _ => anchor,
        };
        let shift = |bound: Bound| match (bound, repeat) {
            // Adding months twice from one anchor keeps the day of the month: 31 Jan, 28 Feb, 31 Mar.
            (Bound::After(span), Some((every, index))) if span.unit == every.unit => {
                let count = span.count.saturating_add(every.count.saturating_mul(index));
                Span { count, ..span }.from(anchor, calendar, zone)
            }
            (bound, _) => bound.after(base, calendar, zone),
        };
        let opens = self.from.map(|bound| {
            let next = shift(bound);
            self.under_way(bound, next, base, calendar, zone)
                .unwrap_or(next)
        });
        let due = self.to.map(|bound| match (bound, opens) {
            (Bound::After(_), _) | (_, None) => shift(bound),
            (bound, Some(opens)) => bound.after(opens, calendar, zone),
        });
        let due = due.map(|due| match due {
            Moment::Day(day) if self.moves(kind) => Moment::Day(calendar.on_or_after(day)),
            other => other,
        });
        let due = match (opens, due) {
            (Some(Moment::Day(opens)), Some(Moment::Day(last))) if opens <= last => due,
            (Some(opens), Some(due)) if due.wall_end(zone) < opens.wall_start(zone) => Some(opens),
            _ => due,
        };
        (opens, due)
    }

    /// What is left of such days inside this window: `None` where they do not meet.
    pub fn narrows(
        &self,
        (opens, due): (Option<Moment>, Option<Moment>),
        anchor: Moment,
        calendar: &WorkCalendar,
        zone: &TimeZone,
    ) -> Option<(Option<Moment>, Option<Moment>)> {
        let (from, to) = self.on(anchor, None, DeadlineKind::Window, calendar, zone);
        let opens = opens.into_iter().chain(from);
        let opens = opens.max_by_key(|at| at.wall_start(zone));
        let due = due.into_iter().chain(to);
        let due = due.min_by_key(|at| at.wall_end(zone));
        let meet = match (opens, due) {
            (Some(opens), Some(due)) => opens.wall_start(zone) < due.wall_end(zone),
            _ => true,
        };
        meet.then_some((opens, due))
    }

    /// Where the anchor lies inside such a season, the season that is on and not the next one.
    fn under_way(
        &self,
        from: Bound,
        next: Moment,
        anchor: Moment,
        calendar: &WorkCalendar,
        zone: &TimeZone,
    ) -> Option<Moment> {
        let next = next.date_in(zone);
        let last = match from {
            Bound::Yearly(..) => months_from(next, -12),
            Bound::Monthly(day) => {
                let month = next.first_of_month().yesterday().ok()?.first_of_month();
                let day = day.min(month.days_in_month());
                Date::new(month.year(), month.month(), day).ok()?
            }
            Bound::After(_) => return None,
        };
        let closes = match self.to? {
            Bound::After(_) => return None,
            bound => bound.after(Moment::Day(last), calendar, zone),
        };
        (closes.date_in(zone) >= anchor.date_in(zone)).then_some(Moment::Day(last))
    }

    fn moves(&self, kind: DeadlineKind) -> bool {
        let medical_age = matches!(
            self.to,
            Some(Bound::After(Span {
                unit: Unit::Week,
                ..
            }))
        );
        kind != DeadlineKind::Window && !medical_age && self.from != self.to
    }
}
