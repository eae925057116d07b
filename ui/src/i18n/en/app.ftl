app-name = Vekha
title = { $screen } · Vekha
skip-to-content = Skip to content
tabs = Sections
tab-today = Today
tab-path = Path
tab-calendar = Calendar
tab-me = Me
back = Back
more = More about it
show-more = Show more ({ NUMBER($count) } left)
close = Close
cancel = Cancel
print = Print
send = Send
retry = Try again
loading = Loading
undo = Undo
undo-seconds = { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
  }
undone = Undone. Everything is as it was.
my-case-is-different = My case is different
online-again = The connection is back.
offline-as-of = No connection. This is how things were { $when }.
offline-never = No connection. Nothing has arrived from the city yet.
go-online = Connect
still-offline = No connection yet. We will try again by ourselves.
failing-answers = The city is not taking answers just now. Yours are kept and will go by themselves; everything else works.
failing-news = Nothing new arrives from the city just now. This is what has arrived so far; your answers go through.
failing-rules = The city’s new rules are not arriving just now. The old ones stay in force; everything else works.
needs-network = Needs a connection
waiting-to-send = { $count ->
    [one] { $count } answer is waiting to be sent
   *[other] { $count } answers are waiting to be sent
  }
pending = waiting to be sent
pending-now = sending…
refused = not accepted by the city
syncing = Getting your data
syncing-count = { $done } of { $total } received
syncing-some = { $done } received
mine = mine
whose = { $name }

error-unreachable = The app is not answering. Close it and open it again: your answers are saved.
error-net = This needs a connection. Try again as soon as you have one.
error-unknown = That did not work. Your data is safe. Please try again a little later.
not-found = This is no longer in your plan. Your circumstances have probably changed.
to-today = Back to Today

help-title = My case is different
help-intro = Tell us in your own words. A person will answer, not a program.
help-label = What is different for you?
help-about = About: { $title }
help-sent = Passed on to a person. The answer will come here and under Me.
help-queued = Saved. We will send it as soon as there is a connection.
help-call-first = Is your case different? Call: { $help }
help-call = Or call: { $help }
choose-typing = Type or choose
choose-none = Nothing like that. Try other words.
language-ru = Русский
language-en = English
file-saved = File saved: { $path }
file-handed = Your browser has the file, look among its downloads: { $name }
