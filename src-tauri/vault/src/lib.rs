//! The embedded instance: an encrypted vault in one SQLite file.
//!
//! [`Home`] is the data folder with its vaults; a [`LockedVault`] becomes a [`Vault`] by one of
//! its unlock methods; a [`Vault`] is an [`Instance`](keyturn_api::Instance) until it is closed.
//!
//! ```text
//! secrets/ versions/   use cases, one a file: role, fields, state, then one commit
//! rotation/            what the types of secrets differ in, one file a type
//! acme/                orders of public certificates, gone on with after any kill
//! iam/                 API keys in IBM Cloud IAM, none of which is forgotten
//! locks/ groups/       the same for locks of versions and for secret groups
//! api_keys/            who may come in with which key, and the tokens that keys are exchanged for
//! policy due schedule/ what is due when, and doing it
//! records/             what is kept, one kind of record a file
//! index/               what lists are answered from, in memory, without values
//! audit                the chain of what was done
//! seal/                the only reader of key bytes
//! store/               opaque bytes under keys
//! ```
//!
//! **Invariant:** nothing here knows a window, a command line or HTTP.

mod acme;
mod api_keys;
mod audit;
mod clock;
mod configurations;
mod dns_lookup;
mod due;
mod groups;
mod home;
pub mod hygiene;
mod iam;
mod index;
mod instance;
mod journal;
mod locks;
mod opened;
mod policy;
mod problem;
mod records;
mod rotation;
mod schedule;
pub mod seal;
mod secrets;
mod settings;
pub mod store;
mod unlock;
mod upkeep;
mod vault;
mod versions;

pub use acme::EndedOrder;
pub use audit::AuditEntry;
pub use clock::{Clock, SystemClock};
pub use dns_lookup::DnsLookup;
pub use home::{Home, NewVault, VaultEntry, VaultKind};
pub use iam::CredentialsRun;
pub use schedule::ScheduleRun;
pub use seal::Sensitive;
pub use settings::VaultSettings;
pub use unlock::{LockedVault, PASSPHRASE_CHARS, RecoveryCode, Unlock, UnlockKind, UnlockMethod};
pub use vault::Vault;

/// Waits for a call of an instance on this thread. For callers that have no runtime.
pub fn wait<F: Future>(call: F) -> F::Output {
    let mut call = std::pin::pin!(call);
    let waker = std::sync::Arc::new(Unpark(std::thread::current())).into();
    let mut context = std::task::Context::from_waker(&waker);
    loop {
        if let std::task::Poll::Ready(output) = call.as_mut().poll(&mut context) {
            return output;
        }
        std::thread::park();
    }
}

struct Unpark(std::thread::Thread);

impl std::task::Wake for Unpark {
    fn wake(self: std::sync::Arc<Self>) {
        self.0.unpark();
    }
}
