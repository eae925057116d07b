use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use vekha_model::{DocumentId, Moment, ResidentId, Sensitivity, StepId, Text};

/// Something to read, issued to a resident: a register entry, a diet sheet a clinician signed, a material.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Document {
    pub id: DocumentId,
    pub subject: ResidentId,
    pub step: Option<StepId>,
    pub title: Text,
    /// Markdown.
    pub body: Text,
    pub issued: Moment,
    pub issuer: Text,
    /// The clinician who signed it; a diet sheet without one is never issued.
    pub signed_by: Option<String>,
    pub sensitivity: Sensitivity,
}
