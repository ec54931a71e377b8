//! Finding a part of an id, as numbers: writing out 100,000 ids takes longer than comparing them.

use uuid::Uuid;

/// Digits of the groups between the hyphens of an id (RFC 9562 section 4).
const GROUPS: [u32; 5] = [8, 4, 4, 4, 12];

/// Some digits of an id in a row, and the places where they may stand.
#[derive(Debug)]
pub(crate) struct IdPart {
    places: Vec<Place>,
}

/// The digits moved to one place, and which bits of the id they are.
#[derive(Debug)]
struct Place {
    bits: u128,
    mask: u128,
}

impl IdPart {
    /// The part that `text` writes, with hyphens where an id has them; none if no id can hold it.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let digit = |byte: u8| byte.is_ascii_hexdigit() || byte == b'-';
        if text.is_empty() || text.len() > 36 || !text.bytes().all(digit) {
            return None;
        }
        let digits: String = text.chars().filter(|&sign| sign != '-').collect();
        let count = u32::try_from(digits.len())
            .ok()
            .filter(|&count| count <= 32)?;
        let value = match digits.as_str() {
            "" => 0,
            digits => u128::from_str_radix(digits, 16).ok()?,
        };
        // All bits of as many digits.
        let mask = u128::MAX.checked_shr(4 * (32 - count)).unwrap_or(0);
        let places = (0..=32 - count)
            .filter(|&before| written(text, before))
            .map(|before| {
                let shift = 4 * (32 - count - before);
                Place {
                    bits: value.checked_shl(shift).unwrap_or(0),
                    mask: mask.checked_shl(shift).unwrap_or(0),
                }
            })
            .collect();
        Some(Self { places })
    }

    /// Whether an id holds the digits at one of the places.
    pub(crate) fn is_in(&self, id: Uuid) -> bool {
        let id = id.as_u128();
        self.places
            .iter()
            .any(|place| id & place.mask == place.bits)
    }
}

/// Whether an id reads like `text` behind so many digits: hyphens stand where groups end, and
/// nowhere else. A hyphen at the front or the back counts as well.
fn written(text: &str, before: u32) -> bool {
    let mut ends = 0;
    let ends: Vec<u32> = GROUPS[..4]
        .iter()
        .map(|digits| {
            ends += digits;
            ends
        })
        .collect();
    let mut digits = before;
    let mut hyphen_before = false;
    for (at, byte) in text.bytes().enumerate() {
        if byte == b'-' {
            if hyphen_before || !ends.contains(&digits) {
                return false;
            }
            hyphen_before = true;
        } else {
            if at > 0 && !hyphen_before && ends.contains(&digits) {
                return false;
            }
            hyphen_before = false;
            digits += 1;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_finds_what_stands_in_the_written_id(
            id in any::<u128>(),
            (from, to) in (0..36usize).prop_flat_map(|from| (Just(from), from + 1..=36)),
        ) {
            let id = Uuid::from_u128(id);
            let text = id.hyphenated().to_string();
            let part = IdPart::new(&text[from..to]).unwrap();
            prop_assert!(part.is_in(id), "{} in {text}", &text[from..to]);
        }

        #[test]
        fn it_finds_nothing_else(id in any::<u128>(), part in "[0-9a-fA-F-]{1,4}") {
            let id = Uuid::from_u128(id);
            let there = id.hyphenated().to_string().contains(&part.to_ascii_lowercase());
            let found = IdPart::new(&part).is_some_and(|part| part.is_in(id));
            prop_assert_eq!(found, there, "{} in {}", part, id);
        }
    }

    #[test]
    fn what_is_no_part_of_an_id_is_not_looked_for() {
        for text in [
            "",
            "payments",
            "00g0",
            &"0".repeat(33),
            &"0".repeat(36),
            &"0".repeat(37),
            "0d41d8cd98f00b204e9800998ecf8427e",
        ] {
            assert!(IdPart::new(text).is_none(), "{text}");
        }
        let zeros = IdPart::new(&"0".repeat(32)).unwrap();
        assert!(
            !zeros.is_in(Uuid::nil()),
            "no id is written without hyphens"
        );
    }
}
