use crate::{
    App, CommandError,
    view::{CalendarSubscription, Nothing},
};
use std::sync::Arc;
use vekha_protocol::CityError;

/// The address at which the resident's other calendars read the visits, if there is one.
pub async fn link(app: &Arc<App>, _: Nothing) -> Result<CalendarSubscription, CommandError> {
    match app.city()?.calendar_link().await {
        Ok(link) => Ok(CalendarSubscription {
            offered: true,
            link,
        }),
        Err(CityError::NotOffered) => Ok(CalendarSubscription {
            offered: false,
            link: None,
        }),
        Err(error) => Err(CommandError::from(&error)),
    }
}

/// A new address, told this once; the one before is void.
pub async fn make_link(app: &Arc<App>, _: Nothing) -> Result<CalendarSubscription, CommandError> {
    let language = app.live().kept.settings.language;
    let made = app.city()?.make_calendar_link(language).await;
    let link = made.map_err(|error| CommandError::from(&error))?;
    Ok(CalendarSubscription {
        offered: true,
        link: Some(link),
    })
}

pub async fn end_link(app: &Arc<App>, _: Nothing) -> Result<CalendarSubscription, CommandError> {
    let ended = app.city()?.end_calendar_link().await;
    ended.map_err(|error| CommandError::from(&error))?;
    Ok(CalendarSubscription {
        offered: true,
        link: None,
    })
}
