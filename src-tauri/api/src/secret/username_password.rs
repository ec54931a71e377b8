//! User credentials: a user name that stays, and a password that the person gives or the instance
//! generates.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{Plaintext, Problem, Result, RotationPolicy, Timestamp, fields};

/// What metadata of user credentials adds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename = "UsernamePasswordDetail")] // the page knows types by one name each
pub struct Detail {
    /// When it becomes unreadable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiration_date: Option<Timestamp>,
    /// Whether and when the instance rotates it.
    pub rotation: RotationPolicy,
    /// When it does next; only while a policy is active.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_rotation_date: Option<Timestamp>,
    /// How passwords are generated for this secret.
    pub password_generation_policy: PasswordGenerationPolicy,
}

/// The value.
#[derive(Debug)]
pub struct Payload {
    /// Who the password belongs to; never changes.
    pub username: String,
    /// The password.
    pub password: Plaintext,
}

/// What creation needs.
#[derive(Debug)]
pub struct New {
    /// Who the password belongs to.
    pub username: String,
    /// The first password; none: one is generated.
    pub password: Option<Plaintext>,
    /// When it becomes unreadable; none: never.
    pub expiration_date: Option<Timestamp>,
    /// Whether and when the instance rotates it.
    pub rotation: RotationPolicy,
    /// How passwords are generated for this secret.
    pub password_generation_policy: PasswordGenerationPolicy,
}

impl New {
    /// Checks every field.
    pub fn check(&self, now: Timestamp) -> Result<()> {
        check_username(&self.username)?;
        self.password.as_ref().map_or(Ok(()), check_password)?;
        fields::check_expiration(self.expiration_date, now)?;
        self.rotation.check_common()?;
        self.password_generation_policy.check()
    }
}

/// What rotation needs.
#[derive(Debug)]
pub struct Rotation {
    /// The new password; none: one is generated.
    pub password: Option<Plaintext>,
    /// How passwords are generated from now on; none: as before.
    pub password_generation_policy: Option<PasswordGenerationPolicy>,
}

impl Rotation {
    /// Checks every field that is there.
    pub fn check(&self) -> Result<()> {
        self.password.as_ref().map_or(Ok(()), check_password)?;
        self.password_generation_policy
            .as_ref()
            .map_or(Ok(()), PasswordGenerationPolicy::check)
    }
}

/// API v2: `password_generation_policy`. Lower-case letters are always in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub struct PasswordGenerationPolicy {
    /// Characters, 12–256.
    pub length: u16,
    /// 0–9.
    pub include_digits: bool,
    /// The characters of [`SYMBOLS`].
    pub include_symbols: bool,
    /// A–Z.
    pub include_uppercase: bool,
    /// Characters that are never taken, for systems that refuse them. Beyond API v2; absent on the
    /// wire when there are none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub exclude_characters: String,
}

impl Default for PasswordGenerationPolicy {
    fn default() -> Self {
        Self {
            length: 32,
            include_digits: true,
            include_symbols: true,
            include_uppercase: true,
            exclude_characters: String::new(),
        }
    }
}

/// A change of [`PasswordGenerationPolicy`]; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub struct PolicyPatch {
    /// Another length.
    pub length: Option<u16>,
    /// Whether with digits.
    pub include_digits: Option<bool>,
    /// Whether with symbols.
    pub include_symbols: Option<bool>,
    /// Whether with upper-case letters.
    pub include_uppercase: Option<bool>,
    /// Characters that are never taken. Beyond API v2.
    pub exclude_characters: Option<String>,
}

impl PolicyPatch {
    /// The change that makes it as usual again.
    pub fn to_default() -> Self {
        Self::to(PasswordGenerationPolicy::default())
    }

    /// The change that makes it this one.
    pub fn to(policy: PasswordGenerationPolicy) -> Self {
        Self {
            length: Some(policy.length),
            include_digits: Some(policy.include_digits),
            include_symbols: Some(policy.include_symbols),
            include_uppercase: Some(policy.include_uppercase),
            exclude_characters: Some(policy.exclude_characters),
        }
    }

    /// The policy with this change.
    #[must_use]
    pub fn applied(&self, policy: PasswordGenerationPolicy) -> PasswordGenerationPolicy {
        PasswordGenerationPolicy {
            length: self.length.unwrap_or(policy.length),
            include_digits: self.include_digits.unwrap_or(policy.include_digits),
            include_symbols: self.include_symbols.unwrap_or(policy.include_symbols),
            include_uppercase: self.include_uppercase.unwrap_or(policy.include_uppercase),
            exclude_characters: self
                .exclude_characters
                .clone()
                .unwrap_or(policy.exclude_characters),
        }
    }
}

/// Symbols of generated passwords: no quotes, backslashes or spaces, which shells and configuration
/// files read as something else. IBM publishes no set.
pub const SYMBOLS: &str = "!@#$%^&*()-_=+[]{}:;,.?~";
const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS: &str = "0123456789";

impl PasswordGenerationPolicy {
    /// Shortest and longest generated password.
    pub const LENGTH: std::ops::RangeInclusive<u16> = 12..=256;

