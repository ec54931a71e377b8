//! DNS for orders at a certificate authority: whether the TXT records of DNS-01 challenges
//! (RFC 8555 section 8.4) are where it will look for them, and writing them by dynamic update.
//!
//! What comes from the DNS is hostile: sizes, servers, hops, times and what is shown are bounded.
//! Signatures of DNSSEC are not checked, because nothing is decided by what is found here.

mod answer;
mod asker;
mod caa;
mod check;
mod follow;
mod mistake;
mod once;
mod settings;
mod text;
pub mod update;
mod wire;
mod zone;
mod zone_file;

pub use answer::{Answer, Checked, ServerAnswer, Wanted, ZonePlace};
pub use caa::Issuer;
pub use check::check;
pub use follow::targets_of;
pub use mistake::Mistake;
use once::Once;
pub use settings::{DNS_PORT, DnsSettings, PUBLIC_RESOLVERS};
pub use zone::{zone_of, zones_of};
pub use zone_file::{zone_file, zone_line};
