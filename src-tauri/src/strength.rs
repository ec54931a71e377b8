//! How hard a password is to guess, for who types one. A hint, never a rule: whatever has the length
//! that the API asks for is taken.

use serde::Serialize;
use specta::Type;

/// No more characters than these are looked at: what is longer is not guessed, and a long text would
/// take long.
const MOST: usize = 100;

/// An estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub(crate) struct PasswordStrength {
    /// 0 (guessed at once) to 4 (not guessed).
    pub(crate) score: u8,
    /// Guesses it takes, as a power of ten.
    pub(crate) guesses_log10: u8,
}

/// Estimates by patterns of words, names, dates and keyboards (zxcvbn). `others` is what a guesser
/// would try first: the user name, the name of the secret.
pub(crate) fn estimate(password: &str, others: &[&str]) -> PasswordStrength {
    let looked_at: zeroize::Zeroizing<String> =
        zeroize::Zeroizing::new(password.chars().take(MOST).collect());
    let entropy = zxcvbn::zxcvbn(&looked_at, others);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a logarithm of a number of guesses is small and positive"
    )]
    let guesses_log10 = entropy.guesses_log10().clamp(0.0, 255.0) as u8;
    PasswordStrength {
        score: entropy.score().into(),
        guesses_log10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_what_is_known_of_one_are_weak_and_random_ones_are_strong() {
        assert_eq!(estimate("password", &[]).score, 0);
        assert_eq!(estimate("", &[]).score, 0);
        let known = estimate("reporting-login", &["reporting-login"]);
        assert!(known.score <= 1, "{known:?}");
        let random = estimate("v8#Kq!2mZx@T0wLp", &[]);
        assert_eq!(random.score, 4);
        assert!(random.guesses_log10 >= 10, "{random:?}");
    }

    #[test]
    fn of_a_long_text_only_the_beginning_is_looked_at() {
        let long = "ab1".repeat(100_000);
        assert_eq!(estimate(&long, &[]), estimate(&long[..MOST], &[]));
    }
}
