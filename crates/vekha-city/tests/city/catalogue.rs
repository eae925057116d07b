use crate::town::{Town, config, town};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::VerifyingKey;
use jiff::Timestamp;
use reqwest::{Response, StatusCode};
use vekha_catalogue::{Keys, Pack, PackError};
use vekha_city::{Config, ContentError, StartError, serve};

async fn keys(town: &Town) -> Keys {
    let manifest = town.json("/.well-known/vekha").await;
    let keys = manifest["catalogue"]["keys"].as_object().unwrap();
    assert!(!keys.is_empty());
    keys.iter()
        .map(|(id, key)| {
            let bytes = URL_SAFE_NO_PAD.decode(key.as_str().unwrap()).unwrap();
            let key = VerifyingKey::from_bytes(&bytes.try_into().unwrap()).unwrap();
            (id.clone(), key)
        })
        .collect()
}

async fn fetch(town: &Town, etag: Option<&str>) -> Response {
    let manifest = town.json("/.well-known/vekha").await;
    let url = manifest["catalogue"]["url"].as_str().unwrap();
    let mut request = town.http.get(url);
    if let Some(etag) = etag {
        request = request.header("if-none-match", etag);
    }
    request.send().await.unwrap()
}

fn etag(answer: &Response) -> String {
    answer.headers()["etag"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_pack_is_what_the_keys_of_the_manifest_signed() {
    let town = town().await;
    let answer = fetch(&town, None).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["content-type"], "application/jose");
    let bytes = answer.bytes().await.unwrap();
    let now: Timestamp = "2026-11-23T10:00:00+03:00".parse().unwrap();
    let keys = keys(&town).await;
    let opened = Pack::verify(&bytes, &keys, now, None).unwrap();
    assert_eq!(
        vekha_catalogue::keys(&opened.keys),
        keys,
        "both keys are named in it"
    );
    let catalogue = opened.catalogue;
    assert_eq!(catalogue.version(), vekha_catalogue::builtin().version());
    let later = "2028-11-23T10:00:00+03:00".parse().unwrap();
    assert!(matches!(
        Pack::verify(&bytes, &keys, later, None),
        Err(PackError::Expired(_))
    ));
    let mut changed = bytes.to_vec();
    changed[400] = if changed[400] == b'A' { b'B' } else { b'A' };
    assert!(Pack::verify(&changed, &keys, now, None).is_err());
}

#[tokio::test]
async fn a_device_that_has_the_pack_is_not_sent_it_again_even_after_a_restart() {
    let town = town().await;
    let first = fetch(&town, None).await;
    let tag = etag(&first);
    let keys_before = keys(&town).await;
    let again = fetch(&town, Some(&format!("\"other\", W/{tag}"))).await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    assert!(again.bytes().await.unwrap().is_empty());
    let town = town.restarted(config).await;
    assert_eq!(keys(&town).await, keys_before, "the key is kept");
    assert_eq!(
        fetch(&town, Some(&tag)).await.status(),
        StatusCode::NOT_MODIFIED
    );
}

#[tokio::test]
async fn a_pack_never_grows_old_while_the_city_runs() {
    let town = town().await;
    let tag = etag(&fetch(&town, None).await);
    let year = serde_json::json!({"set": "2027-12-05T10:00:00+03:00"});
    town.operate("clock", year).await;
    let fresh = fetch(&town, Some(&tag)).await;
    assert_eq!(fresh.status(), StatusCode::OK);
    let bytes = fresh.bytes().await.unwrap();
    let now = "2027-12-05T10:00:00+03:00".parse().unwrap();
    assert!(Pack::verify(&bytes, &keys(&town).await, now, None).is_ok());
}

#[tokio::test]
async fn another_catalogue_is_planned_by_and_signed() {
    let content = tempfile::tempdir().unwrap();
    for (path, text) in vekha_catalogue::builtin_files() {
        let path = content.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = text.replace("\"2026.11.1\"", "\"2026.12.7\"");
        let text = text.replace("Приём врача: обсудить результат", "Приём по-нашему");
        std::fs::write(path, text).unwrap();
    }
    let chosen = content.path().to_owned();
    let town = town()
        .await
        .restarted(|folder| Config {
            catalogue: Some(chosen),
            ..config(folder)
        })
        .await;
    let bytes = fetch(&town, None).await.bytes().await.unwrap();
    let now = "2026-11-23T10:00:00+03:00".parse().unwrap();
    let keys = keys(&town).await;
    let catalogue = Pack::verify(&bytes, &keys, now, None).unwrap().catalogue;
    assert_eq!(catalogue.version().version, "2026.12.7");
    let anna = town.sign_in("anna").await;
    town.cea("anna").await;
    let held = anna.visits("/gp", "pending").await.remove(0);
    assert_eq!(held["title"]["ru"], "Приём по-нашему");
}

#[tokio::test]
async fn a_catalogue_that_does_not_load_stops_the_start_with_its_place() {
    let (folder, content) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::fs::write(content.path().join("catalogue.yaml"), "id: [").unwrap();
    let refused = serve(Config {
        catalogue: Some(content.path().to_owned()),
        ..config(folder.path())
    })
    .await;
    let Err(StartError::Content(why @ ContentError::Catalogue(..))) = refused else {
        panic!("it started");
    };
    assert!(why.to_string().contains("catalogue.yaml"), "{why}");
}
