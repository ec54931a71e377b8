//! Several secrets at once, and filters under a name.

use std::fs;

use crate::harness::native;
use crate::harness::vaults::Draft;
use crate::harness::{axe, until};
use crate::steps;

fn add(vault: &crate::harness::vaults::OpenVault, name: &str) -> String {
    vault.add(&Draft {
        name,
        value: name.as_bytes(),
        ..Draft::default()
    })
}

#[test]
fn selected_secrets_are_downloaded_and_deleted() {
    let (desktop, vault, page) = steps::before_an_empty_vault("Many");
    for name in ["alpha", "beta", "gamma"] {
        add(&vault, name);
    }
    let locked = add(&vault, "locked");
    vault.lock(&locked, &["app"]);
    page.wait_for("button", "Actions for locked");
    for name in ["alpha", "beta", "locked"] {
        page.click("checkbox", &format!("Select {name}"));
    }
    page.see("3 items selected");
    axe::check(&page, "secrets, three selected");
    page.press("Download");
    page.wait_for("dialog", "Download 3 secrets");
    page.see("unencrypted");
    page.press("Download");
    native::save_as("~/mine.zip");
    page.see("Saved mine.zip");
    let archive = fs::read(desktop.session.home().join("mine.zip")).unwrap();
    for name in ["alpha.txt", "beta.txt", "locked.txt"] {
        assert!(
            memchr::memmem::find(&archive, name.as_bytes()).is_some(),
            "{name}"
        );
    }
    // a server records reads within a second
    until("its reading is recorded", || {
        vault.versions(&locked)[0].metadata.downloaded.then_some(())
    });

    page.press("Delete");
    page.wait_for("dialog", "Delete 3 secrets");
    page.see("1 secret cannot be deleted");
    axe::check(&page, "delete three secrets");
    page.fill_and_enter("Confirmation", "delete");
    page.see("2 secrets deleted");
    until("they are gone", || (vault.total() == 2).then_some(()));
    page.wait_for_no("button", "Actions for alpha");
    page.wait_for("button", "Actions for gamma");
}

#[test]
fn a_filter_is_saved_under_a_name_and_applied_after_a_restart() {
    let (mut desktop, vault, page) = steps::before_an_empty_vault("Filters");
    for name in ["alpha", "beta"] {
        add(&vault, name);
    }
    page.wait_for("button", "Actions for beta");
    page.fill("Search secrets", "alp");
    page.wait_for_no("button", "Actions for beta");
    page.press("Saved filters");
    page.click("menuitem", "Save current filter…");
    page.fill_and_enter("Name", "Alphas");
    page.see("Saved filter “Alphas”");
    page.press("Clear search input");
    page.wait_for("button", "Actions for beta");

    until("the list is kept as it is now", || {
        let state = steps::list_state(&desktop, &vault)?;
        state["query"]["search"].is_null().then_some(())
    });
    drop(page);
    let page = desktop.restart();
    steps::come_back(&desktop, &page);
    page.wait_for("button", "Actions for beta");
    page.press("Saved filters");
    page.click("menuitem", "Alphas");
    page.wait_for_no("button", "Actions for beta");
    page.wait_for("button", "Actions for alpha");
}
