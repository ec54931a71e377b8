//! A public certificate with one's own DNS through the window: a real ACME server, and name servers
//! that are the authority of the zone and what it looks names up with.

use fantoccini::key::Key;

use crate::certificate_files::Workshop;
use crate::harness::{native, until};
use crate::keyboard;
use crate::order_scene::{RECORD, Scene};
use crate::servers::challtestsrv::Challtestsrv;
use crate::steps;

#[test]
pub(crate) fn an_order_with_ones_own_dns_from_missing_records_to_a_verified_certificate() {
    let scene = Scene::new(steps::before_an_empty_vault("Orders"));
    let (page, workshop) = (&scene.page, Workshop::of(&scene.desktop));
    std::fs::write(workshop.path("root.pem"), scene.pebble.root_pem(0)).unwrap();
    std::fs::write(
        workshop.path("middle.pem"),
        scene.pebble.intermediate_pem(0),
    )
    .unwrap();
    scene.configure();
    scene.order();
    let values = scene.values();
    assert!(values.len() == 2 && values.iter().all(|value| page.shows(value)));
    page.see("In the zone example.test");

    // missing, one wrong, one of two, both
    page.press("Check DNS");
    page.see("Missing");
    scene.names.set_txt(RECORD, "not-the-value");
    page.see("Wrong value");
    scene.names.remove_txt(RECORD, "not-the-value");
    scene.names.set_txt(RECORD, &values[0]);
    page.see("Seen");
    page.see("only the other one is there");
    scene.names.set_txt(RECORD, &values[1]);
    page.see("All name servers see all records. You can validate now.");
    page.press("Validate");
    page.see("The certificate was issued.");
    scene.lay_out(&workshop, "first.pem");
    workshop.openssl("verify -CAfile root.pem -untrusted middle.pem first.pem");

    // clean-up, until they are gone
    page.see("Still there");
    scene.clear_records();
    page.see("All of them are gone.");
    page.press("Download");
    page.wait_for("dialog", "Download www");
    page.press("Download");
    native::save_as("~/www.zip");
    page.see("Saved www.zip");
    scene.leave();

    // rotation, by the steps of the manual: Update, Challenges; the old one in force until then
    page.act("www", "Rotate");
    page.wait_for("dialog", "Rotate www");
    page.fill("Description (optional)", "The shop, its apex and all below");
    page.press("Update");
    page.see("Updated www");
    steps::dismiss_toasts(page);
    page.press("Challenges");
    page.wait_for("dialog", "Challenges of www");
    page.see("The order waits for your TXT records.");
    scene.lay_out(&workshop, "still.pem");
    let serial = |file: &str| workshop.openssl(&format!("x509 -in {file} -noout -serial"));
    assert_eq!(serial("first.pem"), serial("still.pem"));
    scene.set_records();
    scene.check_and_validate();
    scene.lay_out(&workshop, "second.pem");
    assert_ne!(serial("first.pem"), serial("second.pem"));
    let kept = scene.vault.secret("www").metadata.description;
    assert_eq!(kept.as_deref(), Some("The shop, its apex and all below"));
}

#[test]
fn the_authority_sees_another_dns_than_we_do() {
    let elsewhere = Challtestsrv::start();
    let vault = steps::before_an_empty_vault("Orders");
    let scene = Scene::with_resolver(vault, |_| elsewhere.address());
    let page = &scene.page;
    scene.configure();
    scene.order();
    scene.set_records();
    page.press("Check DNS");
    page.see("You can validate now.");
    page.press("Validate");
    page.see("The order failed.");
    page.see("The authority said:");
    // nothing in force yet, and a first order has no second
    assert_eq!(
        scene.vault.secret("www").metadata.state,
        keyturn_api::State::Deactivated
    );
    scene.leave();

    // and the other way round: the records are where it looks, and nowhere that we see
    scene.clear_records();
    scene.order_as("www2", "*.example.test");
    for one in scene.vault.order("www2").challenges {
        elsewhere.add_txt(&one.txt_record_name, &one.txt_record_value);
    }
    page.press("Check DNS");
    page.see("2 missing");
    page.press("Validate");
    page.see("The certificate authority will look once");
    page.press("Validate anyway");
    page.see("The certificate was issued.");
}

#[test]
fn challenges_by_keyboard_alone() {
    let scene = Scene::new(steps::before_an_empty_vault("Orders"));
    let page = &scene.page;
    scene.configure();
    scene.order();
    scene.leave();

    page.tab_to("Actions for www");
    page.key(Key::Enter);
    keyboard::choose(page, "Challenges");
    page.wait_for("dialog", "Challenges of www");
    page.tab_to("Check DNS");
    page.key(Key::Enter);
    page.see("2 missing");
    scene.set_records();
    page.see("You can validate now.");
    page.tab_to("Validate");
    page.key(Key::Enter);
    page.see("The certificate was issued.");
    page.see("Still there");
    scene.clear_records();
    page.see("All of them are gone.");
    page.tab_to("Download");
    page.key(Key::Enter);
    page.wait_for("dialog", "Download www");
    page.key(Key::Escape);
    page.wait_for_no("dialog", "Download www");
    page.wait_for_focus("Download");
    page.key(Key::Escape);
    page.wait_for_no("dialog", "Challenges of www");
    page.wait_for_focus("Actions for www");
}

#[test]
fn a_validation_too_early_fails_with_the_reason_and_a_new_order_goes_on() {
    let scene = Scene::new(steps::before_an_empty_vault("Orders"));
    let page = &scene.page;
    scene.configure();
    scene.order();
    scene.set_records();
    scene.check_and_validate();
    scene.clear_records();
    scene.leave();

    page.act("www", "Rotate");
    page.wait_for("dialog", "Rotate www");
    page.press("Rotate");
    page.wait_for("dialog", "Challenges of www");
    page.see("The order waits for your TXT records.");
    page.press("Validate");
    page.see("The certificate authority will look once");
    page.press("Validate anyway");
    page.see("The order failed.");
    page.see("The current certificate stays in force.");
    assert_eq!(
        scene.vault.secret("www").metadata.state,
        keyturn_api::State::Active
    );
    page.see("Active, Rotation failed"); // in the list behind
    page.press("Start a new order");
    page.see("The order waits for your TXT records.");
    page.see("New");
    scene.set_records();
    scene.check_and_validate();
}

#[test]
fn an_order_outlives_the_program_that_was_killed() {
    let mut scene = Scene::new(steps::before_an_empty_vault("Orders"));
    scene.configure();
    scene.order();
    let values = scene.values();
    scene.desktop.crash();
    scene.page = scene.desktop.open();
    let page = &scene.page;
    steps::come_back(&scene.desktop, page);
    page.act("www", "Challenges");
    page.wait_for("dialog", "Challenges of www");
    assert_eq!(
        scene.values(),
        values,
        "the same values when one comes back"
    );
    page.see(&values[0]);
    scene.set_records();
    page.press("Check DNS");
    page.see("You can validate now.");
    page.press("Validate");
    // the dead program's claim ends before long
    until("the certificate is issued", || {
        let state = scene.vault.secret("www").metadata.state;
        (state == keyturn_api::State::Active).then_some(())
    });
    page.see("The certificate was issued.");
}
