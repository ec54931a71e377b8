//! Managed requests: what API v2 asks for, as a certificate signing request.

use keyturn_api::{Code, Problem, Result, secret::imported_cert::ManagedCsr};
use keyturn_pki::PrivateKey;

/// Makes the request, signed with its key.
pub(super) fn make(_request: &ManagedCsr, _key: &PrivateKey) -> Result<String> {
    Err(Problem::new(Code::NotSupported, "later"))
}
