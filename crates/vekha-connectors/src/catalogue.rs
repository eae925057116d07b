use crate::http::{address, body_up_to, unreachable};
use reqwest::{
    Client, Response, StatusCode,
    header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH},
};
use tokio::sync::Mutex;
use url::Url;
use vekha_protocol::{CatalogueOffer, CityError};

/// The built-in catalogue as a pack is far below.
const LARGEST_PACK: usize = 8 * 1024 * 1024;

/// Where a city keeps its signed catalogue. The pack is public and may lie on another server, so no token goes with the
/// request; whether it is to be trusted is for its signature to say.
pub(crate) struct PackSource {
    http: Client,
    url: Option<Url>,
    last: Mutex<Option<Kept>>,
}

struct Kept {
    etag: String,
    pack: Vec<u8>,
}

impl PackSource {
    /// # Errors
    /// [`CityError::Malformed`] for an address not to be used.
    pub fn new(http: Client, offer: Option<&CatalogueOffer>) -> Result<Self, CityError> {
        let url = offer
            .map(|it| address(&it.url))
            .transpose()
            .map_err(|error| CityError::Malformed(error.to_string()))?;
        Ok(Self {
            http,
            url,
            last: Mutex::default(),
        })
    }

    /// The pack as it is now; not sent again where it has not changed since the last time.
    pub async fn fetch(&self) -> Result<Option<Vec<u8>>, CityError> {
        let Some(url) = self.url.clone() else {
            return Ok(None);
        };
        let mut last = self.last.lock().await;
        let mut request = self.http.get(url);
        if let Some(kept) = last.as_ref() {
            request = request.header(IF_NONE_MATCH, &kept.etag);
        }
        let answer = request.send().await.map_err(unreachable)?;
        if answer.status() == StatusCode::NOT_MODIFIED
            && let Some(kept) = last.as_ref()
        {
            return Ok(Some(kept.pack.clone()));
        }
        let answer = sorted(answer)?;
        let etag = answer
            .headers()
            .get(ETAG)
            .and_then(|it| it.to_str().ok())
            .map(str::to_owned);
        let pack = body_up_to(answer, LARGEST_PACK).await?;
        *last = etag.map(|etag| Kept {
            etag,
            pack: pack.clone(),
        });
        Ok(Some(pack))
    }
}

fn sorted(answer: Response) -> Result<Response, CityError> {
    let status = answer.status();
    let malformed = |why: String| Err(CityError::Malformed(format!("catalogue: {why}")));
    match status {
        it if it.is_server_error() => return Err(CityError::Busy { retry_after: None }),
        StatusCode::TOO_MANY_REQUESTS => return Err(CityError::Busy { retry_after: None }),
        it if it.is_redirection() => return malformed(format!("redirected elsewhere ({it})")),
        it if !it.is_success() => return malformed(format!("status {it}")),
        _ => {}
    }
    let kind = answer
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|it| it.to_str().ok())
        .unwrap_or("application/octet-stream");
    let kind = kind.split(';').next().unwrap_or(kind).trim();
    match kind {
        // Plain file servers know no better name for a pack than these.
        "application/jose" | "application/octet-stream" | "text/plain" => Ok(answer),
        other => malformed(format!("“{other}” instead of a pack")),
    }
}
