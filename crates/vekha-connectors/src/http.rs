use futures::StreamExt;
use reqwest::{Client, Response, redirect};
use std::{error::Error, time::Duration};
use url::Url;
use vekha_protocol::{CityError, is_here};

/// The largest answer read into memory; a page of changes is far below.
const LARGEST_ANSWER: usize = 32 * 1024 * 1024;

/// An address that no request is sent to.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
pub enum AddressError {
    #[error("“{0}” is not a web address")]
    NotAnAddress(String),
    #[error("“{0}” is not encrypted; only https is used outside this machine")]
    NotEncrypted(String),
}

/// The one client, to be shared.
pub type HttpClient = Client;

/// One client for everything: rustls, the system's and the public roots, no redirects to other hosts.
///
/// # Errors
/// TLS could not be set up.
pub fn http_client() -> Result<Client, reqwest::Error> {
    Client::builder()
        .user_agent(concat!("Vekha/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(Duration::from_secs(10))
        .read_timeout(Duration::from_secs(30))
        .tcp_nodelay(true)
        .redirect(redirect::Policy::custom(|attempt| {
            let same_host = attempt.previous().first().is_some_and(|first| {
                first.host() == attempt.url().host() && first.scheme() == attempt.url().scheme()
            });
            if same_host && attempt.previous().len() < 5 {
                attempt.follow()
            } else {
                attempt.stop()
            }
        }))
        .build()
}

/// Reads an address a person typed or a city sent: https, or http on this machine.
pub(crate) fn address(text: &str) -> Result<Url, AddressError> {
    let text = text.trim();
    let url = if text.contains("://") {
        Url::parse(text)
    } else {
        Url::parse(&format!("https://{text}"))
    }
    .map_err(|_| AddressError::NotAnAddress(text.to_owned()))?;
    match url.scheme() {
        "https" if url.has_host() => Ok(url),
        "http" if is_here(&url) => Ok(url),
        "http" => Err(AddressError::NotEncrypted(text.to_owned())),
        _ => Err(AddressError::NotAnAddress(text.to_owned())),
    }
}

/// Reads an answer's body, but never more than [`LARGEST_ANSWER`].
pub(crate) async fn body(answer: Response) -> Result<Vec<u8>, CityError> {
    body_up_to(answer, LARGEST_ANSWER).await
}

/// Reads an answer's body, but never more than this.
pub(crate) async fn body_up_to(answer: Response, largest: usize) -> Result<Vec<u8>, CityError> {
    let mut bytes = Vec::new();
    let mut stream = answer.bytes_stream();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(unreachable)?;
        if bytes.len() + chunk.len() > largest {
            return Err(CityError::Malformed(format!(
                "an answer of more than {largest} bytes"
            )));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Sorts a request that got no answer: a certificate not to be trusted is told from a missing network.
pub(crate) fn unreachable(error: reqwest::Error) -> CityError {
    let mut cause: Option<&dyn Error> = Some(&error);
    while let Some(current) = cause {
        let text = current.to_string();
        if text.contains("invalid peer certificate") || text.contains("certificate verify failed") {
            return CityError::Untrusted(text);
        }
        cause = current.source();
    }
    if error.is_decode() || error.is_body() && !error.is_timeout() && !error.is_connect() {
        return CityError::Malformed(error.without_url().to_string());
    }
    CityError::Offline(Some(Box::new(error.without_url())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_city_is_asked_over_https_or_on_this_machine_only() {
        assert_eq!(
            address("gorod.example").unwrap().as_str(),
            "https://gorod.example/"
        );
        assert!(address("http://127.0.0.1:8080").is_ok());
        assert_eq!(
            address("http://gorod.example"),
            Err(AddressError::NotEncrypted("http://gorod.example".into()))
        );
        assert!(matches!(
            address("file:///etc/passwd"),
            Err(AddressError::NotAnAddress(_))
        ));
        assert!(matches!(
            address("не адрес"),
            Err(AddressError::NotAnAddress(_))
        ));
    }
}
