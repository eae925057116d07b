//! The demo town is on no map: its page says in words how one gets to a place.

use crate::{
    City,
    html::{escape, page},
};
use axum::{
    Router,
    extract::{Query, State},
    http::StatusCode,
    response::Html,
    routing::get,
};
use serde::Deserialize;
use vekha_model::Text;

pub(crate) fn router() -> Router<City> {
    Router::new().route("/map", get(show))
}

#[derive(Deserialize)]
struct Sought {
    address: String,
}

async fn show(
    State(city): State<City>,
    Query(Sought { address }): Query<Sought>,
) -> (StatusCode, Html<String>) {
    let sought = |text: &Text| text.ru == address || text.en == address;
    let mut found = city.catalogue.directory().filter(|it| sought(&it.address));
    let Some(place) = found.next() else {
        let body = "<p>Такого адреса в показательном городе нет.</p><p lang=\"en\">There is no such address in the demo town.</p>";
        return (
            StatusCode::NOT_FOUND,
            Html(page("ru", &escape(&address), body)),
        );
    };
    let body = [&place.address, &place.way, &place.hours]
        .map(|it| {
            format!(
                "<p>{}<br><span lang=\"en\">{}</span></p>",
                escape(&it.ru),
                escape(&it.en)
            )
        })
        .concat();
    let made_up = "<p><small>Город придуман, поэтому на картах его нет. Настоящий город открывает здесь свою карту.<br>\
        <span lang=\"en\">The town is made up and on no map. A real city opens its own map here.</span></small></p>";
    let title = format!("{} · {}", escape(&place.name.ru), escape(&place.name.en));
    (StatusCode::OK, Html(page("ru", &title, &(body + made_up))))
}
