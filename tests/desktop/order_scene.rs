//! What the tests of public certificates work with, the world outside of the program, too.

use crate::certificate_files::Workshop;
use crate::harness::Desktop;
use crate::harness::page::Page;
use crate::harness::vaults::OpenVault;
use crate::servers::named::{FIRST, Pair, SECOND, Zone};
use crate::servers::pebble::{Behaviour, Pebble};
use crate::steps;

/// The name of all records.
pub(crate) const RECORD: &str = "_acme-challenge.example.test";

/// A window, an authority, and the name servers that both look at.
pub(crate) struct Scene {
    pub(crate) desktop: Desktop,
    pub(crate) vault: OpenVault,
    pub(crate) page: Page,
    pub(crate) pebble: Pebble,
    pub(crate) names: Pair,
}

impl Scene {
    /// Around a window before its secrets.
    pub(crate) fn new(window: (Desktop, OpenVault, Page)) -> Self {
        Self::with_resolver(window, |names| format!("127.0.0.1:{}", names.port))
    }

    /// The same with an authority that looks names up elsewhere.
    pub(crate) fn with_resolver(
        (desktop, vault, page): (Desktop, OpenVault, Page),
        resolver: impl Fn(&Pair) -> String,
    ) -> Self {
        let names = Pair::with(&[Zone::new("example.test", &[FIRST, SECOND])], "");
        let pebble = Pebble::start(&Behaviour {
            dns_server: Some(resolver(&names)),
            ..Behaviour::default()
        });
        steps::look_up_at(&desktop, &vault, &page, names.port);
        Self {
            desktop,
            vault,
            page,
            pebble,
            names,
        }
    }

    /// Configures the authority under **Secrets engines**.
    pub(crate) fn configure(&self) {
        let page = &self.page;
        page.click("link", "Secrets engines");
        page.see("No certificate authority yet");
        page.press("Add certificate authority");
        page.wait_for("dialog", "Add certificate authority");
        page.click("radio", "Another ACME directory");
        page.fill("Name", "pebble");
        page.fill("Directory address", &self.pebble.directory_url());
        page.press("Root certificate");
        page.fill("Root certificate", &self.pebble.tls_root_pem());
        page.press("Add");
        page.see("Added pebble");
        steps::dismiss_toasts(page);
    }

    /// Orders `www` for the apex and its wildcard, and is before its challenges.
    pub(crate) fn order(&self) {
        self.order_as("www", "*.example.test");
    }

    /// The same under another name, for the apex and other names.
    pub(crate) fn order_as(&self, name: &str, others: &str) {
        let page = &self.page;
        if !page.has("heading", "Secrets") {
            page.click("link", "Secrets");
            page.wait_for("heading", "Secrets");
        }
        steps::begin_adding(page, "Public certificate", name);
        page.fill("Common name", "example.test");
        page.fill("Alternative names (optional)", others);
        page.choose("Certificate authority", "pebble");
        page.press("Next");
        page.press("Add");
        page.wait_for("dialog", &format!("Challenges of {name}"));
        page.see("The order waits for your TXT records.");
    }

    /// The two values that the record shall have, from the vault.
    pub(crate) fn values(&self) -> Vec<String> {
        let challenges = self.vault.order("www").challenges;
        challenges
            .into_iter()
            .map(|one| one.txt_record_value)
            .collect()
    }

    pub(crate) fn set_records(&self) {
        for value in self.values() {
            self.names.set_txt(RECORD, &value);
        }
    }

    pub(crate) fn clear_records(&self) {
        self.names.first.clear(RECORD);
        self.names.second.clear(RECORD);
    }

    /// Checks the records, which are there, and validates them.
    pub(crate) fn check_and_validate(&self) {
        self.page.press("Check DNS");
        self.page.see("You can validate now.");
        self.page.press("Validate");
        self.page.see("The certificate was issued.");
    }

    /// Leaves **Challenges**.
    pub(crate) fn leave(&self) {
        steps::escape(&self.page);
        self.page.wait_for_no("dialog", "Challenges of www");
        steps::dismiss_toasts(&self.page);
    }

    /// The certificate in force, in a file of the workshop.
    pub(crate) fn lay_out(&self, workshop: &Workshop, file: &str) {
        let id = self.vault.secret("www").metadata.id;
        std::fs::write(workshop.path(file), self.vault.value(&id, "current")).unwrap();
    }
}
