# Notifications outside the window. They may be read by anybody: no diagnosis, no marker, no value.
notify-app = Веха
notify-sensitive = Для вас есть важное сообщение от поликлиники. { $line }
notify-for = { $name }: { $line }
notify-offer = { $what }: время удержано { $when }.
notify-cancelled = Отменено: { $what }, { $when }. Мы подскажем, что дальше.
notify-moved = Новое время: { $what }, { $when }.
notify-arranged = Вы записаны: { $what }, { $when }. Можно отменить.
notify-answered = Вам ответил человек. Откройте, чтобы прочитать.
notify-deadline = { $what }: срок { $when }.
notify-paper = Готово: { $what }.
notify-digest =
    { $count ->
        [one] На сегодня { $count } дело. Подробности в «Вехе».
        [few] На сегодня { $count } дела. Подробности в «Вехе».
       *[other] На сегодня { $count } дел. Подробности в «Вехе».
    }
notify-digest-nearest =
    { $count ->
        [one] На сегодня { $count } дело. Ближайшее: { $what }, срок { $when }.
        [few] На сегодня { $count } дела. Ближайшее: { $what }, срок { $when }.
       *[other] На сегодня { $count } дел. Ближайшее: { $what }, срок { $when }.
    }
notify-accept = Принять
notify-change = Другое время
notify-open = Открыть
