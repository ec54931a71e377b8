//! The contract of Keyturn: what an *instance* can be asked, in the words of API v2 of
//! IBM Cloud Secrets Manager.
//!
//! Types and their names on the wire, limits, states, the roles each action needs, and one error
//! type. Everything that can do what [`Instance`] describes is an instance: the embedded vault, a
//! remote service, a server a team shares. The window, the command line and the HTTP server are
//! faces over this trait.
//!
//! **Invariant:** no I/O, no storage, no clock (but for the time that a comparison of lines may
//! take), and no crate of ours is imported here.

mod access;
pub use access::{Action, Caller, Role, Scope, Surface};

pub mod certificate;
pub use certificate::{CertificateFields, CertificateParts, KeyType, Validity};

pub mod compare;
pub use compare::{Comparison, ShownComparison};

pub mod configuration;
pub use configuration::{ConfigType, Configuration, ConfigurationView, NewConfiguration};

pub mod copy;

pub mod fields;

mod group;
pub use group::{NewSecretGroup, SecretGroup, SecretGroupPatch, SecretGroupView};

mod instance;
pub use instance::{Changed, Instance, version_data_stays};

mod json_text;

mod keys;
pub use keys::{ApiKey, Keys, MadeApiKey, NewApiKey, Token};

mod list;
pub use list::{ListSecrets, Page, Sort, SortKey};

pub mod lock;
pub use lock::{
    ListLocks, ListSecretsLocks, Lock, LockMode, LockSort, NewLock, NewLocks, SecretLocks,
    VersionLocks,
};

mod metadata;
pub use metadata::{Metadata, Other, parse_metadata};

mod plaintext;
pub use plaintext::Plaintext;

mod problem;
pub use problem::{Code, Problem, Result, Target};

mod removal;
pub use removal::PendingRemoval;

mod rotation_policy;
pub use rotation_policy::{
    Due, DueBy, Interval, IntervalUnit, PolicyOutlook, Reminder, RotationPolicy,
};

pub mod secret;
pub use secret::{
    Availability, NewSecret, Secret, SecretMetadata, SecretPatch, SecretType, SecretView,
};

pub mod served;

mod state;
pub use state::State;

mod timestamp;
pub use timestamp::Timestamp;

mod ttl;
pub use ttl::Ttl;

pub mod v1;
pub mod wire;

pub mod version;
pub use version::{
    NewVersion, Revision, RotationOutlook, Version, VersionAlias, VersionMetadata, VersionRef,
    VersionView,
};
