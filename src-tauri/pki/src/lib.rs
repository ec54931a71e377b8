//! Certificates: reading what people have, checking and comparing it, writing it, making requests
//! and signing as a certificate authority.
//!
//! Nothing here stores anything or knows an instance. All that comes in is hostile until it was
//! read: size, depth, count and work are bounded ([`limits`]). Private keys are wiped when dropped
//! and appear in no text of a [`Refusal`].

mod algorithm;
mod certificate;
pub mod chain;
mod check;
mod facts;
mod key;
pub mod limits;
mod material;
mod name;
pub mod read;
mod refusal;
pub mod write;

pub use algorithm::{Curve, KeyAlgorithm, SignatureAlgorithm};
pub use certificate::{Certificate, Signed};
pub use chain::{Break, Chain, ChainState};
pub use check::{Extra, Finding, FindingCode, Parts, Report, Severity, check};
pub use facts::{AltName, AltNameKind, CertificateFacts, ExtensionFacts};
pub use key::PrivateKey;
pub use material::Material;
pub use name::{NameFacts, NamePart};
pub use refusal::{Part, Reason, Refusal, Result};
