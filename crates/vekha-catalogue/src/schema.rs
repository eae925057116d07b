//! JSON Schemas of everything an author writes, so that editors complete and check while typing.
use crate::cases::CaseFile;
use crate::facts_file::FactsFile;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use vekha_lifepath::source::{
    CalendarFile, Header, LawsFile, MarkersFile, ParametersFile, RegionSource, ReportsSource,
    ScreeningSource, ServicesFile, SituationSource, TasksSource, VocabularyFile,
};

/// Every schema (JSON Schema 2020-12) by the name of its file without the ending.
pub fn schemas() -> Vec<(&'static str, Schema)> {
    vec![
        ("catalogue", of::<Header>()),
        ("vocabulary", of::<VocabularyFile>()),
        ("services", of::<ServicesFile>()),
        ("laws", of::<LawsFile>()),
        ("parameters", of::<ParametersFile>()),
        ("calendar", of::<CalendarFile>()),
        ("markers", of::<MarkersFile>()),
        ("screening", of::<ScreeningSource>()),
        ("reports", of::<ReportsSource>()),
        ("tasks", of::<TasksSource>()),
        ("region", of::<RegionSource>()),
        ("situation", of::<SituationSource>()),
        ("cases", of::<CaseFile>()),
        ("facts", of::<FactsFile>()),
    ]
}

/// The schema that a file of a catalogue follows; none for what is no YAML.
pub fn schema_for(file: &str) -> Option<&'static str> {
    let name = file.strip_suffix(".yaml")?;
    Some(match name {
        _ if name.starts_with("facts/") => "vocabulary",
        _ if name.starts_with("regions/") => "region",
        _ if name.ends_with(".cases") => "cases",
        _ if name.starts_with("situations/") => "situation",
        _ => schemas().into_iter().find(|(known, _)| *known == name)?.0,
    })
}

fn of<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12()
        .for_deserialize()
        .into_generator()
        .into_root_schema_for::<T>()
}
