use crate::source::CalendarSource;
use jiff::civil::Date;

/// Which days are working days.
#[derive(Debug, Clone, Default)]
pub struct WorkCalendar {
    /// Bit n is set when the ISO weekday n is off.
    weekend: u8,
    off: Vec<Date>,
    work: Vec<Date>,
}

impl WorkCalendar {
    pub fn new(source: &CalendarSource) -> Self {
        let mut calendar = Self {
            weekend: source
                .weekend
                .iter()
                .filter(|day| (1..=7).contains(*day))
                .fold(0, |bits, day| bits | 1 << day),
            off: source
                .years
                .iter()
                .flat_map(|year| year.off.clone())
                .collect(),
            work: source
                .years
                .iter()
                .flat_map(|year| year.work.clone())
                .collect(),
        };
        // A week without a working day would make every search for one endless.
        if calendar.weekend & 0b1111_1110 == 0b1111_1110 {
            calendar.weekend = 1 << 6 | 1 << 7;
        }
        calendar.off.sort_unstable();
        calendar.work.sort_unstable();
        calendar
    }

    pub fn is_working(&self, day: Date) -> bool {
        if self.weekend & (1 << day.weekday().to_monday_one_offset()) != 0 {
            self.work.binary_search(&day).is_ok()
        } else {
            self.off.binary_search(&day).is_err()
        }
    }

    /// The day itself, or the next working day (ГК РФ ст. 193).
    pub fn on_or_after(&self, day: Date) -> Date {
        let mut day = day;
        while !self.is_working(day) {
            match day.tomorrow() {
                Ok(next) => day = next,
                Err(_) => return day,
            }
        }
        day
    }

    /// `count` working days away from `day`, which itself does not count (ГК РФ ст. 191).
    pub fn working_days_from(&self, day: Date, count: i64) -> Date {
        let mut day = day;
        let mut left = count.unsigned_abs();
        while left > 0 {
            let next = if count > 0 {
                day.tomorrow()
            } else {
                day.yesterday()
            };
            let Ok(next) = next else { return day };
            day = next;
            if self.is_working(day) {
                left -= 1;
            }
        }
        day
    }
}
