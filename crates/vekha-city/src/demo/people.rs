use jiff::{ToSpan, civil::Date};
use serde_json::{Value, json};
use vekha_model::{Relation, ResidentId, Text};
use vekha_protocol::Reach;

/// A resident of the demo town and what is known of them at the start.
pub(super) struct Person {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) birth: Date,
    pub(super) sex: &'static str,
    /// Health consent (C2) and how far it goes; `None` where it is not given.
    pub(super) health: Option<Reach>,
    /// Who reads about them, and as whose.
    pub(super) carer: Option<(&'static str, Relation)>,
    /// Has had this year's check-up.
    pub(super) checked_up: bool,
    /// Kind, days before the demo begins, fields.
    pub(super) facts: Vec<(&'static str, i64, Value)>,
}

fn person(id: &'static str, name: &'static str, birth: Date, sex: &'static str) -> Person {
    Person {
        id,
        name,
        birth,
        sex,
        health: Some(Reach::Arrange),
        carer: None,
        checked_up: true,
        facts: Vec::new(),
    }
}

fn lab(code: &str, value: f64, unit: &str, high: f64) -> Value {
    json!({"code": code, "value": {"value": value, "unit": unit}, "high": {"value": high, "unit": unit}})
}

/// The residents of the town, children and an old father among them, born so many years before the demo's first day.
pub(super) fn people(today: Date) -> Vec<Person> {
    let born = |years: i32, days: i32| {
        today
            .saturating_sub(years.years())
            .saturating_sub(days.days())
    };
    let ago = |days: i32| today.saturating_sub(days.days()).to_string();
    // What the maternity hospital and the children's clinic have reported.
    let done = |days: i64, step: &str| {
        let fields = json!({"step": step, "outcome": "done"});
        ("step.outcome", days, fields)
    };
    let smoker = |yes: bool| ("habit.smoking", 200, json!({"smoker": yes}));
    vec![
        Person {
            facts: vec![smoker(false)],
            ..person("anna", "Анна", born(30, 190), "female")
        },
        Person {
            health: None,
            facts: vec![
                smoker(false),
                ("lab.result", 0, lab("2039-6", 9.1, "ng/mL", 5.0)),
            ],
            ..person("nina", "Нина", born(41, 300), "female")
        },
        Person {
            facts: vec![smoker(false)],
            ..person("maria", "Мария", born(28, 75), "female")
        },
        Person {
            facts: vec![
                smoker(true),
                ("lab.result", 0, lab("2039-6", 7.4, "ng/mL", 5.0)),
            ],
            ..person("oleg", "Олег", born(54, 20), "male")
        },
        Person {
            facts: vec![
                smoker(false),
                ("pregnancy", 60, json!({"lmp": ago(112), "fetuses": 1})),
                done(45, "pregnancy.register"),
                done(20, "pregnancy.screen1"),
                ("lab.result", 1, lab("1834-1", 38.0, "ng/mL", 10.0)),
            ],
            ..person("elena", "Елена", born(33, 12), "female")
        },
        Person {
            facts: vec![
                smoker(false),
                ("lab.result", 0, lab("2857-1", 5.8, "ng/mL", 4.0)),
            ],
            ..person("viktor", "Виктор", born(50, 100), "male")
        },
        Person {
            facts: vec![
                smoker(false),
                (
                    "birth",
                    10,
                    json!({"date": ago(10), "sex": "male", "child": "misha"}),
                ),
                ("birth.discharge", 6, json!({"date": ago(6)})),
                done(9, "infant_first_year.vacc_0"),
                done(8, "infant_first_year.neoscreen"),
                done(8, "infant_first_year.audio"),
                done(6, "infant_first_year.vacc_bcg"),
                done(4, "infant_first_year.home1"),
                done(3, "birth_registration.attach"),
                done(3, "birth_registration.residence"),
            ],
            ..person("olga", "Ольга", born(27, 40), "female")
        },
        Person {
            facts: vec![smoker(false)],
            ..person("irina", "Ирина", born(36, 222), "female")
        },
        Person {
            checked_up: false,
            facts: vec![smoker(false), ("work", 900, json!({"status": "retired"}))],
            ..person("galina", "Галина", born(67, 33), "female")
        },
        Person {
            health: Some(Reach::Act),
            checked_up: false,
            facts: vec![smoker(false)],
            ..person("pavel", "Павел", born(35, 150), "male")
        },
        Person {
            health: Some(Reach::Suggest),
            checked_up: false,
            facts: vec![smoker(false)],
            ..person("svetlana", "Светлана", born(45, 5), "female")
        },
        Person {
            facts: vec![
                smoker(true),
                (
                    "screening.result",
                    0,
                    json!({"test": "fit", "result": "positive"}),
                ),
            ],
            ..person("boris", "Борис", born(58, 77), "male")
        },
        Person {
            facts: vec![smoker(false)],
            ..person("vera", "Вера", born(52, 17), "female")
        },
        Person {
            carer: Some(("vera", Relation::Parent)),
            facts: vec![
                smoker(false),
                ("work", 7000, json!({"status": "retired"})),
                (
                    "care.need",
                    4,
                    json!({"told_by": "relative", "urgent": false}),
                ),
                ("care.carer", 4, json!({"present": true})),
                ("care.means", 4, json!({"low": true})),
            ],
            ..person("semyon", "Семён", born(82, 60), "male")
        },
        Person {
            carer: Some(("olga", Relation::Child)),
            ..person("misha", "Миша", today.saturating_sub(10.days()), "male")
        },
        Person {
            carer: Some(("irina", Relation::Child)),
            ..person("sasha", "Саша", born(8, 45), "male")
        },
    ]
}

/// What each resident of the town is there to show.
pub(crate) fn shows(id: &ResidentId) -> Option<Text> {
    let (ru, en) = match id.as_str() {
        "anna" => (
            "Главная история: результат анализа, приём в тот же день, направление, добрый итог",
            "The main story: a result, a visit within a day, a referral, a good end",
        ),
        "maria" => (
            "Вторая история: беременность, двойня, потеря",
            "The second story: pregnancy, twins, loss",
        ),
        "oleg" => (
            "Курит: граница другая, результат выше неё, время уже предложено",
            "Smokes: another limit, a result above it, a time is offered",
        ),
        "nina" => (
            "Не давала согласия: город не читает её результат, план только на её устройстве",
            "Gave no consent: the city does not read her result, her plan is on her device alone",
        ),
        "elena" => (
            "Ждёт ребёнка: показатель, который при беременности повышен всегда, ничего не начинает",
            "Expecting: a value that always rises in pregnancy starts nothing",
        ),
        "viktor" => (
            "Мужской показатель с границей по возрасту",
            "A men's value whose limit goes by age",
        ),
        "olga" => (
            "Родила десять дней назад: документы и выплаты",
            "Gave birth ten days ago: papers and payments",
        ),
        "irina" => (
            "Заботится о сыне восьми лет: чей это шаг",
            "Cares for a son of eight: whose step it is",
        ),
        "vera" => (
            "Заботится об отце восьмидесяти двух лет: его шаги рядом с её",
            "Cares for a father of eighty-two: his steps beside hers",
        ),
        "semyon" => (
            "82 года, помощь дома: о нём читает и дочь",
            "82, help at home: his daughter reads about him too",
        ),
        "galina" => (
            "67 лет, на пенсии: ежегодный осмотр ещё впереди",
            "67, retired: this year's check-up is still ahead",
        ),
        "pavel" => (
            "Разрешил действовать: город записывает сам, отменить можно одним нажатием",
            "Lets the city act: it books by itself, one press undoes it",
        ),
        "svetlana" => (
            "Разрешила только советовать: город ничего не занимает",
            "Lets the city suggest only: it holds nothing",
        ),
        "boris" => (
            "Результат осмотра нужно уточнить",
            "A check-up result has to be clarified",
        ),
        "misha" => ("Новорождённый, сын Ольги", "A newborn, Olga's son"),
        "sasha" => ("Сын Ирины, восемь лет", "Irina's son, eight"),
        _ => return None,
    };
    Some(Text::new(ru, en))
}
