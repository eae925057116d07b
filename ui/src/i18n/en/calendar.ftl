calendar-title = Calendar
calendar-empty = Nothing is scheduled ahead.
calendar-export = Save the calendar (.ics)
calendar-export-one = Save to calendar: { $title }
calendar-note = The file holds neutral titles only: you can open it at work.
calendar-past = Past
calendar-conflict = At the same time: { $title }, { $time }
calendar-open = On any day: { $count }
kind-appointment = visit
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
subscription-title = Subscription for another calendar
subscription-about = The calendar on your phone or at work will show your appointments by itself: time and address, no words about health. Whoever knows the address sees them; you can take it back any day.
subscription-offline = The city keeps the address: turn the network on to make it or take it back.
subscription-not-offered = This city has no such addresses yet. The calendar can be saved as a file.
subscription-address = Address of the subscription
subscription-copy = Copy the address
subscription-copied = The address is copied.
subscription-by-hand = The address is selected: copy it yourself.
subscription-once = The address is shown once: the city does not keep it. If it is lost, make a new one.
subscription-since = The subscription has worked since { $date }.
subscription-read = It was last read { $date }.
subscription-unread = Nobody has read it yet.
subscription-make = Make an address
subscription-again = A new address instead
subscription-end = Take the address back
subscription-ended = The address is void: nothing can be read there any more.
calendar-before = Prepare and get there
calendar-other-time = Another time: { $title }
