calendar-title = Calendar
calendar-empty = Nothing is scheduled ahead.
calendar-export = Save the calendar (.ics)
calendar-export-one = Save to calendar: { $title }
calendar-note = The file holds neutral titles only: you can open it at work.
calendar-saved = File saved: { $path }
calendar-past = Past
kind-appointment = visit
kind-window = can be done
kind-deadline = deadline
calendar-view = View
calendar-view-agenda = List
calendar-view-month = Month
month-before = Previous month
month-after = Next month
month-day =
    { $count ->
        [one] { $day }: { $count } thing
       *[other] { $day }: { $count } things
    }
month-day-empty = Nothing is planned for this day.
