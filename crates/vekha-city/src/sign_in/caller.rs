use super::{Refusal, Right, Scopes, SignIn, client, family, people};
use crate::Fault;
use axum::{
    extract::{FromRef, FromRequestParts},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use vekha_model::{ResidentId, Text};

/// A resident's device, as its access token says.
#[derive(Debug, Clone)]
pub struct Caller {
    pub resident: ResidentId,
    /// Children and others this resident cares for.
    pub wards: Vec<ResidentId>,
    pub scopes: Scopes,
}

impl Caller {
    /// Whether this resident may read facts about `subject`.
    pub fn may_read(&self, subject: &ResidentId) -> bool {
        self.resident == *subject || self.wards.contains(subject)
    }

    /// Whose records the device may see: the resident first.
    pub fn subjects(&self) -> impl Iterator<Item = &ResidentId> {
        std::iter::once(&self.resident).chain(&self.wards)
    }
}

/// Whoever shows an access token.
#[derive(Debug, Clone)]
pub enum Bearer {
    Resident(Caller),
    System {
        client_id: String,
        name: Text,
        scopes: Scopes,
    },
}

impl Bearer {
    pub fn allows(&self, resource: &str, right: Right) -> bool {
        match self {
            Self::Resident(caller) => {
                caller.scopes.allow("patient", resource, right)
                    // Answering an offer is what the city scope is for, whichever door it comes through.
                    || (resource == "Appointment"
                        && right == Right::Update
                        && caller.scopes.has("vekha"))
            }
            Self::System { scopes, .. } => scopes.allow("system", resource, right),
        }
    }
}

/// Why a request is not let in (RFC 6750 §3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    #[error("an access token is needed")]
    Missing,
    #[error("the access token is not valid, or no longer")]
    Invalid,
    #[error("the access token does not allow this")]
    Scope,
    #[error("the access token could not be checked")]
    Broken,
}

impl Denied {
    pub fn status(self) -> StatusCode {
        match self {
            Self::Missing | Self::Invalid => StatusCode::UNAUTHORIZED,
            Self::Scope => StatusCode::FORBIDDEN,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The `WWW-Authenticate` value.
    pub fn challenge(self) -> Option<HeaderValue> {
        Some(HeaderValue::from_static(match self {
            Self::Missing => "Bearer realm=\"city\"",
            Self::Invalid => "Bearer realm=\"city\", error=\"invalid_token\"",
            Self::Scope => "Bearer realm=\"city\", error=\"insufficient_scope\"",
            Self::Broken => return None,
        }))
    }

    fn fault(self) -> Fault {
        let fault = Fault::problem(
            match self {
                Self::Missing | Self::Invalid => "signed-out",
                Self::Scope => "not-allowed",
                Self::Broken => "city-failed",
            },
            self.status(),
        );
        fault.titled(self.to_string())
    }
}

impl From<Refusal> for Denied {
    fn from(_: Refusal) -> Self {
        Self::Broken
    }
}

impl IntoResponse for Denied {
    fn into_response(self) -> Response {
        let mut response = self.fault().into_response();
        if let Some(challenge) = self.challenge() {
            let headers = response.headers_mut();
            headers.insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

impl<S> FromRequestParts<S> for Bearer
where
    S: Send + Sync,
    SignIn: FromRef<S>,
{
    type Rejection = Denied;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Denied> {
        let city = SignIn::from_ref(state);
        let token = parts
            .headers
            .get(header::AUTHORIZATION)
            .ok_or(Denied::Missing)?
            .to_str()
            .ok()
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim())
            .ok_or(Denied::Invalid)?;
        let (family, scopes) = family::of_access_token(&city.pool, token)
            .await?
            .ok_or(Denied::Invalid)?;
        if family.resident.is_empty() {
            let system = client::find(&city.pool, &family.client_id)
                .await?
                .ok_or(Denied::Invalid)?;
            return Ok(Self::System {
                client_id: system.client_id,
                name: system.name,
                scopes,
            });
        }
        Ok(Self::Resident(Caller {
            wards: people::wards(&city.pool, &family.resident).await?,
            resident: ResidentId::new(family.resident),
            scopes,
        }))
    }
}

/// The city API is for residents' devices that were granted `vekha`.
impl<S> FromRequestParts<S> for Caller
where
    S: Send + Sync,
    SignIn: FromRef<S>,
{
    type Rejection = Denied;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Denied> {
        match Bearer::from_request_parts(parts, state).await? {
            Bearer::Resident(caller) if caller.scopes.has("vekha") => Ok(caller),
            _ => Err(Denied::Scope),
        }
    }
}
