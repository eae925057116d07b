//! Every kind of mistake, planted in a copy of the catalogue, is found with its file and line.
#![expect(clippy::unwrap_used, reason = "tests may panic")]
use jiff::civil::{Date, date};
use vekha_catalogue::{Files, Finding, builtin_files};

/// A day on which no calendar and no amount runs out.
const TODAY: Date = date(2026, 5, 4);

fn check(files: &Files) -> Vec<Finding> {
    vekha_catalogue::check(files, TODAY)
}

const PREGNANCY: &str = "situations/pregnancy.yaml";

/// A copy of the catalogue in which `was` stands no longer, but `is`.
fn planted(file: &str, was: &str, is: &str) -> Files {
    let mut files = builtin_files();
    let text = &files[file];
    assert!(text.contains(was), "{file} has no {was}");
    let text = text.replacen(was, is, 1);
    files.insert(file.to_owned(), text);
    files
}

fn found(file: &str, was: &str, is: &str, says: &str) -> Finding {
    let files = planted(file, was, is);
    let findings = check(&files);
    let hit = findings
        .iter()
        .find(|one| one.file == file && one.text.contains(says))
        .unwrap_or_else(|| panic!("nothing says “{says}”: {findings:#?}"));
    hit.clone()
}

/// The finding points at the line on which `word` stands.
fn at_line_of(file: &str, was: &str, is: &str, says: &str, word: &str) {
    let hit = found(file, was, is, says);
    let files = planted(file, was, is);
    let line = files[file]
        .lines()
        .nth(hit.line.checked_sub(1).unwrap())
        .unwrap();
    assert!(line.contains(word), "line {} is “{line}”", hit.line);
}

#[test]
fn a_catalogue_without_mistakes_has_none() {
    assert_eq!(check(&builtin_files()), []);
}

#[test]
fn an_unknown_fact_in_a_condition() {
    at_line_of(
        PREGNANCY,
        "pregnancy.fetuses >= 2",
        "pregnancy.foetuses >= 2",
        "pregnancy.foetuses",
        "foetuses",
    );
}

#[test]
fn an_unknown_fact_that_would_start_a_situation() {
    at_line_of(
        PREGNANCY,
        "event: [pregnancy]",
        "event: [horoscope]",
        "horoscope",
        "horoscope",
    );
}

#[test]
fn a_value_that_the_fact_never_has() {
    at_line_of(
        PREGNANCY,
        "health.rh.factor == 'negative'",
        "health.rh.factor == 'minus'",
        "“minus” is not one of",
        "minus",
    );
}

#[test]
fn a_missing_title() {
    at_line_of(
        PREGNANCY,
        "title: {ru: \"Психолог, не меньше двух раз\", en: \"Psychologist, at least twice\"}",
        "title: {ru: \"Психолог, не меньше двух раз\"}",
        "title of step “psych1”: the English words are missing",
        "id: psych1",
    );
}

#[test]
fn a_health_step_without_neutral_words() {
    refused(
        PREGNANCY,
        "    neutral: {ru: \"Консультация\", en: \"Consultation\"}\n",
        "",
        "“psych1” is S3 and has no neutral words",
        "id: psych1",
    );
}

/// The guardrails of the law stop a catalogue from loading at all.
fn refused(file: &str, was: &str, is: &str, says: &str, near: &str) {
    at_line_of(file, was, is, says, near);
    let findings = vekha_catalogue::load_files(&planted(file, was, is)).unwrap_err();
    assert!(
        findings
            .iter()
            .any(|one| one.file == file && one.text.contains(says)),
        "{findings:#?}"
    );
}

#[test]
fn a_step_that_decides_without_a_person() {
    refused(
        PREGNANCY,
        "        amounts: [pm_working_rf]\n        human: true\n",
        "        amounts: [pm_working_rf]\n",
        "“benefit_decision” decides about a person without one",
        "id: benefit_decision",
    );
}

#[test]
fn a_step_about_health_that_gives_up_the_consent_of_its_situation() {
    refused(
        PREGNANCY,
        "  - id: psych1\n",
        "  - id: psych1\n    consent: [C1]\n",
        "“psych1” is about health and does not ask for consent C2",
        "id: psych1",
    );
}

#[test]
fn a_step_about_health_that_anybody_may_see() {
    refused(
        PREGNANCY,
        "  - id: psych1\n",
        "  - id: psych1\n    sensitivity: S1\n",
        "“psych1” is about health and is not S3",
        "id: psych1",
    );
}

#[test]
fn neutral_words_that_tell_what_it_is() {
    refused(
        PREGNANCY,
        "neutral: {ru: \"Консультация\", en: \"Consultation\"}",
        "neutral: {ru: \"Психолог, не меньше двух раз\", en: \"Psychologist, at least twice\"}",
        "the neutral words of step “psych1” are its title",
        "id: psych1",
    );
}

