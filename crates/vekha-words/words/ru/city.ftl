# What the city says of itself in records, consents, visits and documents.

# Who tells a record
speaker-city = Город
speaker-resident = Вы
speaker-laboratory = Лаборатория города
speaker-registry = ЗАГС
speaker-clinician = Врач

# Who looked at a record, and what for
reader-carer = { $name }, близкий человек
reader-assistant = Программа города
look-reading = чтобы показать в «Вехе»
look-checking = проверка того, что было прислано
look-preparing = подготовка визитов и документов
look-visit = приём
look-often =
    { $looks ->
        [few] { $purpose }, { $looks } раза за день, впервые в { $first }
       *[other] { $purpose }, { $looks } раз за день, впервые в { $first }
    }

# Consents: to whom, and what for
consent-health-to = поликлиникам и программе города
consent-health-for = Видеть анализы и приёмы, чтобы держать место.
consent-legal-to = ЗАГС и МФЦ
consent-legal-for = Готовить документы, когда в жизни что-то меняется.
consent-social-to = социальной защите
consent-social-for = Подсказывать выплаты и помощь, которые вам положены.

# Why a visit fell away
off-result-withdrawn = Результат отозван лабораторией, визит отменён.
off-record-withdrawn = Запись, из-за которой готовился визит, отозвана. Визит отменён.
off-record-corrected = Запись, из-за которой готовился визит, исправлена: он больше не нужен и отменён.
off-ended = Вы попросили это закончить, визит отменён.
off-silenced = Визит отменён. Делать ничего не нужно.
off-plan-changed = План изменился: этот визит больше не нужен и отменён.
off-declined = Вы отказались от этого времени.
off-not-needed = Вы ответили, что визит не нужен.
off-by-clinic = Поликлиника отменила приём. Город ищет другое время.

# Visits, results and the calendar
visit-of = Запись: { $service }
result-unnamed = Анализ
calendar-name = Веха

# Documents, as Markdown
document-entry = **{ $title }**

    Дата записи: { $day }

    Основание: { $law }

    { $about }
document-diet = { $text }

    Назначил врач: { $doctor }

    { $about }
