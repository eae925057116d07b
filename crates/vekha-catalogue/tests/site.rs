//! The catalogue as a site: whole, in both languages, and on its own.
#![expect(clippy::unwrap_used, reason = "tests may panic")]
use std::process::Command;
use vekha_catalogue::builtin;
use vekha_catalogue::export::{Pages, html::site};

fn pages() -> Pages {
    site(builtin().source())
}

/// What stands between `before` and the next quotation mark, all over a page.
fn quoted<'a>(page: &'a str, before: &str) -> Vec<&'a str> {
    page.split(before)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

fn escaped(text: &str) -> String {
    maud::html! { (text) }.into_string()
}

#[test]
fn every_situation_has_a_page_in_both_languages() {
    let pages = pages();
    for of in &builtin().source().situations {
        for (language, title) in [("ru", &of.title.ru), ("en", &of.title.en)] {
            let page = &pages[&format!("{language}/{}.html", of.id)];
            assert!(
                page.contains(&format!("<h1>{}</h1>", escaped(title))),
                "{}",
                of.id
            );
            let index = &pages[&format!("{language}/index.html")];
            assert!(
                index.contains(&format!("href=\"{}.html\"", of.id)),
                "{}",
                of.id
            );
        }
    }
}

#[test]
fn a_page_names_every_step_with_its_law_and_service_and_every_fork_with_its_conditions() {
    let pages = pages();
    let source = builtin().source();
    for of in &source.situations {
        let page = &pages[&format!("en/{}.html", of.id)];
        let says = |text: &str| assert!(page.contains(&escaped(text)), "{}: {text}", of.id);
        let added = of.forks.iter().flat_map(|fork| &fork.adds);
        for step in source.steps_of(of).iter().chain(added) {
            says(&step.title.as_ref().unwrap().en);
            let law = step.law.iter();
            law.for_each(|law| says(&builtin().cite(law).en));
            says(&source.services[step.service.as_ref().unwrap()].en);
        }
        for fork in &of.forks {
            says(&fork.title.en);
            says(&fork.does.en);
            fork.when.iter().for_each(|one| says(&one.en));
        }
        of.human.iter().for_each(|note| says(&note.en));
    }
}

#[test]
fn the_drawing_has_a_bar_for_each_step_and_a_branch_for_each_fork() {
    let pages = pages();
    let source = builtin().source();
    for of in &source.situations {
        let page = &pages[&format!("ru/{}.html", of.id)];
        let own = source.steps_of(of).len();
        let added: usize = of.forks.iter().map(|fork| fork.adds.len()).sum();
        assert!(
            page.matches("<rect class=\"bar").count() >= own + added,
            "{}",
            of.id
        );
        assert_eq!(
            page.matches("class=\"branch\"").count(),
            of.forks.len(),
            "{}",
            of.id
        );
    }
}

#[test]
fn windows_stand_in_words() {
    let pages = pages();
    assert!(pages["ru/pregnancy.html"].contains("через 11 недель — через 14 недель"));
    assert!(pages["en/pregnancy.html"].contains("in 11 weeks – in 14 weeks"));
}

#[test]
fn it_needs_nothing_but_its_own_files() {
    let pages = pages();
    for (name, page) in pages.iter().filter(|(name, _)| name.ends_with(".html")) {
        assert!(!page.contains("<script"), "{name}");
        let (folder, _) = name.rsplit_once('/').unwrap_or(("", name));
        for link in quoted(page, "href=\"") {
            let (file, place) = link.split_once('#').unwrap_or((link, ""));
            let target = match (file.strip_prefix("../"), folder) {
                _ if file.is_empty() => name.clone(),
                (Some(above), _) => above.to_owned(),
                (None, "") => file.to_owned(),
                (None, folder) => format!("{folder}/{file}"),
            };
            assert!(pages.contains_key(&target), "{name} leads to {link}");
            let id = format!("id=\"{place}\"");
            assert!(
                place.is_empty() || pages[&target].contains(&id),
                "{name} leads to {link}"
            );
        }
    }
}

#[test]
fn a_text_of_the_catalogue_is_a_text_and_never_markup() {
    let mut source = builtin().source().clone();
    source.situations[0].title.ru = "<b>Жирно</b> & просто".into();
    let page = &site(&source)[&format!("ru/{}.html", source.situations[0].id)];
    assert!(page.contains("<h1>&lt;b&gt;Жирно&lt;/b&gt; &amp; просто</h1>"));
}

#[test]
fn the_command_writes_it_into_a_folder() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("site");
    let status = Command::new(env!("CARGO_BIN_EXE_vekha-catalogue"))
        .args(["export", "--format", "html", "--out"])
        .arg(&out)
        .status()
        .unwrap();
    assert!(status.success());
    for (name, page) in pages() {
        assert_eq!(std::fs::read_to_string(out.join(name)).unwrap(), page);
    }
}
