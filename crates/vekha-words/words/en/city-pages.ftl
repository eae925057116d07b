# The sign-in page
sign-in-title = Sign in to the city
sign-in-demo = A demo city, its people are invented. Who are you?
sign-in-asks = Vekha asks to:
sign-in-profile = know your name and date of birth
sign-in-facts = read test results and visits: yours and those of people you care for
sign-in-city = give the city your answers
sign-in-offline = do so until you sign out
sign-in-cancel = Do not sign in
sign-in-stopped = Sign-in did not work
sign-in-too-late = This page has expired. Go back to the app and start signing in again.
sign-in-wrong-app = This request did not come from the Vekha app, so sign-in was stopped. Close this page and start in the app itself.
sign-in-language = In English

# The map of the demo town
map-nowhere = There is no such address in the demo town.
map-made-up = The town is made up and on no map. A real city opens its own map here.

# The operator's page; a button or a choice holds both languages, so they are short.
operator-title = { $city }: operator
operator-clock = The city's clock
operator-laboratory = Laboratory
operator-doctor = Doctor
operator-inquiries = Questions and disputes
operator-time = Time
operator-residents = Residents and visits
operator-any-record = Any other record (JSON)
operator-code = The city's code
operator-code-is-for = Scanned to connect the city:
operator-door = The laboratory's door (FHIR R4)

# What can be made to happen
operator-result = Lab result
operator-correct-result = Correct the latest result
operator-withdraw-result = Withdraw the latest result
operator-withdraw-why = The tubes were mixed up: there was no such result.
operator-referral = Referral to the oncologist
operator-conclusion = The oncologist's conclusion
operator-diet = Diet sheet
operator-benign = Nothing dangerous found
operator-pregnancy = Pregnancy
operator-twins = Ultrasound: twins
operator-loss = Pregnancy loss
operator-birth = Birth

# What a form asks
operator-who = Who
operator-value = Value
operator-unit = Unit
operator-limit = Upper limit
operator-right-value = Right value
operator-icd = ICD-10 code
operator-malignant = Malignant
operator-malignant-no = no, follow-up
operator-malignant-yes = yes, treatment
operator-prescribed = What is prescribed
operator-signed-by = Signed by
operator-lmp = LMP
operator-babies = Babies
operator-placenta = Placenta
operator-placenta-own = one each
operator-placenta-shared = shared
operator-date = Date
operator-sex = Sex
operator-girl = girl
operator-boy = boy
operator-name = Name
operator-forward = Forward by
operator-hour = 1 hour
operator-day = 1 day
operator-three-days = 3 days
operator-week = 1 week
operator-month = 1 month
operator-kind = Kind
operator-fields = Fields

# What is pressed
operator-send = Send
operator-correct = Correct
operator-withdraw = Withdraw
operator-refer = Refer
operator-record = Record
operator-record-outcome = Record
operator-issue = Issue
operator-confirm = Confirm
operator-correct-record = Correct the record
operator-register = Register
operator-move = Move

# The table of residents
operator-resident = Resident
operator-shows = What they show
operator-facts = Facts
operator-visits = Visits

# Visits in that table
operator-offered = offered
operator-booked = booked
operator-took-place = took place
operator-cancelled = cancelled
operator-cancel = cancel

# What residents asked
operator-nobody-asked = Nobody has asked yet.
operator-question = Question
operator-dispute = “This is wrong”
operator-disputed = The record
operator-stands = stands
operator-wrong = wrong, withdraw it
operator-answer = Answer
operator-answered-by = Who answers
operator-reply = Answer

# What went wrong
operator-failed = It did not work
operator-back = Back
