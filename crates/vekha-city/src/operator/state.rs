use crate::{City, Fault, db, demo};
use axum::{Json, extract::State};
use serde::Serialize;
use vekha_model::{
    AppointmentId, InstanceId, Moment, Relation, Resident, ResidentId, ServiceKey, StepId, Text,
};
use vekha_protocol::{AppointmentStatus, Inquiry, InquiryKind};

/// What the operator sees: people and visits, no results.
#[derive(Serialize)]
pub(super) struct Seen {
    pub(super) now: Moment,
    pub(super) residents: Vec<SeenResident>,
    /// Every visit, past and cancelled ones too.
    pub(super) appointments: Vec<SeenVisit>,
    /// Times held or booked; a town that double-books has fewer of them than visits.
    pub(super) slots_taken: i64,
    pub(super) questions: Vec<Inquiry>,
    pub(super) disputes: Vec<Inquiry>,
    /// What a record can be of, for the form that takes any.
    #[serde(skip)]
    pub(super) kinds: Vec<String>,
    /// What residents connect to.
    pub(super) address: String,
    pub(super) laboratory: SeenLaboratory,
}

#[derive(Serialize)]
pub(super) struct SeenResident {
    #[serde(flatten)]
    pub(super) resident: Resident,
    pub(super) facts: i64,
    /// What this resident of the demo town shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) shows: Option<Text>,
}

#[derive(Serialize)]
pub(super) struct SeenVisit {
    pub(super) id: AppointmentId,
    pub(super) resident: ResidentId,
    pub(super) service: Option<ServiceKey>,
    pub(super) run: Option<InstanceId>,
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
    let mut appointments = Vec::new();
    for id in ids.into_iter().map(ResidentId::new) {
        let Some(resident) = db::resident(city.pool(), &id, Relation::Myself).await? else {
            continue;
        };
        let facts: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM facts WHERE subject = ?")
            .bind(id.as_str())
            .fetch_one(city.pool())
            .await?;
        let visits = db::appointments_of(city.pool(), &id).await?;
        appointments.extend(visits.into_iter().map(|it| seen(it.appointment)));
        residents.push(SeenResident {
            resident,
            facts,
            shows: demo::shows(&id),
        });
    }
    let taken = "SELECT COUNT(*) FROM slots WHERE status IN ('busy', 'busy-tentative')";
    let slots_taken = sqlx::query_scalar(taken).fetch_one(city.pool()).await?;
    let (questions, disputes) = db::inquiries(city.pool())
        .await?
        .into_iter()
        .partition(|it| it.kind == InquiryKind::Question);
    let laboratory = city.sign_in.laboratory().await.map_err(Fault::internal)?;
    Ok(Seen {
        now: city.moment(city.now()),
        residents,
        appointments,
        slots_taken,
        questions,
        disputes,
        kinds: city.catalogue.vocabulary().keys().cloned().collect(),
        address: city.base().to_owned(),
        laboratory: SeenLaboratory {
            client_id: laboratory.client_id,
            client_secret: laboratory.client_secret,
            token: format!("{}/token", city.base()),
            observations: format!("{}/fhir/Observation", city.base()),
        },
    })
}

fn seen(it: vekha_protocol::Appointment) -> SeenVisit {
    SeenVisit {
        id: it.id,
        resident: it.subject,
        service: it.service,
        run: it.step.as_ref().map(StepId::instance),
        step: it.step,
        status: it.status,
        start: it.start,
        neutral: it.neutral,
    }
}
