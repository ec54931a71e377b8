//! The window that ours is weighed against.

use tauri::http::Response;
use tauri::webview::PageLoadEvent;
use tauri::{WebviewUrl, WebviewWindowBuilder};

/// A window of Tauri, as large as ours, with a page in it that is empty. Not `about:blank`: for that
/// the engine starts no process.
#[expect(clippy::print_stdout, reason = "tells that it is there")]
pub(crate) fn window() {
    let page = WebviewUrl::CustomProtocol("empty://localhost/".parse().unwrap());
    tauri::Builder::default()
        .register_uri_scheme_protocol("empty", |_, _| {
            let html = Response::builder().header("Content-Type", "text/html");
            html.body(b"<!doctype html><title>Empty</title>".as_slice())
                .unwrap()
        })
        .setup(|app| {
            WebviewWindowBuilder::new(app, "empty", page)
                .inner_size(1280.0, 800.0)
                .on_page_load(|_, page| {
                    if page.event() == PageLoadEvent::Finished {
                        println!("loaded");
                    }
                })
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
        .unwrap();
}
