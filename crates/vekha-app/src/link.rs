use crate::{
    App, CommandError,
    view::{Nothing, OpenLink},
};
use std::sync::Arc;
use url::Url;
use vekha_protocol::is_here;

/// Opens what leads out of the app where the system opens such things: a page, a telephone number, a letter, a place.
///
/// # Errors
/// `link` where it is none of these or not encrypted; `no-browser` where nothing opens it.
pub async fn open(app: &Arc<App>, args: OpenLink) -> Result<Nothing, CommandError> {
    let url = Url::parse(&args.url).ok().filter(leads_out);
    let url = url.ok_or_else(no_link)?;
    app.host.open_url(url.as_str())?;
    Ok(Nothing {})
}

fn leads_out(url: &Url) -> bool {
    match url.scheme() {
        "https" | "tel" | "mailto" | "geo" => true,
        "http" => is_here(url),
        _ => false,
    }
}

fn no_link() -> CommandError {
    CommandError::of("link")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_numbers_letters_and_places_lead_out_and_nothing_else_does() {
        let leads = |url: &str| Url::parse(url).is_ok_and(|it| leads_out(&it));
        for url in [
            "https://www.openstreetmap.org/search?query=a",
            "tel:+70002000110",
            "mailto:help@city.example",
            "geo:55.7,37.6",
            "http://127.0.0.1:4000/map?address=a",
        ] {
            assert!(leads(url), "{url}");
        }
        for url in [
            "http://city.example/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "smb://host/share",
            "ms-msdt:/id",
            "not a link",
        ] {
            assert!(!leads(url), "{url}");
        }
    }
}
