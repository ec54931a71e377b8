//! Bodies of locks.

use super::Body;
use crate::{LockMode, NewLock, NewLocks, Result};

/// Reads the body of `create_secret_locks_bulk` and `create_secret_version_locks_bulk`.
pub fn new_locks(body: &[u8], mode: Option<LockMode>) -> Result<NewLocks> {
    let mut body = Body::parse(body)?;
    let locks: Vec<NewLock> = body.required("locks")?;
    body.finish()?;
    Ok(NewLocks { locks, mode })
}
