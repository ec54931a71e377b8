//! What the tests of IAM credentials work with, the stand-in of IAM, too.

use serde_json::json;

use crate::harness::page::Page;
use crate::harness::vaults::OpenVault;
use crate::harness::{Desktop, until};
use crate::servers::iam::{API_KEY, Iam};
use crate::steps;

/// A window, its vault, and IAM.
pub(crate) struct IamScene {
    pub(crate) vault: OpenVault,
    pub(crate) page: Page,
    pub(crate) iam: Iam,
    _desktop: Desktop,
}

impl IamScene {
    /// Around a window before its secrets.
    pub(crate) fn new((desktop, vault, page): (Desktop, OpenVault, Page)) -> Self {
        Self {
            vault,
            page,
            iam: Iam::start(),
            _desktop: desktop,
        }
    }

    /// Goes to the tab **IAM credentials**.
    pub(crate) fn to_engine(&self) {
        self.page.click("link", "Secrets engines");
        self.page.click("tab", "IAM credentials");
        self.page.wait_for("heading", "IAM credentials");
    }

    /// Goes to the list of secrets.
    pub(crate) fn to_secrets(&self) {
        self.page.click("link", "Secrets*");
        self.page.wait_for("heading", "Secrets");
    }

    /// Fills in the dialog **Add IAM configuration**.
    pub(crate) fn fill_in(&self) {
        let page = &self.page;
        page.press("Add IAM configuration");
        page.wait_for("dialog", "Add IAM configuration");
        page.fill("Name", "engine");
        page.fill("API key", API_KEY);
        page.press("More");
        page.fill("IAM address (optional)", self.iam.url());
    }

    /// Adds the configuration, and is before the secrets.
    pub(crate) fn configure(&self) {
        self.to_engine();
        self.fill_in();
        self.page.press("Add");
        self.page.see("Added engine");
        steps::dismiss_toasts(&self.page);
        self.to_secrets();
    }

    /// Reviews and adds what is filled in.
    pub(crate) fn finish_adding(&self, name: &str) {
        let page = &self.page;
        page.press("Next");
        page.see("Review");
        page.press("Add");
        page.see(&format!("Added {name}"));
        page.wait_for("button", &format!("Actions for {name}"));
        steps::dismiss_toasts(page);
    }

    /// The API key that **View secret** shows.
    pub(crate) fn shown(&self, name: &str) -> String {
        let page = &self.page;
        page.act(name, "View secret");
        page.press("Show");
        page.wait_for("textbox", "Value");
        let value = page.value("Value");
        steps::escape(page);
        page.wait_for_no("dialog", "View secret");
        value
    }

    /// Deletes a secret.
    pub(crate) fn delete(&self, name: &str) {
        let page = &self.page;
        page.act(name, "Delete");
        page.wait_for("dialog", &format!("Delete {name}"));
        page.fill("Name of the secret", name);
        page.press("Delete");
        page.see(&format!("Deleted {name}"));
        steps::dismiss_toasts(page);
    }

    /// Lets no API key be removed, and waits until the one of a secret that is deleted was tried in vain
    /// twice: the third try is half a minute away.
    pub(crate) fn delete_in_vain(&self, name: &str) {
        let failure =
            json!({ "method": "DELETE", "path": "/v1/apikeys", "times": 1000, "status": 500 });
        self.iam.fail(&failure);
        self.delete(name);
        until("a second try failed", || {
            (self.vault.removal_tries() >= Some(2)).then_some(())
        });
    }

    /// Waits until IAM has nothing any more that was made here.
    pub(crate) fn wait_until_removed(&self) {
        until("all keys and service IDs are removed in IAM", || {
            let left = self.iam.api_keys().len() + self.iam.service_ids().len();
            (left == 0).then_some(())
        });
    }
}
