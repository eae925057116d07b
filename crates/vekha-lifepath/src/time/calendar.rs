use crate::source::CalendarSource;
use jiff::{ToSpan, civil::Date};

/// Which days are working days.
#[derive(Debug, Clone, Default)]
pub struct WorkCalendar {
    /// Bit n is set when the ISO weekday n is off.
    weekend: u8,
    /// The working days of the years it knows: day n of a year is bit n.
    working: Vec<(i16, [u64; 6])>,
}

impl WorkCalendar {
    pub fn new(source: &CalendarSource) -> Self {
        let mut calendar = Self {
            weekend: source
                .weekend
                .iter()
                .filter(|day| (1..=7).contains(*day))
                .fold(0, |bits, day| bits | 1 << day),
            working: Vec::new(),
        };
        // A week without a working day would make every search for one endless.
        if calendar.weekend & 0b1111_1110 == 0b1111_1110 {
            calendar.weekend = 1 << 6 | 1 << 7;
        }
        for year in &source.years {
            let off = year.off.iter().map(|day| (day, false));
            let work = year.work.iter().map(|day| (day, true));
            for (day, works) in off.chain(work) {
                calendar.set(*day, works);
            }
        }
        calendar
    }

    fn is_weekday(&self, day: Date) -> bool {
        self.weekend & (1 << day.weekday().to_monday_one_offset()) == 0
    }

    fn set(&mut self, day: Date, works: bool) {
        let year = day.year();
        let place = self.working.partition_point(|(known, _)| *known < year);
        let known = self.working.get(place);
        if known.is_none_or(|(known, _)| *known != year) {
            self.working.insert(place, (year, self.weekdays(day)));
        }
        let (word, bit) = place_in_year(day);
        let days = &mut self.working[place].1;
        days[word] = if works {
            days[word] | bit
        } else {
            days[word] & !bit
        };
    }

    /// Of the year that a day is in.
    fn weekdays(&self, day: Date) -> [u64; 6] {
        let mut days = [0; 6];
        let of_year = day.first_of_year().series(1.day());
        let of_year = of_year.take_while(|one| one.year() == day.year());
        for one in of_year.filter(|one| self.is_weekday(*one)) {
            let (word, bit) = place_in_year(one);
            days[word] |= bit;
        }
        days
    }

    pub fn is_working(&self, day: Date) -> bool {
        let mut years = self.working.iter();
        match years.find(|(year, _)| *year == day.year()) {
            Some((_, days)) => {
                let (word, bit) = place_in_year(day);
                days[word] & bit != 0
            }
            None => self.is_weekday(day),
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

fn place_in_year(day: Date) -> (usize, u64) {
    let day = usize::from(day.day_of_year().unsigned_abs());
    (day / 64, 1 << (day % 64))
}
