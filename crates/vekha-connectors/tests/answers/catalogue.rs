use crate::scripted::{Server, answer};
use axum::{body::Body, http::StatusCode, response::Response};
use vekha_protocol::{City, CityError};

const JOSE: (&str, &str) = ("content-type", "application/jose");

async fn fetched(
    reply: impl Fn() -> Response + Send + Sync + 'static,
) -> (Result<Option<Vec<u8>>, CityError>, Server) {
    let server = Server::answering(move |_| reply()).await;
    let url = format!("{}/catalogue", server.base);
    let pack = server.http_city_with(Some(&url)).catalogue().await;
    (pack, server)
}

#[tokio::test]
async fn a_catalogue_is_fetched_without_telling_who_asks() {
    let (pack, server) = fetched(|| answer(StatusCode::OK, &[JOSE], "a.b.c")).await;
    assert_eq!(pack.unwrap().unwrap(), b"a.b.c");
    assert!(server.asked()[0].headers.get("authorization").is_none());
}

#[tokio::test]
async fn a_catalogue_that_did_not_change_is_not_sent_again() {
    let server = Server::answering(|asked| {
        let known = asked
            .headers
            .get("if-none-match")
            .is_some_and(|it| it == "\"7\"");
        if known {
            answer(StatusCode::NOT_MODIFIED, &[("etag", "\"7\"")], "")
        } else {
            answer(StatusCode::OK, &[JOSE, ("etag", "\"7\"")], "a.b.c")
        }
    })
    .await;
    let city = server.http_city_with(Some(&format!("{}/catalogue", server.base)));
    for _ in 0..2 {
        assert_eq!(city.catalogue().await.unwrap().unwrap(), b"a.b.c");
    }
    assert_eq!(server.asked()[1].headers["if-none-match"], "\"7\"");
}

#[tokio::test]
async fn a_city_without_a_catalogue_has_none() {
    let server = Server::answering(|_| answer(StatusCode::OK, &[], "")).await;
    assert_eq!(server.http_city().catalogue().await.unwrap(), None);
    assert!(server.asked().is_empty());
}

#[tokio::test]
async fn a_catalogue_without_end_is_not_read_to_its_end() {
    let endless = || {
        let chunk = || Ok::<_, std::io::Error>(vec![b'a'; 64 * 1024]);
        Body::from_stream(futures::stream::repeat_with(chunk))
    };
    let (pack, _) = fetched(move || answer(StatusCode::OK, &[JOSE], endless())).await;
    assert!(matches!(pack, Err(CityError::Malformed(_))), "{pack:?}");
}

#[tokio::test]
async fn a_page_for_people_is_not_a_catalogue() {
    let html = ("content-type", "text/html; charset=utf-8");
    let (pack, _) = fetched(move || answer(StatusCode::OK, &[html], "<html>")).await;
    assert!(matches!(pack, Err(CityError::Malformed(why)) if why.contains("text/html")));
}

#[tokio::test]
async fn a_catalogue_that_leads_to_another_host_is_not_followed() {
    let elsewhere = Server::answering(|_| answer(StatusCode::OK, &[JOSE], "evil")).await;
    // The same machine by another name is another host.
    let target = elsewhere.base.replace("127.0.0.1", "localhost");
    let (pack, _) = fetched(move || answer(StatusCode::FOUND, &[("location", &target)], "")).await;
    assert!(matches!(pack, Err(CityError::Malformed(why)) if why.contains("redirected")));
    assert!(elsewhere.asked().is_empty());
}

#[tokio::test]
async fn a_catalogue_that_is_gone_is_told_from_a_city_that_is_busy() {
    let (gone, _) = fetched(|| answer(StatusCode::NOT_FOUND, &[], "")).await;
    assert!(matches!(gone, Err(CityError::Malformed(_))));
    let (busy, _) = fetched(|| answer(StatusCode::BAD_GATEWAY, &[], "")).await;
    assert!(matches!(busy, Err(CityError::Busy { .. })));
}
