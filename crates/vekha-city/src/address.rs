//! Where the city is reached: the address it listens on, and the one residents know it by.

use url::Url;

/// Both addresses, as origins without a slash at the end.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    listens: String,
    public: String,
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the public address {given} cannot be used: {why}")]
pub struct AddressError {
    pub given: String,
    pub why: &'static str,
}

impl Address {
    /// `listens` stands for both where no public one is given.
    pub(crate) fn new(listens: String, public: Option<&str>) -> Result<Self, AddressError> {
        let public = match public {
            None => listens.clone(),
            Some(given) => origin(given).map_err(|why| AddressError {
                given: given.to_owned(),
                why,
            })?,
        };
        Ok(Self { listens, public })
    }

    /// Under which everything is told: the manifest, discovery, the links of FHIR.
    pub(crate) fn public(&self) -> &str {
        &self.public
    }

    /// Whether a request with this `Host` means this city: by its public name or straight on this machine.
    pub(crate) fn is_own_host(&self, host: &str) -> bool {
        self.origins().any(|it| authority(&it) == host)
    }

    pub(crate) fn is_own_origin(&self, origin: &str) -> bool {
        self.origins().any(|it| it == origin)
    }

    fn origins(&self) -> impl Iterator<Item = String> {
        let port = self.listens.rsplit(':').next().unwrap_or_default();
        [
            self.listens.clone(),
            format!("http://localhost:{port}"),
            self.public.clone(),
        ]
        .into_iter()
    }
}

fn authority(origin: &str) -> &str {
    origin.split_once("://").map_or(origin, |(_, rest)| rest)
}

fn origin(given: &str) -> Result<String, &'static str> {
    let url = Url::parse(given).map_err(|_| "it is not a URL such as https://city.example")?;
    url.host().ok_or("it names no host")?;
    match url.scheme() {
        "https" => {}
        "http" if vekha_protocol::is_here(&url) => {}
        _ => return Err("it has to be https (http only to this machine)"),
    }
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    if !bare || !url.username().is_empty() || url.password().is_some() {
        return Err("it has to be scheme, host and port alone");
    }
    Ok(url.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public(given: &str) -> Option<String> {
        let address = Address::new("http://127.0.0.1:5000".to_owned(), Some(given));
        address.ok().map(|it| it.public().to_owned())
    }

    #[test]
    fn a_public_address_is_https_or_on_this_machine() {
        assert_eq!(
            public("https://city.example/").unwrap(),
            "https://city.example"
        );
        assert_eq!(
            public("http://127.0.0.1:8443").unwrap(),
            "http://127.0.0.1:8443"
        );
        for bad in [
            "http://city.example",
            "https://city.example/vekha",
            "city.example",
            "https://me@city.example",
        ] {
            assert_eq!(public(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_city_answers_by_both_its_names_and_no_other() {
        let address = Address::new(
            "http://127.0.0.1:5000".to_owned(),
            Some("https://city.example"),
        )
        .unwrap();
        for host in ["127.0.0.1:5000", "localhost:5000", "city.example"] {
            assert!(address.is_own_host(host), "{host}");
        }
        assert!(!address.is_own_host("elsewhere.example"));
        assert!(!address.is_own_origin("http://city.example"));
    }
}
