calendar-title = Календарь
calendar-empty = Впереди ничего не назначено.
calendar-export = Сохранить календарь (.ics)
calendar-export-one = Сохранить в календарь: { $title }
calendar-note = В файле только нейтральные названия: его можно открыть на работе.
calendar-saved = Файл сохранён: { $path }
calendar-past = Прошло
kind-appointment = визит
kind-window = можно сделать
kind-deadline = срок
calendar-view = Вид
calendar-view-agenda = Список
calendar-view-month = Месяц
month-before = Месяц назад
month-after = Месяц вперёд
month-day =
    { $count ->
        [one] { $day }: { $count } дело
        [few] { $day }: { $count } дела
       *[many] { $day }: { $count } дел
    }
month-day-empty = В этот день ничего не назначено.
