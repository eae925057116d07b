//! The demo town is on no map: its page says in words how one gets to a place.

use crate::{
    City,
    html::{both, escape, page},
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
        let body = lines(&vekha_words::text("map-nowhere"));
        return (
            StatusCode::NOT_FOUND,
            Html(page("ru", &escape(&address), &body)),
        );
    };
    let made_up = vekha_words::text("map-made-up");
    let body = [&place.address, &place.way, &place.hours, &made_up]
        .map(lines)
        .concat();
    (StatusCode::OK, Html(page("ru", &both(&place.name), &body)))
}

fn lines(text: &Text) -> String {
    let (ru, en) = (escape(&text.ru), escape(&text.en));
    format!("<p>{ru}<br><span lang=\"en\">{en}</span></p>")
}
