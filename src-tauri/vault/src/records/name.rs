//! The claim on a name. Its key is a keyed hash of type and name, so that two processes cannot
//! give one name twice, and the file does not tell names.

use keyturn_api::SecretType;

use super::key;
use crate::seal::Keys;

/// Where the claim on a name stands.
pub(crate) fn name_key(keys: &Keys, secret_type: SecretType, name: &str) -> Vec<u8> {
    let hash = keys.index_mac(&[b"name", secret_type.name().as_bytes(), name.as_bytes()]);
    key(b"n/", &hash[..16])
}
