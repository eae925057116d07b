use super::{Records, Shelf, Unsent, shelf::lock};
use crate::kept::Kept;
use std::sync::{Arc, Mutex};
use vekha_model::{Relation, Resident, ResidentId};
use vekha_protocol::{Problem, RecordKind};
use vekha_store::{Read, Store, StoreError};

/// Reads one consistent picture; all times in it are the city's.
pub fn load(store: &Store, kept: &Kept, shelf: &Mutex<Shelf>) -> Result<Records, StoreError> {
    store.read(|read| {
        let edition = store.edition_of_records();
        let known = lock(shelf).records(edition, kept.resident.as_ref());
        let mut found = if let Some(known) = known {
            known
        } else {
            let mut found = held(read, kept)?;
            leave_strangers_out(&mut found);
            let mine = found.me.clone();
            found
                .residents
                .sort_by_key(|it| (Some(&it.id) != mine.as_ref(), it.birth_date));
            found.edition_of_records = edition;
            lock(shelf).keep_records(&found);
            found
        };
        found.edition = store.edition();
        add_wishes(read, kept, &mut found)?;
        Ok(found)
    })
}

fn held(read: &Read<'_>, kept: &Kept) -> Result<Records, StoreError> {
    let records = read.records();
    let mut residents: Vec<Resident> = records.all(RecordKind::Resident.as_str())?;
    // Whoever reads about them, to themselves they are themselves.
    for resident in &mut residents {
        if Some(&resident.id) == kept.resident.as_ref() {
            resident.relation = Relation::Myself;
        }
    }
    Ok(Records {
        me: kept.resident.clone(),
        residents,
        facts: Arc::new(records.all(RecordKind::Fact.as_str())?),
        appointments: records.all(RecordKind::Appointment.as_str())?,
        documents: records.all(RecordKind::Document.as_str())?,
        consents: records.all(RecordKind::Consent.as_str())?,
        access: Arc::new(records.all(RecordKind::Access.as_str())?),
        inquiries: records.all(RecordKind::Inquiry.as_str())?,
        ..Records::default()
    })
}

fn add_wishes(read: &Read<'_>, kept: &Kept, found: &mut Records) -> Result<(), StoreError> {
    for row in read.sent().all()? {
        let Ok(action) = serde_json::from_str(&row.action) else {
            continue;
        };
        found.sent.push(Unsent {
            key: row.key,
            action,
            queued: kept.in_city_time(row.queued_at),
            not_before: None,
            refused: None,
        });
    }
    for row in read.outbox().all()? {
        let Ok(action) = serde_json::from_str(&row.action) else {
            tracing::warn!(key = %row.key, "an unsent action cannot be read by this version; it is kept");
            continue;
        };
        let problem = row.refused.map(|it| serde_json::from_str::<Problem>(&it));
        found.unsent.push(Unsent {
            key: row.key,
            action,
            queued: kept.in_city_time(row.queued_at),
            not_before: Some(kept.in_city_time(row.not_before)),
            refused: problem.map(|it| {
                it.map_or_else(|_| vekha_words::text("refused-unclear"), |it| it.in_words())
            }),
        });
    }
    Ok(())
}

/// What a city sends about somebody else by mistake is neither shown nor planned with.
fn leave_strangers_out(found: &mut Records) {
    let known: Vec<&ResidentId> = found
        .residents
        .iter()
        .map(|it| &it.id)
        .chain(&found.me)
        .collect();
    let ours = |subject: &ResidentId| known.contains(&subject);
    Arc::make_mut(&mut found.facts).retain(|it| ours(&it.subject));
    found.appointments.retain(|it| ours(&it.subject));
    found.documents.retain(|it| ours(&it.subject));
    found.consents.retain(|it| ours(&it.subject));
    Arc::make_mut(&mut found.access).retain(|it| ours(&it.subject));
    found.inquiries.retain(|it| ours(&it.subject));
}
