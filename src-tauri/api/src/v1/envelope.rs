//! The envelope around every body of v1 but those of actions and locks.

use super::{
    Answer,
    json::{Members, Node, entries},
};
use crate::{Problem, Result};

/// What a collection holds.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Secret,
    Version,
    Group,
    Policy,
    Lock,
    Config,
}

impl Kind {
    pub(super) const fn mime(self) -> &'static str {
        match self {
            Self::Secret => "application/vnd.ibm.secrets-manager.secret+json",
            Self::Version => "application/vnd.ibm.secrets-manager.secret.version+json",
            Self::Group => "application/vnd.ibm.secrets-manager.secret.group+json",
            Self::Policy => "application/vnd.ibm.secrets-manager.secret.policy+json",
            Self::Lock => "application/vnd.ibm.secrets-manager.secret.lock+json",
            Self::Config => "application/vnd.ibm.secrets-manager.config+json",
        }
    }

    /// The answer with one resource.
    pub(super) fn one(self, status: u16, resource: Node<'_>) -> Answer {
        self.collection(status, 1, vec![resource])
    }

    /// The answer with all resources there are.
    pub(super) fn all(self, resources: Vec<Node<'_>>) -> Answer {
        self.collection(200, resources.len(), resources)
    }

    /// The answer with some of `total` resources.
    pub(super) fn collection(self, status: u16, total: usize, resources: Vec<Node<'_>>) -> Answer {
        let metadata = Node::Object(vec![
            ("collection_type", Node::string(self.mime())),
            ("collection_total", Node::number(total)),
        ]);
        let whole = vec![("metadata", metadata), ("resources", Node::List(resources))];
        Answer {
            status,
            body: Node::Object(whole).into_body(),
        }
    }
}

/// The one resource of a request.
pub(super) fn resource(body: &[u8]) -> Result<Members<'_>> {
    let mut resources = resources(body)?;
    match (resources.pop(), resources.is_empty()) {
        (Some(resource), true) => Ok(resource),
        _ => Err(Problem::field("resources", "resources holds one object.")),
    }
}

/// The resources of a request. What its `metadata` says of them is not looked at: it repeats what
/// path and list say already.
pub(super) fn resources(body: &[u8]) -> Result<Vec<Members<'_>>> {
    let mut envelope = Members::of_request(body)?;
    let list = envelope.needed("resources")?;
    if let Some(metadata) = envelope.take("metadata") {
        let mut metadata = Members::of_field(metadata, "metadata")?;
        metadata.ignore(&["collection_type", "collection_total"]);
        metadata.finish()?;
    }
    envelope.finish()?;
    let refused = || Problem::field("resources", "resources is a list of JSON objects.");
    let list = entries(list).ok_or_else(refused)?;
    list.into_iter()
        .map(|text| Members::of(text).ok_or_else(refused))
        .collect()
}
