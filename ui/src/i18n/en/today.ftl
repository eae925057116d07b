offer-came = A new offer: { $title }, { $when }.
today-offers = Waiting for your answer
today-offers-loss = If you like
today-next = What comes next
today-done = The city has already done
today-late = Running late
today-waiting = You answered
today-questions = Clear this up, if you like
today-notices = Important
calm = Nothing needs you now.
calm-next = The next step is { $title }, { $when }.
calm-next-undated = The next step is { $title }.
hello-morning = Good morning, { $name }
hello-day = Good afternoon, { $name }
hello-evening = Good evening, { $name }
hello-night = Good night, { $name }
accept = Accept
other-time = Another time
not-for-me = Not for me
held-for-you = We hold this place for you, please answer { $until }
held-lapses = If you do not answer, it is simply released.
why = Why am I offered this?
show-all = Show { $count } more
question-helps = Needed to settle: { $what }
more-questions =
    { $count ->
        [one] { $count } more question
       *[other] { $count } more questions
    }
late-by = Late by { $days ->
    [one] { $days } day
   *[other] { $days } days
  }
late-by-hours = The deadline has passed
late-holder = Responsible: { $holder }
late-city = This was the city’s to keep, not yours. A person can hurry it.
late-yours = The date has passed. It can still be done.
state-upcoming = ahead
state-open = open now
state-city = the city does it
state-due_soon = due soon
state-overdue = past its date
state-held = place held
state-agreed = you agreed
state-booked = you are booked
state-done = done
state-declined = you said no
state-cancelled = cancelled
state-not_applicable = does not concern you
state-unknown = needs clearing up
deadline-state = Responsible: { $holder }
deadline-state-nobody = The city is responsible
deadline-by = Deadline: { $until }
deadline-duty = This is your duty: { $until }
deadline-right = To keep the right: { $until }
deadline-rec = Recommended { $until }
deadline-window = Only possible in this time: { $until }
yes = Yes
no = No
answer = Answer
private-answer = Keep it on this device only
private-answer-note = The answer will not reach the city, but the plan on this device will use it.
answered = Thank you, noted.
answered-privately = Noted. The answer stays on this device only.
choose = Choose
number-please = Please write a number
whose-line = For: { $name }
