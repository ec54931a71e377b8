//! The life of a secret.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use specta::Type;

/// State of a secret (API v2: `state`, a NIST SP 800-57 number; there is no 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Type)]
#[specta(type = u8)]
pub enum State {
    /// A first order, CSR or task is in progress; there is no value yet.
    PreActivation = 0,
    /// Usable; also while a rotation is pending or has failed.
    Active = 1,
    /// Known to the API, never reached.
    Suspended = 2,
    /// Creation failed; can only be deleted.
    Deactivated = 3,
    /// Expired; the value is gone and only deletion is left.
    Destroyed = 5,
}

impl State {
    /// Every state, in the order of the numbers.
    pub const ALL: [Self; 5] = [
        Self::PreActivation,
        Self::Active,
        Self::Suspended,
        Self::Deactivated,
        Self::Destroyed,
    ];

    /// The number on the wire.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The state with this number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.number() == number)
    }

    /// API v2: `state_description`.
    pub const fn description(self) -> &'static str {
        match self {
            Self::PreActivation => "pre_activation",
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Deactivated => "deactivated",
            Self::Destroyed => "destroyed",
        }
    }

    /// The word in the console.
    pub const fn word(self) -> &'static str {
        match self {
            Self::PreActivation => "Pre-activation",
            Self::Active => "Active",
            Self::Suspended => "Suspended",
            Self::Deactivated => "Deactivated",
            Self::Destroyed => "Destroyed",
        }
    }
}

impl Serialize for State {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.number())
    }
}

impl<'de> Deserialize<'de> for State {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = u8::deserialize(deserializer)?;
        Self::from_number(number).ok_or_else(|| de::Error::custom("no state has this number"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_no_four() {
        assert_eq!(State::from_number(4), None);
        assert_eq!(State::from_number(5), Some(State::Destroyed));
        assert!(serde_json::from_str::<State>("4").is_err());
    }
}
