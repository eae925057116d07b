# What is known of the resident.
fact-unknown = Запись, которую приложение ещё не понимает
fact-taken-back = отозвано источником
fact-yes = да
fact-no = нет

source-laboratory = Лаборатория
source-clinician = Врач
source-registry = Реестр
source-city = Город
source-resident = С ваших слов

domain-health = Здоровье
domain-legal = Документы и семья
domain-social = Поддержка
domain-education = Учёба
domain-labour = Работа
domain-property = Имущество
domain-housing = Жильё
domain-money = Деньги
domain-city = Город
