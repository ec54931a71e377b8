//! A private certificate authority from its root to a revoked certificate, judged by openssl.

use crate::certificate_files::Workshop;
use crate::harness::page::Page;
use crate::harness::vaults::OpenVault;
use crate::harness::{Desktop, native};
use crate::steps;

fn before_engines() -> (Desktop, OpenVault, Page, Workshop) {
    let (desktop, vault, page) = steps::before_an_empty_vault("Authority");
    let workshop = Workshop::of(&desktop);
    page.click("link", "Secrets engines");
    page.click("tab", "Private certificates");
    page.wait_for("heading", "Private certificates");
    (desktop, vault, page, workshop)
}

fn root(page: &Page) {
    page.press("Create certificate authority");
    page.wait_for("dialog", "Create certificate authority");
    page.fill("Name", "root");
    page.fill("Common name", "Example Root");
    page.press("Create");
    page.see("Created root");
    steps::dismiss_toasts(page);
}

fn intermediate(page: &Page, signing: &str) {
    page.press("Create certificate authority");
    page.wait_for("dialog", "Create certificate authority");
    page.click("radio", "Intermediate certificate authority");
    page.click("radio", signing);
    page.fill("Name", "issuing");
    page.fill("Common name", "Example Issuing");
    page.press("Create");
    page.see("Created issuing");
    steps::dismiss_toasts(page);
}

fn template(page: &Page) {
    page.act("issuing", "Add template");
    page.wait_for("dialog", "Add a template for issuing");
    page.fill("Name", "web");
    page.press("Domain settings");
    page.fill("Allowed domains", "example.com");
    page.click("checkbox", "Allow subdomains");
    page.press("Add");
    page.see("Added web");
    steps::dismiss_toasts(page);
}

/// Saves what an authority publishes.
fn download(page: &Page, name: &str, what: &str, file: &str) {
    page.act(name, what);
    native::save_as(&format!("~/{file}"));
    page.see(&format!("Saved {file}"));
    steps::dismiss_toasts(page);
}

fn add(page: &Page, name: &str, common_name: &str) {
    page.click("link", "Secrets");
    page.wait_for("heading", "Secrets");
    steps::begin_adding(page, "Private certificate", name);
    page.choose("Certificate template", "web");
    page.fill("Common name", common_name);
}

/// The certificate of the current version, in a file of the workshop.
fn lay_out(vault: &OpenVault, workshop: &Workshop, name: &str, file: &str) {
    let id = vault.secret(name).metadata.id;
    std::fs::write(workshop.path(file), vault.value(&id, "current")).unwrap();
}

#[test]
pub(crate) fn from_the_root_to_a_revoked_certificate() {
    let (_desktop, vault, page, workshop) = before_engines();
    page.see("No certificate authority yet");
    root(&page);
    intermediate(&page, "Internal signing");
    template(&page);
    download(&page, "root", "Download certificate", "ca-root.pem");
    download(&page, "issuing", "Download certificate", "ca-issuing.pem");

    add(&page, "www", "www.other.org");
    page.see("allowed_domains");
    page.fill("Common name", "www.example.com");
    page.see("issuing");
    page.press("Next");
    page.press("Add");
    page.see("Added www");
    steps::dismiss_toasts(&page);
    lay_out(&vault, &workshop, "www", "first.pem");
    let verify = "verify -x509_strict -CAfile ca-root.pem -untrusted ca-issuing.pem";
    workshop.openssl(&format!("{verify} first.pem"));

    // with a new key, then for a request
    page.act("www", "Rotate");
    page.wait_for("dialog", "Rotate www");
    steps::rotate(&page, "www");
    page.wait_for("dialog", "Redeploy the certificate");
    steps::escape(&page);
    steps::dismiss_toasts(&page);
    lay_out(&vault, &workshop, "www", "second.pem");
    let key = |file: &str| workshop.openssl(&format!("x509 -in {file} -noout -pubkey"));
    assert_ne!(key("first.pem"), key("second.pem"));
    workshop.openssl(
        "req -new -newkey rsa:2048 -nodes -keyout own.key -out own.csr -subj /CN=www.example.com",
    );
    page.act("www", "Rotate");
    page.wait_for("dialog", "Rotate www");
    page.click("checkbox", "Use a certificate signing request (optional)");
    page.press("Select a file or drop it here");
    native::choose_file("~/own.csr");
    page.see("own.csr");
    steps::rotate(&page, "www");
    page.wait_for("dialog", "Redeploy the certificate");
    steps::escape(&page);
    steps::dismiss_toasts(&page);
    lay_out(&vault, &workshop, "www", "third.pem");
    assert_eq!(
        key("third.pem"),
        workshop.openssl("pkey -in own.key -pubout")
    );

    // revoked: the list says so
    page.act("www", "Version history");
    page.press("Revoke version 3");
    page.press("Revoke");
    page.see("Revoked");
    steps::escape(&page);
    steps::dismiss_toasts(&page);
    page.click("link", "Secrets engines");
    page.click("tab", "Private certificates");
    page.wait_for("heading", "Private certificates");
    download(
        &page,
        "issuing",
        "Download revocation list (PEM)",
        "issuing.crl.pem",
    );
    let check = "verify -crl_check -CRLfile issuing.crl.pem -CAfile ca-root.pem -untrusted \
                 ca-issuing.pem";
    workshop.openssl(&format!("{check} second.pem"));
    let (accepted, why) = workshop.try_openssl(&format!("{check} third.pem"));
    assert!(!accepted && why.contains("revoked"), "{why}");
}

#[test]
fn an_intermediate_is_signed_by_openssl_and_signs() {
    let (_desktop, vault, page, workshop) = before_engines();
    intermediate(&page, "External signing");
    page.see("Signing required");
    download(&page, "issuing", "Download CSR", "issuing.csr");
    let extensions = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n\
                      subjectKeyIdentifier=hash\n";
    workshop.sign("issuing", "root", 1000, extensions);
    page.act("issuing", "Sign certificate");
    page.wait_for("dialog", "Sign certificate of issuing");
    page.fill("Signed certificate", &workshop.text("two.pem"));
    page.press("Sign");
    page.see("None of these certificates was signed for the request");
    page.fill("Signed certificate", &workshop.text("issuing.pem"));
    page.press("Sign");
    page.wait_for_no("dialog", "Sign certificate of issuing");
    steps::dismiss_toasts(&page);
    template(&page);
    add(&page, "www", "www.example.com");
    page.press("Next");
    page.press("Add");
    page.see("Added www");
    lay_out(&vault, &workshop, "www", "leaf.pem");
    workshop.openssl("verify -CAfile root.pem -untrusted issuing.pem leaf.pem");
}
