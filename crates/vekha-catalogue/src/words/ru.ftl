# Слова, которыми каталог говорит с читателем: окна, сроки, подписи сайта.
span-minute = { $count ->
    [one] { $count } минуту
    [few] { $count } минуты
   *[many] { $count } минут
}
span-hour = { $count ->
    [one] { $count } час
    [few] { $count } часа
   *[many] { $count } часов
}
span-day = { $count ->
    [one] { $count } день
    [few] { $count } дня
   *[many] { $count } дней
}
span-working-day = { $count ->
    [one] { $count } рабочий день
    [few] { $count } рабочих дня
   *[many] { $count } рабочих дней
}
span-week = { $count ->
    [one] { $count } неделю
    [few] { $count } недели
   *[many] { $count } недель
}
span-month = { $count ->
    [one] { $count } месяц
    [few] { $count } месяца
   *[many] { $count } месяцев
}
span-year = { $count ->
    [one] { $count } год
    [few] { $count } года
   *[many] { $count } лет
}
bound-now = сразу
bound-after = через { $span }
bound-before = за { $span } до
bound-yearly = { $day }
bound-monthly = { $day }-го числа
window-both = { $from } — { $to }
window-open = { $from }, без крайнего срока
window-until = не позже чем { $to }
window-always = в любое время
every = раз в { $span }
every-times = раз в { $span }, всего { $times ->
    [one] { $times } раз
    [few] { $times } раза
   *[many] { $times } раз
}

domain-health = Здоровье
domain-legal = Документы
domain-social = Выплаты и помощь
domain-education = Учёба
domain-labour = Работа
domain-property = Имущество
domain-housing = Жильё
domain-money = Деньги и налоги
domain-city = Город вокруг

deadline-state = отвечает ведомство
deadline-duty = ваша обязанность
deadline-right = чтобы не потерять право
deadline-rec = рекомендуется
deadline-window = бывает только в этот срок

action-book = запись
action-issue = выдача
action-enrol = зачисление
action-pay = выплата
action-bill = счёт
action-inform = сообщение
action-do = сделать
action-ask = заявление
action-decide = решение
action-supply = обеспечение
action-visit = визит на дом
action-suppress = тишина
action-human = разговор с человеком

confidence-high = высокая
confidence-medium = средняя
confidence-low = низкая: сроки уточняйте

sensitivity-S0 = открытое
sensitivity-S1 = обычное личное
sensitivity-S2 = личное, о деньгах и семье
sensitivity-S3 = здоровье и другое особо личное

sex-female = женщинам
sex-male = мужчинам
age-from-to = { $from }–{ $to } лет
age-from = с { $from } лет
age-to = до { $to } лет
ages = в { $ages } лет

site-title = { $catalogue }: каталог
site-version = Версия { $version }. Сверено с законом: { $checked }.
site-index = Все ситуации
site-language = English
begins = Когда начинается
begins-with = Событие
begins-yearly = Каждый год, { $day }
begins-after = Через { $spans } после: { $field }
begins-ahead = за { $span } до этого дня
told-by = Кто сообщает
conditions = Условия
counts = Отсчёт
counts-from = Считается от
lasts = Длится { $span }
silences = На это время умолкают
ends = Когда заканчивается
drawing = Шаги и развилки
drawing-axis = Слева направо — время от дня, с которого считается шаг; расстояния не в масштабе.
drawing-own = от: { $anchor }
steps = Шаги
step = Шаг
window = Окно
deadline = Срок
service = Кто делает
late = Если не успеть
law = Основание
confidence = Уверенность
forks = Развилки
when = Когда
does = Что меняется
adds = Добавляет
replaces = Заменяет
cancels = Отменяет
cancels-all = все остальные шаги
keeps = Оставляет
starts = Начинает
ends-it = Завершает ситуацию
by-human = Передаётся человеку
feared = Показывается только по просьбе
human = Когда подключается человек
valid-from = Действует с { $day }
valid-to = Действует до { $day }
consents = Согласия
checked = Сверено { $day }
neutral = На экране блокировки
count = { $steps ->
    [one] { $steps } шаг
    [few] { $steps } шага
   *[many] { $steps } шагов
}, { $forks ->
    [one] { $forks } развилка
    [few] { $forks } развилки
   *[many] { $forks } развилок
}
