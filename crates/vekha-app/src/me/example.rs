use crate::view::ConsentExample;
use vekha_model::{Domain, Text};
use vekha_protocol::Reach;

/// What would have happened with each switch, told by one ordinary day in this part of life.
pub fn examples(domain: Domain) -> Vec<ConsentExample> {
    let [off, suggest, arrange, act] = stories(domain);
    [
        (Reach::Off, off),
        (Reach::Suggest, suggest),
        (Reach::Arrange, arrange),
        (Reach::Act, act),
    ]
    .into_iter()
    .map(|(reach, (ru, en))| ConsentExample {
        reach,
        text: Text::new(ru, en),
    })
    .collect()
}

type Story = (&'static str, &'static str);

/// Off, suggest, arrange, act.
fn stories(domain: Domain) -> [Story; 4] {
    match domain {
        Domain::Health => [
            (
                "Пришёл анализ. Город ничего не делает: путь видите только вы, на своём устройстве.",
                "A test result came. The city does nothing: only you see the path, on your own device.",
            ),
            (
                "Пришёл анализ. Город напоминает, к какому врачу и до какого дня записаться; записываетесь вы сами.",
                "A test result came. The city reminds you which doctor to see and by when; you book it yourself.",
            ),
            (
                "Пришёл анализ. Город уже держит для вас время у врача и спрашивает: «Принять, другое время, не для меня?»",
                "A test result came. The city already holds a time with a doctor and asks: accept, another time, or not for me?",
            ),
            (
                "Пришёл анализ. Город сразу записал вас к врачу и сообщил; отменить можно одним нажатием.",
                "A test result came. The city booked a doctor at once and told you; one tap undoes it.",
            ),
        ],
        Domain::Legal => [
            (
                "Родился ребёнок. За свидетельством вы идёте сами, когда узнаете срок.",
                "A child is born. You go for the birth certificate yourself, once you learn the deadline.",
            ),
            (
                "Родился ребёнок. Город напоминает: зарегистрировать в течение месяца, вот где.",
                "A child is born. The city reminds you: register within a month, and where.",
            ),
            (
                "Родился ребёнок. Заявление уже заполнено и время удержано: остаётся подтвердить.",
                "A child is born. The form is filled in and a time is held: you only confirm.",
            ),
            (
                "Родился ребёнок. Свидетельство оформлено по данным роддома; вам сообщили, где его взять.",
                "A child is born. The certificate was made from the hospital's record; you are told where to get it.",
            ),
        ],
        Domain::Social => [
            (
                "Стало тяжело одному. Город об этом не узнаёт и ничего не предлагает.",
                "Living alone got hard. The city does not know and offers nothing.",
            ),
            (
                "Стало тяжело одному. Город рассказывает, какая помощь вам положена.",
                "Living alone got hard. The city tells you what help you are entitled to.",
            ),
            (
                "Стало тяжело одному. Для вас уже держат встречу с соцработником; вы решаете.",
                "Living alone got hard. A meeting with a social worker is held for you; you decide.",
            ),
            (
                "Стало тяжело одному. Соцработник записан на четверг; отменить можно одним нажатием.",
                "Living alone got hard. A social worker is booked for Thursday; one tap undoes it.",
            ),
        ],
        Domain::Education => [
            (
                "Ребёнку скоро три года. За очередью в детский сад вы следите сами.",
                "Your child is nearly three. You watch the kindergarten queue yourself.",
            ),
            (
                "Ребёнку скоро три года. Город напоминает подать заявление в детский сад.",
                "Your child is nearly three. The city reminds you to apply for a kindergarten.",
            ),
            (
                "Ребёнку скоро три года. Место в саду рядом с домом удержано: подтвердите или выберите другое.",
                "Your child is nearly three. A place near home is held: confirm it or choose another.",
            ),
            (
                "Ребёнку скоро три года. Его зачислили в сад рядом с домом; от места можно отказаться.",
                "Your child is nearly three. A place near home was taken; you can give it back.",
            ),
        ],
        Domain::Labour => [
            (
                "Закончился договор. Город об этом не узнаёт.",
                "Your contract ended. The city does not know.",
            ),
            (
                "Закончился договор. Город подсказывает, как встать на учёт и что положено.",
                "Your contract ended. The city tells you how to register and what you are due.",
            ),
            (
                "Закончился договор. Время в центре занятости удержано, заявление готово: подтвердите.",
                "Your contract ended. A time at the job centre is held and the form is ready: confirm.",
            ),
            (
                "Закончился договор. Заявление подано, приём назначен; всё можно отозвать.",
                "Your contract ended. The form was sent and a meeting set; you can take it all back.",
            ),
        ],
        Domain::Property => [
            (
                "Вы купили машину. Сроки учёта и налога вы помните сами.",
                "You bought a car. You remember the deadlines yourself.",
            ),
            (
                "Вы купили машину. Город напоминает: поставить на учёт за десять дней.",
                "You bought a car. The city reminds you: register it within ten days.",
            ),
            (
                "Вы купили машину. Время в ГАИ удержано, заявление заполнено: подтвердите.",
                "You bought a car. A time is held and the form is filled in: confirm.",
            ),
            (
                "Вы купили машину. Вы записаны в ГАИ на субботу; отменить можно одним нажатием.",
                "You bought a car. You are booked for Saturday; one tap undoes it.",
            ),
        ],
        Domain::Housing => [
            (
                "Дом включили в капитальный ремонт. Вы узнаёте об этом из объявления.",
                "Your house is to be renovated. You learn of it from a notice on the door.",
            ),
            (
                "Дом включили в капитальный ремонт. Город сообщает сроки и ваши права.",
                "Your house is to be renovated. The city tells you the dates and your rights.",
            ),
            (
                "Дом включили в капитальный ремонт. Осмотр квартиры назначен на удобное время: подтвердите.",
                "Your house is to be renovated. A visit to your flat is held at a good time: confirm.",
            ),
            (
                "Дом включили в капитальный ремонт. Осмотр записан; время можно сменить.",
                "Your house is to be renovated. The visit is booked; you can change the time.",
            ),
        ],
        Domain::Money => [
            (
                "Вам стала положена выплата. Никто об этом не скажет.",
                "A benefit became due to you. Nobody will say so.",
            ),
            (
                "Вам стала положена выплата. Город сообщает, какая, сколько и до какого дня подать заявление.",
                "A benefit became due to you. The city tells you which, how much and by when to apply.",
            ),
            (
                "Вам стала положена выплата. Заявление уже заполнено: остаётся отправить.",
                "A benefit became due to you. The form is filled in: you only send it.",
            ),
            (
                "Вам стала положена выплата. Она назначена и придёт сама; вам сообщили сумму и день.",
                "A benefit became due to you. It was granted and comes by itself; you are told how much and when.",
            ),
        ],
        Domain::City => [
            (
                "Завтра отключат воду. Вы узнаёте об этом из крана.",
                "The water is off tomorrow. You learn of it from the tap.",
            ),
            (
                "Завтра отключат воду. Город предупреждает и говорит, до скольких.",
                "The water is off tomorrow. The city warns you and says until when.",
            ),
            (
                "Завтра отключат воду. Для вас придержали подвоз: подтвердите, если нужен.",
                "The water is off tomorrow. A delivery is held for you: confirm if you need it.",
            ),
            (
                "Завтра отключат воду. Подвоз записан на ваш адрес; отменить можно одним нажатием.",
                "The water is off tomorrow. A delivery is booked to your door; one tap undoes it.",
            ),
        ],
    }
}
