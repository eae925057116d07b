# Why the city did not do what it was asked: `problem-` and the problem's code.
problem-not-found = You have no such record. Refresh the screen.
problem-not-yours = This belongs to someone else. The city neither shows nor changes it without their consent.
problem-signed-out = The sign-in has expired. Please sign in again.
problem-not-allowed = You did not allow this when you signed in. Sign in again and allow it.
problem-unreadable = The city did not understand the request. Update the app and try again.
problem-wrong-method = { problem-unreadable }
problem-not-json = { problem-unreadable }
problem-idempotency-key-missing = { problem-unreadable }
problem-idempotency-key-reused = This key was already used for something else. Refresh the screen and try again.
problem-too-large = The message is too long. Shorten it and send it again.
problem-changed-meanwhile = It changed while you were answering. Please look again.
problem-cursor-gone = The city no longer knows where you had read to. The app reads everything again.
problem-city-failed = Something failed at the city. Nothing is lost, try again later.
problem-busy = The city is busy. The app will try again by itself.

# An answer to an offer
problem-slot-taken = Somebody has just taken this time. Choose another.
problem-hold-lapsed = The time is no longer held. No harm done: the city will offer another.
problem-offer-closed = This visit is over or cancelled. Refresh the screen.
problem-two-at-once = You have another visit around that time. Choose a time at least an hour earlier or later.
problem-no-other-time = There is no other time now. The one you have stays yours.

# A record that is told
problem-fact-exists = There is already a record with this id and other content. Send a new one that supersedes it.
problem-private-fact = A private record never leaves your device. The city did not take it.
problem-bad-id = The record's id must be 1 to 128 letters, digits, dots, dashes. Update the app.
problem-unknown-resident = The city does not know this resident.
problem-in-the-future = The date is in the future. Check the date and the device's clock.
problem-before-birth = The date is before the day of birth. Check the date.
problem-not-a-date = The date is not written as one. Check it.
problem-nothing-to-supersede = The city does not have the record this one supersedes.
problem-unknown-kind = The city does not know this kind of record. Update the app.
problem-unit-mismatch = The units of the result and of its limit differ. Ask the laboratory to send it again.
problem-not-a-quantity = The result has to be a number with its unit.
problem-not-yours-to-say = A doctor or an authority records this. If a record is wrong, dispute it.

# A question and its answer
problem-no-words = Please write a few words.
problem-too-long = Too long: no more than 4,000 characters.
problem-answered = This is answered already.

# The operator's page
problem-another-site = This page answers its own site only.
problem-clock = The clock moves forward only, by two years at most.

# The same codes where other words say better what to do
offer-changed = The time has changed while you were answering. Please look again.
not-yours-to-change = A doctor's or authority's record cannot be changed. If it is wrong, dispute it.
