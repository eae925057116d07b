# A moment as a person says it.
when-today = today
when-tomorrow = tomorrow
when-day = { $weekday }, { $day }
when-near-at = { $day } at { $time }
when-far-at = { $day }, at { $time }

weekday-monday = Monday
weekday-tuesday = Tuesday
weekday-wednesday = Wednesday
weekday-thursday = Thursday
weekday-friday = Friday
weekday-saturday = Saturday
weekday-sunday = Sunday