#[test]
fn a_silence_that_waits() {
    refused(
        "situations/pregnancy_loss.yaml",
        "[\"+0d\", \"+0d\"]",
        "[\"+1d\", \"+2d\"]",
        "“stop” silences later than at once",
        "id: stop",
    );
}

#[test]
fn a_condition_without_words() {
    at_line_of(
        PREGNANCY,
        "ru: \"Резус отрицательный\", en: \"Rh is negative\"",
        "ru: \"Резус отрицательный\"",
        "the English words are missing",
        "health.rh.factor",
    );
}

#[test]
fn translations_that_say_something_else() {
    let flu = "materials/flu-shot.en.md";
    let says = |was: &str, is: &str, says: &str| found(flu, was, is, says);
    says("\n## ", "\n### ", "parts, the English ones");
    says(
        "\n## ",
        "\nПервое\n## ",
        "the English words have Russian letters",
    );
    found(
        "situations/housing_emergency.yaml",
        "2 hours, between 8 and 23",
        "3 hours, between 8 and 23",
        "the Russian words say 2, 23, 8, the English ones 23, 3, 8",
    );
}

#[test]
fn something_to_read_that_does_not_say_where_it_is_from() {
    at_line_of(
        "materials/flu-shot.ru.md",
        "source:",
        "sourse:",
        "sourse",
        "sourse",
    );
    at_line_of(
        PREGNANCY,
        "    material: flu-shot\n",
        "",
        "“flu” has nothing to read",
        "id: flu",
    );
}

#[test]
fn an_amount_without_a_law() {
    at_line_of(
        "parameters.yaml",
        ", law: \"82-ФЗ от 19.06.2000 ст. 1\"",
        "",
        "the value of “mrot” from 2026-01-01 lacks law",
        "mrot",
    );
}

#[test]
fn a_slip_of_the_pen_names_what_was_meant() {
    found(
        PREGNANCY,
        "service: women_clinic",
        "service: women_clinik",
        "did you mean “women_clinic”?",
    );
    found(
        PREGNANCY,
        "material: flu-shot",
        "material: flue-shot",
        "did you mean “flu-shot”?",
    );
    found(
        PREGNANCY,
        "pregnancy.fetuses >= 2",
        "pregnancy.foetuses >= 2",
        "did you mean “pregnancy.fetuses”?",
    );
}

#[test]
fn a_health_step_that_rests_on_the_laws_own_order() {
    refused(
        PREGNANCY,
        "  - id: psych1\n",
        "  - id: psych1\n    consent: [C0]\n",
        "“psych1” is about health and does not ask for consent C2",
        "id: psych1",
    );
}

#[test]
fn a_regions_amount_that_runs_out() {
    let region = "regions/beregovoy.yaml";
    let files = planted(
        region,
        "values: [{from: 2026-01-01, ",
        "values: [{from: 2026-01-01, to: 2026-06-30, ",
    );
    let said = check(&files);
    assert!(
        said.iter()
            .any(|one| one.file == region && one.text.contains("has no value after 2026-06-30")),
        "{said:#?}"
    );
}

#[test]
fn a_deadline_without_a_law() {
    at_line_of(
        "situations/divorce.yaml",
        "        law: \"229-ФЗ ст. 30, 65\"\n",
        "",
        "binds somebody and names no law",
        "bailiffs",
    );
}

#[test]
fn a_step_that_nobody_compared_with_the_law() {
    at_line_of(
        PREGNANCY,
        "\nchecked: 2026-03-31",
        "",
        "do not say when they were compared",
        "id:",
    );
}

#[test]
fn a_second_window_that_closes_before_it_opens() {
    at_line_of(
        PREGNANCY,
        "within: [\"+14w\", \"+36w\"]",
        "within: [\"+36w\", \"+14w\"]",
        "second window",
        "flu",
    );
}

#[test]
fn a_window_that_closes_before_it_opens() {
    at_line_of(
        PREGNANCY,
        "[\"+19w\", \"+21w\"]",
        "[\"+21w\", \"+19w\"]",
        "the window of step “screen2” closes before it opens",
        "id: screen2",
    );
}

#[test]
fn a_window_that_is_none() {
    at_line_of(
        PREGNANCY,
        "[\"+19w\", \"+21w\"]",
        "[\"+19w\", \"soon\"]",
        "“soon” is not a window bound",
        "id: screen2",
    );
}

#[test]
fn a_fork_that_would_need_two_values_at_once() {
    at_line_of(
        "situations/onco_treatment.yaml",
        "work.insured_sick_pay == false",
        "work.status == 'employed'",
        "“no_sick_pay” can never hold: no value of work.status fits",
        "work.status",
    );
}

#[test]
fn a_fork_that_would_need_to_be_above_and_below_at_once() {
    at_line_of(
        PREGNANCY,
        "person.age < 18",
        "person.age < 18 && person.age >= 18",
        "“young” can never hold",
        "person.age < 18",
    );
}

