# The sign-in page
sign-in-title = Вход в город
sign-in-demo = Показательный город, люди придуманы. Кем войти?
sign-in-asks = «Веха» просит:
sign-in-profile = узнать имя и дату рождения
sign-in-facts = читать анализы и приёмы: ваши и подопечных
sign-in-city = передавать ваши ответы
sign-in-offline = обновлять это до выхода
sign-in-cancel = Не входить
sign-in-stopped = Войти не получилось
sign-in-too-late = Эта страница устарела. Вернитесь в приложение и начните вход ещё раз.
sign-in-wrong-app = Запрос пришёл не от приложения «Веха», поэтому вход остановлен. Закройте эту страницу и начните вход в самом приложении.
sign-in-language = По-русски

# The map of the demo town
map-nowhere = Такого адреса в показательном городе нет.
map-made-up = Город придуман, поэтому на картах его нет. Настоящий город открывает здесь свою карту.

# The operator's page; a button or a choice holds both languages, so they are short.
operator-title = { $city }: оператор
operator-clock = Часы города
operator-laboratory = Лаборатория
operator-doctor = Врач
operator-inquiries = Вопросы и споры
operator-time = Время
operator-residents = Жители и визиты
operator-any-record = Любая другая запись (JSON)
operator-code = Код города
operator-code-is-for = Его снимают, чтобы подключить город:
operator-door = Дверь лаборатории

# What can be made to happen
operator-result = Результат анализа
operator-correct-result = Исправить последний результат
operator-withdraw-result = Отозвать последний результат
operator-withdraw-why = Перепутали пробирки: такого результата не было.
operator-referral = Направление к онкологу
operator-conclusion = Заключение онколога
operator-diet = Памятка о питании
operator-benign = Опасного не найдено
operator-pregnancy = Беременность
operator-twins = УЗИ: двойня
operator-loss = Беременность прервалась
operator-birth = Рождение

# What a form asks
operator-who = Кто
operator-value = Значение
operator-unit = Единица
operator-limit = Верхняя граница
operator-right-value = Верное значение
operator-icd = Код МКБ-10
operator-malignant = Злокачественное
operator-malignant-no = нет, наблюдение
operator-malignant-yes = да, лечение
operator-prescribed = Что назначено
operator-signed-by = Врач, который подписал
operator-lmp = Первый день последних месячных
operator-babies = Сколько малышей
operator-placenta = Плацента
operator-placenta-own = у каждого своя
operator-placenta-shared = общая
operator-date = Дата
operator-sex = Пол
operator-girl = девочка
operator-boy = мальчик
operator-name = Имя
operator-forward = Вперёд на
operator-hour = 1 час
operator-day = 1 день
operator-three-days = 3 дня
operator-week = 1 неделю
operator-month = 1 месяц
operator-kind = Вид записи
operator-fields = Поля

# What is pressed
operator-send = Отправить
operator-correct = Исправить
operator-withdraw = Отозвать
operator-refer = Направить
operator-record = Записать
operator-record-outcome = Записать итог
operator-issue = Выдать
operator-confirm = Подтвердить
operator-correct-record = Исправить запись
operator-register = Зарегистрировать
operator-move = Перевести

# The table of residents
operator-resident = Житель
operator-shows = Что показывает
operator-facts = Записей
operator-visits = Визиты

# Visits in that table
operator-offered = предложен
operator-booked = записан
operator-took-place = состоялся
operator-cancelled = отменён
operator-cancel = отменить

# What residents asked
operator-nobody-asked = Пока никто не спрашивал.
operator-question = Вопрос
operator-dispute = «Это неверно»
operator-disputed = Запись
operator-stands = остаётся
operator-wrong = неверна, отозвать
operator-answer = Ответ
operator-answered-by = Кто отвечает
operator-reply = Ответить

# What went wrong
operator-failed = Не получилось
operator-back = Назад
