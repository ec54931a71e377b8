//! What a Keyturn server answers beyond API v2, so that another Keyturn shows its instance as the
//! server's own window does.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{Caller, PendingRemoval, Role, Scope};

/// Where these operations are.
pub const PATH: &str = "/keyturn/v1";

/// A request with this header gets the whole view of a record, in the member [`VIEW`].
pub const VIEWS_HEADER: &str = "keyturn-views";

/// A request with this header and [`PAYLOAD_IS_BASE64`] says that its `payload` is base64 of a file's
/// bytes, which the vault keeps as such. Without it a payload is text, as IBM's API has it.
pub const PAYLOAD_HEADER: &str = "keyturn-payload";

/// The value of [`PAYLOAD_HEADER`].
pub const PAYLOAD_IS_BASE64: &str = "base64";

/// The member of a record that holds what its view has besides the record.
pub const VIEW: &str = "keyturn";

/// The name that [`About::product`] has.
pub const PRODUCT: &str = "keyturn";

/// Longest time that a question for changes is held, in seconds.
pub const HELD_SECONDS: u64 = 20;

/// Who answers, and as whom the caller is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// [`PRODUCT`].
    pub product: String,
    /// Of the program that serves.
    pub version: String,
    /// `apikey:{name}`.
    pub caller: String,
    /// The role it has.
    pub role: Role,
    /// The secret groups it has it in; absent: the whole instance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<BTreeSet<String>>,
}

impl About {
    /// For a caller.
    pub fn of(caller: &Caller, version: &str) -> Self {
        Self {
            product: PRODUCT.to_owned(),
            version: version.to_owned(),
            caller: caller.id.clone(),
            role: caller.role,
            groups: match &caller.scope {
                Scope::Instance => None,
                Scope::Groups(groups) => Some(groups.clone()),
            },
        }
    }

    /// The caller as the server knows it.
    pub fn known_as(&self, surface: crate::Surface) -> Caller {
        Caller {
            id: self.caller.clone(),
            role: self.role,
            scope: self.groups.clone().map_or(Scope::Instance, Scope::Groups),
            surface,
        }
    }
}

/// How many changes the server has seen since it started; another number means: read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// The count.
    pub count: u64,
}

/// Every label in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labels {
    /// Sorted.
    pub labels: Vec<String>,
}

/// API keys that are still to be removed in IAM.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removals {
    /// The oldest first.
    pub removals: Vec<PendingRemoval>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Surface;

    #[test]
    fn a_caller_is_told_and_known_again() {
        for groups in [None, Some(BTreeSet::from(["default".to_owned()]))] {
            let told = About {
                product: PRODUCT.into(),
                version: "1".into(),
                caller: "apikey:build".into(),
                role: Role::Writer,
                groups,
            };
            let known = told.known_as(Surface::Window);
            assert_eq!(About::of(&known, "1"), told);
        }
    }
}
