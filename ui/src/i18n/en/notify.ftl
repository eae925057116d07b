# Notifications outside the window. They may be read by anybody: no diagnosis, no marker, no value.
notify-app = Vekha
notify-sensitive = There is an important message for you from the clinic.
notify-for = { $name }:
notify-offer = { $what }: a time is held { $when }.
notify-cancelled = Cancelled: { $what }, { $when }. We will tell you what comes next.
notify-moved = New time: { $what }, { $when }.
notify-deadline = { $what }: due { $when }.
notify-accept = Accept
notify-change = Another time
