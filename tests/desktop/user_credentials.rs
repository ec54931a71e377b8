//! User credentials: generated and typed passwords.

use crate::steps;

#[test]
pub(crate) fn a_password_is_generated_then_typed_then_generated_as_before() {
    let (_desktop, vault, page) = steps::before_an_empty_vault("People");

    steps::begin_adding(&page, "User credentials", "db");
    page.press("Next");
    page.see("Enter a user name.");
    page.fill("User name", "app 1");
    page.fill("Length", "20");
    page.click("checkbox", "Symbols");
    page.fill("Characters to leave out", "O0Il1");
    page.press("Next");
    page.see(
        "Generated, 20 characters: lower-case letters, upper-case letters and digits, without O0Il1",
    );
    page.press("Add");
    page.see("A user name consists of letters, digits and the signs");
    page.fill("User name", "app-1");
    page.press("Next");
    page.press("Add");
    page.see("Added db");
    page.wait_for("button", "Actions for db");

    let id = vault.secret("db").metadata.id;
    let generated = |version: &str| {
        let password = String::from_utf8(vault.value(&id, version)).unwrap();
        let fits = |sign: char| sign.is_ascii_alphanumeric() && !"O0Il1".contains(sign);
        assert_eq!(password.len(), 20);
        assert!(password.chars().all(fits), "the password is as was chosen");
        password
    };
    let first = generated("current");

    page.act("db", "Rotate");
    page.see("The user name stays.");
    page.click("tab", "Enter a password");
    page.fill("New password", "12345");
    page.press("Rotate");
    page.see("A password has 6 to 256 characters.");
    page.fill("New password", "hunter2");
    page.see("Weak: about 10^");
    page.press("Compare");
    page.see("The password is another one.");
    steps::rotate(&page, "db");
    assert_eq!(vault.value(&id, "current"), b"hunter2");
    assert_eq!(generated("previous"), first);

    page.act("db", "Rotate");
    page.wait_for("textbox", "Length");
    assert_eq!(page.value("Length"), "20");
    steps::rotate(&page, "db");
    assert_ne!(generated("current"), first);

    page.act("db", "View secret");
    page.press("Show");
    page.wait_for("textbox", "Value");
    page.see("app-1");
    assert_eq!(page.value("Value"), generated("current"));
    steps::escape(&page);
    page.act("db", "Version history");
    page.see("Version 3 Current");
}
