use super::{
    choose::{Kind, News},
    when::when,
};
use crate::{host::Notification, scene::Scene};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use unic_langid::LanguageIdentifier;
use vekha_model::{Language, Relation};

const RU: &str = include_str!("../../../../ui/src/i18n/ru/notify.ftl");
const EN: &str = include_str!("../../../../ui/src/i18n/en/notify.ftl");

/// The words of a notification. About health they never say what it is about.
pub fn notification(scene: &Scene, news: &News, language: Language) -> Notification {
    let now = scene.now.to_zoned(scene.zone().clone());
    let whose = scene.resident(&news.subject);
    let mut args = FluentArgs::new();
    args.set("what", news.what.in_language(language).to_owned());
    args.set("when", when(news.when, &now, language));
    args.set("name", whose.name);
    let say = |key: &str| say(language, key, &args);
    let kind = match news.kind {
        Kind::Cancelled => "cancelled",
        Kind::Moved => "moved",
        Kind::Arranged => "arranged",
        Kind::Offer => "offer",
        Kind::Answered => "answered",
        Kind::Deadline => "deadline",
        Kind::Paper => "paper",
    };
    let line = say(&format!("notify-{kind}"));
    let line = if whose.relation == Relation::Myself {
        line
    } else {
        format!("{} {line}", say("notify-for"))
    };
    let (title, body) = if news.sensitive {
        (
            say("notify-app"),
            format!("{} {line}", say("notify-sensitive")),
        )
    } else if news.kind == Kind::Answered {
        (say("notify-app"), line)
    } else {
        (news.what.in_language(language).to_owned(), line)
    };
    let actions = if news.kind == Kind::Offer {
        vec![
            ("accept".to_owned(), say("notify-accept")),
            ("change".to_owned(), say("notify-change")),
        ]
    } else {
        Vec::new()
    };
    Notification {
        tag: news.tag.clone(),
        title,
        body,
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
    let mut args = FluentArgs::new();
    args.set("count", all.len());
    args.set("what", first.what.in_language(language).to_owned());
    args.set("when", when(first.when, &now, language));
    // The nearest deadline is named only where its name says nothing about health.
    let key = if first.sensitive || first.kind != Kind::Deadline {
        "notify-digest"
    } else {
        "notify-digest-nearest"
    };
    Some(Notification {
        tag: format!("digest/{}", now.date()),
        title: say(language, "notify-app", &args),
        body: say(language, key, &args),
        actions: Vec::new(),
        hash: "#/today".to_owned(),
    })
}

fn say(language: Language, key: &str, args: &FluentArgs<'_>) -> String {
    let (source, id) = match language {
        Language::Ru => (RU, "ru"),
        Language::En => (EN, "en"),
    };
    // What the file cannot say is left out rather than shown raw; the tests below read every message.
    let resource = match FluentResource::try_new(source.to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    let mut bundle = FluentBundle::new(vec![id.parse::<LanguageIdentifier>().unwrap_or_default()]);
    bundle.set_use_isolating(false);
    if bundle.add_resource(resource).is_err() {
        return String::new();
    }
    let pattern = bundle.get_message(key).and_then(|message| message.value());
    pattern.map_or_else(String::new, |pattern| {
        bundle
            .format_pattern(pattern, Some(args), &mut Vec::new())
            .into_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_is_there_in_both_languages() {
        let mut args = FluentArgs::new();
        for name in ["what", "when", "name"] {
            args.set(name, "x");
        }
        args.set("count", 3);
        for key in [
            "app",
            "sensitive",
            "for",
            "offer",
            "cancelled",
            "moved",
            "arranged",
            "answered",
            "deadline",
            "paper",
            "digest",
            "digest-nearest",
            "accept",
            "change",
        ] {
            for language in [Language::Ru, Language::En] {
                let said = say(language, &format!("notify-{key}"), &args);
                assert!(
                    !said.is_empty() && !said.contains('{'),
                    "{key} in {language:?}: {said}"
                );
            }
        }
    }
}
