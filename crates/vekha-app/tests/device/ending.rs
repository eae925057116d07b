//! An app that ends while others still hold it, as the tasks of a window do.

use crate::device::{Device, town};
use serde_json::json;
use std::fs;

#[tokio::test]
async fn an_app_that_ends_leaves_one_whole_file_whoever_still_holds_it() {
    let mut device = Device::signed_in(town()).await;
    device.call("ask_human", json!({"text": "Как быть?"})).await;
    device.end();
    let files = fs::read_dir(device.data.path().join("accounts")).unwrap();
    let names = files.map(|it| it.unwrap().file_name().into_string().unwrap());
    let beside: Vec<String> = names
        .filter(|it| it.ends_with("-wal") || it.ends_with("-shm"))
        .collect();
    assert_eq!(beside, [""; 0], "a log is what a killed app leaves");
    let refused = device.attempt("today", json!({})).await.unwrap_err();
    assert_eq!(refused.code, "signed-out");

    device.start().await;
    let asked = device.read("inquiries").await;
    assert_eq!(asked[0]["text"], "Как быть?");
}
