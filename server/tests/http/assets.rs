//! The files in the binary.

use store::Engine;

use crate::site::Site;

#[tokio::test]
async fn a_file_may_be_kept_for_good_and_comes_in_the_encoding_asked_for() {
    let site = Site::with_example(Engine::Sqlite).await;
    let page = site.get("/").await.assert_ok();
    let stylesheet = page.links().into_iter().find(|link| link.starts_with("/pkg/site-")).unwrap();
    let plain = site
        .get(&stylesheet)
        .await
        .assert_ok()
        .assert_header("content-type", "text/css; charset=utf-8")
        .assert_header("content-encoding", "");
    for (asked, encoding) in [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("identity", "")] {
        let answer = site
            .get_in(asked, &stylesheet)
            .await
            .assert_ok()
            .assert_header("content-encoding", encoding)
            .assert_header("vary", "accept-encoding")
            .assert_header("cache-control", "public, max-age=31536000, immutable");
        if encoding == "br" {
            let mut unpacked = Vec::new();
            brotli::BrotliDecompress(&mut answer.bytes.as_slice(), &mut unpacked).unwrap();
            assert_eq!(unpacked, plain.bytes);
        }
    }
    assert!(plain.text().contains("--paper:"));
}

#[tokio::test]
async fn the_browser_half_is_in_the_binary() {
    let site = Site::with_example(Engine::Sqlite).await;
    let list = site.get("/pledges").await.assert_ok();
    let name = list.text().split("(\"app-").nth(1).and_then(|rest| rest.split('"').next()).expect("the name of the islands");
    assert_ne!(name, "not-built", "the browser half is missing; run app/wasm.sh first");
    site.get(&format!("/pkg/app-{name}.js")).await.assert_ok().assert_header("content-type", "text/javascript; charset=utf-8");
    let wasm = site.get(&format!("/pkg/app-{name}_bg.wasm")).await.assert_ok().assert_header("content-type", "application/wasm");
    assert_eq!(&wasm.bytes[..4], b"\0asm");
}
