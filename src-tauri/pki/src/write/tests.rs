//! Rules of writing that need no other program.

use super::{check_alias, check_password};
use crate::{Part, limits};

#[test]
fn a_password_has_as_many_characters_as_keytool_wants_and_we_read() {
    assert!(check_password("12345ä").is_ok());
    assert!(check_password(&"x".repeat(limits::PASSWORD_CHARS)).is_ok());
    for password in ["", "12345", "ää", &"x".repeat(limits::PASSWORD_CHARS + 1)] {
        let refusal = check_password(password).unwrap_err();
        assert_eq!(refusal.part, Part::Password);
        assert!(refusal.message.contains("6 to 1024"), "{refusal}");
    }
}

#[test]
fn an_alias_is_one_that_java_finds_again() {
    assert_eq!(check_alias(" Server Ä ").unwrap(), "server ä");
    for alias in ["", "  ", "a\0b", "a\nb", "😀", &"x".repeat(251)] {
        assert!(check_alias(alias).is_err(), "{alias:?}");
    }
}
