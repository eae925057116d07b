//! What the region lays down goes in place of what holds for the country.
use super::Problem;
use super::step::merged;
use crate::nearest::nearest;
use crate::source::{SituationSource, Source, StepSource};
use vekha_model::Text;

/// Done again to the same source it changes nothing more.
pub(super) fn apply(source: &mut Source, problems: &mut Vec<Problem>) {
    let Some((id, region)) = source.region.clone() else {
        return;
    };
    source.parameters.extend(region.parameters);
    for day in region.off {
        let year = source
            .calendar
            .years
            .iter_mut()
            .find(|it| it.year == day.year());
        match year {
            Some(year) if year.off.contains(&day) => {}
            Some(year) => year.off.push(day),
            None => problems.push(Problem {
                file: format!("regions/{id}.yaml"),
                near: day.to_string(),
                text: format!(
                    "the working days of {} are not in calendar.yaml",
                    day.year()
                ),
            }),
        }
    }
    for (service, places) in &region.places {
        let mut wrong = |text: String| {
            problems.push(Problem {
                file: format!("regions/{id}.yaml"),
                near: format!("{service}:"),
                text,
            });
        };
        if !source.services.contains_key(service) {
            let meant = nearest(service, source.services.keys().map(String::as_str));
            wrong(format!("“{service}” is not in services.yaml{meant}"));
        }
        for place in places {
            let words = [&place.name, &place.address, &place.hours];
            let empty = |text: &&Text| text.ru.trim().is_empty() || text.en.trim().is_empty();
            if words.iter().any(empty) {
                let name = &place.name.ru;
                wrong(format!(
                    "the place “{name}” needs its name, address and hours in Russian and English"
                ));
            }
        }
    }
    for (name, over) in &region.steps {
        let step = name.split_once('.').and_then(|(situation, step)| {
            let mut all = source.situations.iter_mut();
            find(all.find(|it| it.id == situation)?, step)
        });
        match step {
            Some(step) => *step = merged(step, over),
            None => problems.push(Problem {
                file: format!("regions/{id}.yaml"),
                near: format!("{name}:"),
                text: format!("“{name}” is not a step of a situation, such as pregnancy.register"),
            }),
        }
    }
}

fn find<'a>(situation: &'a mut SituationSource, step: &str) -> Option<&'a mut StepSource> {
    let added = situation.forks.iter_mut().flat_map(|fork| &mut fork.adds);
    situation
        .steps
        .iter_mut()
        .chain(added)
        .find(|it| it.id == step)
}
