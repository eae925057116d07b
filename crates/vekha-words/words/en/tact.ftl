# What stands in the place of what is not said.
neutral = Something important
hard-news-at-visit = The doctor will tell you at the visit
hard-news-by-call = Somebody will call and tell you
hard-news-by-call-booked = Somebody will call and tell you; you have a time at the doctor’s
hard-news-came = A result has come that a doctor wants to discuss with you

condolence = We are so sorry
condolence-more = Everything that can wait is put away. Your visits are still in the calendar. If you need help or somebody to talk to, press “My case is different”: a person will answer.
