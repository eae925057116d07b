# Why the city's rules are not used, and what that means for the resident.
-not-used = Они не взяты: путь считается по прежним, ничего не потеряно.
catalogue-unsigned = Правила города пришли без подписи. { -not-used }
catalogue-unknown-key = Правила города подписаны неизвестным ключом. Если город сменил ключ, выйдите и подключитесь к нему заново. { -not-used }
catalogue-tampered = Подпись правил города не сходится: по дороге их изменили. { -not-used }
catalogue-came-expired = Правила города действовали до { $day }. { -not-used }
catalogue-not-yet = Правила города начнут действовать { $day }. { -not-used }
catalogue-rolled-back = Город прислал старые правила ({ $found }), здесь уже есть новее ({ $last }). { -not-used }
catalogue-broken = Правила города не читаются. { -not-used }
catalogue-expired = Правила города действовали до { $day }. Пока нет новых, путь считается по ним; новые придут при связи с городом.
catalogue-damaged = Сохранённые правила города повреждены. Путь считается по встроенным; город пришлёт правила заново.
catalogue-not-given = Город не отдал свои правила. Путь считается по прежним, ничего не потеряно.
