# Notifications outside the window. They may be read by anybody: no diagnosis, no marker, no value.
notify-app = Vekha
notify-sensitive = There is an important message for you from the clinic. { $line }
notify-for = { $name }: { $line }
notify-offer = { $what }: a time is held { $when }.
notify-cancelled = Cancelled: { $what }, { $when }. We will tell you what comes next.
notify-moved = New time: { $what }, { $when }.
notify-arranged = Booked for you: { $what }, { $when }. You can undo it.
notify-answered = A person has answered you. Open to read it.
notify-deadline = { $what }: due { $when }.
notify-paper = Ready: { $what }.
notify-digest =
    { $count ->
        [one] { $count } thing for today. The rest is in Vekha.
       *[other] { $count } things for today. The rest is in Vekha.
    }
notify-digest-nearest =
    { $count ->
        [one] { $count } thing for today. The nearest: { $what }, due { $when }.
       *[other] { $count } things for today. The nearest: { $what }, due { $when }.
    }
notify-accept = Accept
notify-change = Another time
notify-open = Open
