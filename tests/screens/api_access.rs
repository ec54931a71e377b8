//! **Endpoints**, **Settings** > **API access** and its dialogs.

use std::net::{Ipv4Addr, TcpListener};

use keyturn_api::{Role, Timestamp, fields};

use crate::album::{Album, before_secrets};
use crate::harness::vaults;
use crate::steps;

#[test]
fn api_access() {
    Album::in_each_theme(|album| {
        let (_desktop, vault, page) = before_secrets(album);
        page.act("ci-deploy-token", "Copy secret URL");
        page.see("Copied the URL of ci-deploy-token");
        album.take(&page, "secrets-copy-url-off");
        steps::dismiss_toasts(&page);
        page.click("link", "Endpoints");
        page.wait_for("heading", "Endpoints");
        album.take(&page, "endpoints-off");
        page.press("Turn it on in Settings > API access");
        page.wait_for_focus("API access");
        album.take(&page, "settings-api-access");

        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        page.fill_and_enter("Port", &port.to_string());
        page.see("Saved");
        page.click("switch", "HTTP API*");
        page.see("Another program uses port");
        album.take(&page, "settings-api-port-taken");
        page.click("link", "Endpoints");
        page.see("Could not start");
        album.take(&page, "endpoints-failed");
        drop(taken);
        page.see("HTTP API On");
        album.take(&page, "endpoints");
        page.click("tab", "Python");
        album.take(&page, "endpoints-python");
        page.click("tab", "CLI");
        album.take(&page, "endpoints-cli");

        let payments = vault.add_group("payments");
        // the clock of the vault in this test is half an hour late
        let over = Timestamp::from_millis(vaults::now().millis() - 600_000);
        let key = |name, role, groups: &[&str], ends| vault.add_api_key(name, role, groups, ends);
        key("backup-nightly", Role::SecretsReader, &[], Some(over));
        let groups = [fields::DEFAULT_GROUP, payments.as_str()];
        key(
            "payments-service",
            Role::Writer,
            &groups,
            Some(vaults::now().plus_days(90)),
        );
        key("terraform", Role::Manager, &[], None);
        page.press("Settings > API access");
        page.see("payments-service");
        page.see("Expired Revoke");
        album.take(&page, "settings-api-keys");
        page.press("Create API key");
        page.wait_for("dialog", "Create API key");
        album.take(&page, "api-key-create");
        page.fill("Name", "terraform");
        page.click("radio", "Secret groups");
        page.choose("Expires", "On a date");
        page.press("Create");
        page.see("Choose at least one secret group.");
        album.take(&page, "api-key-create-refused");
        page.click("radio", "Whole instance");
        page.choose("Expires", "In 90 days");
        page.fill("Name", "ci-deploy");
        page.press("Create");
        page.wait_for("dialog", "API key ci-deploy");
        album.take(&page, "api-key-made");
        page.press("Copy");
        page.see("Copied the API key ci-deploy");
        page.press("Done");
        page.wait_for_no("dialog", "");
        page.press("Revoke payments-service");
        page.wait_for("dialog", "Revoke payments-service");
        album.take(&page, "api-key-revoke");
    });
}
