use super::{Records, Shelf, Unsent, shelf::lock};
use crate::kept::Kept;
use std::sync::{Arc, Mutex};
use vekha_model::{Fact, Relation, Resident, ResidentId};
use vekha_protocol::{Problem, RecordKind};
use vekha_store::{Read, RecordKey, Store, StoreError};

/// Reads one consistent picture; all times in it are the city's.
pub fn load(store: &Store, kept: &Kept, shelf: &Mutex<Shelf>) -> Result<Records, StoreError> {
    store.read(|read| {
        let edition = store.edition_of_records();
        let known = lock(shelf).take_records(kept.resident.as_ref());
        let mut found = match known {
            Some(known) if known.edition_of_records == edition => known,
            Some(mut known) => {
                let changed = store.changed_since(known.edition_of_records);
                if changed.is_some_and(|keys| renew(read, &mut known, &keys).unwrap_or(false)) {
                    in_order(known)
                } else {
                    in_order(held(read, kept)?)
                }
            }
            None => in_order(held(read, kept)?),
        };
        found.edition_of_records = edition;
        lock(shelf).keep_records(&found);
        found.edition = store.edition();
        add_wishes(read, kept, &mut found)?;
        Ok(found)
    })
}

fn in_order(mut found: Records) -> Records {
    leave_strangers_out(&mut found);
    let mine = found.me.clone();
    found
        .residents
        .sort_by_key(|it| (Some(&it.id) != mine.as_ref(), it.birth_date));
    found
}

/// Reads again what was touched, one by one where there are thousands; false where all has to be read.
fn renew(read: &Read<'_>, found: &mut Records, changed: &[RecordKey]) -> Result<bool, StoreError> {
    let records = read.records();
    let of = |kind: RecordKind| changed.iter().filter(move |key| key.kind == kind.as_str());
    let any = |kind| of(kind).next().is_some();
    // Whose records count depends on who there is.
    if any(RecordKind::Resident) {
        return Ok(false);
    }
    for key in of(RecordKind::Fact) {
        let now: Option<Fact> = records.one(&key.kind, &key.id)?;
        put(Arc::make_mut(&mut found.facts), &key.id, now, |it| {
            it.id.as_str()
        });
    }
    if any(RecordKind::Appointment) {
        found.appointments = records.all(RecordKind::Appointment.as_str())?;
    }
    if any(RecordKind::Document) {
        found.documents = records.all(RecordKind::Document.as_str())?;
    }
    if any(RecordKind::Consent) {
        found.consents = records.all(RecordKind::Consent.as_str())?;
    }
    if any(RecordKind::Inquiry) {
        found.inquiries = records.all(RecordKind::Inquiry.as_str())?;
    }
    Ok(true)
}

/// In the order of the store, which is by id.
fn put<T>(all: &mut Vec<T>, id: &str, now: Option<T>, id_of: fn(&T) -> &str) {
    match (all.binary_search_by(|it| id_of(it).cmp(id)), now) {
        (Ok(at), Some(now)) => all[at] = now,
        (Ok(at), None) => drop(all.remove(at)),
        (Err(at), Some(now)) => all.insert(at, now),
        (Err(_), None) => {}
    }
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
    let people = found.people();
    let ours = |subject: &ResidentId| people.contains(subject);
    Arc::make_mut(&mut found.facts).retain(|it| ours(&it.subject));
    found.appointments.retain(|it| ours(&it.subject));
    found.documents.retain(|it| ours(&it.subject));
    found.consents.retain(|it| ours(&it.subject));
    found.inquiries.retain(|it| ours(&it.subject));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;
    use vekha_store::{Key, Write};

    /// One write: of which kind, which id, and its body, or that it goes.
    #[derive(Debug, Clone)]
    struct Step {
        kind: &'static str,
        id: String,
        body: Option<String>,
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let kinds = prop::sample::select(vec!["fact", "access", "resident", "fact", "document"]);
        let one = (kinds, 0..12u8, 0..5u8).prop_map(|(kind, id, form)| {
            let (subject, id) = (["anna", "oleg"][usize::from(form % 2)], format!("{id}"));
            let said = json!({"ru": form.to_string()});
            let body = match kind {
                "fact" => json!({"id": id, "subject": subject, "kind": "note", "at": "2026-11-20", "status": "final",
                    "source": {"kind": "city", "name": said}, "fields": {"form": form}}),
                "access" => json!({"id": id, "subject": subject, "who": said, "purpose": said, "at": "2026-11-20T10:00:00Z"}),
                "document" => json!({"id": id, "subject": subject, "title": said, "body": said, "issuer": said,
                    "issued": "2026-11-20", "version": 1}),
                _ => json!({"id": subject, "name": form.to_string(), "relation": "ward"}),
            };
            let id = if kind == "resident" { subject.to_owned() } else { id };
            Step { kind, id, body: (form < 4).then(|| body.to_string()) }
        });
        prop::collection::vec(one, 1..40)
    }

    fn held_by(found: &Records) -> String {
        let Records {
            residents,
            facts,
            appointments,
            documents,
            consents,
            inquiries,
            ..
        } = found;
        format!("{residents:?} {facts:?} {appointments:?} {documents:?} {consents:?} {inquiries:?}")
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn what_is_read_again_one_by_one_is_what_reading_all_of_it_gives(steps in steps()) {
            let folder = tempfile::tempdir().unwrap();
            let store = Store::open(folder.path(), "anna", &Key::random()).unwrap().store;
            let kept = Kept { resident: Some(ResidentId::new("anna")), ..Kept::default() };
            let shelf = Mutex::new(Shelf::default());
            load(&store, &kept, &shelf).unwrap();
            for step in &steps {
                let write = |tx: &Write<'_>| match &step.body {
                    Some(body) => tx.put_record(step.kind, &step.id, body, 1),
                    None => tx.remove_record(step.kind, &step.id),
                };
                store.write::<_, StoreError>(write).unwrap();
                let known = load(&store, &kept, &shelf).unwrap();
                let anew = load(&store, &kept, &Mutex::default()).unwrap();
                prop_assert_eq!(held_by(&known), held_by(&anew));
            }
        }
    }
}
