//! Certificates: bringing them, what they say, comparing, downloading, looking where they are.

use crate::album::{Album, before_secrets};
use crate::certificate_files::{PASSWORD, Workshop};
use crate::harness::native;
use crate::harness::page::Page;
use crate::steps;

fn select(page: &Page, part: &str, file: &str) {
    page.press(&format!("Select a file or drop it here: {part}"));
    native::choose_file(&format!("~/{file}"));
}

fn import(page: &Page, name: &str, file: &str) {
    steps::begin_adding(page, "Imported certificate", name);
    select(page, "certificate", file);
    page.wait_for("group", "Selected private key");
    page.press("Next");
    page.press("Add");
    page.see(&format!("Added {name}"));
    page.wait_for_no("dialog", "Add a secret");
    steps::dismiss_toasts(page);
}

#[test]
fn bringing_a_certificate() {
    Album::in_each_theme(|album| {
        let (desktop, _vault, page) = before_secrets(album);
        let workshop = Workshop::of(&desktop);
        workshop.join(&["one.pem", "middle.pem", "one.key"], "all.pem");
        workshop.openssl(&format!(
            "pkcs12 -export -inkey one.key -in one.pem -certfile middle.pem -out one.p12 -passout \
             pass:{PASSWORD}"
        ));
        steps::begin_adding(&page, "Imported certificate", "www-frontend");
        page.wait_for("radio", "Import a certificate");
        album.take(&page, "import-empty");
        select(&page, "certificate", "one.p12");
        page.wait_for("textbox", "Password of the file");
        album.take(&page, "import-password");
        page.fill("Password of the file", PASSWORD);
        page.press("Open");
        page.see("The private key belongs to the certificate");
        album.take(&page, "import-checked");
        page.press("Remove private key");
        select(&page, "private key", "two.key");
        page.see("The private key is another one");
        album.take(&page, "import-refused");
        page.click("radio", "Create a Certificate Signing Request (CSR)");
        page.wait_for("textbox", "Common name");
        album.take(&page, "import-csr");
        steps::drop_changes(&page);
    });
}

#[test]
fn a_certificate_in_use() {
    Album::in_each_theme(|album| {
        let (desktop, _vault, page) = before_secrets(album);
        let workshop = Workshop::of(&desktop);
        workshop.join(&["one.pem", "middle.pem", "one.key"], "all.pem");
        import(&page, "www-frontend", "all.pem");
        page.act("www-frontend", "Rotate");
        page.wait_for("dialog", "Rotate www-frontend");
        album.take(&page, "rotate-certificate-empty");
        workshop.sign_leaf("one", "one.example", 200);
        select(&page, "certificate", "one.pem");
        page.wait_for("button", "Use the current private key");
        album.take(&page, "rotate-certificate-guard");
        page.press("Use the current private key");
        page.press("Use the current intermediate certificate");
        page.see("Private key of the current version");
        album.take(&page, "rotate-certificate");
        steps::rotate(&page, "www-frontend");
        page.wait_for("dialog", "Redeploy the certificate");
        steps::dismiss_toasts(&page);
        album.take(&page, "redeploy");
        steps::escape(&page);

        page.act("www-frontend", "Rotate");
        page.wait_for("dialog", "Rotate www-frontend");
        select(&page, "certificate", "two.pem");
        page.see("Worse than the current version");
        album.take(&page, "rotate-certificate-worse");
        steps::rotate(&page, "www-frontend");
        page.wait_for("dialog", "Redeploy the certificate");
        steps::escape(&page);
        steps::dismiss_toasts(&page);

        page.act("www-frontend", "Details");
        page.click("tab", "Certificate");
        page.wait_for("button", "Copy serial number");
        album.take(&page, "details-certificate");
        steps::escape(&page);
        page.act("www-frontend", "Version history");
        page.see("Version 3");
        album.take(&page, "version-history-certificate");
        page.press("Compare with… version 3");
        page.wait_for("table", "Differences");
        album.take(&page, "compare-certificates");
        steps::escape(&page);
        steps::escape(&page);
        page.wait_for_no("dialog", "");
        page.act("www-frontend", "Download");
        page.wait_for("dialog", "Download www-frontend");
        album.take(&page, "download-certificate");
        page.click("radio", "Trust store (JKS), without keys");
        page.wait_for("textbox", "Password of the file");
        album.take(&page, "download-certificate-store");
        steps::escape(&page);
        page.act("www-frontend", "Check deployment");
        page.fill("Host and port", "127.0.0.1:9");
        page.press("Check");
        page.see("Tried:");
        album.take(&page, "check-deployment-refused");
    });
}

#[test]
fn a_managed_request() {
    Album::in_each_theme(|album| {
        let (_desktop, _vault, page) = before_secrets(album);
        steps::begin_adding(&page, "Imported certificate", "api-gateway");
        page.click("radio", "Create a Certificate Signing Request (CSR)");
        page.fill("Common name", "api.example");
        page.press("Next");
        page.press("Add");
        page.see("Added api-gateway");
        steps::dismiss_toasts(&page);
        page.act("api-gateway", "Details");
        page.click("tab", "Managed CSR");
        page.wait_for("button", "Download CSR");
        album.take(&page, "details-managed-csr");
        steps::escape(&page);
        page.act("api-gateway", "Rotate");
        page.wait_for("button", "Download CSR");
        album.take(&page, "rotate-managed-csr");
    });
}
