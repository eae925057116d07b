app-name = Веха
title = { $screen } · Веха
skip-to-content = Перейти к содержанию
tabs = Разделы
tab-today = Сегодня
tab-path = Путь
tab-calendar = Календарь
tab-me = Я
back = Назад
more = Подробнее
show-more = Показать ещё (осталось { NUMBER($count) })
close = Закрыть
cancel = Отмена
print = Распечатать
send = Отправить
retry = Попробовать ещё раз
loading = Загружаем
undo = Отменить
undo-seconds = { $seconds ->
    [one] { $seconds } секунда
    [few] { $seconds } секунды
   *[other] { $seconds } секунд
  }
undone = Отменено. Всё как было.
my-case-is-different = Мой случай другой
online-again = Связь снова есть.
offline-as-of = Нет связи. Показываем то, что было { $when }.
offline-never = Нет связи. Данные из города ещё не приходили.
go-online = Выйти на связь
still-offline = Связи пока нет. Попробуем ещё раз сами.
failing-answers = Город пока не принимает ответы. Ваши сохранены и уйдут сами; остальное работает.
failing-news = Новое от города пока не приходит. Показываем то, что уже пришло; ваши ответы уходят.
failing-rules = Новые правила города пока не приходят. Действуют прежние; остальное работает.
needs-network = Нужна связь
waiting-to-send = { $count ->
    [one] { $count } ответ ждёт отправки
    [few] { $count } ответа ждут отправки
   *[other] { $count } ответов ждут отправки
  }
pending = ждёт отправки
pending-now = отправляем…
refused = не принято городом
syncing = Получаем ваши данные
syncing-count = Получено { $done } из { $total }
syncing-some = Получено { $done }
mine = моё
whose = { $name }

error-unreachable = Приложение не отвечает. Закройте его и откройте снова: ваши ответы сохранены.
error-net = Для этого нужна связь. Как только она появится, попробуйте снова.
error-unknown = Не получилось. Ваши данные целы. Попробуйте ещё раз чуть позже.
not-found = Этого больше нет в вашем плане. Вероятно, обстоятельства изменились.
to-today = Вернуться на «Сегодня»

help-title = Мой случай другой
help-intro = Расскажите своими словами. Ответит человек, а не программа.
help-label = Что у вас иначе?
help-about = Вопрос о: { $title }
help-sent = Передали человеку. Ответ придёт сюда же и в раздел «Я».
help-queued = Сохранили. Отправим, как только появится связь.
help-call-first = Ваш случай другой? Позвоните: { $help }
help-call = Или позвоните: { $help }
choose-typing = Пишите или выберите
choose-none = Такого нет. Попробуйте другими словами.
language-ru = Русский
language-en = English
file-saved = Файл сохранён: { $path }
file-handed = Файл отдан браузеру, ищите его в загрузках: { $name }
