//! Every page and dialog held against WCAG by axe-core, in both themes: names, roles and contrast.
//! `make screens` does the same for each state that it takes a picture of.

use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt;

use serde_json::json;

use crate::harness::page::Page;
use crate::harness::vaults::{self, PASSPHRASE};
use crate::harness::{Desktop, axe};
use crate::steps::{self, NewVault};

const THEMES: [&str; 2] = ["white", "g100"];

#[test]
fn first_start_and_unlocking_have_no_grave_findings() {
    for theme in THEMES {
        let mut desktop = in_theme(theme);
        let page = desktop.open();
        let check = |place: &str| axe::check(&page, &format!("{place}, {theme}"));
        check("welcome");
        page.press("Create a vault on this computer");
        page.wait_for("textbox", "Name of the vault");
        check("create a vault");
        page.press("Cancel");
        steps::create_vault(&page, "Mine", NewVault::Passphrase(PASSPHRASE));
        check("no secrets");
        let page = desktop.lock(|page| page.press("Lock"));
        page.wait_for("textbox", "Passphrase");
        axe::check(&page, &format!("unlock, {theme}"));
    }
}

#[test]
fn pages_and_dialogs_have_no_grave_findings() {
    for theme in THEMES {
        let mut desktop = in_theme(theme);
        let page = desktop.open();
        page.press("Look around with sample data");
        page.wait_for("button", "Actions for ci-deploy-token");
        walk(&page, theme);
        walk_engines(&page, theme);
        walk_pages(&page, theme);
    }
}

/// A desktop on which the program starts in a theme.
fn in_theme(theme: &str) -> Desktop {
    let desktop = Desktop::without_keyring();
    let data = desktop.session.data();
    DirBuilder::new().mode(0o700).create(&data).unwrap();
    let settings = json!({ "settings": vaults::settings(theme) });
    fs::write(data.join("settings.json"), settings.to_string()).unwrap();
    desktop
}

/// Opens one after the other what can be opened.
fn walk(page: &Page, theme: &str) {
    let check = |place: &str| axe::check(page, &format!("{place}, {theme}"));
    check("secrets");
    page.press("Actions for ci-deploy-token");
    page.wait_for("menuitem", "Rotate");
    check("actions");
    steps::escape(page);
    page.press("Columns");
    page.wait_for("checkbox", "Description");
    check("columns");
    steps::escape(page);
    page.press("Keyboard shortcuts");
    page.wait_for("dialog", "Keyboard shortcuts");
    check("shortcuts");
    steps::escape(page);
    page.wait_for_no("dialog", "Keyboard shortcuts");

    page.press("Add");
    page.wait_for("dialog", "Add a secret");
    check("add, type");
    steps::escape(page);
    page.wait_for_no("dialog", "Add a secret");
    for (secret_type, field) in [
        ("Other secret type", "tab:Enter a value"),
        ("Key-value", "tab:Edit as table"),
        ("User credentials", "textbox:User name"),
        ("Imported certificate", "radio:Import a certificate"),
    ] {
        steps::begin_adding(page, secret_type, "new-secret");
        let (role, name) = field.split_once(':').unwrap();
        page.wait_for(role, name);
        if role == "tab" {
            page.click(role, name);
        }
        check(&format!("add, {secret_type}"));
        steps::drop_changes(page);
    }
    for (name, secret) in [
        ("arbitrary", "ci-deploy-token"),
        ("key-value", "search-cluster"),
        ("credentials", "reporting-db"),
    ] {
        page.act(secret, "Rotate");
        page.see("since");
        check(&format!("rotate, {name}"));
        steps::escape(page);
        page.wait_for_no("dialog", &format!("Rotate {secret}"));
        page.act(secret, "View secret");
        page.press("Show");
        page.wait_for("textbox", "Value");
        check(&format!("view, {name}"));
        steps::escape(page);
        page.wait_for_no("textbox", "Value");
    }
    page.act("payments-webhook-key", "Version history");
    page.wait_for("heading", "Version 3");
    check("version history");
    page.press("Restore version 1");
    page.wait_for("dialog", "Restore version 1");
    check("restore");
    steps::escape(page);
    page.wait_for_no("dialog", "Restore version 1");
    steps::escape(page);
    page.act("payments-webhook-key", "Locks");
    page.wait_for("button", "Create lock");
    check("locks");
    steps::escape(page);
    page.act("payments-webhook-key", "Details");
    for tab in ["General", "Rotation", "Expiration", "Metadata"] {
        page.click("tab", tab);
        check(&format!("details, {tab}"));
    }
    steps::escape(page);
    page.act("ci-deploy-token", "Delete");
    page.wait_for("dialog", "Delete ci-deploy-token");
    check("delete");
    steps::escape(page);
    page.wait_for_no("dialog", "Delete ci-deploy-token");
}

/// Goes to the other pages.
fn walk_pages(page: &Page, theme: &str) {
    for link in ["Secret groups", "Endpoints", "Settings", "Resource List"] {
        if !page.has("link", link) {
            page.press("Open menu");
        }
        page.click("link", link);
        page.wait_for("heading", link);
        axe::check(page, &format!("{link}, {theme}"));
    }
}

/// Makes an authority, a template and a certificate, and opens what is there then.
fn walk_engines(page: &Page, theme: &str) {
    let check = |place: &str| axe::check(page, &format!("{place}, {theme}"));
    page.click("link", "Secrets engines");
    page.click("tab", "Private certificates");
    page.see("No certificate authority yet");
    check("engines, empty");
    page.press("Create certificate authority");
    page.wait_for("dialog", "Create certificate authority");
    check("create an authority");
    page.fill("Name", "root");
    page.fill("Common name", "Example Root");
    page.press("Create");
    page.see("Created root");
    steps::dismiss_toasts(page);
    page.act("root", "Add template");
    page.wait_for("dialog", "Add a template for root");
    page.fill("Name", "web");
    page.press("Domain settings");
    page.fill("Allowed domains", "example.com");
    page.click("checkbox", "Allow subdomains");
    check("add a template");
    page.press("Add");
    page.see("Added web");
    steps::dismiss_toasts(page);
    check("engines");
    page.act("root", "Details");
    page.see("CRL TTL");
    check("details of an authority");
    steps::escape(page);
    page.wait_for_no("dialog", "");

    page.click("link", "Secrets*");
    page.wait_for("heading", "Secrets");
    steps::begin_adding(page, "Private certificate", "www");
    page.choose("Certificate template", "web");
    page.fill("Common name", "www.example.com");
    page.see("RSA2048");
    check("add a private certificate");
    page.press("Next");
    page.press("Add");
    page.see("Added www");
    steps::dismiss_toasts(page);
    page.act("www", "Rotate");
    page.wait_for("dialog", "Rotate www");
    check("rotate a private certificate");
    steps::rotate(page, "www");
    page.wait_for("dialog", "Redeploy the certificate");
    check("redeploy");
    steps::escape(page);
    steps::dismiss_toasts(page);
    page.act("www", "Details");
    page.click("tab", "Certificate");
    page.wait_for("button", "Copy serial number");
    check("details, Certificate");
    steps::escape(page);
    page.act("www", "Version history");
    page.press("Compare with… version 2");
    page.wait_for("table", "Differences");
    check("compare certificates");
    steps::escape(page);
    steps::escape(page);
    page.wait_for_no("dialog", "");
    page.act("www", "Download");
    page.wait_for("dialog", "Download www");
    check("download a certificate");
    steps::escape(page);
    page.wait_for_no("dialog", "Download www");
}
