//! The recovery code: 256 random bits as text that a person writes down and types back.
//!
//! Thirteen groups of four characters carry the bits, two more check them. The alphabet is
//! Crockford's base 32, so a group is a number of 20 bits, an element of GF(2²⁰). The two check
//! groups make the sum of all groups, and their sum weighted by powers of x, zero (a
//! Reed-Solomon code). One wrong group then shows *where* it is: the quotient of the two sums is
//! its weight. Several wrong groups are noticed, too, but not placed.

use std::fmt;

use zeroize::{Zeroize, Zeroizing};

use super::Sensitive;
use super::primitive::Key;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUP_LEN: usize = 4;
const DATA_GROUPS: usize = 13;
const GROUPS: usize = DATA_GROUPS + 2;

/// x²⁰ + x³ + 1, irreducible over GF(2).
const MODULUS: u32 = 1 << 20 | 1 << 3 | 1;

/// 256 random bits that open a vault by themselves.
pub struct RecoveryCode(Key);

/// Why a text is no recovery code. Groups count from 1; no character of the text is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecoveryCodeError {
    /// Characters are missing or too many.
    #[error("a recovery code has {} characters, this has {found}", GROUPS * GROUP_LEN)]
    WrongLength {
        /// How many there are, dashes and spaces not counted.
        found: usize,
    },
    /// A character that no code has.
    #[error("group {group} of the recovery code has a character that does not occur in codes")]
    BadCharacter {
        /// Its group.
        group: usize,
    },
    /// Just this group is not as it was shown.
    #[error("group {group} of the recovery code looks wrong")]
    WrongGroup {
        /// The group.
        group: usize,
    },
    /// More than one group is not as it was shown.
    #[error("the recovery code was not typed as it was shown")]
    Mistyped,
}

impl RecoveryCode {
    /// A new random code.
    pub fn make() -> Self {
        Self(Key::make())
    }

    /// The code as it is shown: 15 groups of four, with dashes.
    pub fn text(&self) -> Sensitive {
        let mut groups = Zeroizing::new([0u32; GROUPS]);
        for (bit, place) in (0..256).map(|bit| (bit, bit / 20)) {
            let set = self.0[bit / 8] >> (7 - bit % 8) & 1;
            groups[place] |= u32::from(set) << (19 - bit % 20);
        }
        let (sum, weighted) = sums(&groups);
        // the two groups a, b with a + b = sum and a·x¹³ + b·x¹⁴ = weighted
        let last = multiply(
            weighted ^ shift(sum, 13),
            inverse(shift(1, 13) ^ shift(1, 14)),
        );
        groups[13] = sum ^ last;
        groups[14] = last;

        let mut text = Vec::with_capacity(GROUPS * (GROUP_LEN + 1));
        for group in groups.iter() {
            if !text.is_empty() {
                text.push(b'-');
            }
            text.extend([15, 10, 5, 0].map(|at| ALPHABET[(group >> at & 31) as usize]));
        }
        Sensitive::new(text)
    }

    /// Reads a code as people type it: any case, any or no spaces and dashes, O for 0, I and L
    /// for 1.
    pub fn parse(text: &Sensitive) -> Result<Self, RecoveryCodeError> {
        let mut groups = Zeroizing::new([0u32; GROUPS]);
        let mut found = 0;
        let mut bad = None;
        for &byte in text.expose().iter().filter(|byte| !is_separator(**byte)) {
            let group = found / GROUP_LEN;
            match (digit(byte), groups.get_mut(group)) {
                (Some(digit), Some(value)) => *value = *value << 5 | digit,
                (None, _) => bad = bad.or(Some(group + 1)),
                (Some(_), None) => {}
            }
            // a character of several bytes counts once
            found += usize::from(byte & 0xc0 != 0x80);
        }
        if let Some(group) = bad.filter(|group| *group <= GROUPS) {
            return Err(RecoveryCodeError::BadCharacter { group });
        }
        if found != GROUPS * GROUP_LEN {
            return Err(odd_group(text).unwrap_or(RecoveryCodeError::WrongLength { found }));
        }
        check(&groups)?;

        Ok(Self(Key::filled_by(|bits| {
            for bit in 0..256 {
                let set = groups[bit / 20] >> (19 - bit % 20) & 1;
                bits[bit / 8] |= u8::from(set == 1) << (7 - bit % 8);
            }
        })))
    }

    pub(super) fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(<redacted>)")
    }
}

fn check(groups: &[u32; GROUPS]) -> Result<(), RecoveryCodeError> {
    let (mut sum, weighted) = sums(groups);
    if sum == 0 && weighted == 0 {
        // The last data group carries 16 bits; the other four are always zero.
        let spare = groups[DATA_GROUPS - 1] & 0xf;
        return if spare == 0 {
            Ok(())
        } else {
            Err(RecoveryCodeError::Mistyped)
        };
    }
    let place = (0..GROUPS).find(|place| sum != 0 && shift(sum, *place) == weighted);
    sum.zeroize();
    Err(match place {
        Some(place) => RecoveryCodeError::WrongGroup { group: place + 1 },
        None => RecoveryCodeError::Mistyped,
    })
}

/// The first group of a separated text that does not have four characters, if most groups have.
fn odd_group(text: &Sensitive) -> Option<RecoveryCodeError> {
    let lengths: Vec<usize> = text
        .expose()
        .split(|byte| is_separator(*byte))
        .map(<[u8]>::len)
        .filter(|len| *len > 0)
        .collect();
    let odd = lengths.iter().position(|len| *len != GROUP_LEN)?;
    let separated = lengths.len() == GROUPS;
    separated.then_some(RecoveryCodeError::WrongGroup { group: odd + 1 })
}

fn is_separator(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == b'-'
}

fn digit(byte: u8) -> Option<u32> {
    let byte = match byte.to_ascii_uppercase() {
        b'O' => b'0',
        b'I' | b'L' => b'1',
        other => other,
    };
    ALPHABET
        .iter()
        .zip(0..)
        .find(|(letter, _)| **letter == byte)
        .map(|(_, digit)| digit)
}

/// The sum of all groups, and their sum weighted by x to the power of their place.
fn sums(groups: &[u32; GROUPS]) -> (u32, u32) {
    let sum = groups.iter().fold(0, |sum, group| sum ^ group);
    let weighted = groups
        .iter()
        .rev()
        .fold(0, |sum, group| shift(sum, 1) ^ group);
    (sum, weighted)
}

/// Times x to a power.
fn shift(element: u32, power: usize) -> u32 {
    (0..power).fold(element, |element, _| {
        let doubled = element << 1;
        doubled ^ ((doubled >> 20 & 1) * MODULUS)
    })
}

fn multiply(a: u32, b: u32) -> u32 {
    (0..20)
        .filter(|bit| b >> bit & 1 == 1)
        .fold(0, |sum, bit| sum ^ shift(a, bit))
}

/// The inverse of an element that is not zero: its power 2²⁰ - 2.
fn inverse(element: u32) -> u32 {
    (1..20)
        .fold((1, element), |(product, power), _| {
            let power = multiply(power, power);
            (multiply(product, power), power)
        })
        .0
}

#[cfg(test)]
mod tests;
