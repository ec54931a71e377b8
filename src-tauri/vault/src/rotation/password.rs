//! Generated passwords: every password that the policy allows is as likely as any other.

use keyturn_api::{
    Code, Plaintext, Problem, Result, secret::username_password::PasswordGenerationPolicy,
};
use zeroize::Zeroizing;

/// A new password with at least one character of each chosen class.
pub(crate) fn generate(policy: &PasswordGenerationPolicy) -> Result<Plaintext> {
    policy.check()?;
    let classes = policy.classes();
    let alphabet: Vec<u8> = classes
        .iter()
        .flat_map(|(_, class)| class.iter().copied())
        .collect();
    let mut password = Zeroizing::new(vec![0; policy.length.into()]);
    // Drawing a whole new password until each class is in it favours none; putting a missing
    // character somewhere would.
    loop {
        draw(&alphabet, &mut password)?;
        let has = |class: &Vec<u8>| password.iter().any(|byte| class.contains(byte));
        if classes.iter().all(|(_, class)| has(class)) {
            return Ok(Plaintext::stored(password.to_vec(), false));
        }
    }
}

/// Fills `password` with characters of the alphabet, each as likely as the others.
fn draw(alphabet: &[u8], password: &mut [u8]) -> Result<()> {
    // The largest multiple of the alphabet's size in a byte; what lies above would favour its
    // first characters.
    let fair = 256 - 256 % alphabet.len();
    let mut random = Zeroizing::new([0; 64]);
    let mut left = password.iter_mut();
    loop {
        getrandom::fill(&mut *random)
            .map_err(|_| Problem::new(Code::Io, "The operating system gives no random numbers."))?;
        for byte in random.iter().map(|&byte| usize::from(byte)) {
            if byte < fair {
                let Some(place) = left.next() else {
                    return Ok(());
                };
                *place = alphabet[byte % alphabet.len()];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use keyturn_api::secret::username_password::SYMBOLS;
    use proptest::prelude::*;

    use super::*;

    fn policy() -> impl Strategy<Value = PasswordGenerationPolicy> {
        (
            12u16..=256,
            any::<bool>(),
            any::<bool>(),
            any::<bool>(),
            proptest::sample::subsequence("0O1lI!$&".chars().collect::<Vec<_>>(), 0..8),
        )
            .prop_map(|(length, digits, symbols, uppercase, excluded)| {
                PasswordGenerationPolicy {
                    length,
                    include_digits: digits,
                    include_symbols: symbols,
                    include_uppercase: uppercase,
                    exclude_characters: excluded.into_iter().collect(),
                }
            })
    }

    proptest! {
        #[test]
        fn a_password_has_its_length_and_each_class_and_nothing_else(policy in policy()) {
            let password = generate(&policy).unwrap();
            prop_assert_eq!(password.bytes().len(), usize::from(policy.length));
            let classes = policy.classes();
            for (name, class) in &classes {
                prop_assert!(password.bytes().iter().any(|byte| class.contains(byte)), "{name}");
            }
            for byte in password.bytes() {
                prop_assert!(classes.iter().any(|(_, class)| class.contains(byte)));
                prop_assert!(!policy.exclude_characters.as_bytes().contains(byte));
            }
        }
    }

    /// Pearson's chi-square over a million characters, class by class: that each class is in a
    /// password says something about classes, and nothing about the characters of one.
    #[test]
    fn the_characters_of_a_class_are_equally_likely() {
        let policy = PasswordGenerationPolicy {
            length: 250,
            ..PasswordGenerationPolicy::default()
        };
        let mut counts = [0u32; 256];
        for _ in 0..4000 {
            for &byte in generate(&policy).unwrap().bytes() {
                counts[usize::from(byte)] += 1;
            }
        }
        assert_eq!(counts.iter().sum::<u32>(), 1_000_000);
        for (name, class) in policy.classes() {
            let of = |byte: &u8| f64::from(counts[usize::from(*byte)]);
            let size = f64::from(u8::try_from(class.len()).unwrap());
            let expected = class.iter().map(of).sum::<f64>() / size;
            let chi: f64 = class
                .iter()
                .map(|byte| (of(byte) - expected).powi(2) / expected)
                .sum();
            // Wilson and Hilferty's approximation: the normal quantile for one in ten million.
            let degrees = size - 1.0;
            let spread = 2.0 / (9.0 * degrees);
            let quantile = ((chi / degrees).cbrt() - (1.0 - spread)) / spread.sqrt();
            assert!(
                quantile.abs() < 5.3,
                "{name}: chi-square {chi}, {quantile} sigma"
            );
        }
        assert!(SYMBOLS.bytes().all(|byte| counts[usize::from(byte)] > 0));
    }

    #[test]
    fn what_the_policy_does_not_allow_is_refused() {
        let policy = PasswordGenerationPolicy {
            length: 11,
            ..PasswordGenerationPolicy::default()
        };
        let problem = generate(&policy).unwrap_err();
        assert_eq!(problem.target.unwrap().name, "password_generation_policy");
    }
}
