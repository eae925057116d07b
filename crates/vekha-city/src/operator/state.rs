use crate::{City, Fault, db};
use axum::{Json, extract::State};
use serde::Serialize;
use vekha_model::{AppointmentId, Moment, Relation, Resident, ResidentId, StepId, Text};
use vekha_protocol::AppointmentStatus;

/// What the operator sees: people and visits, no results.
#[derive(Serialize)]
pub(super) struct Seen {
    pub(super) now: Moment,
    pub(super) residents: Vec<SeenResident>,
    pub(super) laboratory: SeenLaboratory,
}

#[derive(Serialize)]
pub(super) struct SeenResident {
    #[serde(flatten)]
    pub(super) resident: Resident,
    pub(super) facts: usize,
    pub(super) visits: Vec<SeenVisit>,
}

#[derive(Serialize)]
pub(super) struct SeenVisit {
    pub(super) id: AppointmentId,
    pub(super) step: Option<StepId>,
    pub(super) status: AppointmentStatus,
    pub(super) start: Moment,
    pub(super) neutral: Text,
}

/// The credentials of the demo laboratory, for trying the FHIR door by hand.
#[derive(Serialize)]
pub(super) struct SeenLaboratory {
    pub(super) client_id: String,
    pub(super) client_secret: String,
    pub(super) token: String,
    pub(super) observations: String,
}

pub(super) async fn tell(State(city): State<City>) -> Result<Json<Seen>, Fault> {
    Ok(Json(see(&city).await?))
}

pub(super) async fn see(city: &City) -> Result<Seen, Fault> {
    let ids: Vec<String> = sqlx::query_scalar("SELECT id FROM residents ORDER BY rowid")
        .fetch_all(city.pool())
        .await?;
    let mut residents = Vec::new();
    for id in ids.into_iter().map(ResidentId::new) {
        let Some(resident) = db::resident(city.pool(), &id, Relation::Myself).await? else {
            continue;
        };
        let facts: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM facts WHERE subject = ?")
            .bind(id.as_str())
            .fetch_one(city.pool())
            .await?;
        let visits = db::appointments_of(city.pool(), &id)
            .await?
            .into_iter()
            .map(|it| it.appointment)
            .map(|it| SeenVisit {
                id: it.id,
                step: it.step,
                status: it.status,
                start: it.start,
                neutral: it.neutral,
            })
            .collect();
        residents.push(SeenResident {
            resident,
            facts: usize::try_from(facts).unwrap_or_default(),
            visits,
        });
    }
    let laboratory = city.sign_in.laboratory().await.map_err(Fault::internal)?;
    Ok(Seen {
        now: city.moment(city.now()),
        residents,
        laboratory: SeenLaboratory {
            client_id: laboratory.client_id,
            client_secret: laboratory.client_secret,
            token: format!("{}/token", city.base()),
            observations: format!("{}/fhir/Observation", city.base()),
        },
    })
}
