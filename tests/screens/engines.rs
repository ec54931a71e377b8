//! Secrets engines, and certificates of the vault's own authority.

use crate::album::{Album, before_secrets};
use crate::harness::page::Page;
use crate::steps;

fn authorities(page: &Page) {
    page.press("Create certificate authority");
    page.wait_for("dialog", "Create certificate authority");
    page.fill("Name", "root");
    page.fill("Common name", "Example Root");
    page.press("Create");
    page.see("Created root");
    steps::dismiss_toasts(page);
    for (name, signing) in [
        ("issuing", "Internal signing"),
        ("partner", "External signing"),
    ] {
        page.press("Create certificate authority");
        page.wait_for("dialog", "Create certificate authority");
        page.click("radio", "Intermediate certificate authority");
        page.click("radio", signing);
        page.fill("Name", name);
        page.fill("Common name", &format!("Example {name}"));
        page.press("Create");
        page.see(&format!("Created {name}"));
        steps::dismiss_toasts(page);
    }
}

#[test]
fn secrets_engines() {
    Album::in_each_theme(|album| {
        let (_desktop, _vault, page) = before_secrets(album);
        page.click("link", "Secrets engines");
        page.click("tab", "Private certificates");
        page.see("No certificate authority yet");
        album.take(&page, "engines-empty");
        page.press("Create certificate authority");
        page.wait_for("dialog", "Create certificate authority");
        album.take(&page, "engines-create");
        steps::escape(&page);
        page.wait_for_no("dialog", "");
        authorities(&page);
        page.act("issuing", "Add template");
        page.fill("Name", "web");
        page.press("Domain settings");
        page.fill("Allowed domains", "example.com");
        page.click("checkbox", "Allow subdomains");
        album.take(&page, "engines-template");
        page.press("Add");
        page.see("Added web");
        steps::dismiss_toasts(&page);
        album.take(&page, "engines");
        page.press("Actions for issuing");
        page.see("Download chain");
        album.take(&page, "engines-actions");
        steps::escape(&page);
        page.act("issuing", "Details");
        page.see("CRL TTL");
        album.take(&page, "engines-details");
        steps::escape(&page);

        // its name has the number of what is overdue in it
        page.click("link", "Secrets 1*");
        page.wait_for("heading", "Secrets");
        steps::begin_adding(&page, "Private certificate", "www-internal");
        page.choose("Certificate template", "web");
        page.fill("Common name", "www.other.org");
        page.see("allowed_domains");
        album.take(&page, "private-certificate-refused");
        page.fill("Common name", "www.example.com");
        page.see("issuing");
        album.take(&page, "private-certificate");
        page.press("Next");
        page.press("Add");
        page.see("Added www-internal");
        steps::dismiss_toasts(&page);
        page.act("www-internal", "Rotate");
        page.wait_for("dialog", "Rotate www-internal");
        album.take(&page, "rotate-private-certificate");
        steps::escape(&page);
        page.act("www-internal", "Version history");
        page.press("Revoke version 1");
        page.wait_for("button", "Revoke");
        album.take(&page, "revoke-certificate");
        page.press("Revoke");
        page.see("Revoked");
        steps::dismiss_toasts(&page);
        album.take(&page, "version-history-revoked");
    });
}
