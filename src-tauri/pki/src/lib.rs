//! Certificates: reading what people have, checking and comparing it, writing it, making requests
//! and signing as a certificate authority; and the DNS records that a public one asks for.
//!
//! Nothing here stores anything or knows an instance. All that comes in is hostile until it was
//! read: size, depth, count and work are bounded ([`limits`]). Private keys are wiped when dropped
//! and appear in no text of a [`Refusal`].

mod algorithm;
mod alt_name;
mod certificate;
pub mod chain;
mod check;
mod compare;
pub mod crl;
pub mod csr;
mod deployment;
pub mod dns;
mod extension;
mod facts;
pub mod issue;
mod key;
pub mod limits;
mod material;
mod name;
pub mod read;
mod refusal;
mod signer;
mod subject;
mod usage;
pub mod write;

pub use algorithm::{Curve, KeyAlgorithm, SignatureAlgorithm};
pub use alt_name::{AltNames, AltNamesText, OtherName};
pub use certificate::{Certificate, Signed};
pub use chain::{Break, Chain, ChainState};
pub use check::{Extra, Finding, FindingCode, Parts, Report, Severity, check};
pub use compare::{
    AlgorithmChange, CertificateComparison, Concern, ConcernCode, NameChanges, PartChange, Side,
    TextChange, UsageChanges, ValidityChange, compare,
};
pub use crl::Crl;
pub use csr::Csr;
pub use deployment::{
    Address, ChainSent, PROBE_TIME, ProbeCode, ProbeRefusal, Served, Serves, Verdict, probe,
    verdict,
};
pub use facts::{AltName, AltNameKind, CertificateFacts, ExtensionFacts};
pub use issue::{Authority, Serial};
pub use key::PrivateKey;
pub use material::Material;
pub use name::{NameFacts, NamePart};
pub use refusal::{FieldResult, Part, Reason, Refusal, Result};
pub use subject::Subject;
pub use usage::{ExtendedUse, KeyUse};