    /// Checks length and what is left of each chosen class.
    pub fn check(&self) -> Result<()> {
        let refused = |message: String| Problem::field("password_generation_policy", message);
        if !Self::LENGTH.contains(&self.length) {
            return Err(refused(format!(
                "A generated password has {} to {} characters.",
                Self::LENGTH.start(),
                Self::LENGTH.end()
            )));
        }
        if !self
            .exclude_characters
            .bytes()
            .all(|byte| byte.is_ascii_graphic())
        {
            return Err(refused(
                "Characters to exclude are letters, digits and symbols of ASCII.".into(),
            ));
        }
        match self.classes().iter().find(|(_, class)| class.is_empty()) {
            None => Ok(()),
            Some((name, _)) => Err(refused(format!(
                "All {name} are left out; at least one is needed for each kind."
            ))),
        }
    }

    /// The chosen classes by their names, each without what is excluded. Lower-case letters first.
    pub fn classes(&self) -> Vec<(&'static str, Vec<u8>)> {
        let excluded = self.exclude_characters.as_bytes();
        [
            (true, "lower-case letters", LOWER),
            (self.include_uppercase, "upper-case letters", UPPER),
            (self.include_digits, "digits", DIGITS),
            (self.include_symbols, "symbols", SYMBOLS),
        ]
        .into_iter()
        .filter(|(chosen, ..)| *chosen)
        .map(|(_, name, class)| {
            let left = class.bytes().filter(|byte| !excluded.contains(byte));
            (name, left.collect())
        })
        .collect()
    }
}

/// User name: 2–64 of letters, digits and `+,-./:;<=`, which is what the published regex
/// `[A-Za-z0-9+-=.]*` says: its `+-=` is a range.
pub fn check_username(username: &str) -> Result<()> {
    let count = username.chars().count();
    if !fields::USERNAME_CHARS.contains(&count) {
        return Err(Problem::field(
            "username",
            format!(
                "A user name has {} to {} characters; this one has {count}.",
                fields::USERNAME_CHARS.start(),
                fields::USERNAME_CHARS.end()
            ),
        ));
    }
    let inside = |byte: u8| byte.is_ascii_alphanumeric() || (b'+'..=b'=').contains(&byte);
    if username.bytes().all(inside) {
        return Ok(());
    }
    Err(Problem::field(
        "username",
        "A user name consists of letters, digits and the signs + , - . / : ; < =.",
    ))
}

/// Password of the person: 6–256 characters of text.
pub fn check_password(password: &Plaintext) -> Result<()> {
    if password.is_binary() {
        return Err(Problem::field("password", "A password is text."));
    }
    let count = password.wire_chars();
    if fields::PASSWORD_CHARS.contains(&count) {
        return Ok(());
    }
    Err(Problem::field(
        "password",
        format!(
            "A password has {} to {} characters; this one has {count}.",
            fields::PASSWORD_CHARS.start(),
            fields::PASSWORD_CHARS.end()
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_has_6_to_256_characters_whatever_their_bytes() {
        let check = |count: usize| check_password(&Plaintext::text("ž".repeat(count)));
        assert!(check(6).is_ok() && check(256).is_ok());
        for count in [0, 5, 257] {
            let problem = check(count).unwrap_err();
            assert_eq!(problem.target.unwrap().name, "password");
            assert!(problem.message.contains(&count.to_string()));
        }
    }

    #[test]
    fn user_names_are_those_of_the_published_regex() {
        for name in ["ab", "app-1.prod", "a+b=c", &"x".repeat(64)] {
            assert!(check_username(name).is_ok(), "{name}");
        }
        for name in ["a", "a b", "a_b", "a@b", "žofie", &"x".repeat(65)] {
            let problem = check_username(name).unwrap_err();
            assert_eq!(problem.target.unwrap().name, "username", "{name}");
        }
    }

    #[test]
    fn a_policy_leaves_each_chosen_class_something() {
        let policy = PasswordGenerationPolicy {
            exclude_characters: DIGITS.into(),
            ..PasswordGenerationPolicy::default()
        };
        assert!(policy.check().unwrap_err().message.contains("digits"));
        let without = PasswordGenerationPolicy {
            include_digits: false,
            ..policy
        };
        assert!(without.check().is_ok());
        assert_eq!(without.classes().len(), 3);
        for length in [0, 11, 257] {
            let policy = PasswordGenerationPolicy {
                length,
                ..PasswordGenerationPolicy::default()
            };
            assert!(policy.check().is_err(), "{length}");
        }
        let spaces = PasswordGenerationPolicy {
            exclude_characters: "a b".into(),
            ..PasswordGenerationPolicy::default()
        };
        assert!(spaces.check().is_err());
    }

    #[test]
    fn what_is_absent_on_the_wire_has_its_default() {
        let policy: PasswordGenerationPolicy =
            serde_json::from_str(r#"{"length": 20, "include_symbols": false}"#).unwrap();
        assert!(policy.include_digits && policy.include_uppercase && !policy.include_symbols);
        let wire = serde_json::to_value(&policy).unwrap();
        assert_eq!(wire.as_object().unwrap().len(), 4, "{wire}");
    }
}
