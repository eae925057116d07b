use super::{
    choose::{Kind, News},
    when::when,
};
use crate::{host::Notification, scene::Scene};
use vekha_model::{Language, Relation, Text};

/// The words of a notification. About health they never say what it is about.
pub fn notification(scene: &Scene, news: &News, language: Language) -> Notification {
    let now = scene.now.to_zoned(scene.zone().clone());
    let whose = scene.records.resident(&news.subject);
    let mut line = vekha_words::filled(
        match news.kind {
            Kind::Cancelled => "notify-cancelled",
            Kind::Moved => "notify-moved",
            Kind::Arranged => "notify-arranged",
            Kind::Offer => "notify-offer",
            Kind::Answered => "notify-answered",
            Kind::Deadline => "notify-deadline",
            Kind::Paper => "notify-paper",
        },
        &[("what", &news.what), ("when", &when(news.when, &now))],
    );
    if whose.relation != Relation::Myself {
        line = vekha_words::filled("notify-for", &[("name", &whose.name), ("line", &line)]);
    }
    if news.sensitive {
        line = vekha_words::filled("notify-sensitive", &[("line", &line)]);
    }
    let named = !news.sensitive && news.kind != Kind::Answered;
    let title = if named { &news.what } else { &app() };
    let say = |text: &Text| text.in_language(language).to_owned();
    let actions = if news.kind == Kind::Offer {
        vec![
            (
                "accept".to_owned(),
                say(&vekha_words::text("notify-accept")),
            ),
            (
                "change".to_owned(),
                say(&vekha_words::text("notify-change")),
            ),
        ]
    } else {
        Vec::new()
    };
    Notification {
        tag: news.tag.clone(),
        app: say(&app()),
        title: say(title),
        body: say(&line),
        open: say(&open()),
        actions,
        hash: news.hash.clone(),
    }
}

/// Deadlines and papers of a day in one notification; a single one speaks for itself.
pub fn digest(scene: &Scene, all: &[&News], language: Language) -> Option<Notification> {
    let first = all.first()?;
    if all.len() == 1 {
        return Some(notification(scene, first, language));
    }
    let now = scene.now.to_zoned(scene.zone().clone());
    let count = all.len();
    // The nearest deadline is named only where its name says nothing about health.
    let body = if first.sensitive || first.kind != Kind::Deadline {
        vekha_words::filled("notify-digest", &[("count", &count)])
    } else {
        let when = when(first.when, &now);
        vekha_words::filled(
            "notify-digest-nearest",
            &[("count", &count), ("what", &first.what), ("when", &when)],
        )
    };
    let say = |text: &Text| text.in_language(language).to_owned();
    Some(Notification {
        tag: format!("digest/{}", now.date()),
        app: say(&app()),
        title: say(&app()),
        body: say(&body),
        open: say(&open()),
        actions: Vec::new(),
        hash: "#/today".to_owned(),
    })
}

fn app() -> Text {
    vekha_words::text("notify-app")
}

fn open() -> Text {
    vekha_words::text("notify-open")
}
