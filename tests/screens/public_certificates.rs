//! Public certificates: their engine, and an order in each of its states.

use crate::album::{Album, before_secrets};
use crate::order_scene::{RECORD, Scene};
use crate::steps;

#[test]
fn public_certificates() {
    Album::in_each_theme(|album| {
        let scene = Scene::new(before_secrets(album));
        let page = &scene.page;
        page.click("link", "Secrets engines");
        page.see("No certificate authority yet");
        album.take(page, "public-engine-empty");
        page.press("Add certificate authority");
        page.wait_for("dialog", "Add certificate authority");
        page.click("radio", "Another ACME directory");
        album.take(page, "public-engine-add");
        steps::escape(page);
        page.see("Changes are not saved");
        steps::escape(page);
        page.wait_for_no("dialog", "");
        scene.configure();
        page.press("Add DNS provider");
        page.wait_for("dialog", "Add DNS provider");
        album.take(page, "public-engine-add-dns");
        steps::escape(page);
        page.wait_for_no("dialog", "");
        album.take(page, "public-engine");

        page.click("link", "Secrets 1*");
        page.wait_for("heading", "Secrets");
        steps::begin_adding(page, "Public certificate", "draft");
        page.fill("Common name", "example");
        page.choose("Certificate authority", "pebble");
        page.press("Next");
        page.press("Add");
        page.see("is no full host name");
        album.take(page, "public-certificate-refused");
        steps::escape(page);
        page.see("Changes are not saved");
        steps::escape(page);
        page.wait_for_no("dialog", "");
        scene.order();
        page.see("In the zone example.test");
        album.take(page, "challenges-waiting");
        page.press("Check DNS");
        page.see("Missing");
        page.press("Stop");
        page.gone("Asking the name servers");
        album.take(page, "challenges-missing");
        let values = scene.values();
        scene.names.set_txt(RECORD, &format!("\"{}\"", values[0]));
        page.press("Check DNS");
        page.see("Wrong value");
        page.press("Stop");
        page.gone("Asking the name servers");
        page.press("Show the servers for example.test");
        album.take(page, "challenges-wrong");
        page.press("Hide the servers for example.test");
        scene.clear_records();
        scene.set_records();
        page.press("Check DNS");
        page.see("You can validate now.");
        album.take(page, "challenges-seen");
        page.press("Validate");
        page.see("The certificate was issued.");
        album.take(page, "challenges-issued");
        scene.clear_records();
        steps::escape(page);
        page.wait_for_no("dialog", "Challenges of www");
        steps::dismiss_toasts(page);

        page.act("www", "Rotate");
        page.wait_for("dialog", "Rotate www");
        album.take(page, "rotate-public-certificate");
        page.press("Rotate");
        page.wait_for("dialog", "Challenges of www");
        page.see("The order waits for your TXT records.");
        page.press("Validate");
        page.see("The certificate authority will look once");
        album.take(page, "challenges-validate-anyway");
        page.press("Validate anyway");
        page.see("The order failed.");
        album.take(page, "challenges-failed");
        page.press("Start a new order");
        page.see("The order waits for your TXT records.");
        album.take(page, "challenges-new-order");
        steps::escape(page);
        page.wait_for_no("dialog", "Challenges of www");
        steps::dismiss_toasts(page);
        album.take(page, "secrets-rotation-pending");
        page.act("www", "Details");
        page.click("tab", "Issuance");
        page.see("Rotation pending");
        album.take(page, "details-issuance");
    });
}
