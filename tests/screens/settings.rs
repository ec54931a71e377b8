//! **Settings** and its dialogs.

use crate::album::{Album, before_secrets};
use crate::steps;

#[test]
fn settings() {
    Album::in_each_theme(|album| {
        let (_desktop, _vault, page) = before_secrets(album);
        page.click("link", "Settings");
        page.wait_for("heading", "Unlock methods");
        page.wait_for("button", "Remove Passphrase");
        album.take(&page, "settings");
        page.fill("Resolvers", "1.1.1.1\nnot an address");
        page.press("Save DNS checks");
        page.see("is no address of a server");
        album.take(&page, "settings-dns-checks");
        page.press("Restore defaults");
        page.press("Change passphrase");
        page.wait_for("dialog", "Change passphrase");
        page.fill("Passphrase", "one two three four");
        page.fill("Repeat the passphrase", "one two three for");
        page.press("Change passphrase");
        page.see("not the same passphrase");
        album.take(&page, "settings-passphrase");
        steps::escape(&page);
        page.press("Remove Passphrase");
        page.wait_for("dialog", "Remove passphrase?");
        page.press("Remove");
        page.see("last unlock method");
        album.take(&page, "settings-remove-refused");
        steps::escape(&page);
        page.fill("Versions kept", "3");
        page.press("Save Versions kept");
        page.wait_for("dialog", "Keep only 3 versions?");
        album.take(&page, "settings-fewer-versions");
        page.press("Keep fewer");
        page.see("Saved");
        album.take(&page, "settings-saved");
    });
}
