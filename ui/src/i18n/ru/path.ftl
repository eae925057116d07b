path-title = Путь
path-picture = Ваш путь: линия жизни, истории и развилки
path-list = То же списком
path-now = сегодня
path-age = { $years ->
    [one] { $years } год
    [few] { $years } года
   *[other] { $years } лет
  }
path-empty = Сейчас нет историй, которые требуют вашего внимания. Линия идёт спокойно.
path-run-from = с { $date }
path-run-ended = закончилась { $date }
path-forks = Развилки
path-past-steps = Пройдено: { $count }
path-zoom = Масштаб
path-zoom-life = Жизнь
path-zoom-year = Год
path-zoom-month = Месяц
path-whose = Чей путь
path-run-state-active = идёт
path-run-state-ended = закончена
path-run-state-suppressed = не показываем
path-run-state-unknown = нужно уточнить
path-run-state-not_started = не началась
