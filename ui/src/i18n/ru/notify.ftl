# Notifications outside the window. They may be read by anybody: no diagnosis, no marker, no value.
notify-app = Веха
notify-sensitive = Для вас есть важное сообщение от поликлиники.
notify-for = { $name }:
notify-offer = { $what }: время удержано { $when }.
notify-cancelled = Отменено: { $what }, { $when }. Мы подскажем, что дальше.
notify-moved = Новое время: { $what }, { $when }.
notify-deadline = { $what }: срок { $when }.
notify-accept = Принять
notify-change = Другое время
