offer-came = Новое предложение: { $title }, { $when }.
today-offers = Ждут вашего ответа
today-offers-loss = Если захотите
today-next = Что дальше
today-done = Город уже сделал
today-late = Опаздывает
today-waiting = Вы ответили
today-questions = Уточните, если хотите
today-notices = Важно
calm = Всё идёт своим чередом.
calm-next = Следующий шаг — { $title }, { $when }.
calm-next-undated = Следующий шаг — { $title }.
hello-morning = Доброе утро, { $name }
hello-day = Добрый день, { $name }
hello-evening = Добрый вечер, { $name }
hello-night = Доброй ночи, { $name }
accept = Принять
other-time = Другое время
not-for-me = Не для меня
held-for-you = Место держим для вас { $until }
held-lapses = Если не ответите, оно просто освободится.
why = Почему это мне?
show-all = Показать ещё { $count }
question-helps = Нужно, чтобы решить: { $what }
more-questions =
    { $count ->
        [one] Ещё { $count } вопрос
        [few] Ещё { $count } вопроса
       *[many] Ещё { $count } вопросов
    }
late-by = Опаздывает на { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[other] { $days } дней
  }
late-by-hours = Срок уже прошёл
late-holder = Отвечает: { $holder }
late-city = Этот срок держит город, не вы. Поторопит человек.
late-yours = Срок прошёл. Это ещё можно сделать.
state-upcoming = впереди
state-open = можно сейчас
state-city = делает город
state-due_soon = скоро срок
state-overdue = срок прошёл
state-held = место держим
state-agreed = вы согласились
state-booked = вы записаны
state-done = сделано
state-declined = вы отказались
state-cancelled = отменено
state-not_applicable = не относится к вам
state-unknown = нужно уточнить
deadline-state = Отвечает: { $holder }
deadline-state-nobody = Отвечает город
deadline-by = Срок: { $until }
deadline-duty = Это ваша обязанность: { $until }
deadline-right = Чтобы не потерять право: { $until }
deadline-rec = Рекомендуется { $until }
deadline-window = Бывает только в этот срок: { $until }
yes = Да
no = Нет
answer = Ответить
private-answer = Оставить только на этом устройстве
private-answer-note = Ответ не уйдёт в город, но план на устройстве его учтёт.
answered = Спасибо, учли.
answered-privately = Учли. Ответ остался только на этом устройстве.
choose = Выберите
number-please = Напишите число
whose-line = Для кого: { $name }
