//! The OpenID Connect types with SMART's `patient` in the token response.

use crate::{
    clock::CityClock,
    http::{address, body, unreachable},
};
use openidconnect::{
    AdditionalProviderMetadata, Client, ClientId, EmptyAdditionalClaims, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, ExtraTokenFields, HttpRequest, HttpResponse, IdTokenFields,
    IssuerUrl, ProviderMetadata, StandardErrorResponse, StandardTokenResponse,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreClaimName, CoreClaimType, CoreClientAuthMethod,
        CoreErrorResponseType, CoreGenderClaim, CoreGrantType, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreJwsSigningAlgorithm,
        CoreResponseMode, CoreResponseType, CoreRevocableToken, CoreRevocationErrorResponse,
        CoreSubjectIdentifierType, CoreTokenIntrospectionResponse, CoreTokenType,
    },
};
use serde::{Deserialize, Serialize};
use std::{future::Future, pin::Pin};
use vekha_protocol::CityError;

use super::SignInError;

/// SMART App Launch 2: the patient in context.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct SmartFields {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patient: Option<String>,
}

impl ExtraTokenFields for SmartFields {}

pub(super) type Tokens = StandardTokenResponse<
    IdTokenFields<
        EmptyAdditionalClaims,
        SmartFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

pub(super) type OidcClient = Client<
    EmptyAdditionalClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// RFC 9207: whether every answer of the provider says whose it is.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct NamesItself {
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for NamesItself {}

type Metadata = ProviderMetadata<
    NamesItself,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// A provider as its metadata describes it.
pub(super) struct Provider {
    pub client: OidcClient,
    /// Answers without `iss` are not its own.
    pub names_itself: bool,
}

/// Reads the provider's metadata and keys.
pub(super) async fn discover(
    http: &reqwest::Client,
    issuer: &str,
    client_id: &str,
) -> Result<Provider, SignInError> {
    address(issuer)?;
    let issuer = IssuerUrl::new(issuer.to_owned())
        .map_err(|error| CityError::Malformed(format!("issuer: {error}")))?;
    let metadata = Metadata::discover_async(issuer, &Sender::new(http))
        .await
        .map_err(|error| sorted(error, "discovery"))?;
    let token = metadata.token_endpoint().map(|it| it.as_str());
    for endpoint in [Some(metadata.authorization_endpoint().as_str()), token]
        .into_iter()
        .flatten()
    {
        address(endpoint)?;
    }
    let names_itself = metadata
        .additional_metadata()
        .authorization_response_iss_parameter_supported;
    let client_id = ClientId::new(client_id.to_owned());
    Ok(Provider {
        client: OidcClient::from_provider_metadata(metadata, client_id, None),
        names_itself,
    })
}

/// Our one HTTP client in the shape the OpenID Connect crate asks for.
pub(super) struct Sender {
    http: reqwest::Client,
    pub clock: CityClock,
}

impl Sender {
    pub fn new(http: &reqwest::Client) -> Self {
        Self {
            http: http.clone(),
            clock: CityClock::default(),
        }
    }
}

impl<'c> openidconnect::AsyncHttpClient<'c> for Sender {
    type Error = SendError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, SendError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request)
                .map_err(|error| SendError(CityError::Malformed(error.to_string())))?;
            let answer = self
                .http
                .execute(request)
                .await
                .map_err(|error| SendError(unreachable(error)))?;
            self.clock.hear(answer.headers());
            let (status, headers) = (answer.status(), answer.headers().clone());
            let mut response = HttpResponse::new(body(answer).await.map_err(SendError)?);
            *response.status_mut() = status;
            *response.headers_mut() = headers;
            Ok(response)
        })
    }
}

#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct SendError(pub CityError);

pub(super) fn sorted(error: openidconnect::DiscoveryError<SendError>, what: &str) -> SignInError {
    match error {
        openidconnect::DiscoveryError::Request(SendError(city)) => city.into(),
        other => CityError::Malformed(format!("{what}: {other}")).into(),
    }
}
