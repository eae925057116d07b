mod compose;
mod export;
mod last_month;
mod say;
mod value;

use value::value;

pub use compose::{document_view, fact_view};
pub use export::{export, save_export};
pub use say::{ask, dispute, set_consent};

use crate::{
    App, CommandError,
    scene::Records,
    view::{AccessView, DocumentOf, DocumentView, FactGroup, InquiryView, Me, Nothing, Settings},
};
use std::{cmp::Reverse, sync::Arc};
use vekha_protocol::{AccessRecord, RecordKind};
use vekha_store::StoreError;

pub async fn read(app: &Arc<App>, _: Nothing) -> Result<Me, CommandError> {
    let scene = app.scene()?;
    let me = scene
        .records
        .me
        .clone()
        .ok_or_else(CommandError::signed_out)?;
    let documents = scene
        .records
        .documents
        .iter()
        .map(|it| document_view(&scene, it));
    let mut documents: Vec<DocumentView> = documents.collect();
    // The newest first; those of one moment always in the same order.
    documents.sort_by(|a, b| {
        let key = |it: &DocumentView| Reverse(it.issued.start_in(scene.zone()));
        (key(a), &a.title.ru, &a.id).cmp(&(key(b), &b.title.ru, &b.id))
    });
    // The guard must be gone before `city_card` takes its own.
    let settings = app.live().kept.settings.clone();
    Ok(Me {
        resident: scene.records.resident(&me),
        residents: scene.records.residents.clone(),
        consents: compose::consents(&scene),
        documents,
        inquiries: crate::inquiry::all(&scene),
        settings: Settings {
            news: scene.news,
            ..settings
        },
        city: crate::session::city_card(app),
    })
}

/// What the device knows. Thousands of records for some: only who looks at them asks.
pub async fn facts(app: &Arc<App>, _: Nothing) -> Result<Vec<FactGroup>, CommandError> {
    Ok(compose::groups(&app.scene()?))
}

/// Who looked at the resident's data. As many looks as records, for some: only who looks at them asks.
pub async fn access(app: &Arc<App>, _: Nothing) -> Result<Vec<AccessView>, CommandError> {
    let scene = app.scene()?;
    let looks = looks(app, &scene.records)?;
    Ok(compose::access(&scene, looks))
}

/// No part of the records all screens are composed from: for some they are as many as all else, and nobody plans with them.
fn looks(app: &App, records: &Records) -> Result<Vec<AccessRecord>, CommandError> {
    let kind = RecordKind::Access.as_str();
    let mut looks: Vec<AccessRecord> = app
        .store()?
        .read::<_, StoreError>(|read| read.records().all(kind))?;
    let people = records.people();
    looks.retain(|it| people.contains(&it.subject));
    Ok(looks)
}

/// What was asked of a person, and what they answered.
pub async fn inquiries(app: &Arc<App>, _: Nothing) -> Result<Vec<InquiryView>, CommandError> {
    Ok(crate::inquiry::all(&app.scene()?))
}

pub async fn document(app: &Arc<App>, args: DocumentOf) -> Result<DocumentView, CommandError> {
    let scene = app.scene()?;
    let found = scene.records.documents.iter().find(|it| it.id == args.id);
    found
        .map(|it| document_view(&scene, it))
        .ok_or_else(CommandError::not_found)
}
