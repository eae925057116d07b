//! The pages of changes. A long reading goes twice as fast when the next page travels while this one is being kept, so it is
//! asked for ahead: at most one, and only where the city said that there is more.

use super::api::Api;
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::task::JoinHandle;
use vekha_protocol::{ChangesPage, CityError, Cursor};

const PAGE: &str = "500";
/// A reading that was cut off in between asks again: meanwhile something may have changed.
const FRESH: Duration = Duration::from_secs(10);

#[derive(Default)]
pub(super) struct Pages {
    ahead: Mutex<Option<Ahead>>,
}

/// The page after `since`, on its way.
struct Ahead {
    since: Cursor,
    asked: Instant,
    page: JoinHandle<Result<ChangesPage, CityError>>,
}

impl Pages {
    pub async fn next(
        &self,
        api: &Arc<Api>,
        since: Option<&Cursor>,
    ) -> Result<ChangesPage, CityError> {
        let ahead = self.take();
        let wanted = |ahead: &Ahead| Some(&ahead.since) == since && ahead.asked.elapsed() < FRESH;
        let page = match ahead.filter(wanted) {
            // One that failed on its way is asked for again: the failure may be over.
            Some(mut ahead) => match (&mut ahead.page).await {
                Ok(Ok(page)) => page,
                _ => fetch(api, since).await?,
            },
            None => fetch(api, since).await?,
        };
        if page.more && since != Some(&page.cursor) {
            let (api, since) = (Arc::clone(api), page.cursor.clone());
            let next = since.clone();
            let page = tokio::spawn(async move { fetch(&api, Some(&next)).await });
            let asked = Instant::now();
            *self.lock() = Some(Ahead { since, asked, page });
        }
        Ok(page)
    }

    fn take(&self) -> Option<Ahead> {
        self.lock().take()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Ahead>> {
        self.ahead.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What nobody waits for any more is not read to its end.
impl Drop for Ahead {
    fn drop(&mut self) {
        self.page.abort();
    }
}

async fn fetch(api: &Api, since: Option<&Cursor>) -> Result<ChangesPage, CityError> {
    let mut url = api.url(&["changes"])?;
    url.query_pairs_mut().append_pair("limit", PAGE);
    if let Some(Cursor(cursor)) = since {
        url.query_pairs_mut().append_pair("cursor", cursor);
    }
    api.get(&url).await
}
