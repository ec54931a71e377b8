//! Secret groups: made on their page and within **Add**, renamed, filtered by, and not deleted while
//! something is in them.

use keyturn_api::fields;

use crate::harness::axe;
use crate::steps;

#[test]
fn groups_are_made_chosen_renamed_and_deleted_when_empty() {
    let (_desktop, vault, page) = steps::before_an_empty_vault("Groups");
    page.click("link", "Secret groups");
    page.wait_for("heading", "Secret groups");
    page.see("Only the group default so far");
    axe::check(&page, "secret groups without any");
    page.press("Create");
    page.wait_for("dialog", "Create a secret group");
    axe::check(&page, "create a secret group");
    page.fill("Name", "default");
    page.fill_and_enter("Name", "default");
    page.see("A secret group with the same name already exists: default");
    page.fill_and_enter("Name", "payments");
    page.see("Created payments");
    assert_eq!(vault.groups(), groups(&[("default", 0), ("payments", 0)]));

    // within Add a group is chosen, and another one made
    page.click("link", "Secrets");
    steps::open_add(&page);
    page.fill("Name", "card-key");
    page.press("Create a secret group");
    page.wait_for("dialog", "Create a secret group");
    page.fill_and_enter("Name", "cards");
    page.wait_for("dialog", "Add a secret");
    page.see("cards");
    page.press("Next");
    steps::enter_value(&page, "4000");
    page.press("Next");
    page.see("Review");
    page.press("Add");
    page.see("Added card-key");
    let group = vault.secret("card-key").metadata.secret_group_id;
    assert_ne!(group, fields::DEFAULT_GROUP);
    steps::add_secret(&page, "loose-key", "1");

    page.click("link", "Secret groups");
    page.wait_for("button", "1 secret in cards");
    axe::check(&page, "secret groups");
    page.act("cards", "Edit");
    page.fill_and_enter("Name", "cards-eu");
    page.see("Saved cards-eu");
    page.press("Actions for cards-eu");
    page.wait_for("menuitem", "Delete group");
    page.see("The group holds 1 secret: card-key.");
    steps::escape(&page);

    // the number leads to the list, filtered
    page.press("1 secret in cards-eu");
    page.wait_for("heading", "Secrets");
    page.wait_for("button", "Actions for card-key");
    page.wait_for_no("button", "Actions for loose-key");

    page.click("link", "Secret groups");
    page.act("payments", "Delete group");
    page.press("Delete");
    page.see("Deleted payments");
    assert_eq!(vault.groups(), groups(&[("default", 1), ("cards-eu", 1)]));
}

fn groups(expected: &[(&str, u32)]) -> Vec<(String, u32)> {
    let owned = |(name, total): &(&str, u32)| ((*name).to_owned(), *total);
    expected.iter().map(owned).collect()
}
