use crate::source::CalendarSource;
use jiff::civil::Date;

/// Which days are working days.
#[derive(Debug, Clone, Default)]
pub struct WorkCalendar {
    /// Bit n is set when the ISO weekday n is off.
    weekend: u8,
    /// Days of the known years on which it is the other way round than the weekday says: day n of a year is bit n.
    turned: Vec<(i16, [u64; 6])>,
}

impl WorkCalendar {
    pub fn new(source: &CalendarSource) -> Self {
        let mut calendar = Self {
            weekend: source
                .weekend
                .iter()
                .filter(|day| (1..=7).contains(*day))
                .fold(0, |bits, day| bits | 1 << day),
            turned: Vec::new(),
        };
        // A week without a working day would make every search for one endless.
        if calendar.weekend & 0b1111_1110 == 0b1111_1110 {
            calendar.weekend = 1 << 6 | 1 << 7;
        }
        for year in &source.years {
            let off = year.off.iter().map(|day| (day, true));
            let work = year.work.iter().map(|day| (day, false));
            for (day, is_off) in off.chain(work) {
                if calendar.is_weekend(*day) != is_off {
                    calendar.turn(*day);
                }
            }
        }
        calendar
    }

    fn is_weekend(&self, day: Date) -> bool {
        self.weekend & (1 << day.weekday().to_monday_one_offset()) != 0
    }

    fn turn(&mut self, day: Date) {
        let year = day.year();
        let place = self.turned.partition_point(|(known, _)| *known < year);
        if self
            .turned
            .get(place)
            .is_none_or(|(known, _)| *known != year)
        {
            self.turned.insert(place, (year, [0; 6]));
        }
        let (word, bit) = place_in_year(day);
        self.turned[place].1[word] |= bit;
    }

    pub fn is_working(&self, day: Date) -> bool {
        let year = self.turned.iter().find(|(year, _)| *year == day.year());
        let turned = year.is_some_and(|(_, days)| {
            let (word, bit) = place_in_year(day);
            days[word] & bit != 0
        });
        self.is_weekend(day) == turned
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

fn place_in_year(day: Date) -> (usize, u64) {
    let day = usize::from(day.day_of_year().unsigned_abs());
    (day / 64, 1 << (day % 64))
}
