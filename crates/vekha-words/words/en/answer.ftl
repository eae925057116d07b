answer-unreadable = This answer could not be read. Please answer again.
answer-not-taken = Your city does not take such answers through the app yet. Please call the office.
answer-came-late = The appointment changed while your answer waited. Please look at it and answer again.
answer-slot-taken = That time has just been taken. Please choose another.
answer-choose-a-time = This city does not look for another time itself. Choose one from the list or call the clinic.
answer-visits-only = This city takes only answers to appointments from the app so far. What you said stays on this device; please turn to the clinic or the city directly.
visit-unnamed = Visit
visit-neutral = Appointment
