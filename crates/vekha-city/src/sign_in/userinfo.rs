use super::{Bearer, Denied, Refusal, SignIn, fresh, people};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use serde_json::json;

/// OpenID Connect Core §5.3.
pub(super) async fn tell(
    State(city): State<SignIn>,
    caller: Result<Bearer, Denied>,
) -> Result<Response, Refusal> {
    let invalid = || {
        Refusal::new(
            "invalid_token",
            "the access token is not valid, or no longer",
        )
    };
    let Ok(Bearer::Resident(caller)) = caller else {
        return Err(invalid());
    };
    if !caller.scopes.has("openid") {
        return Err(Refusal::new("insufficient_scope", "openid is needed"));
    }
    let mut claims = json!({"sub": caller.resident});
    if caller.scopes.has("profile") {
        let person = people::find(&city.pool, caller.resident.as_str())
            .await?
            .ok_or_else(invalid)?;
        claims["name"] = json!(person.name);
        claims["given_name"] = json!(person.name);
        if let Some(born) = person.birth_date {
            claims["birthdate"] = json!(born);
        }
        if let Some(sex) = person.sex {
            claims["gender"] = json!(sex);
        }
    }
    Ok(fresh(claims).into_response())
}
