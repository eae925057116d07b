calendar-title = Календарь
calendar-empty = Впереди ничего не назначено.
calendar-export = Сохранить календарь (.ics)
calendar-export-one = Сохранить в календарь: { $title }
calendar-note = В файле только нейтральные названия: его можно открыть на работе.
calendar-past = Прошло
calendar-conflict = В это же время: { $title }, { $time }
calendar-open = Можно в любой день: { $count }
kind-appointment = визит
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
subscription-title = Подписка для другого календаря
subscription-about = Календарь в телефоне или на работе сам будет показывать ваши записи: время и адрес, без слов о здоровье. Кто знает адрес подписки, тот их видит; отозвать его можно в любой день.
subscription-offline = Адрес хранит город: включите сеть, чтобы его создать или отозвать.
subscription-not-offered = Этот город таких адресов пока не даёт. Календарь можно сохранить файлом.
subscription-address = Адрес подписки
subscription-copy = Скопировать адрес
subscription-copied = Адрес скопирован.
subscription-by-hand = Адрес выделен: скопируйте его сами.
subscription-once = Адрес показываем один раз: город его не запоминает. Потеряется — создайте новый.
subscription-since = Подписка работает с { $date }.
subscription-read = Последний раз её читали { $date }.
subscription-unread = Её ещё никто не читал.
subscription-make = Создать адрес
subscription-again = Новый адрес вместо прежнего
subscription-end = Отозвать адрес
subscription-ended = Адрес отозван: по нему больше ничего не прочесть.
calendar-before = Подготовиться и добраться
calendar-other-time = Другое время: { $title }
