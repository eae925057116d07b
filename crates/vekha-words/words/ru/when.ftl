# A moment as a person says it.
when-today = сегодня
when-tomorrow = завтра
when-day = { $day }, { $weekday }
when-near-at = { $day } в { $time }
when-far-at = { $day }, в { $time }

weekday-monday = понедельник
weekday-tuesday = вторник
weekday-wednesday = среда
weekday-thursday = четверг
weekday-friday = пятница
weekday-saturday = суббота
weekday-sunday = воскресенье
