# What the city says of itself in records, consents, visits and documents.

# Who tells a record
speaker-city = City
speaker-resident = You
speaker-laboratory = City laboratory
speaker-registry = Civil registry
speaker-clinician = Doctor

# Who looked at a record, and what for
reader-carer = { $name }, a family member
reader-assistant = The city’s program
look-reading = to show it in Vekha
look-checking = checking what it had sent
look-preparing = preparing visits and papers
look-visit = a visit
look-often = { $purpose }, { $looks } times that day, first at { $first }

# Consents: to whom, and what for
consent-health-to = the city's clinics and its program
consent-health-for = See test results and visits, to hold a place.
consent-legal-to = the civil registry and the public services centre
consent-legal-for = Prepare papers when something changes in your life.
consent-social-to = the social protection office
consent-social-for = Tell you about payments and help you are entitled to.

# Why a visit fell away
off-result-withdrawn = The laboratory withdrew the result; the visit is cancelled.
off-record-withdrawn = The record the visit was for has been withdrawn. The visit is cancelled.
off-record-corrected = The record the visit was for has been corrected: it is no longer needed and is cancelled.
off-ended = You asked to end this; the visit is cancelled.
off-silenced = The visit is cancelled. There is nothing you need to do.
off-plan-changed = The plan has changed: this visit is no longer needed and is cancelled.
off-declined = You declined this time.
off-not-needed = You said the visit is not needed.
off-by-clinic = The clinic cancelled the visit. The city looks for another time.

# Visits, results and the calendar
visit-of = Appointment: { $service }
result-unnamed = Test
calendar-name = Vekha

# Documents, as Markdown
document-entry = **{ $title }**

    Date of entry: { $day }

    Basis: { $law }

    { $about }
document-diet = { $text }

    Prescribed by: { $doctor }

    { $about }
