//! **Version history** and its dialogs.

use crate::album::{Album, before_secrets};
use crate::steps;

#[test]
fn version_history() {
    Album::in_each_theme(|album| {
        let (_desktop, _vault, page) = before_secrets(album);
        page.act("backup-repository-key", "Version history");
        page.wait_for("heading", "Version 2");
        album.take(&page, "version-history-binary");
        page.press("View version 2");
        page.press("Show");
        page.wait_for("textbox", "Value");
        album.take(&page, "view-binary");
        steps::escape(&page);
        page.wait_for_no("dialog", "View version 2");
        steps::escape(&page);

        page.act("payments-webhook-key", "Version history");
        page.wait_for("heading", "Version 4");
        album.take(&page, "version-history");
        page.press("Restore version 1");
        page.wait_for("dialog", "Restore version 1");
        album.take(&page, "restore");
        steps::escape(&page);
        page.wait_for_no("dialog", "Restore version 1");
        page.press("Edit metadata of version 3");
        page.wait_for("textbox", "Version metadata");
        album.take(&page, "version-metadata");
    });
}
