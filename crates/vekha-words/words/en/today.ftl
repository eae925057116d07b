# What is told on Today by itself.
notice-cancelled = Cancelled: { $what }
notice-refused = The city did not take your action
notice-answer = You have an answer
refused-unclear = The city said no. Ask a person: “My case is different”.

undo-accept = You took the time.
undo-book = You chose a time.
undo-change = You asked for another time.
undo-decline = You said no to this time.
undo-done = Marked as done.
undo-have-it = Noted: you already have this.
undo-not-needed = Noted: you do not need this.
undo-ended = Stopped: { $what }.
