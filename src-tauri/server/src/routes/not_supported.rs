//! Operations that only a cloud has: they say so.

use keyturn_api::Result;

use super::{Call, refused};
use crate::respond::Answer;

/// Tasks belong to custom credentials, which jobs in a cloud make.
pub(super) async fn tasks(_: &Call) -> Result<Answer> {
    Err(refused("Tasks of custom credentials"))
}

/// Notifications go through a cloud's own service.
pub(super) async fn notifications(_: &Call) -> Result<Answer> {
    Err(refused("Event notifications"))
}
