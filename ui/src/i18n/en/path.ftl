path-title = Path
path-picture = Your path: a life line, stories and forks
path-list = The same as a list
path-now = today
path-age = { $years ->
    [one] { $years } year
   *[other] { $years } years
  }
path-empty = There are no stories that need you right now. The line runs calmly.
path-run-from = from { $date }
path-run-ended = ended { $date }
path-forks = Forks
path-past-steps = Behind you: { $count }
path-zoom = Zoom
path-zoom-life = Life
path-zoom-year = Year
path-zoom-month = Month
path-whose = Whose path
path-run-state-active = under way
path-run-state-ended = ended
path-run-state-suppressed = not shown
path-run-state-unknown = needs clearing up
path-run-state-not_started = not started
