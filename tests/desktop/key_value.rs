//! Key-value secrets: by file, typed, and what is no such object.

use crate::steps;

#[test]
pub(crate) fn a_key_value_secret_is_added_rotated_and_restored() {
    let (desktop, vault, page) = steps::before_an_empty_vault("Pairs");
    desktop.file(
        "db.json",
        b"{\n  \"user\": \"app\",\n  \"port\": 90071992547409931234\n}\n",
    );
    desktop.file("list.json", b"[\"user\"]");

    steps::begin_adding(&page, "Key-value", "db");
    steps::select_value_file(&page, "~/list.json");
    page.see("\"list.json\" was not taken. A JSON object is needed, but an array starts at line 1");
    steps::select_value_file(&page, "~/db.json");
    page.see("db.json");
    page.press("Next");
    page.see("Review");
    page.press("Add");
    page.see("Added db");
    page.wait_for("button", "Actions for db");

    let secret = vault.secret("db");
    let id = secret.metadata.id;
    let first = br#"{"user":"app","port":90071992547409931234}"#;
    assert_eq!(vault.value(&id, "current"), first);

    page.act("db", "Rotate");
    page.see("keys that are not in the new one are gone");
    page.click("tab", "Enter JSON");
    page.fill("New object", "{\"user\": \"app\", \"user\": \"root\"}");
    page.see("A key stands there for the second time at line 1, column 22.");
    page.press("Rotate");
    page.wait_for("dialog", "Rotate db");
    page.fill("New object", "{\"user\": \"root\"}");
    page.gone("second time");
    steps::rotate(&page, "db");
    assert_eq!(vault.value(&id, "current"), br#"{"user":"root"}"#);
    assert_eq!(vault.value(&id, "previous"), first);

    // by file, which the dialog compares as well
    desktop.file("new.json", b"{\"user\": \"root\", \"pool\": 7}");
    page.act("db", "Rotate");
    steps::select_value_file(&page, "~/new.json");
    page.see("1 added, 1 unchanged");
    steps::rotate(&page, "db");
    assert_eq!(vault.value(&id, "current"), br#"{"user":"root","pool":7}"#);

    page.act("db", "Version history");
    page.press("Restore version 1");
    page.wait_for("dialog", "Restore version 1");
    page.press("Restore");
    page.see("Restored version 1");
    assert_eq!(vault.value(&id, "current"), first);
    assert_eq!(vault.versions(&id).len(), 4);

    steps::escape(&page);
    page.act("db", "Details");
    page.click("tab", "Expiration");
    page.see("Secrets of this type do not expire.");
}
