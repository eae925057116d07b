//! What there is to read: the same in both languages, part by part.
use super::words::unequal;
use vekha_lifepath::Problem;
use vekha_lifepath::source::Source;

pub fn materials(source: &Source) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (id, material) in &source.materials {
        let mut say = |language: &str, text: String| {
            problems.push(Problem {
                file: format!("materials/{id}.{language}.md"),
                near: "title:".into(),
                text,
            });
        };
        for (language, title) in [("ru", &material.title.ru), ("en", &material.title.en)] {
            if title.is_empty() {
                say(language, format!("“{id}” is there in one language only"));
            }
        }
        if material.title.ru.is_empty() || material.title.en.is_empty() {
            continue;
        }
        if let Some(wrong) = unequal(&material.body.ru, &material.body.en) {
            say("en", wrong);
        }
        let parts = |body: &str| body.lines().filter(|line| line.starts_with("## ")).count();
        let (ru, en) = (parts(&material.body.ru), parts(&material.body.en));
        if ru != en {
            say(
                "en",
                format!("the Russian words have {ru} parts, the English ones {en}"),
            );
        }
    }
    problems
}
