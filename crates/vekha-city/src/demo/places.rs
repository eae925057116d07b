use crate::{City, Fault, db::Tx};
use jiff::{Span, Timestamp, ToSpan, civil::Date};
use vekha_model::{ServiceKey, Text};
use vekha_protocol::Place;

/// One room with one calendar of free times.
struct Room {
    id: &'static str,
    service: &'static str,
    /// In Russian and in English.
    practitioner: (&'static str, &'static str),
    /// First and last hour of a working day, minutes of a visit.
    hours: (i8, i8, i64),
    /// Works on days off as well.
    on_duty: bool,
}

const ROOMS: [Room; 9] = [
    Room {
        id: "gp-1",
        service: "adult_clinic",
        practitioner: ("Терапевт Н. П. Лаврова", "GP N. P. Lavrova"),
        hours: (8, 20, 30),
        on_duty: false,
    },
    Room {
        id: "gp-2",
        service: "adult_clinic",
        practitioner: ("Дежурный терапевт И. С. Котов", "Duty GP I. S. Kotov"),
        hours: (9, 19, 60),
        on_duty: true,
    },
    Room {
        id: "specialist-1",
        service: "caop",
        practitioner: ("Врач-онколог А. Р. Сафина", "Oncologist A. R. Safina"),
        hours: (9, 17, 60),
        on_duty: false,
    },
    Room {
        id: "imaging-1",
        service: "imaging",
        practitioner: ("Рентгенолог В. А. Чайка", "Radiologist V. A. Chaika"),
        hours: (8, 20, 60),
        on_duty: false,
    },
    Room {
        id: "centre-1",
        service: "onco_center",
        practitioner: ("Врач Д. В. Мельник", "Doctor D. V. Melnik"),
        hours: (9, 17, 60),
        on_duty: false,
    },
    Room {
        id: "women-1",
        service: "women_clinic",
        practitioner: (
            "Акушер-гинеколог Е. А. Орлова",
            "Obstetrician-gynaecologist E. A. Orlova",
        ),
        hours: (8, 18, 30),
        on_duty: false,
    },
    Room {
        id: "child-1",
        service: "child_clinic",
        practitioner: ("Педиатр М. Ю. Белова", "Paediatrician M. Yu. Belova"),
        hours: (8, 18, 30),
        on_duty: false,
    },
    Room {
        id: "support-1",
        service: "psychologist",
        practitioner: ("Психолог О. Г. Зимина", "Psychologist O. G. Zimina"),
        hours: (10, 19, 60),
        on_duty: false,
    },
    Room {
        id: "maternity-1",
        service: "maternity_hospital",
        practitioner: ("Врач Т. И. Громова", "Doctor T. I. Gromova"),
        hours: (9, 15, 60),
        on_duty: false,
    },
];

/// How far ahead the town's calendars are open.
const DAYS: i32 = 60;
const NAME: &str = "times_open_until";

/// Opens free times for the days up to sixty from now that are not open yet.
pub(crate) async fn open_times(city: &City, tx: &mut Tx, now: Timestamp) -> Result<(), Fault> {
    let today = city.zone().to_datetime(now).date();
    let last = today.saturating_add(DAYS.days());
    let open: Option<String> = sqlx::query_scalar("SELECT value FROM settings WHERE name = ?")
        .bind(NAME)
        .fetch_optional(&mut **tx)
        .await?;
    let mut day = match open.and_then(|it| it.parse::<Date>().ok()) {
        Some(open) => open.saturating_add(1.day()).max(today),
        None => {
            rooms(city, tx).await?;
            today
        }
    };
    while day <= last {
        for room in &ROOMS {
            open_day(city, tx, room, day).await?;
        }
        day = day.saturating_add(1.day());
    }
    sqlx::query("INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = MAX(value, excluded.value)")
        .bind(NAME)
        .bind(last.to_string())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// A room is where the region's directory says its service is.
async fn rooms(city: &City, tx: &mut Tx) -> Result<(), Fault> {
    for room in &ROOMS {
        let key = ServiceKey::new(room.service);
        let listed = city.catalogue.places(&key).and_then(<[_]>::first);
        let place = listed.map_or_else(
            || Place {
                name: city
                    .catalogue
                    .service(&key)
                    .map_or_else(Text::default, |it| Text::new(&it.ru, &it.en)),
                address: Text::default(),
                way: Text::default(),
                phone: None,
            },
            |it| Place {
                name: it.name.clone(),
                address: it.address.clone(),
                way: it.way.clone(),
                phone: it.phone.clone(),
            },
        );
        let (ru, en) = room.practitioner;
        sqlx::query("INSERT OR IGNORE INTO schedules (id, service, practitioner, place) VALUES (?, ?, ?, ?)")
            .bind(room.id)
            .bind(room.service)
            .bind(serde_json::to_string(&Text::new(ru, en))?)
            .bind(serde_json::to_string(&place)?)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

async fn open_day(city: &City, tx: &mut Tx, room: &Room, day: Date) -> Result<(), Fault> {
    if !room.on_duty && !city.catalogue.calendar().is_working(day) {
        return Ok(());
    }
    let (from, to, minutes) = room.hours;
    let end = day.at(to, 0, 0, 0);
    let length = Span::new().minutes(minutes);
    let mut start = day.at(from, 0, 0, 0);
    while start < end {
        let stop = start.saturating_add(length);
        let seconds = |at: jiff::civil::DateTime| {
            at.to_zoned(city.zone().clone())
                .map(|it| it.timestamp().as_second())
                .map_err(Fault::internal)
        };
        let id = format!("{}-{}", room.id, start.strftime("%Y%m%d-%H%M"));
        sqlx::query("INSERT OR IGNORE INTO slots (id, service, schedule, starts, ends) VALUES (?, ?, ?, ?, ?)")
            .bind(id)
            .bind(room.service)
            .bind(room.id)
            .bind(seconds(start)?)
            .bind(seconds(stop)?)
            .execute(&mut **tx)
            .await?;
        start = stop;
    }
    Ok(())
}
