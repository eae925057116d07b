# The words in which the catalogue speaks to a reader: windows, deadlines, labels of the site.
span-minute = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
span-hour = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
span-day = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
span-working-day = { $count ->
    [one] { $count } working day
   *[other] { $count } working days
}
span-week = { $count ->
    [one] { $count } week
   *[other] { $count } weeks
}
span-month = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
span-year = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
bound-now = at once
bound-after = in { $span }
bound-before = { $span } before
bound-yearly = { $day }
bound-monthly = on day { $day } of the month
window-both = { $from } – { $to }
window-open = { $from }, with no last day
window-until = not later than { $to }
window-always = any time
every = every { $span }
every-times = every { $span }, { $times ->
    [one] once
   *[other] { $times } times
} in all

domain-health = Health
domain-legal = Documents
domain-social = Payments and help
domain-education = Learning
domain-labour = Work
domain-property = Property
domain-housing = Home
domain-money = Money and taxes
domain-city = The city around

deadline-state = the authority must deliver
deadline-duty = your duty
deadline-right = to keep your right
deadline-rec = recommended
deadline-window = exists only in this window

action-book = appointment
action-issue = issue
action-enrol = enrolment
action-pay = payment
action-bill = bill
action-inform = message
action-do = to do
action-ask = application
action-decide = decision
action-supply = supply
action-visit = home visit
action-suppress = silence
action-human = talk with a person

confidence-high = high
confidence-medium = medium
confidence-low = low: check the dates

sensitivity-S0 = open
sensitivity-S1 = ordinary personal
sensitivity-S2 = personal, about money and family
sensitivity-S3 = health and other very personal

sex-female = women
sex-male = men
age-from-to = { $from } to { $to } years
age-from = from { $from } years
age-to = up to { $to } years
ages = at { $ages } years

site-title = { $catalogue }: the catalogue
site-version = Version { $version }. Compared with the law: { $checked }.
site-index = All situations
site-language = Русский
begins = When it begins
begins-with = Event
begins-yearly = Every year, { $day }
begins-after = { $spans } after: { $field }
begins-ahead = { $span } before that day
told-by = Who tells
conditions = Conditions
counts = Counted from
counts-from = Counted from
lasts = Lasts { $span }
silences = Silenced meanwhile
ends = When it ends
drawing = Steps and forks
drawing-axis = Left to right: time since the day from which the step counts; distances are not to scale.
drawing-own = from: { $anchor }
steps = Steps
step = Step
window = Window
deadline = Deadline
service = Who does it
late = If it is missed
law = Law
confidence = Confidence
forks = Forks
when = When
does = What changes
adds = Adds
replaces = Replaces
cancels = Cancels
cancels-all = all other steps
keeps = Keeps
starts = Starts
ends-it = Ends the situation
by-human = Handed to a person
feared = Shown only on request
human = When a person comes in
valid-from = In force from { $day }
valid-to = In force until { $day }
consents = Consents
checked = Checked on { $day }
neutral = On a lock screen
count = { $steps ->
    [one] { $steps } step
   *[other] { $steps } steps
}, { $forks ->
    [one] { $forks } fork
   *[other] { $forks } forks
}
