# Why the city did not do what it was asked: `problem-` and the problem's code.
problem-not-found = Этой записи у вас нет. Обновите экран.
problem-not-yours = Это данные другого человека. Без его согласия город их не показывает и не меняет.
problem-signed-out = Вход устарел. Войдите в город ещё раз.
problem-not-allowed = При входе вы не разрешили это действие. Войдите ещё раз и разрешите его.
problem-unreadable = Город не понял запрос. Обновите приложение и попробуйте ещё раз.
problem-wrong-method = { problem-unreadable }
problem-not-json = { problem-unreadable }
problem-idempotency-key-missing = { problem-unreadable }
problem-idempotency-key-reused = Это действие уже отправлено в другом виде. Обновите экран и повторите.
problem-too-large = Сообщение слишком длинное. Сократите его и отправьте ещё раз.
problem-changed-meanwhile = Пока вы отвечали, запись изменилась. Посмотрите её ещё раз.
problem-cursor-gone = Город больше не помнит, где вы остановились. Приложение прочитает всё заново.
problem-city-failed = У города что-то сломалось. Ничего не потеряно, попробуйте позже.
problem-busy = Город сейчас занят. Приложение повторит само.

# An answer to an offer
problem-slot-taken = Это время только что заняли. Выберите другое.
problem-hold-lapsed = Время уже не удерживается. Ничего страшного: город предложит другое.
problem-offer-closed = Этот визит уже прошёл или отменён. Обновите экран.
problem-two-at-once = В это время у вас уже другой визит. Выберите время хотя бы на час раньше или позже.
problem-no-other-time = Другого времени сейчас нет. Прежнее остаётся за вами.

# A record that is told
problem-fact-exists = Такая запись уже есть, но с другим содержанием. Чтобы исправить её, пришлите новую запись вместо прежней.
problem-private-fact = Личная запись не покидает ваше устройство. Город её не принял.
problem-bad-id = У записи неверный номер. Обновите приложение.
problem-unknown-resident = Город не знает такого жителя.
problem-in-the-future = Дата ещё не наступила. Проверьте дату и часы устройства.
problem-before-birth = Дата раньше дня рождения. Проверьте дату.
problem-not-a-date = Дата записана неверно. Проверьте её.
problem-nothing-to-supersede = Записи, которую вы исправляете, у города нет.
problem-unknown-kind = Город не знает такого вида записей. Обновите приложение.
problem-unit-mismatch = Единицы результата и границы не совпадают. Попросите лабораторию прислать результат заново.
problem-not-a-quantity = Результат должен быть числом с единицей измерения.
problem-not-yours-to-say = Это записывает врач или государственный орган. Если запись неверна, оспорьте её.

# A question and its answer
problem-no-words = Напишите хотя бы пару слов.
problem-too-long = Слишком длинно: не больше 4000 знаков.
problem-answered = На это уже ответили.

# The operator's page
problem-another-site = Эта страница отвечает только самой себе.
problem-clock = Часы можно перевести только вперёд, не больше чем на два года.

# The same codes where other words say better what to do
offer-changed = Пока вы отвечали, время приёма изменилось. Посмотрите его ещё раз.
not-yours-to-change = Запись врача или органа изменить нельзя. Если она неверна, оспорьте её.
