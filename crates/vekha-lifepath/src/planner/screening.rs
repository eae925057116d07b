//! Rows of the check-up table: due by calendar-year age and by when they were last done.
use super::scene::Scene;
use crate::Catalogue;
use crate::catalogue::{Screening, Step};
use crate::expression::and;
use vekha_model::{Criterion, Missing, Sex, StepKey, Truth};

pub fn sex_of(scene: &Scene<'_>) -> Option<Sex> {
    match scene
        .with_field(scene.catalogue.person?, "sex")?
        .1
        .as_str()?
    {
        "female" => Some(Sex::Female),
        "male" => Some(Sex::Male),
        _ => None,
    }
}

pub fn age_of(scene: &Scene<'_>, calendar_year: bool) -> Option<i64> {
    use crate::expression::{Read, Reader, Value};
    let read = Read::Age {
        kind: scene.catalogue.person?,
        calendar_year,
    };
    match scene.read(&read)? {
        Value::Number(age) => Some(age as i64),
        _ => None,
    }
}

/// Whether a row of the check-up table is due: by calendar-year age, and by the year it was last done.
pub fn screening(
    row: &Screening,
    step: &Step,
    scene: &Scene<'_>,
) -> (Truth, Criterion, Vec<Missing>) {
    let key: &StepKey = &step.of.step;
    let last = scene.index.last_test(scene.catalogue, key.as_str());
    let year = i64::from(scene.today.year());
    let done = last.map(|entry| i64::from(entry.date.year()));
    let sex = row.sex.and_then(|_| sex_of(scene));
    let verdict = row.judge(sex, age_of(scene, true), done, year);
    let mut missing = Vec::new();
    if verdict.truth() == Truth::Unknown {
        let person = scene.catalogue.person;
        let lacks = [("sex", verdict.sex), ("birth_date", verdict.age)];
        for (field, _) in lacks.iter().filter(|(_, truth)| *truth == Truth::Unknown) {
            missing.push(Missing {
                kind: person
                    .map(|kind| scene.catalogue.kinds[kind].name.clone())
                    .unwrap_or_default(),
                field: Some((*field).into()),
            });
        }
    }
    let why = Criterion {
        truth: verdict.truth(),
        facts: last.iter().map(|entry| entry.fact.id.clone()).collect(),
        of: row.words.clone(),
    };
    (verdict.truth(), why, missing)
}

/// What one row of the check-up table says of somebody: all three have to fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    pub sex: Truth,
    /// By the age of the calendar year.
    pub age: Truth,
    /// Never done, or long enough ago.
    pub time: Truth,
}

impl Verdict {
    pub fn truth(self) -> Truth {
        and(and(self.sex, self.age), self.time)
    }
}

impl Screening {
    fn judge(&self, sex: Option<Sex>, age: Option<i64>, done: Option<i64>, year: i64) -> Verdict {
        let yes = |yes: bool| if yes { Truth::Yes } else { Truth::No };
        let (from, to) = self.age.unwrap_or_default();
        Verdict {
            sex: self.sex.map_or(Truth::Yes, |wanted| {
                sex.map_or(Truth::Unknown, |own| yes(own == wanted))
            }),
            age: age.map_or(Truth::Unknown, |age| {
                yes(from.is_none_or(|from| from <= age)
                    && to.is_none_or(|to| age <= to)
                    && self.ages.as_ref().is_none_or(|ages| ages.contains(&age)))
            }),
            time: yes(done.is_none_or(|done| year - done >= self.every)),
        }
    }
}

/// The check-up table alone, for many people whose sex, year of birth and last tests are at hand.
pub struct CheckUpTable<'c> {
    rows: Vec<(&'c StepKey, &'c Screening)>,
}

impl Catalogue {
    pub fn check_up_table(&self) -> CheckUpTable<'_> {
        let steps = self
            .situations
            .iter()
            .flat_map(|situation| &situation.steps);
        let rows = steps.filter_map(|step| Some((&step.of.step, step.screening.as_ref()?)));
        CheckUpTable {
            rows: rows.collect(),
        }
    }
}

impl CheckUpTable<'_> {
    /// The tests, in the order of the table.
    pub fn tests(&self) -> impl Iterator<Item = &StepKey> {
        self.rows.iter().map(|(test, _)| *test)
    }

    /// What each row says in a year; `done` are the years in which the tests were last done, in the order of the table.
    pub fn judge(
        &self,
        sex: Option<Sex>,
        birth_year: Option<i64>,
        done: &[Option<i64>],
        year: i64,
    ) -> impl Iterator<Item = Verdict> {
        let age = birth_year.map(|birth| year - birth);
        let rows = self.rows.iter().enumerate();
        rows.map(move |(place, (_, row))| {
            row.judge(sex, age, done.get(place).copied().flatten(), year)
        })
    }
}