#[test]
fn a_fork_that_waits_for_a_step_to_be_late_that_never_is() {
    at_line_of(
        PREGNANCY,
        "pregnancy.choice.considering == true",
        "steps.employer.state == 'overdue'",
        "“considering” can never hold: no value of steps.employer.state fits",
        "steps.employer.state",
    );
}

#[test]
fn a_fork_that_keeps_steps_but_ends_nothing() {
    let file = "situations/onco_suspicion.yaml";
    let hit = found(
        file,
        "    ends: true\n    keeps:",
        "    keeps:",
        "keeps steps but does not end the run",
    );
    assert!(hit.line > 0);
}

#[test]
fn a_fork_that_cancels_what_is_not_there() {
    at_line_of(
        PREGNANCY,
        "cancels: [leave_pay]",
        "cancels: [leave_money]",
        "cancels “leave_money”, which is not a step here",
        "id: student",
    );
}

#[test]
fn an_anchor_that_is_none() {
    at_line_of(
        PREGNANCY,
        "anchor: application",
        "anchor: applied",
        "which is not among the anchors",
        "id: benefit_decision",
    );
}

#[test]
fn anchors_that_fall_back_on_each_other() {
    let hit = found(
        PREGNANCY,
        "first_visit: {step: register, ru",
        "first_visit: {step: register, or: registered, ru",
        "in a circle",
    );
    assert!(hit.line > 0);
}

#[test]
fn a_service_that_nobody_offers() {
    at_line_of(
        PREGNANCY,
        "service: psychologist",
        "service: astrologer",
        "“astrologer”",
        "id: psych1",
    );
}

#[test]
fn situations_that_wait_for_each_other() {
    let file = "situations/pregnancy.yaml";
    let findings = check(&planted(
        file,
        "known(event.lmp)",
        "known(event.lmp) && !active('onco_suspicion')",
    ));
    let hit = findings
        .iter()
        .find(|one| one.text.contains("in a circle"))
        .unwrap();
    assert!(
        hit.text.contains("pregnancy") && hit.text.contains("onco_suspicion"),
        "{hit}"
    );
    assert!(hit.line > 0, "{hit}");
}

#[test]
fn a_health_situation_that_asks_for_no_consent() {
    refused(
        PREGNANCY,
        "consent: [C2, C4]",
        "consent: [C4]",
        "does not ask for consent C2",
        "id: pregnancy",
    );
}

#[test]
fn a_key_nobody_knows() {
    let files = planted(PREGNANCY, "lasts: \"+66w\"", "lenght: \"+66w\"");
    let findings = check(&files);
    assert!(
        findings
            .iter()
            .any(|one| one.file == PREGNANCY && one.line > 0),
        "{findings:#?}"
    );
}

#[test]
fn a_condition_that_always_holds() {
    at_line_of(
        PREGNANCY,
        "person.age < 18",
        "person.age < 18 || person.age >= 18",
        "has a condition that always holds",
        "person.age < 18 ||",
    );
}

#[test]
fn a_law_without_english_words() {
    at_line_of(
        "parameters.yaml",
        "82-ФЗ от 19.06.2000 ст. 1",
        "82-ФЗ от 19.06.2000 абзац 1",
        "add the words that are missing to laws.yaml",
        "82-ФЗ от 19.06.2000 абзац 1",
    );
}

#[test]
fn an_age_that_nobody_reaches_and_one_that_everybody_has() {
    at_line_of(
        PREGNANCY,
        "person.age < 18",
        "person.age > 200",
        "can never hold",
        "person.age > 200",
    );
    at_line_of(
        PREGNANCY,
        "person.age < 18",
        "person.age >= 0",
        "has a condition that always holds",
        "person.age >= 0",
    );
}

#[test]
fn a_fork_that_would_need_a_yes_and_a_no() {
    at_line_of(
        PREGNANCY,
        "person.age < 18",
        "health.chronic.present && !health.chronic.present",
        "“young” can never hold: no value of health.chronic.present fits",
        "health.chronic.present",
    );
}

#[test]
fn an_amount_that_runs_out_and_a_year_whose_working_days_nobody_confirmed() {
    let files = planted(
        "parameters.yaml",
        "values: [{from: 2026-01-01, value: 27093,",
        "values: [{from: 2026-01-01, to: 2026-12-31, value: 27093,",
    );
    let said = |files: &Files, today| -> Vec<String> {
        let findings = vekha_catalogue::check(files, today);
        assert!(findings.iter().all(|it| !it.is_error()), "{findings:#?}");
        findings.iter().map(ToString::to_string).collect()
    };
    assert_eq!(said(&files, TODAY), Vec::<String>::new());
    let late = said(&files, date(2026, 11, 26));
    assert!(
        late[0].contains("the working days of 2027 are not confirmed"),
        "{late:#?}"
    );
    assert!(
        late[1].contains("“mrot” has no value after 2026-12-31"),
        "{late:#?}"
    );
    let later = said(&files, date(2027, 12, 1));
    assert!(
        later
            .iter()
            .any(|it| it.contains("the working days of 2028 are missing")),
        "{later:#?}"
    );
}
